"""Placeholders in pages for the results of runs; they are filled when a page is written.

A directive leaves a ``measured`` node with the pieces of code it needs and the name of a renderer.
All pieces of all pages are run together once every page is read, in child processes, and kept in a cache that all languages share.
A page's own words stay in the page, so that they are translated like any other; only values come from here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import logging
from sphinx.util.display import progress_message

from lrdoc.running import worker
from lrdoc.running.piece import Piece
from lrdoc.running.provenance import digest
from lrdoc.running.worker import Outcome

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

Renderer = Callable[["measured | measured_inline", Sequence[Outcome]], list[nodes.Node]]
_renderers: dict[str, Renderer] = {}


class measured(nodes.General, nodes.Element):
    """A block to be filled; attributes: ``renderer``, ``pieces`` and whatever the renderer needs."""


class measured_inline(nodes.Inline, nodes.TextElement):
    """The same inside a sentence."""


class RefutedError(Exception):
    """A page claims something that a run contradicts; the message says what."""


def renderer(function: Renderer) -> Renderer:
    """Register, by its name, a function that turns a placeholder and the outcomes of its pieces into nodes."""
    _renderers[function.__name__] = function
    return function


def result(outcome: Outcome) -> Any:
    """Return the result of a run that is not supposed to fail; raise ``RefutedError`` if it did."""
    if outcome.error is not None:
        raise RefutedError(f"{outcome.error}: {outcome.message}")
    return outcome.result


def _gather(app: Sphinx, doctree: nodes.document) -> None:
    pieces = [piece for node in _placeholders(doctree) for piece in node["pieces"]]
    _pieces(app.env)[app.env.docname] = pieces


def _placeholders(doctree: nodes.document) -> list[Any]:
    return [*doctree.findall(measured), *doctree.findall(measured_inline)]


def _pieces(env: BuildEnvironment) -> dict[str, list[Piece]]:
    if not hasattr(env, "lrdoc_pieces"):
        env.lrdoc_pieces = {}  # type: ignore[attr-defined]  # Sphinx's way for extensions to keep things
    return env.lrdoc_pieces  # type: ignore[attr-defined,no-any-return]


def _forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _pieces(env).pop(docname, None)


def _run_all(app: Sphinx, env: BuildEnvironment) -> None:
    pieces = [piece for page in _pieces(env).values() for piece in page]
    with progress_message(f"running {len(set(pieces))} pieces of code on OneFlow"):
        worker.run(pieces, cache=cache(app), progress=_show_progress)


def _show_progress(left: int) -> None:
    logger.info("%s ... ", left, nonl=True)


def cache(app: Sphinx) -> Path:
    """Return the folder in which outcomes are kept; all languages share it."""
    return Path(app.outdir).parent.parent / "cache"


def _fill(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    for node in _placeholders(doctree):
        outcomes = worker.run(node["pieces"], cache=cache(app))
        try:
            node.replace_self(_renderers[node["renderer"]](node, outcomes))
        except RefutedError as problem:
            logger.warning("%s", problem, location=node, type="lrdoc", subtype="refuted")
            node.replace_self([])


def _digest() -> str:
    return digest("", "lrdoc.sphinxext", "lrdoc.sphinxext.directives", "lrdoc.sphinxext.site")


def _fill_where_shown(app: Sphinx) -> None:
    """Run and fill for HTML alone: message catalogs are made from the pages' own words, which need no run."""
    if app.builder.format == "html":
        app.connect("env-check-consistency", _run_all)
        app.connect("doctree-resolved", _fill)


def setup(app: Sphinx) -> None:
    app.add_config_value("lrdoc_digest", _digest(), "env")  # another OneFlow or lrdoc: every page is read anew
    app.add_node(measured)
    app.add_node(measured_inline)
    app.connect("doctree-read", _gather)
    app.connect("env-purge-doc", _forget)
    app.connect("builder-inited", _fill_where_shown)
