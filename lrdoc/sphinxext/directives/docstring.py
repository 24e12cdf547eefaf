"""``{docstring}``: the values that OneFlow's own docstring lists beside those that OneFlow really gives."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc.describe import entry
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.placeholders import measured, measured_inline, renderer, result
from lrdoc.sphinxext.shown import code_block, number, table, words
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_LISTED = re.compile(r"# lr = (?P<lr>[\d.]+)\s+if (?:step|epoch) (?:==|>=) (?P<step>\d+)")


def listed(name: str) -> list[dict[int, float]]:
    """Return the values that the docstring of the installed class lists: per example, the learning rate by step."""
    examples: list[dict[int, float]] = []
    for match in _LISTED.finditer(inspect.getdoc(entry.get(name).cls) or ""):
        step = int(match["step"])
        if step == 0:
            examples.append({})
        examples[-1][step] = float(match["lr"])
    return examples


class Docstring(SphinxDirective):
    """Compare every value that the docstring of a scheduler lists with a run of the same example."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        code = f"from lrdoc import check\nresult = check.documented({name!r}, {listed(name)!r})"
        node = measured(renderer="docstring", codes=[code], name=name)
        self.set_source_info(node)
        return [node]


@renderer
def docstring(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return, per example, its code and a table of listed and real values."""
    found: list[nodes.Node] = []
    for example in result(outcomes[0]):
        found.append(code_block(example["code"]))
        rows = [
            [nodes.Text(str(step)), nodes.literal("", number(says)), nodes.literal("", number(gives)), _judged(right)]
            for step, says, gives, right in example["rows"]
        ]
        found.append(table(["step", _("The docstring says"), _("OneFlow gives"), _("Verdict")], rows))
    return found


def _judged(right: bool) -> nodes.Node:
    return words("✓" if right else str(_("✗ wrong")))


def setup(app: Sphinx) -> None:
    app.add_directive("docstring", Docstring)
