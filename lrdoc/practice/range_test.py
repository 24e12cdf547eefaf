"""The range test: raise the learning rate from very small to large within one short training, and see from where to where the loss falls.

The rate is raised by one scheduler of OneFlow, by a constant factor or by a constant amount per iteration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lrdoc.practice.metrics import Row

Course: TypeAlias = Literal["exponential", "linear"]

LOWEST, HIGHEST = 1e-6, 1.0
FEWEST = 20
"""The fewest iterations of which anything can be read."""

CODE: Mapping[Course, str] = {
    "exponential": f"ExponentialLR(optimizer, gamma={HIGHEST / LOWEST:.0f} ** (1 / (total_steps - 1)))",
    "linear": f"LinearLR(optimizer, start_factor={LOWEST / HIGHEST:g}, end_factor=1.0, total_iters=total_steps - 1)",
}
"""The schedule of a range test, on the base learning rate of the same name."""

BASE_LR: Mapping[Course, float] = {"exponential": LOWEST, "linear": HIGHEST}

_PARTS = 40
"""The losses are averaged over such a part of the iterations: a single batch says little."""


@dataclass(frozen=True)
class Range:
    """The learning rates, from ``low`` to ``high``, between which the loss falls: from where it is surely below its start, to where it is lowest."""

    low: float
    high: float


def smoothed(losses: Sequence[float]) -> NDArray[np.float64]:
    """Return the running mean of the losses over a fortieth of them, at least three, shape ``(len(losses),)``; at the ends over what there is."""
    window = max(3, len(losses) // _PARTS) | 1  # odd: as many before as after
    sums = np.concatenate([[0.0], np.cumsum(losses)])
    at = np.arange(len(losses))
    first, last = np.maximum(at - window // 2, 0), np.minimum(at + (window + 1) // 2, len(losses))
    means: NDArray[np.float64] = (sums[last] - sums[first]) / (last - first)
    return means


def proposed(lrs: Sequence[float], losses: Sequence[float]) -> Range | None:
    """Return the range that the losses propose, or ``None`` where they never fall by more than they scatter.

    Shapes: both ``(iterations,)``, the learning rates rising.
    """
    means = smoothed(losses)
    scatter = float(np.std(np.asarray(losses) - means))
    begins = max(3, len(means) // 10)
    start = float(np.median(means[:begins]))
    end = begins + int(means[begins:].argmin())
    below = np.flatnonzero(means[:end] < start - max(scatter, 0.1 * (start - means[end])))
    if not len(below) or start - means[end] <= 2 * scatter:
        return None
    return Range(float(lrs[int(below[0])]), float(lrs[end]))


def told(rows: Sequence[Row], found: Range | None) -> str:
    """Return the result in words, and what it is worth."""
    reached = f"The learning rate went from {rows[0].lr:.3g} to {rows[-1].lr:.3g} in {len(rows):,} iterations."
    if found is None:
        return f"{reached}\nThe loss never fell clearly, so no range is proposed: try more epochs, or another seed."
    ended = "\nIt was still falling at the end: larger rates were not tried." if found.high > 0.9 * rows[-1].lr else ""
    return (
        f"{reached}\nThe loss fell from {found.low:.1g} on, and was lowest at {found.high:.1g}.{ended}\n"
        f"Proposed as the highest learning rate of a schedule: {_proposal(found)}.\n"
        "It is a guess from one short training with this model, optimizer, batch size and weight decay.\n"
        "Another seed moves it, a longer test moves it to smaller rates, and after a warmup larger ones may work.\n"
        "Begin with it, and compare: python -m lrdoc.practice compare"
    )


def _proposal(found: Range) -> str:
    """Return a third of the rate at which the loss was lowest, or what is below that and still moves the loss, in words."""
    low, high = max(found.low, found.high / 10), found.high / 3
    return f"from {low:.1g} to {high:.1g}" if float(f"{low:.1g}") < float(f"{high:.1g}") else f"about {high:.1g}"


def draw(rows: Sequence[Row], found: Range | None, path: Path) -> Path:
    """Draw the loss against the learning rate, with the range, and return the path of the figure."""
    # Imported here, as a training that is refused would wait for them.
    from lrdoc import figure
    from lrdoc.figure import svg

    lrs, losses = [row.lr for row in rows], [row.loss for row in rows]
    ends = None if found is None else (found.low, found.high)
    marked = "no range is marked" if found is None else f"marked from {found.low:.2g} to {found.high:.2g}"
    drawn = figure.loss_by_rate(
        np.array(lrs), np.array(losses), smoothed(losses), ends, alt=f"The loss against the learning rate; {marked}."
    )
    with svg.closing(drawn):
        svg.save(drawn, path)
    return path
