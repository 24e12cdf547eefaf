"""``{values}``: the learning rates of a scheduler's preset at chosen steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from lrdoc.describe import entry
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.placeholders import measured, measured_inline, renderer, result
from lrdoc.sphinxext.shown import code_block, number, table

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _steps(argument: str) -> list[int]:
    """Read ``0-3 9 10`` as steps."""
    spans = (part.partition("-") for part in argument.split())
    return [at for first, _, last in spans for at in range(int(first), int(last or first) + 1)]


class Values(SphinxDirective):
    """Show the learning rates of a preset (``preset``: its position, default 0) at the steps ``at``, e.g. ``0-3 9 10``."""

    required_arguments = 1
    option_spec: ClassVar = {"preset": directives.nonnegative_int, "at": _steps}

    def run(self) -> list[nodes.Node]:
        name, position = self.arguments[0], self.options.get("preset", 0)
        preset = entry.get(name).presets[position]
        steps = self.options.get("at") or list(range(preset.steps))
        code = f"from lrdoc import check\nresult = check.values({name!r}, {position}, {steps!r})"
        node = measured(renderer="values", codes=[code], steps=steps)
        self.set_source_info(node)
        caption = code_block(f"{preset.schedule.code()}  # lr={preset.base_lr:g}")
        return [caption, node]


@renderer
def values(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return a table with one column per step."""
    rates = [nodes.literal("", number(rate)) for rate in result(outcomes[0])]
    return [table(["step", *map(str, node["steps"])], [[nodes.literal("", "lr"), *rates]], classes=["lr-values"])]


def setup(app: Sphinx) -> None:
    app.add_directive("values", Values)
