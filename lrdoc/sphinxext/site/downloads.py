"""Writes the scripts and notebooks that pages offer for download: in the page's language, and so that they run without a checkout of the site.

Texts and comments are translated, code is not.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docutils.utils import column_width
from sphinx_gallery.notebook import jupyter_notebook, save_notebook
from sphinx_gallery.py_source_parser import split_code_and_text_blocks

from lrdoc.sphinxext.site.comments import with_comments
from lrdoc.sphinxext.site.languages import catalog_of
from lrdoc.sphinxext.site.standalone import installing, without_alt

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SHOW = "# %%\n\nfrom matplotlib import pyplot\n\npyplot.show()\n"
_UNDERLINE = re.compile(r"([=\-~^\"'])\1{2,}")


class Block(NamedTuple):
    """A part of a script as sphinx-gallery divides it: ``text`` or ``code``, and where it begins."""

    kind: str
    content: str
    line: int


def translated(blocks: Sequence[Block], say: Callable[[str], str]) -> list[Block]:
    """Return the blocks of a script with each message of their texts and comments as ``say`` says it."""
    return [
        block._replace(content=_text(block.content, say) if block.kind == "text" else with_comments(block.content, say))
        for block in blocks
    ]


def _text(text: str, say: Callable[[str], str]) -> str:
    """Return a reStructuredText of titles, paragraphs and items of lists, of which each is a message, as catalogs hold it: on one line."""
    return "\n\n".join(_chunk(chunk.splitlines(), say) for chunk in re.split(r"\n\s*\n", text.strip("\n")))


def _chunk(lines: list[str], say: Callable[[str], str]) -> str:
    if lines[0].startswith("- "):
        items = re.split(r"^- ", "\n".join(lines), flags=re.MULTILINE)[1:]
        return "\n".join(f"- {_chunk(item.splitlines(), say)}" for item in items)
    if len(lines) == 2 and _UNDERLINE.fullmatch(lines[1].strip()):
        title = say(lines[0].strip())
        return f"{title}\n{lines[1].strip()[0] * column_width(title)}"
    return say(" ".join(line.strip() for line in lines))


def script(blocks: Sequence[Block]) -> str:
    """Return blocks as a script: the first is its docstring, the other texts are comments."""
    return "\n".join(_written(block, first=number == 0) for number, block in enumerate(blocks))


def showing(blocks: Sequence[Block]) -> str:
    """Return blocks as a script that shows its figures at its end; notebooks do so by themselves."""
    return f"{script(blocks)}\n{SHOW}"


def _written(block: Block, *, first: bool) -> str:
    if block.kind == "code":
        return block.content.strip("\n") + "\n"
    if first:
        return f'{"r" if chr(92) in block.content else ""}"""\n{block.content}\n"""\n'
    lines = (f"# {line}".rstrip() for line in block.content.splitlines())
    return "\n".join(["# %%", *lines]) + "\n"


def for_readers(source: Path, say: Callable[[str], str], repository: str) -> list[Block]:
    """Return the blocks of a script of the gallery as a reader gets them: each message as ``say`` says it, how to install what it imports, and no text alternatives."""
    _settings, parts = split_code_and_text_blocks(str(source))
    first, *others = translated([Block(*part) for part in parts], say)
    note = installing(source.read_text(encoding="utf-8"), repository)
    told = first._replace(content=f"{first.content.rstrip()}\n\n{note}")
    return [told, *(one._replace(content=without_alt(one.content)) if one.kind == "code" else one for one in others)]


def _rewrite(app: Sphinx, exception: Exception | None) -> None:
    """Write the downloads of a build anew; sphinx-gallery's are the sources as they stand."""
    if exception is not None or app.builder.format != "html":
        return
    for source, (pages, target) in app.env.dlfiles.items():
        path = Path(app.srcdir, source)
        if path.suffix == ".py" and len(pages) == 1:
            (page,) = pages
            written = Path(app.outdir, "_downloads", target)
            _write(app, path, page, written)
    for source, (_pages, target) in app.env.dlfiles.items():
        if source.endswith(".zip"):
            _pack(app, Path(source), Path(app.outdir, "_downloads", target))


def _write(app: Sphinx, source: Path, page: str, target: Path) -> None:
    """Write a script and the notebook beside it."""
    blocks = for_readers(source, catalog_of(app, page).gettext, app.config.lrdoc_repository_url)
    target.write_text(showing(blocks), encoding="utf-8")
    notebook = _downloaded(app, Path(page).with_suffix(".ipynb"))
    if notebook is not None:
        settings = app.builder.config.sphinx_gallery_conf
        save_notebook(jupyter_notebook([tuple(block) for block in blocks], settings, str(source.parent)), notebook)


def _downloaded(app: Sphinx, source: Path) -> Path | None:
    """Return where a download lies that comes from a file of the sources."""
    found = app.env.dlfiles.get(source.as_posix())
    return Path(app.outdir, "_downloads", found[1]) if found else None


def _pack(app: Sphinx, source: Path, target: Path) -> None:
    """Pack a script and its notebook, the same for the same content each time."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for suffix in (".py", ".ipynb"):
            file = _downloaded(app, source.with_suffix(suffix))
            if file is not None:
                packed.writestr(zipfile.ZipInfo(source.with_suffix(suffix).name), file.read_bytes())


def setup(app: Sphinx) -> None:
    app.connect("build-finished", _rewrite, priority=900)  # after Sphinx has copied the files
