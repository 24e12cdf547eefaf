"""Linear warmup from 0, then several half cycles of a cosine: up and down again without a jump."""

from __future__ import annotations

import math

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LambdaLR


def warmup_cosine_cycles(
    optimizer: Optimizer, *, total_steps: int, warmup_steps: int = 0, num_cycles: float = 1.5, min_lr_ratio: float = 0.0
) -> LambdaLR:
    """Rise linearly from 0 to the optimizer's learning rate, then follow a cosine for some cycles.

    ``total_steps`` is the number of updates of the training, at least 1; after it the learning rate stays.
    ``warmup_steps`` is how many of them the warmup takes, from 0 to ``total_steps``; with all of them, the fall is the one step after.
    ``num_cycles`` is how many whole cycles the cosine makes, above 0: half a cycle falls once, one and a half fall twice.
    ``min_lr_ratio`` is the part of the learning rate that is left at the lowest points, from 0 to 1.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(total_steps, "__index__") and total_steps >= 1):
        raise ValueError(f"total_steps is an int of at least 1, not {total_steps!r}")
    if not (hasattr(warmup_steps, "__index__") and 0 <= warmup_steps <= total_steps):
        raise ValueError(f"warmup_steps is an int from 0 to total_steps, not {warmup_steps!r}")
    if not (hasattr(num_cycles, "__float__") and 0 < num_cycles < math.inf):
        raise ValueError(f"num_cycles is a number above 0, not {num_cycles!r}")
    if not (hasattr(min_lr_ratio, "__float__") and 0 <= min_lr_ratio <= 1):
        raise ValueError(f"min_lr_ratio is a number from 0 to 1, not {min_lr_ratio!r}")

    fall = max(1, total_steps - warmup_steps)

    def factor(step: int) -> float:
        if step < warmup_steps:
            return step / warmup_steps
        part = min(1.0, (step - warmup_steps) / fall)
        return min_lr_ratio + (1 - min_lr_ratio) * (1 + math.cos(2 * math.pi * num_cycles * part)) / 2

    return LambdaLR(optimizer, factor)
