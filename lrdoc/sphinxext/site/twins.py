"""The pages as Markdown, for programs that read text: a twin beside each page, and ``llms.txt``, which lists them.

A twin has the name of its page with ``.md`` after it, as https://llmstxt.org proposes, and says what the page shows, folded parts as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter
from sphinx import addnodes

from lrdoc.sphinxext.site.languages import LANGUAGES, description

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

LIST = "llms.txt"
UNSEEN = ".headerlink, .only-dark, .lr-without, .visually-hidden, script, style, noscript, button, svg"
"""What of a page says nothing, or says again what stands beside it."""


class _Converter(MarkdownConverter):
    """Converts the elements of the site's pages that are not plain HTML."""

    class Options:
        heading_style = "atx"
        bullets = "-"

    def convert_summary(self, _element: Tag, text: str, parent_tags: set[str]) -> str:
        """Return the line that opens a folded part."""
        return f"\n\n**{text.strip()}**\n\n"

    def convert_tex(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a formula as it was written."""
        return element.get_text()


def markdown(body: str) -> str:
    """Return what an HTML body says, as Markdown: formulas as TeX, of a figure its text alternative, of an explorer its figure and its code."""
    soup = BeautifulSoup(body, "html.parser")
    for explorer in soup.select(".lr-explorer"):
        _settle(soup, explorer)
    for formula in soup.find_all(class_="katex"):
        _write_out(soup, formula)
    for element in soup.select(UNSEEN):
        element.decompose()
    for element in soup.select(".classifier"):
        element.insert_before(" ")
    converter = _Converter(code_language_callback=_language, autolinks=False)
    text = "\n".join(line.rstrip() for line in converter.convert_soup(soup).splitlines())
    return f"{text.strip()}\n"


def _settle(soup: BeautifulSoup, explorer: Tag) -> None:
    """Put in place of an explorer, most of which is controls, its figure and its code."""
    code = explorer.select_one("textarea.lr-code")
    kept: list[Tag] = [image.extract() for image in explorer.select(".lr-charts img.only-light")]
    if code is not None and code.get_text():
        block = soup.new_tag("pre")
        block.string = code.get_text()
        kept.append(block)
    explorer.clear()
    explorer.extend(kept)


def _write_out(soup: BeautifulSoup, formula: Tag) -> None:
    """Put in place of a rendered formula what it was written as, which KaTeX keeps beside it."""
    source = formula.select_one('annotation[encoding="application/x-tex"]')
    assert source is not None
    mark = "$$" if formula.find_parent(class_="katex-display") else "$"
    tex = soup.new_tag("tex")
    tex.string = f"{mark}{source.get_text().strip()}{mark}"
    formula.replace_with(tex)


def _language(block: Tag) -> str:
    """Return the language of a block of code."""
    around = block.find_parent("div", class_=lambda name: bool(name) and name.startswith("highlight-"))
    if around is None:
        return "python"  # that of an explorer
    names = (name for name in around.get_attribute_list("class") if name.startswith("highlight-"))
    found = next(names).removeprefix("highlight-").lower()
    return "" if found in ("default", "none", "text") else found


def write(app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Write the twin of a page that is about to be written, and tell of it in the page's head."""
    if doctree is None or app.builder.format != "html":
        return
    name = app.builder.get_target_uri(page)
    target = Path(app.outdir, f"{name}.md")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(markdown(context["body"]), encoding="utf-8")
    file = name.rpartition("/")[2]
    context["metatags"] += f'<link rel="alternate" type="text/markdown" title="Markdown" href="{file}.md">\n'


def listing(app: Sphinx) -> str:
    """Return the list of all twins, in the order of the sidebar, each with its title and first sentence."""
    env = app.env
    language = LANGUAGES[app.config.language]
    root = app.config.lrdoc_site_url.rstrip("/")
    base = f"{root}/{language.folder}/" if root else ""

    def line(page: str) -> str:
        return f"- [{env.titles[page].astext()}]({base}{app.builder.get_target_uri(page)}.md): {_said(app, page)}"

    parts = [f"# {app.config.html_title}", f"> {_said(app, 'index')}", line("index")]
    for tree in env.get_doctree("index").findall(addnodes.toctree):
        parts += [f"## {tree['caption']}"] if tree.get("caption") else []
        parts.append("\n".join(line(page) for entry in tree["includefiles"] for page in _with_inner(app, entry)))
    return "\n\n".join(parts) + "\n"


def _said(app: Sphinx, page: str) -> str:
    return description(app.env.get_doctree(page))


def _with_inner(app: Sphinx, page: str) -> Iterator[str]:
    """Yield a page and those that its own tables of contents hold."""
    yield page
    for inner in app.env.toctree_includes.get(page, []):
        yield from _with_inner(app, inner)


def write_list(app: Sphinx, exception: Exception | None) -> None:
    """Write the list once all pages are written."""
    if exception is None and app.builder.format == "html":
        Path(app.outdir, LIST).write_text(listing(app), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Write a twin with each page, late, when its body is whole."""
    app.connect("html-page-context", write, priority=700)
    app.connect("build-finished", write_list)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
