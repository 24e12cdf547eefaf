"""``{explorer}``, ``{chooser}`` and ``{playground}``: the elements that the explorer's scripts bring to life.

A reference page holds its explorer from the first: the figure of the gallery where the chart will be, and the controls, as ``lrdoc.explorer.prerender`` writes them.
The script puts elements of the same sizes in their places, so that nothing moves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc import recipes, register
from lrdoc.explorer import strings
from lrdoc.explorer.prerender import FIGURE, prerendered
from lrdoc.sphinxext import described
from lrdoc.sphinxext.directives.figure import figure, first_figure
from lrdoc.sphinxext.figure_image import figure_image
from lrdoc.sphinxext.links import page_link
from lrdoc.sphinxext.sentences import paragraph
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

SHAPE_RECIPES = {
    "cosine": ("warmup_cosine",),
    "linear": ("warmup_linear", "warmup_polynomial"),
    "stable": ("warmup_stable_decay",),
    "steps": ("step_with_warmup",),
    "one_cycle": ("one_cycle",),
    "constant": ("warmup_constant",),
    "endless": ("inverse_sqrt",),
}
"""The recipes that the chooser makes each shape by."""
STYLES, STILL, WIDE = "explorer.css", "explorer-still.css", "playground.css"
END = "lr-explorer-end"
_prerendered: dict[str, str] = {}
"""The HTML of each explorer, in the language of the build."""


class explorer(nodes.General, nodes.Element):
    """An element for a script to fill in; attributes: ``script``; ``part``, which part of it fills the element; and ``scheduler``, the snake_case name of a scheduler or a recipe, or that of a page with examples of its own, or empty where that is left to the reader.

    Its children are the figure that stands for the chart.
    """


class Explorer(SphinxDirective):
    """Show the figure of a scheduler, of a recipe or of a page that has examples of its own, with controls that change it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        (name,) = self.arguments
        if name not in recipes.GUIDES:
            self._check(name)
        self.env.metadata[self.env.docname]["explorer"] = name
        script = "explorer" if name in register.entries() else "recipe"
        place = explorer("", script=script, part="explorer", scheduler=name)
        place += self._figure(name)
        told = paragraph(self, "explorer", "explorer_link")
        told["classes"].append("lr-scripted")
        return [place, told]

    def _check(self, name: str) -> None:
        try:
            described.get(name)
        except ValueError as problem:
            raise self.error(str(problem)) from None

    def _figure(self, name: str) -> list[figure_image]:
        images = figure(self, first_figure(name))
        for image in images:
            image["loading"] = "eager"  # it is the first that a reader sees
        return images


class Chooser(SphinxDirective):
    """Show the chooser, with the figure of its example; for browsers without JavaScript, a table of what it offers."""

    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname].setdefault("explorer", "chooser")
        place = explorer("", script="chooser", part="chooser", scheduler="")
        place += figure(self, first_figure("epochs_to_steps"))
        return [place, self._table()]

    def _table(self) -> nodes.Node:
        head = nodes.row("", *(_entry(nodes.Text(str(words))) for words in (_("After the warmup"), _("Recipe"))))
        rows = [
            nodes.row("", _entry(nodes.Text(str(words))), _entry(*self._recipes(SHAPE_RECIPES[shape])))
            for shape, words in strings.SHAPES.items()
        ]
        group = nodes.tgroup("", *(nodes.colspec(colwidth=50) for _column in range(2)), cols=2)
        group += [nodes.thead("", head), nodes.tbody("", *rows)]
        return nodes.container("", nodes.table("", group), classes=["lr-still"], translatable=False)

    def _recipes(self, names: Sequence[str]) -> Iterator[nodes.Node]:
        for at, name in enumerate(names):
            yield from ([nodes.Text(", ")] if at else [])
            yield page_link(described.page(name), nodes.literal("", name))


def _entry(*children: nodes.Node) -> nodes.entry:
    return nodes.entry("", nodes.paragraph("", "", *children, translatable=False))


class Playground(SphinxDirective):
    """Leave an element for the playground."""

    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname]["explorer"] = "playground"
        return [explorer("", script="playground", part="playground", scheduler="")]


def visit(self: HTML5Translator, node: explorer) -> None:
    """Write the element up to the figure, with a sentence for browsers without JavaScript."""
    data = {"data-lr-script": node["script"], f"data-lr-{node['part']}": node["scheduler"]}
    self.body.append(self.starttag(node, "div", CLASS="lr-explorer", **data))
    without = _("This needs JavaScript. The figures on the reference pages show the same without it.")
    self.body.append(f'<p class="lr-without">{self.encode(str(without))}</p>')
    self.body.append(_parts(self, node)[0])


def depart(self: HTML5Translator, node: explorer) -> None:
    """Write what follows the figure; the first of a page ends with a mark for which browsers wait, see `add_files`."""
    self.body.append(f"{_parts(self, node)[1]}</div>\n")
    if self.document.next_node(explorer) is node:
        self.body.append(f'<span id="{END}" hidden></span>\n')


def _parts(translator: HTML5Translator, node: explorer) -> tuple[str, str]:
    """Return what stands before the figure and after it; links lead from the page that is written."""
    root = translator.builder.get_relative_uri(translator.builder.current_docname, "index").removesuffix("index.html")
    html = _prerendered.get(node["scheduler"] or node["part"], "").replace('href="./', f'href="{root or "./"}')
    before, _figure, after = html.partition(FIGURE)
    return before, after


def add_files(app: Sphinx, _page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Add to a page that has such an element the script that loads the others, the stylesheets, and that it is first shown with the whole element."""
    if doctree is None or doctree.next_node(explorer) is None:
        return
    app.add_js_file("loader.js", loading_method="defer")
    app.add_css_file(STYLES)
    if any(one["script"] == "playground" for one in doctree.findall(explorer)):
        app.add_css_file(WIDE)
    still = context["pathto"](f"_static/{STILL}", resource=True)
    context["metatags"] += f'<noscript><link rel="stylesheet" href="{still}"></noscript>'
    # Shown while it is still being read, an explorer would move: some of its parts stand above others that come before them.
    context["metatags"] += f'<link rel="expect" blocking="render" href="#{END}">'


def prepare(app: Sphinx) -> None:
    """Write the texts in the language of the build to the site's static files, and the explorers as pages will hold them."""
    if app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    for name, content in strings.scripts().items():
        (static / name).write_text(content, encoding="utf-8")
    _prerendered.clear()
    _prerendered.update(prerendered(strings.texts()))


def outdated(
    _app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
) -> Iterable[str]:
    """Return the pages with explorers, if these have changed."""
    digest = hashlib.sha256(json.dumps(_prerendered, sort_keys=True).encode()).hexdigest()
    before, env.lrdoc_explorers = getattr(env, "lrdoc_explorers", digest), digest  # type: ignore[attr-defined]
    return [] if before == digest else [page for page, data in env.metadata.items() if "explorer" in data]


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the directives."""
    app.add_node(explorer, html=(visit, depart))
    app.add_directive("explorer", Explorer)
    app.add_directive("chooser", Chooser)
    app.add_directive("playground", Playground)
    app.connect("builder-inited", prepare)
    app.connect("env-get-outdated", outdated)
    app.connect("html-page-context", add_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
