"""Linear warmup from 0, then a polynomial decay to an end learning rate."""

from __future__ import annotations

import math

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LinearLR, PolynomialLR, SequentialLR


def warmup_polynomial(
    optimizer: Optimizer, *, total_steps: int, warmup_steps: int = 0, power: float = 1.0, end_lr: float = 1e-7
) -> SequentialLR:
    """Rise linearly from 0 to the optimizer's learning rate, then fall along a polynomial to ``end_lr``.

    ``total_steps`` is the number of updates of the training, at least 1; after it the learning rate stays.
    ``warmup_steps`` is how many of them the warmup takes, from 0 to ``total_steps`` - 1.
    ``power`` is the exponent of the polynomial, above 0: 1 is a line, and more falls steeply first.
    ``end_lr`` is the learning rate at the end itself, not a part of the first, at least 0.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(total_steps, "__index__") and total_steps >= 1):
        raise ValueError(f"total_steps is an int of at least 1, not {total_steps!r}")
    if not (hasattr(warmup_steps, "__index__") and 0 <= warmup_steps < total_steps):
        raise ValueError(f"warmup_steps is an int from 0 to total_steps - 1, not {warmup_steps!r}")
    if not (hasattr(power, "__float__") and 0 < power < math.inf):
        raise ValueError(f"power is a number above 0, not {power!r}")
    if not (hasattr(end_lr, "__float__") and 0 <= end_lr < math.inf):
        raise ValueError(f"end_lr is a number of at least 0, not {end_lr!r}")
    rise = LinearLR(optimizer, start_factor=0.0, end_factor=1.0, total_iters=warmup_steps)
    fall = PolynomialLR(optimizer, total_steps - warmup_steps, end_learning_rate=end_lr, power=power)
    return SequentialLR(optimizer, [rise, fall], milestones=[warmup_steps], interval_rescaling=True)
