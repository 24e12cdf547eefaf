"""Linear warmup from 0, then a cosine that begins anew at the top several times."""

from __future__ import annotations

import math

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LambdaLR


def warmup_hard_restarts(
    optimizer: Optimizer, *, total_steps: int, warmup_steps: int = 0, num_cycles: int = 1
) -> LambdaLR:
    """Rise linearly from 0 to the optimizer's learning rate, then fall along half a cosine, again and again.

    ``total_steps`` is the number of updates of the training, at least 1; after it the learning rate stays 0.
    ``warmup_steps`` is how many of them the warmup takes, from 0 to ``total_steps``; with all of them, the fall is the one step after.
    ``num_cycles`` is how many times it falls, at least 1.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(total_steps, "__index__") and total_steps >= 1):
        raise ValueError(f"total_steps is an int of at least 1, not {total_steps!r}")
    if not (hasattr(warmup_steps, "__index__") and 0 <= warmup_steps <= total_steps):
        raise ValueError(f"warmup_steps is an int from 0 to total_steps, not {warmup_steps!r}")
    if not (hasattr(num_cycles, "__index__") and num_cycles >= 1):
        raise ValueError(f"num_cycles is an int of at least 1, not {num_cycles!r}")

    fall = max(1, total_steps - warmup_steps)

    def factor(step: int) -> float:
        if step < warmup_steps:
            return step / warmup_steps
        part = (step - warmup_steps) / fall
        if part >= 1:
            return 0.0
        return (1 + math.cos(math.pi * (num_cycles * part % 1))) / 2

    return LambdaLR(optimizer, factor)
