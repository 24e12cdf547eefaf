"""Warmup, stable, decay with the 1-sqrt cooldown, which falls steeply at first."""

from __future__ import annotations

import math

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LambdaLR


def warmup_stable_sqrt(
    optimizer: Optimizer, *, total_steps: int, warmup_steps: int, decay_steps: int, min_lr_ratio: float = 0.0
) -> LambdaLR:
    """Rise linearly to the optimizer's learning rate, keep it, and fall by the square root of the steps at the end.

    ``total_steps`` is the number of updates of the training, at least 1; after it the learning rate stays.
    ``warmup_steps`` and ``decay_steps`` are how many of them the warmup (at least 0) and the cooldown (at least 1) take, together at most ``total_steps``.
    ``min_lr_ratio`` is the part of the learning rate that a warmup begins with and that the fall ends at, from 0 to 1.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(total_steps, "__index__") and total_steps >= 1):
        raise ValueError(f"total_steps is an int of at least 1, not {total_steps!r}")
    if not (hasattr(decay_steps, "__index__") and 1 <= decay_steps <= total_steps):
        raise ValueError(f"decay_steps is an int from 1 to total_steps, not {decay_steps!r}")
    if not (hasattr(warmup_steps, "__index__") and 0 <= warmup_steps <= total_steps - decay_steps):
        raise ValueError(f"warmup_steps is an int from 0 to total_steps - decay_steps, not {warmup_steps!r}")
    if not (hasattr(min_lr_ratio, "__float__") and 0 <= min_lr_ratio <= 1):
        raise ValueError(f"min_lr_ratio is a number from 0 to 1, not {min_lr_ratio!r}")
    stable_until = total_steps - decay_steps

    def factor(step: int) -> float:
        height = 1.0
        if step < warmup_steps:
            height = step / warmup_steps
        elif step >= stable_until:
            height = 1 - math.sqrt(min((step - stable_until) / decay_steps, 1.0))
        return min_lr_ratio + (1 - min_lr_ratio) * height

    return LambdaLR(optimizer, factor)
