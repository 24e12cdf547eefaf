"""``{edges}``: what OneFlow does with arguments at and beyond their valid range, tried in both modes."""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc import register
from lrdoc.checks import pieces
from lrdoc.describe.entry import Entry
from lrdoc.describe.schedule import Schedule, written
from lrdoc.running.piece import Piece
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.directives.fold import proof
from lrdoc.sphinxext.placeholders import measured, measured_inline, renderer
from lrdoc.sphinxext.sentences import paragraph
from lrdoc.sphinxext.shown import refused, table, verdict, words
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Edges(SphinxDirective):
    """Show, per argument beyond the valid range of its parameter, what eager and Graph mode do with it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        entry = register.get(name)
        tried = [(key, value) for key, domain in entry.domains.items() for value in domain.edges]
        tries = [piece(entry, key, value, mode) for key, value in tried for mode in ("eager", "graph")]
        node = measured(renderer="edges", pieces=tries, name=name, tried=tried)
        self.set_source_info(node)
        return [paragraph(self, "edges", "edges_accepted"), proof(node)]


def piece(entry: Entry, parameter: str, value: Any, mode: str) -> Piece:
    """Return the piece that tries one argument on the first preset of a scheduler, in ``mode`` "eager" or "graph"."""
    preset = entry.presets[0]
    schedule = Schedule(entry, {**preset.arguments, parameter: value})
    return pieces.attempt(schedule, preset.steps, preset.base_lr, mode, preset.metrics)


@renderer
def edges(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return a table of the arguments that make no sense, and of those that do but are refused."""
    domains = register.get(node["name"]).domains
    eager, graph = outcomes[::2], outcomes[1::2]
    supported = not all(map(refused, graph))
    rows = []
    for (key, value), *tried in zip(node["tried"], eager, graph, strict=True):
        shown = tried if supported else tried[:1]
        if value not in domains[key] or any(map(refused, shown)):
            rows.append([nodes.literal("", f"{key}={written(value)}"), *_verdicts(shown)])
    heads = [_("Argument"), _("Eager mode"), *([_("Graph mode")] if supported else [])]
    return [table(heads, rows, classes=["lr-edges"])] if rows else []


def _verdicts(tried: Sequence[Outcome]) -> list[nodes.Node]:
    first, *others = tried
    return [verdict(first), *(words(str(_("the same"))) if _same(first, other) else verdict(other) for other in others)]


def _same(first: Outcome, second: Outcome) -> bool:
    """Tell whether two attempts came to the same, but for the rounding of Graph mode's 32-bit floats."""
    if first.error or second.error or refused(first) != refused(second):
        return False
    if refused(first):
        return bool(first.result == second.result)
    pairs = zip(first.result["lrs"], second.result["lrs"], strict=True)
    return all(a == b or (_numbers(a, b) and isclose(a, b, rel_tol=1e-5, abs_tol=1e-9)) for a, b in pairs)


def _numbers(*values: Any) -> bool:
    return all(isinstance(value, float) for value in values)


def setup(app: Sphinx) -> None:
    app.add_directive("edges", Edges)
