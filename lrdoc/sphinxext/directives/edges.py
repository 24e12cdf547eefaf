"""``{edges}``: what OneFlow does with arguments at and beyond their valid range, tried in both modes."""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc.describe import entry
from lrdoc.running.worker import Outcome
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
        tried = [(key, value) for key, domain in entry.get(name).domains.items() for value in domain.edges]
        codes = [
            f"from lrdoc import check\nresult = check.edge({name!r}, {key!r}, {_written(value)}, {mode!r})"
            for key, value in tried
            for mode in ("eager", "graph")
        ]
        node = measured(renderer="edges", codes=codes, name=name, tried=tried)
        self.set_source_info(node)
        return [paragraph(self, "edges", "edges_accepted"), node]


def _written(value: Any) -> str:
    return "float('nan')" if value != value else repr(value)  # the repr of NaN is a name that Python does not know


@renderer
def edges(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return a table of the arguments that make no sense, and of those that do but are refused."""
    domains = entry.get(node["name"]).domains
    eager, graph = outcomes[::2], outcomes[1::2]
    supported = not all(map(refused, graph))
    rows = []
    for (key, value), *tried in zip(node["tried"], eager, graph, strict=True):
        shown = tried if supported else tried[:1]
        if value not in domains[key] or any(map(refused, shown)):
            rows.append([nodes.literal("", f"{key}={_written(value)}"), *_verdicts(shown)])
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
