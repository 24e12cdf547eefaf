"""Compare closed forms, in high precision, with the real classes in eager mode, over many parameter sets and long runs."""

from __future__ import annotations

import random
import sys
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import mpmath
import numpy as np

from lrdoc import trace
from lrdoc.describe import sample
from lrdoc.describe.entry import Entry
from lrdoc.describe.schedule import Schedule

SETS, STEPS = 1000, 130
LONG_SETS, LONG_STEPS = 10, 20_000


def compare(entry: Entry, inside: Collection[Entry] = ()) -> dict[str, Any]:
    """Compare the closed form of a scheduler with the real class; one that is composed draws its parts from ``inside``.

    Returns ``sets`` (parameter sets tried), ``steps`` (of the longest run), ``values`` (learning rates compared), ``difference`` (the largest relative one), ``worst`` (the constructor call and step it was found at) and ``departures`` (steps, left out of ``difference``, at which floating point is known to lead OneFlow elsewhere).
    """
    rng = random.Random(entry.name)
    report: dict[str, Any] = {
        "sets": 0,
        "steps": LONG_STEPS,
        "values": 0,
        "difference": 0.0,
        "worst": "",
        "departures": 0,
    }
    for schedule, base, steps in _runs(entry, rng, inside):
        report["sets"] += 1
        _compare(report, schedule, base, steps, rng)
    return report


def _runs(entry: Entry, rng: random.Random, inside: Collection[Entry]) -> Iterator[tuple[Schedule, float, int]]:
    for _ in range(SETS):
        yield sample.schedule(entry, rng, inside=inside), sample.base_lr(rng), STEPS
    for _ in range(LONG_SETS):
        stretched = sample.schedule(entry, rng, LONG_STEPS // STEPS, inside=inside)
        yield stretched, sample.base_lr(rng), LONG_STEPS


def _compare(report: dict[str, Any], schedule: Schedule, base: float, steps: int, rng: random.Random) -> None:
    real = trace.eager(schedule.build(trace.sgd(base)), steps)[:, 0]
    peak = float(np.abs(real).max())
    for at in _chosen_steps(schedule, steps, rng):
        if sample.departs(schedule, at):
            report["departures"] += 1
            continue
        difference = relative_difference(real[at], schedule.exact(base, at), 0.0 if schedule.only_multiplies else peak)
        report["values"] += 1
        if difference > report["difference"]:
            report |= {"difference": difference, "worst": f"{schedule.code()}, lr={base!r}, step {at}"}


def relative_difference(value: float, expected: Any, peak: float) -> float:
    """Return the difference of ``value`` from ``expected``, relative to ``expected``.

    Where a schedule adds and subtracts, a float near zero has lost digits that no program could keep: there the difference is taken relative to a thousandth of ``peak``, the schedule's largest learning rate.
    """
    # Only the subtraction needs all digits: what it leaves is rounded in its own last digit.
    difference = mpmath.fsub(expected, float(value), exact=True)
    return float(abs(difference)) / max(abs(float(expected)), peak / 1000, sys.float_info.min)


def _chosen_steps(schedule: Schedule, steps: int, rng: random.Random) -> list[int]:
    """Return the steps worth comparing: the first and last, those around every integer argument, and some at random."""
    corners = {corner + shift for corner in sample.corners(schedule, steps) for shift in (-1, 0, 1)}
    chosen = {0, 1, 2, steps - 1} | corners | {rng.randrange(steps) for _ in range(8)}
    return sorted(at for at in chosen if 0 <= at < steps)


def departure(schedule: Schedule, base_lr: float, lrs: Mapping[int, float], peak: float) -> str | None:
    """Return at which of the steps the learning rates ``lrs`` differ from the closed form by more than 1e-12, relatively, if at any.

    ``peak`` is as in ``relative_difference``.
    """
    differences = {at: relative_difference(lr, schedule.exact(base_lr, at), peak) for at, lr in lrs.items()}
    wrong = {at: difference for at, difference in differences.items() if difference > 1e-12}
    return f"{schedule.code()} differs from its closed form at steps {wrong}" if wrong else None
