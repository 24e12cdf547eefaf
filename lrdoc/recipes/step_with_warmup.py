"""Steps down at milestones after a linear warmup: ImageNet in one hour, and most trainings of ResNets."""

from __future__ import annotations

import math

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LinearLR, MultiStepLR, SequentialLR


def step_with_warmup(
    optimizer: Optimizer, *, milestones: list[int], warmup_steps: int = 0, start_factor: float = 0.1, gamma: float = 0.1
) -> SequentialLR:
    """Rise linearly to the optimizer's learning rate, then multiply it by ``gamma`` at each milestone.

    ``milestones`` are steps counted from the start of the training, at least one, in increasing order and above ``warmup_steps``.
    ``warmup_steps`` is how many updates the warmup takes, at least 0.
    ``start_factor`` is the part of the learning rate that it begins with, from 0 to 1: one over the number by which a larger batch has multiplied it.
    ``gamma`` is the factor, above 0.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(warmup_steps, "__index__") and warmup_steps >= 0):
        raise ValueError(f"warmup_steps is an int of at least 0, not {warmup_steps!r}")
    whole = isinstance(milestones, (list, tuple)) and all(hasattr(at, "__index__") for at in milestones)
    before = [warmup_steps, *milestones] if whole else []
    if not whole or not milestones or not all(before[i] < at for i, at in enumerate(milestones)):
        raise ValueError(f"milestones is a list of ints in increasing order, above warmup_steps, not {milestones!r}")
    if not (hasattr(start_factor, "__float__") and 0 <= start_factor <= 1):
        raise ValueError(f"start_factor is a number from 0 to 1, not {start_factor!r}")
    if not (hasattr(gamma, "__float__") and 0 < gamma < math.inf):
        raise ValueError(f"gamma is a number above 0, not {gamma!r}")
    rise = LinearLR(optimizer, start_factor=start_factor, end_factor=1.0, total_iters=warmup_steps)
    fall = MultiStepLR(optimizer, milestones, gamma=gamma)
    return SequentialLR(optimizer, [rise, fall], milestones=[warmup_steps], interval_rescaling=False)
