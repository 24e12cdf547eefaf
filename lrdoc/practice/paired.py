"""Compare numbers that were measured with the same seeds: pair by pair, with what that leaves uncertain.

Two trainings with the same seed begin with the same weights and see the same images in the same order.
What they share cancels in their difference, so the differences scatter less than the numbers themselves.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Summary:
    """Mean, standard deviation (``None`` of a single number) and least of ``count`` numbers."""

    count: int
    mean: float
    spread: float | None
    lowest: float


@dataclass(frozen=True)
class Difference:
    """The mean of ``count`` paired differences; with two or more also its standard error, and the interval that holds the true mean with a confidence of 95 %.

    The interval is Student's: it takes the differences to be about normally distributed.
    """

    count: int
    mean: float
    standard_error: float | None = None
    interval: tuple[float, float] | None = None

    @property
    def tells_apart(self) -> bool:
        """Whether 0 lies outside of the interval."""
        return self.interval is not None and not self.interval[0] <= 0 <= self.interval[1]


def summary(values: Sequence[float | None]) -> Summary | None:
    """Return the summary of the numbers that are there, or ``None`` where there is none."""
    there = [value for value in values if value is not None]
    if not there:
        return None
    spread = float(np.std(there, ddof=1)) if len(there) > 1 else None
    return Summary(len(there), float(np.mean(there)), spread, min(there))


def difference(values: Sequence[float | None], others: Sequence[float | None]) -> Difference | None:
    """Return by how much ``values`` are above ``others``, each with the other at its place; pairs of which one is missing are left out.

    Returns ``None`` where no pair is whole.
    """
    pairs = zip(values, others, strict=True)
    found = np.array([value - other for value, other in pairs if value is not None and other is not None])
    if not len(found):
        return None
    mean = float(found.mean())
    if len(found) == 1:
        return Difference(1, mean)
    error = float(found.std(ddof=1) / math.sqrt(len(found)))
    room = float(stdtrit(len(found) - 1, (1 + CONFIDENCE) / 2)) * error
    return Difference(len(found), mean, error, (mean - room, mean + room))


def table(measured: Mapping[str, Sequence[float | None]], unit: str = "%") -> str:
    """Return a table of accuracies, each from 0 to 1, in percent: mean, spread, lowest, and the difference to the first row."""
    width = max(map(len, measured))
    first = next(iter(measured.values()))
    head = f"{'':{width}}  accuracy ({unit})           difference to the first\n{'':{width}}    mean  spread  lowest    mean  95 % interval"
    rows = [
        f"{label:{width}}  {_summarized(summary(values))}  {'' if values is first else _differing(difference(values, first))}".rstrip()
        for label, values in measured.items()
    ]
    return "\n".join([head, *rows])


def _summarized(found: Summary | None) -> str:
    if found is None:
        return f"{'—':>6}  {'—':>6}  {'—':>6}"
    spread = "—" if found.spread is None else f"{100 * found.spread:.2f}"
    return f"{100 * found.mean:6.2f}  {spread:>6}  {100 * found.lowest:6.2f}"


def _differing(found: Difference | None) -> str:
    if found is None:
        return f"{'—':>6}"
    if found.interval is None:
        return f"{100 * found.mean:+6.2f}  unknown with one seed"
    low, high = found.interval
    zero = "" if found.tells_apart else "  (holds 0)"
    return f"{100 * found.mean:+6.2f}  {100 * low:+.2f} to {100 * high:+.2f}{zero}"
