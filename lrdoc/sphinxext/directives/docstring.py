"""``{docstring}``: the values that OneFlow's own docstring lists beside those that OneFlow really gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc import register
from lrdoc.checks import pieces
from lrdoc.checks.docstring import listed
from lrdoc.describe.entry import Entry
from lrdoc.describe.schedule import Schedule
from lrdoc.running.piece import Piece
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.directives.fold import proof
from lrdoc.sphinxext.placeholders import measured, measured_inline, renderer, result
from lrdoc.sphinxext.shown import call_block, number, table, words
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Docstring(SphinxDirective):
    """Compare every value that the docstring of a scheduler lists with a run of the same example."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        examples = list(documented(register.get(name)))
        node = measured(
            renderer="docstring",
            pieces=[piece for _code, piece in examples],
            examples=[code for code, _piece in examples],
        )
        self.set_source_info(node)
        return [proof(node)]


def documented(entry: Entry) -> Iterator[tuple[str, Piece]]:
    """Yield, per example of the docstring, its code and the piece that runs it."""
    for preset, values in zip(entry.documented, listed(entry.cls), strict=True):
        schedule = Schedule(entry, preset.arguments)
        yield f"{schedule.code()}  # lr={preset.base_lr:g}", pieces.docstring(schedule, preset.base_lr, values)


@renderer
def docstring(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return, per example, its code and a table of listed and real values."""
    found: list[nodes.Node] = []
    for example, outcome in zip(node["examples"], outcomes, strict=True):
        found.append(call_block(example))
        rows = [
            [nodes.Text(str(step)), nodes.literal("", number(says)), nodes.literal("", number(gives)), _judged(right)]
            for step, says, gives, right in result(outcome)
        ]
        found.append(table(["step", _("The docstring says"), _("OneFlow gives"), _("Verdict")], rows))
    return found


def _judged(right: bool) -> nodes.Node:
    return words("✓" if right else str(_("✗ wrong")))


def setup(app: Sphinx) -> None:
    app.add_directive("docstring", Docstring)
