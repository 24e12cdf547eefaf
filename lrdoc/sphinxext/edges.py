"""``{edges}``: what OneFlow does with arguments at and beyond their valid range, tried in both modes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from math import isclose
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc import entry
from lrdoc.sphinxext.measured import _, measured, measured_inline, number, renderer, table, words
from lrdoc.worker import ABORTED, Outcome

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
        return [node]


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


def refused(outcome: Outcome) -> bool:
    """Tell whether an attempt ended in an exception or took the process with it."""
    return outcome.error is not None or "error" in outcome.result


def verdict(outcome: Outcome) -> nodes.Node:
    """Return what came of an attempt as one inline node: the exception and when it came, or the learning rates."""
    if outcome.error is not None:
        return nodes.inline("", "", *exception(outcome.error, outcome.message), classes=["lr-refused"])
    report = outcome.result
    if "error" in report:
        parts = [*exception(report["error"], report["message"]), words(aside(moment(report["when"])))]
        return nodes.inline("", "", *parts, classes=["lr-refused"])
    rates = nodes.literal("", runs(report["lrs"]))
    return nodes.inline("", "", words(str(_("accepted: "))), rates, classes=["lr-accepted"])


def exception(error: str, message: str) -> list[nodes.Node]:
    """Return an exception's class and text as inline nodes."""
    name = words(str(_("process aborted"))) if error == ABORTED else nodes.literal("", error)
    return [name, *([nodes.Text(": "), nodes.literal("", message)] if message else [])]


def aside(text: str) -> str:
    """Return what stands in parentheses behind a text, with the signs of the page's language."""
    return str(_(" (%s)")) % text


def moment(when: str) -> str:
    """Return, in the page's language, when an attempt was refused: ``when`` as ``check.attempt`` reports it."""
    kind, _space, count = when.partition(" ")
    if kind == "step":
        return str(_("at step %s")) % count
    return {
        "construction": _("at construction"),
        "first": _("at the first call"),
        "add_optimizer": _("at add_optimizer"),
    }[kind]


def runs(lrs: Sequence[Any], most: int = 5) -> str:
    """Return learning rates in short: ``0.1 ×10, 0.05 ×10, …``."""
    shown = list(itertools.islice(_runs(lrs), most + 1))
    return ", ".join([*shown[:most], *(["…"] if len(shown) > most else [])])


def _runs(lrs: Sequence[Any]) -> Iterator[str]:
    for text, group in itertools.groupby(lr if isinstance(lr, str) else number(lr) for lr in lrs):
        count = len(list(group))
        yield f"{text} ×{count}" if count > 1 else text


def setup(app: Sphinx) -> None:
    app.add_directive("edges", Edges)
