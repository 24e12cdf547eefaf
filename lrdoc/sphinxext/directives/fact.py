"""``{fact}``: one measured value inside a sentence, such as the largest difference between eager and Graph mode; ``{apart}``: a measured difference in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from lrdoc import recipes, register
from lrdoc.checks import pieces
from lrdoc.describe.entry import Entry
from lrdoc.running.piece import Piece
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.placeholders import RefutedError, measured, measured_inline, renderer, result
from lrdoc.sphinxext.shown import shown, words
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CHECKS: Mapping[str, Callable[[Entry], Piece]] = {"formula": pieces.closed_form, "graph": pieces.graph_mode}
"""The kinds of checks of one scheduler, beside ``graph_long``, which is one run for all; all facts of one scheduler come from one run."""

LARGEST = ("difference", "steps", "original", "formula", "graph")
"""The fields of which ``all`` has the largest; it has the sum of any other."""


def checked(check: str, name: str) -> list[Piece]:
    """Return the pieces of a check: that of one scheduler or recipe, or of each that the check concerns where ``name`` is ``all``."""
    if check == "recipe":
        return [pieces.recipe(one) for one in (recipes.REGISTER if name == "all" else [recipes.get(name).name])]
    if check == "graph_long":
        return [pieces.graph_mode_long()]
    entries = register.entries().values() if name == "all" else [register.get(name)]
    return [CHECKS[check](entry) for entry in entries if check != "formula" or entry.closed_form]


class Fact(SphinxRole):
    """``CHECK.NAME.FIELD``, of a scheduler or, with the check ``recipe``, of a recipe, e.g. ``formula.step_lr.difference``; NAME may be ``all``: the sum, or the largest difference."""

    renderer = "fact"

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        check, name, field = self.text.split(".")
        node = measured_inline(renderer=self.renderer, pieces=checked(check, name), check=check, name=name, field=field)
        self.set_source_info(node)
        return [node], []


class Apart(Fact):
    """A largest difference of a check, named as for ``{fact}``, in words: where it is 0, that the two are equal."""

    renderer = "apart"


@renderer
def fact(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return the value as text: a difference with two digits, a count with separators, anything else as code."""
    return [shown(_value(node, outcomes))]


@renderer
def apart(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return by how much two learning rates differ at most, as the end of a sentence that calls them the same."""
    value = _value(node, outcomes)
    if value == 0:
        return [words(str(_("to the last bit")))]
    before, after = str(_("with a difference of at most %s of the base learning rate")).split("%s")
    return [words(before), shown(value), words(after)]


def _value(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> Any:
    found = [report[node["field"]] for report in _reports(node, outcomes) if node["field"] in report]
    if not found:
        raise RefutedError(f"{node['check']}.{node['name']} has no {node['field']}: {_reports(node, outcomes)}")
    return found[0] if node["name"] != "all" else max(found) if node["field"] in LARGEST else sum(found)


def _reports(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    reports = [result(outcome) for outcome in outcomes]
    if node["check"] == "graph_long":
        return list(reports[0].values()) if node["name"] == "all" else [reports[0][node["name"]]]
    return reports


def setup(app: Sphinx) -> None:
    app.add_role("fact", Fact())
    app.add_role("apart", Apart())
