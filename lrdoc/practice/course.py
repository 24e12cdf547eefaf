"""What can be seen of a course of learning rates, each an array of shape ``(steps,)``, without knowing what made it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lrdoc.trace import LearningRates

TINY = 1e-4
"""The share of the highest learning rate below which one is practically 0."""


def is_over(lrs: LearningRates) -> int | None:
    """Return the first step from which on the learning rate stays as it is, if there is one before the last."""
    changes = np.flatnonzero(np.abs(np.diff(lrs)) > 1e-12 * np.abs(lrs).max())
    over = int(changes[-1]) + 1 if len(changes) else 0
    return over if over < len(lrs) - 1 else None


def vanishes(lrs: LearningRates) -> int | None:
    """Return the first step after the peak from which on the learning rate is practically 0, if there is one."""
    sizes = np.abs(lrs)
    large = np.flatnonzero(sizes >= TINY * sizes.max())
    at = int(large[-1]) + 1
    return at if at < len(lrs) else None


def idle(lrs: LearningRates) -> float:
    """Return the share of the steps that are practically 0 after the peak, or far below that wherever they are."""
    at = vanishes(lrs)
    return max(0.0 if at is None else 1 - at / len(lrs), float(is_still(lrs).mean()))


def is_still(lrs: LearningRates) -> NDArray[np.bool_]:
    """Tell of every step whether its learning rate is 0, or so far below the highest that a warmup that moves weights doesn't begin there; shape ``(steps,)``."""
    sizes = np.abs(lrs)
    still: NDArray[np.bool_] = sizes <= TINY**2 * sizes.max()
    return still


def first_rise(lrs: LearningRates) -> int:
    """Return the step at which the learning rate rises for the first time after it has fallen; 0 if it never does."""
    least = 1e-9 * np.abs(lrs).max()
    falls, rises = np.diff(lrs) < -least, np.diff(lrs) > least
    after = np.flatnonzero(rises & (np.cumsum(falls) > 0))
    return int(after[0]) + 1 if len(after) else 0


def last_jump(lrs: LearningRates) -> int:
    """Return the last step at which the learning rate is more than twice the one before and more than half of the highest; 0 if there is none."""
    jumps = np.flatnonzero((lrs[1:] > 2 * np.abs(lrs[:-1])) & (lrs[1:] > lrs.max() / 2))
    return int(jumps[-1]) + 1 if len(jumps) else 0


def warmup(lrs: LearningRates) -> int:
    """Return at which step the learning rate reaches its peak, if all it did before was to rise; else 0."""
    peak = int(lrs.argmax())
    rises = (np.diff(lrs[: peak + 1]) >= 0).all() and lrs[0] < 0.9 * lrs[peak]
    return peak if rises else 0


def after_warmup(lrs: LearningRates) -> LearningRates:
    """Return the learning rates from the peak on, where there is a way up to it."""
    return lrs[int(lrs.argmax()) :] if lrs[0] < lrs.max() else lrs


def fall_per_step(lrs: LearningRates) -> float:
    """Return by which share a learning rate falls in a step, on average over the training; 0 where it rises, or falls to 0 or below."""
    if lrs[-1] <= 0 or lrs[-1] >= lrs[0]:
        return 0.0
    return 1 - math.pow(lrs[-1] / lrs[0], 1 / (len(lrs) - 1))


_DOUBLINGS = 40


def highest_after(function: Callable[[int], float], begin: int, end: int) -> int | None:
    """Return the step after ``end`` at which a function of the step that rises from ``begin`` to ``end`` is highest for the first time; ``None`` where it does not rise all the way there, or goes on rising for ever."""
    try:
        within = [function(step) for step in _spread(begin, end)]
        if any(later < earlier for earlier, later in pairwise(within)) or within[-1] <= within[-2]:
            return None
        reached = next((step for step in _doubled(end) if function(2 * step) <= function(step)), None)
        return None if reached is None else _highest(function, max(end, reached // 2), 2 * reached)
    except ValueError:  # it has no value any more
        return None


def _doubled(step: int) -> Iterator[int]:
    return (step << times for times in range(_DOUBLINGS))


def _highest(function: Callable[[int], float], low: int, high: int) -> int:
    """Return the first step at which a function that rises and then does not is highest."""
    steps = _spread(low, high)
    values = [function(step) for step in steps]
    at = values.index(max(values))
    if high - low < len(steps):
        return steps[at]
    return _highest(function, steps[max(at - 1, 0)], steps[min(at + 1, len(steps) - 1)])


def _spread(low: int, high: int) -> list[int]:
    """Return some steps from ``low`` to ``high``, both among them: all, or 65."""
    return (
        sorted({low + (high - low) * at // 64 for at in range(65)}) if high - low > 64 else list(range(low, high + 1))
    )


def is_range_test(lrs: LearningRates) -> bool:
    """Tell whether the course is that of a search for the largest learning rate that works: from very small to large, and nothing else."""
    rises = (np.diff(lrs) >= 0).all() and np.count_nonzero(np.diff(lrs)) >= len(lrs) / 2
    return bool(rises and lrs[0] <= 1e-3 and lrs[0] <= lrs[-1] / 100 and lrs[-1] <= 10)


def first_at_0(function: Callable[[int], float], begin: int, end: int) -> int | None:
    """Return the first step from ``begin`` to before ``end`` at which a function of the step is 0 or below, or has no value any more, if there is one.

    It is looked for at some steps, and around the lowest of them: a function that rises again before may be at 0 in between.
    """

    def value(step: int) -> float:
        try:
            return function(step)
        except ValueError:  # as of a root of a negative number
            return -math.inf

    if begin >= end:
        return None
    steps = _spread(begin, end - 1)
    found = next((at for at, step in enumerate(steps) if value(step) <= TINY**2), None)
    if found is None:
        lowest = _highest(lambda step: -value(step), begin, end - 1)
        return lowest if value(lowest) <= TINY**2 else None
    low, high = steps[max(found - 1, 0)], steps[found]
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if value(middle) <= TINY**2 else (middle, high)
    return high
