"""``{nestings}``: every scheduler tried in every place inside another, in both modes.

Schedulers that fare alike in every place share a column, and refusals of one kind a number, so that the matrix can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from lrdoc import register
from lrdoc.checks import nesting
from lrdoc.checks.nesting import PLACES
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.placeholders import RefutedError, measured, measured_inline, renderer
from lrdoc.sphinxext.shown import exception, moment, refused, table, words
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

Column = tuple[Outcome, ...]
"""What came of one scheduler in each of the places."""

Refusal = tuple[str, str]
"""The exception's class name and its text."""


class Nestings(SphinxDirective):
    """One row per place, one column per group of schedulers that fare alike; ``mode`` is ``eager`` or ``graph``."""

    option_spec: ClassVar = {"mode": lambda argument: directives.choice(argument, ("eager", "graph"))}

    def run(self) -> list[nodes.Node]:
        names, mode = list(register.entries()), self.options.get("mode", "eager")
        tried = [nesting.piece(entry, place, mode) for entry in register.entries().values() for place in PLACES]
        node = measured(renderer="nestings", pieces=tried, names=names, mode=mode)
        self.set_source_info(node)
        return [node]


@renderer
def nestings(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return the matrix of what is allowed, and the list of the exceptions that its numbers stand for."""
    names, count = node["names"], len(PLACES)
    columns = {name: tuple(outcomes[at * count : (at + 1) * count]) for at, name in enumerate(names)}
    _hold_to_closed_form(columns, node["mode"])
    groups = _alike(columns)
    refusals = list(dict.fromkeys(_refusal(one) for one in _by_place(groups) if refused(one)))
    *named, rest = groups
    heads = [_("Place of ·"), *map(_listed, named), str(_("The %d others")) % len(rest)]
    rows = [
        [nodes.literal("", place), *(_cell(column[row], refusals) for column in groups.values())]
        for row, place in enumerate(PLACES)
    ]
    return [table(heads, rows, classes=["lr-nestings"]), _legend(refusals)]


def _hold_to_closed_form(columns: dict[str, Column], mode: str) -> None:
    """Raise ``RefutedError`` for a run that is not what its parts make."""
    for name, column in columns.items():
        for place, outcome in zip(PLACES, column, strict=True):
            lrs = None if refused(outcome) else outcome.result["lrs"]
            if lrs is not None and not nesting.is_what_its_parts_make(register.get(name), place, mode, lrs):
                code = nesting.nested(register.get(name), place).code()
                raise RefutedError(f"{code} is not what its parts make: {lrs}")


def _alike(columns: dict[str, Column]) -> dict[tuple[str, ...], Column]:
    """Return each different column once, by the names of the schedulers that have it: the largest group last, the others by falling size."""
    groups: dict[tuple[tuple[str, ...] | None, ...], list[str]] = {}
    for name, column in columns.items():
        groups.setdefault(tuple(map(_fate, column)), []).append(name)
    largest, *others = sorted(groups.values(), key=len, reverse=True)
    return {tuple(group): columns[group[0]] for group in (*others, largest)}


def _listed(names: Iterable[str]) -> str:
    return str(_(", ")).join(register.get(name).cls.__name__ for name in names)


def _fate(outcome: Outcome) -> tuple[str, ...] | None:
    return (*_refusal(outcome), _when(outcome)) if refused(outcome) else None


def _by_place(groups: dict[tuple[str, ...], Column]) -> list[Outcome]:
    return [one for row in zip(*groups.values(), strict=True) for one in row]


def _refusal(outcome: Outcome) -> Refusal:
    report = outcome.result if outcome.error is None else {"error": outcome.error, "message": outcome.message}
    return report["error"], report["message"]


def _when(outcome: Outcome) -> str:
    return moment(outcome.result["when"]) if outcome.error is None else ""


def _cell(outcome: Outcome, refusals: Sequence[Refusal]) -> nodes.Node:
    if not refused(outcome):
        return words("✓")
    mark = str(refusals.index(_refusal(outcome)) + 1)
    return nodes.inline(
        "",
        "",
        words(f"✗\N{NO-BREAK SPACE}{_when(outcome)}\N{NO-BREAK SPACE}"),
        nodes.superscript("", mark),
        classes=["lr-refused"],
    )


def _legend(refusals: Sequence[Refusal]) -> nodes.Node:
    """Return the exceptions as a numbered list."""
    items = (nodes.paragraph("", "", *exception(*refusal), translatable=False) for refusal in refusals)
    return nodes.enumerated_list("", *(nodes.list_item("", item) for item in items), enumtype="arabic")


def setup(app: Sphinx) -> None:
    app.add_directive("nestings", Nestings)
