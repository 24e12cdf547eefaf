"""``{fact}``: one measured value inside a sentence, such as the largest difference between eager and Graph mode."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from lrdoc.describe import entry
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.placeholders import RefutedError, measured, measured_inline, renderer, result
from lrdoc.sphinxext.shown import shown

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CHECKS = {
    "formula": "from lrdoc import check\nresult = check.formula({name!r})",
    "graph": "from lrdoc import check\nresult = check.graph({name!r})",
    "graph_long": "from lrdoc import check\nresult = check.graph_long()",
}
"""The code of each kind of check; all facts of one scheduler come from one run of it."""


def codes(check: str, name: str) -> list[str]:
    """Return the code of a check of one scheduler, or of each that the check concerns where ``name`` is ``all``."""
    names = [key for key, found in entry.entries().items() if check != "formula" or found.closed_form]
    return [CHECKS[check].format(name=one) for one in (names if name == "all" else [name])]


class Fact(SphinxRole):
    """``CHECK.SCHEDULER.FIELD``, e.g. ``formula.step_lr.difference``; SCHEDULER may be ``all``: the sum, or the largest difference."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        check, name, field = self.text.split(".")
        node = measured_inline(renderer="fact", codes=codes(check, name), check=check, name=name, field=field)
        self.set_source_info(node)
        return [node], []


@renderer
def fact(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return the value as text: a difference with two digits, a count with separators, anything else as code."""
    found = [report[node["field"]] for report in _reports(node, outcomes) if node["field"] in report]
    if not found:
        raise RefutedError(f"{node['check']}.{node['name']} has no {node['field']}: {_reports(node, outcomes)}")
    value = (
        found[0] if node["name"] != "all" else max(found) if node["field"] in ("difference", "steps") else sum(found)
    )
    return [shown(value)]


def _reports(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    reports = [result(outcome) for outcome in outcomes]
    if node["check"] == "graph_long":
        return list(reports[0].values()) if node["name"] == "all" else [reports[0][node["name"]]]
    return reports


def setup(app: Sphinx) -> None:
    app.add_role("fact", Fact())
