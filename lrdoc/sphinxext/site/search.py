"""Search: what every section of the site says, as data that the search page looks through by MiniSearch, without a server.

Sphinx's own search shows only pages that hold every word of the query, so it finds nothing for a question that is asked in a reader's words, and it does not divide Chinese into words.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import ExtensionError

from lrdoc.sphinxext.site.languages import LANGUAGES
from lrdoc.sphinxext.site.synonyms import read

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DATA = "search-data.js"
LIBRARY = "minisearch.js"
_UNSEEN = (nodes.math, nodes.math_block, nodes.raw, nodes.comment, nodes.system_message)


def sections(doctree: nodes.document) -> Iterator[dict[str, str]]:
    """Yield, for each section of a page, its ``anchor`` (empty for the page itself), ``title``, the terms that it ``defines``, and its ``text``, without the sections inside it."""
    for section in doctree.findall(nodes.section):
        title, *rest = section.children
        own = [node for node in rest if not isinstance(node, nodes.section)]
        defined = (term.astext() for node in own for term in node.findall(nodes.term))
        text = re.sub(r"\s+", " ", " ".join(map(_text, own))).strip()
        anchor = section["ids"][0] if isinstance(section.parent, nodes.section) else ""
        yield {"anchor": anchor, "title": title.astext(), "defines": " ".join(defined), "text": text}


def _text(node: nodes.Node) -> str:
    """Return the words of a node, with a space between any two blocks, so that the cells of a table do not run together."""
    blocks = node.findall(
        lambda one: isinstance(one, nodes.TextElement) and not isinstance(one.parent, nodes.TextElement)
    )
    return " ".join("".join(_pieces(block)) for block in blocks)


def _pieces(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Text):
        yield str(node)
    elif not isinstance(node, _UNSEEN):
        for child in node.children:
            yield from _pieces(child)


def check(answers: Iterable[str], found: Iterable[Mapping[str, str]]) -> None:
    """Raise ``ExtensionError`` for a place, as ``page`` or ``page#anchor``, that is none of the sections."""
    places = {f"{section['page']}#{section['anchor']}".removesuffix("#") for section in found}
    if unknown := set(answers) - places:
        raise ExtensionError(f"synonyms.toml names places that the site lacks: {', '.join(sorted(unknown))}")


class Pages:
    """The sections of every page; kept beside the doctrees from build to build, as unchanged pages are not written again."""

    def __init__(self) -> None:
        self._known: dict[str, list[dict[str, str]]] = {}

    def recall(self, app: Sphinx) -> None:
        """Load the sections that the last build kept, and switch Sphinx's own index off."""
        app.builder.search = False  # type: ignore[attr-defined]  # as every HTML builder has
        kept = self._kept(app)
        self._known = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}

    def note(self, _app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Keep the sections of a page that is about to be written; its placeholders are filled already."""
        self._known[docname] = list(sections(doctree))

    def write(self, app: Sphinx, exception: Exception | None) -> None:
        """Write what the search page loads."""
        if exception is not None or app.builder.format != "html":
            return
        self._known = {name: self._known[name] for name in sorted(self._known) if name in app.env.all_docs}
        self._kept(app).write_text(json.dumps(self._known), encoding="utf-8")
        found = [{"page": name, **section} for name, known in self._known.items() for section in known]
        folder = LANGUAGES[app.config.language].folder
        synonyms = read(Path(app.srcdir, "locale", "synonyms.toml"), folder)
        check(synonyms.answers, found)
        data = {**asdict(synonyms), "sections": found}
        # A script, not JSON: pages that are opened from a folder may load nothing else.
        script = (
            f"(window.lrdocSearch ??= {{}}).{folder} = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"
        )
        static = Path(app.outdir) / "_static"
        (static / DATA).write_text(script, encoding="utf-8")
        _copy_library(Path(app.confdir).parent / "node_modules" / "minisearch", static)

    @staticmethod
    def _kept(app: Sphinx) -> Path:
        return Path(app.doctreedir) / "search.json"


def _copy_library(package: Path, static: Path) -> None:
    built = package / "dist" / "umd" / "index.js"
    if not built.exists():
        raise ExtensionError(f'MiniSearch is not in {package}: run "nox -s environment", which installs it')
    shutil.copy(built, static / LIBRARY)


def setup(app: Sphinx) -> None:
    pages = Pages()
    app.connect("builder-inited", pages.recall)
    app.connect("doctree-resolved", pages.note, priority=900)  # after the measured values are filled in
    app.connect("build-finished", pages.write)
