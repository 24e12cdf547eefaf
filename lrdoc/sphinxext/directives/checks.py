"""``{checks}`` and ``{graph-support}``: what was compared with what, and how it came out, scheduler by scheduler."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc import register
from lrdoc.describe.entry import Entry
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.directives.fact import checked
from lrdoc.sphinxext.links import page_link
from lrdoc.sphinxext.placeholders import measured, measured_inline, renderer, result
from lrdoc.sphinxext.shown import shown, table, verdict, words
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Checks(SphinxDirective):
    """One row per scheduler with a closed form: parameter sets, learning rates compared, the largest difference."""

    def run(self) -> list[nodes.Node]:
        names = [name for name, found in register.entries().items() if found.closed_form]
        node = measured(renderer="checks", pieces=checked("formula", "all"), names=names)
        self.set_source_info(node)
        return [node]


class GraphSupport(SphinxDirective):
    """One row per scheduler: the largest difference between eager and Graph mode, or the exception that Graph mode raises."""

    def run(self) -> list[nodes.Node]:
        names = list(register.entries())
        node = measured(
            renderer="graph_support", pieces=[*checked("graph", "all"), *checked("graph_long", "all")], names=names
        )
        self.set_source_info(node)
        return [node]


@renderer
def checks(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return the table of the closed forms' comparison with eager mode."""
    fields = ("sets", "values", "difference", "departures")
    rows = [
        [scheduler(name), *(shown(result(outcome)[field]) for field in fields)]
        for name, outcome in zip(node["names"], outcomes, strict=True)
    ]
    heads = [
        _("Scheduler"),
        _("Parameter sets"),
        _("Learning rates"),
        _("Largest relative difference"),
        _("Known departures"),
    ]
    return [table(heads, rows)]


@renderer
def graph_support(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return the table of what Graph mode supports."""
    *each, long = outcomes
    rows = [_support(name, outcome, result(long)) for name, outcome in zip(node["names"], each, strict=True)]
    heads = [_("Scheduler"), _("Graph mode"), _("Largest difference / base learning rate"), _("In a long run")]
    return [table(heads, rows)]


def _support(name: str, outcome: Outcome, long: dict[str, Any]) -> list[nodes.Node]:
    report = result(outcome)
    if "error" in report:
        refusal = verdict(Outcome(result={"lrs": [], **report}))
        return [scheduler(name), refusal, words("—"), words("—")]
    told = _("supported; some are left out (see below)") if may_depart(register.get(name)) else _("supported")
    return [scheduler(name), words(str(told)), shown(report["difference"]), shown(long[name]["difference"])]


def may_depart(entry: Entry) -> bool:
    """Tell whether some schedules are known to depart in Graph mode, through a scheduler's own arguments or through one that it contains."""
    return entry.departs_in_graph is not None or entry.sample is not None


def scheduler(name: str) -> nodes.Node:
    """Return the class's name, linked to its page."""
    return page_link(f"reference/{name}", nodes.literal("", register.get(name).cls.__name__))


def setup(app: Sphinx) -> None:
    app.add_directive("checks", Checks)
    app.add_directive("graph-support", GraphSupport)
