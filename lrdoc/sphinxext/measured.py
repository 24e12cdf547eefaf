"""Placeholders in pages for what has to be run: filled, when a page is written, with what came of the run.

A directive leaves a ``measured`` node with the pieces of code it needs and the name of a renderer.
All pieces of all pages are run together once every page is read, in child processes, and kept in a cache that all languages share.
A page's own words stay in the page, so that they are translated like any other; only values come from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.util import logging
from sphinx.util.display import progress_message

from lrdoc import worker
from lrdoc.provenance import digest
from lrdoc.worker import Outcome

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

CATALOG = "lrdoc"
"""Name of the message catalog of the words that directives add: table headings and verdicts."""

_ = get_translation(CATALOG)

Renderer = Callable[["measured | measured_inline", Sequence[Outcome]], list[nodes.Node]]
_renderers: dict[str, Renderer] = {}


class measured(nodes.General, nodes.Element):
    """A block to be filled; attributes: ``renderer``, ``codes`` and whatever the renderer needs."""


class measured_inline(nodes.Inline, nodes.TextElement):
    """The same inside a sentence."""


class RefutedError(Exception):
    """What a page says is not what a run shows; the message tells the author what."""


def renderer(function: Renderer) -> Renderer:
    """Make ``function`` known, by its name, as what fills placeholders."""
    _renderers[function.__name__] = function
    return function


def words(text: str) -> nodes.inline:
    """Return translated words as a node; they have been through the catalog and are not extracted again."""
    return nodes.inline("", text, translatable=False)


def table(heads: Sequence[str], rows: Iterable[Sequence[nodes.Node]], classes: Sequence[str] = ()) -> nodes.container:
    """Return a table with one head row, in a box that scrolls where it is too wide; each cell is one inline node."""
    group = nodes.tgroup(cols=len(heads))
    group += [nodes.colspec(colwidth=1) for _head in heads]
    group += nodes.thead("", _row([words(head) for head in heads]))
    group += nodes.tbody("", *(_row(cells) for cells in rows))
    # The theme wraps a page's own tables like this, before the measured ones are there.
    return nodes.container("", nodes.table("", group, classes=["lr-table", *classes]), classes=["table-wrapper"])


def _row(cells: Iterable[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell, translatable=False)) for cell in cells))


def page_link(docname: str, *content: nodes.Node) -> nodes.reference:
    """Return a link to a page of the site; where that lies from here is known when the page is written."""
    return nodes.reference("", "", *content, internal=True, page=docname)


def code_block(code: str) -> nodes.literal_block:
    """Return Python code as a block; only one whose raw source is its text is highlighted, and given the focus where it scrolls."""
    return nodes.literal_block(code, code, language="python")


def number(value: float) -> str:
    """Return a learning rate as the site prints it: six significant digits, no trailing zeros."""
    return f"{value:.6g}"


def result(outcome: Outcome) -> Any:
    """Return the result of a run that is not supposed to fail; raise ``RefutedError`` if it did."""
    if outcome.error is not None:
        raise RefutedError(f"{outcome.error}: {outcome.message}")
    return outcome.result


def _gather(app: Sphinx, doctree: nodes.document) -> None:
    codes = [code for node in _placeholders(doctree) for code in node["codes"]]
    _codes(app.env)[app.env.docname] = codes


def _placeholders(doctree: nodes.document) -> list[Any]:
    return [*doctree.findall(measured), *doctree.findall(measured_inline)]


def _codes(env: BuildEnvironment) -> dict[str, list[str]]:
    if not hasattr(env, "lrdoc_codes"):
        env.lrdoc_codes = {}  # type: ignore[attr-defined]  # Sphinx's way for extensions to keep things
    return env.lrdoc_codes  # type: ignore[attr-defined,no-any-return]


def _forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _codes(env).pop(docname, None)


def _run_all(app: Sphinx, env: BuildEnvironment) -> None:
    codes = [code for page in _codes(env).values() for code in page]
    with progress_message(f"running {len(set(codes))} pieces of code on OneFlow"):
        worker.run(codes, cache=cache(app), progress=_show_progress)


def _show_progress(left: int) -> None:
    logger.info("%s ... ", left, nonl=True)


def cache(app: Sphinx) -> Path:
    """Return the folder in which outcomes are kept; all languages share it."""
    return Path(app.outdir).parent.parent / "cache"


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for node in _placeholders(doctree):
        outcomes = worker.run(node["codes"], cache=cache(app))
        try:
            node.replace_self(_renderers[node["renderer"]](node, outcomes))
        except RefutedError as problem:
            logger.warning("%s", problem, location=(node.source, node.line), type="lrdoc", subtype="refuted")
            node.replace_self([])
    for link in doctree.findall(nodes.reference):
        if "page" in link:
            link["refuri"] = app.builder.get_relative_uri(docname, link["page"])


def _digest() -> str:
    return digest("", "lrdoc.sphinxext")


def setup(app: Sphinx) -> None:
    app.add_config_value("lrdoc_digest", _digest(), "env")  # another OneFlow or lrdoc: every page is read anew
    app.add_node(measured)
    app.add_node(measured_inline)
    app.connect("doctree-read", _gather)
    app.connect("env-purge-doc", _forget)
    app.connect("env-check-consistency", _run_all)
    app.connect("doctree-resolved", _fill)
