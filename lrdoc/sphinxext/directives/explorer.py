"""``{explorer}`` and ``{playground}``: the elements that the explorer's scripts fill in when the reader scrolls to them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc.explorer import strings
from lrdoc.sphinxext import described
from lrdoc.sphinxext.sentences import paragraph
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class explorer(nodes.General, nodes.Element):
    """An element for a script to fill in; attributes: ``script``, and ``scheduler``, the snake_case name of a scheduler or a recipe, or empty for the playground."""


class Explorer(SphinxDirective):
    """Say how the explorer is used, and leave an element for that of one scheduler."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        (name,) = self.arguments
        try:
            described.get(name)
        except ValueError as problem:
            raise self.error(str(problem)) from None
        return [paragraph(self, "explorer", "explorer_link"), explorer(script="explorer", scheduler=name)]


class Playground(SphinxDirective):
    """Leave an element for the playground."""

    def run(self) -> list[nodes.Node]:
        return [explorer(script="playground", scheduler="")]


def visit(self: HTML5Translator, node: explorer) -> None:
    """Write the element, with a sentence for browsers without JavaScript."""
    data = {"data-lr-script": node["script"], f"data-lr-{node['script']}": node["scheduler"]}
    self.body.append(self.starttag(node, "div", CLASS="lr-explorer", **data))
    without = _("This needs JavaScript. The figures on the reference pages show the same without it.")
    self.body.append(f"<p>{self.encode(str(without))}</p>")


def depart(self: HTML5Translator, _node: explorer) -> None:
    self.body.append("</div>\n")


def add_loader(
    app: Sphinx, _page: str, _template: str, _context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the script that loads the others to a page that has such an element."""
    if doctree is not None and doctree.next_node(explorer) is not None:
        app.add_js_file("loader.js", loading_method="defer")


def write_strings(app: Sphinx) -> None:
    """Write the texts in the language of the build to the site's static files."""
    if app.builder.format == "html":
        static = Path(app.outdir) / "_static"
        static.mkdir(parents=True, exist_ok=True)
        (static / "explorer-strings.js").write_text(strings.script(), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the directives."""
    app.add_node(explorer, html=(visit, depart))
    app.add_directive("explorer", Explorer)
    app.add_directive("playground", Playground)
    app.connect("builder-inited", write_strings)
    app.connect("html-page-context", add_loader)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
