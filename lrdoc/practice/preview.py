"""The dry run: the learning rates of a plan, as text and as a figure, and what looks like a mistake."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lrdoc.practice import mistakes, terminal
from lrdoc.practice.plan import Plan
from lrdoc.trace import LearningRates

_ROWS = 10


def text(plan: Plan) -> str:
    """Return the plan in words, a table of learning rates, a curve, and warnings."""
    lrs = plan.lrs()
    read = plan.whole.code()
    code = plan.code if read == plan.code else f"{plan.code}\nread as {read}"
    lengths = f"{_counted(plan.epochs, 'epoch')} of {_counted(plan.iterations_per_epoch, 'iteration')}"
    head = f"{code}\n{lengths}, {_counted(plan.steps, 'step')} of the scheduler"
    if plan.follows_a_metric:
        head += "\nThe learning rate follows a metric; shown is a training that never gets better."
    layers = [_layers(plan)] if plan.layers else []
    warnings = map(str, mistakes.find(plan))
    return "\n\n".join([head, *layers, _table(plan, lrs), terminal.plot(lrs), *warnings])


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _layers(plan: Plan) -> str:
    """Return the layers with their base, highest and last learning rates."""
    highs, lasts = plan.layer_lrs.max(axis=0), plan.layer_lrs[-1]
    width = max(len(layer.name) for layer in plan.layers)
    rows = [
        f"{layer.name:>{width}}  {layer.base_lr:<10.4g}  {highest:<10.4g}  {last:.4g}"
        for layer, highest, last in zip(plan.layers, highs, lasts, strict=True)
    ]
    head = f"{'layer':>{width}}  {'base':<10}  {'highest':<10}  last lr"
    return "\n".join([head, *rows, "Below is the learning rate of the last layer."])


_CURVES = 5
"""How many curves can be told apart in the same axes."""


def _some_layers(plan: Plan) -> dict[str, LearningRates]:
    """Return the learning rates of the first layer, the last, and some between, by name."""
    last = len(plan.layers) - 1
    shown = np.unique(np.linspace(0, last, min(last + 1, _CURVES)).round().astype(int))
    return {plan.layers[at].name: plan.layer_lrs[:, at] for at in shown}


def _table(plan: Plan, lrs: LearningRates) -> str:
    epochs = np.unique(np.linspace(0, plan.epochs - 1, min(plan.epochs, _ROWS)).round().astype(int))
    rows = [(int(epoch), int(epoch) * plan.iterations_per_epoch) for epoch in epochs]
    lines = [f"{epoch:>5}  {at:>9,}  {lrs[at]:.6g}" for epoch, at in rows]
    return "\n".join(
        ["epoch  iteration  lr", *lines, f"  end  {len(lrs) - 1:>9,}  {lrs[-1]:.6g}"],
    )


def draw(plan: Plan, path: Path) -> None:
    """Write the curve, a value for each step of the scheduler, to an ``.svg`` or ``.png`` file; those of up to five of the layers, where they differ."""
    # Imported here, as a dry run without a plot would wait for them.
    from lrdoc import figure
    from lrdoc.figure import svg

    lrs, alt = plan.step_lrs, "The learning rate of every step."
    drawn = figure.compare(_some_layers(plan), alt=alt) if plan.layers else figure.curve(lrs, alt=alt)
    # The text is made from the values, so nothing in it has to be compared with the curve, which may also fall below 0.
    drawn.set_label(
        f"The learning rate over {len(lrs)} steps: {lrs[0]:.6g} at the first, {lrs.max():.6g} at most, "
        f"{lrs[-1]:.6g} at the last."
    )
    with svg.closing(drawn):
        if path.suffix == ".svg":
            path.write_text(svg.to_svg(drawn), encoding="utf-8")
        else:
            drawn.savefig(path, dpi=192)
