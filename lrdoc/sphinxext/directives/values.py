"""``{values}``: the learning rates of a scheduler's preset at chosen steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from lrdoc.checks import closed_form, pieces
from lrdoc.describe.schedule import Schedule
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext import described
from lrdoc.sphinxext.directives.fold import rates
from lrdoc.sphinxext.placeholders import RefutedError, measured, measured_inline, renderer, result
from lrdoc.sphinxext.shown import call_block, number, table

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _steps(argument: str) -> list[int]:
    """Read ``0-3 9 10`` as steps."""
    spans = (part.partition("-") for part in argument.split())
    return [at for first, _, last in spans for at in range(int(first), int(last or first) + 1)]


class Values(SphinxDirective):
    """Show the learning rates of a preset (``preset``: its position, default 0) at the steps ``at``, e.g. ``0-3 9 10``; ``folded`` puts them below a line that opens them."""

    required_arguments = 1
    option_spec: ClassVar = {"preset": directives.nonnegative_int, "at": _steps, "folded": directives.flag}

    def run(self) -> list[nodes.Node]:
        name, position = self.arguments[0], self.options.get("preset", 0)
        entry = described.get(name)
        preset = entry.presets[position]
        steps = self.options.get("at") or list(range(preset.steps))
        schedule = Schedule.preset(entry, position)
        length = preset.steps if preset.metrics else max(steps) + 1
        piece = pieces.attempt(schedule, length, preset.base_lr, metrics=preset.metrics)
        node = measured(renderer="values", pieces=[piece], steps=steps, name=name, preset=position)
        self.set_source_info(node)
        caption = call_block(f"{schedule.code()}  # lr={preset.base_lr:g}")
        return [rates(caption, node)] if "folded" in self.options else [caption, node]


@renderer
def values(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return a table with one column per step; raise ``RefutedError`` if OneFlow refuses the preset or a value is not the closed form's."""
    report = result(outcomes[0])
    if "error" in report:
        raise RefutedError(f"the preset is refused at {report['when']}: {report['error']}: {report['message']}")
    lrs = report["lrs"]
    shown = {at: lrs[at] for at in node["steps"]}
    entry = described.get(node["name"])
    preset = entry.presets[node["preset"]]
    if entry.closed_form is not None:
        schedule = Schedule.preset(entry, node["preset"])
        wrong = closed_form.departure(schedule, preset.base_lr, shown, peak=max(map(abs, lrs)))
        if wrong is not None:
            raise RefutedError(wrong)
    cells = [nodes.literal("", number(rate)) for rate in shown.values()]
    return [table(["step", *map(str, node["steps"])], [[nodes.literal("", "lr"), *cells]], classes=["lr-values"])]


def setup(app: Sphinx) -> None:
    app.add_directive("values", Values)
