"""Linear warmup from 0, then a fall with the inverse square root of the step."""

from __future__ import annotations

import math

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LambdaLR


def inverse_sqrt(optimizer: Optimizer, *, warmup_steps: int, timescale: int | None = None) -> LambdaLR:
    """Rise linearly from 0 to the optimizer's learning rate, then fall with the inverse square root of the step; there is no end.

    ``warmup_steps`` is how many updates the warmup takes, at least 0.
    ``timescale`` is how many steps after the warmup the learning rate is down by the root of 2, at least 1; left out, it is ``warmup_steps``, or 10,000 without a warmup.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(warmup_steps, "__index__") and warmup_steps >= 0):
        raise ValueError(f"warmup_steps is an int of at least 0, not {warmup_steps!r}")
    scale = timescale if timescale is not None else warmup_steps or 10_000
    if not (hasattr(scale, "__index__") and scale >= 1):
        raise ValueError(f"timescale is an int of at least 1, not {timescale!r}")

    def factor(step: int) -> float:
        if step < warmup_steps:
            return step / warmup_steps
        return 1 / math.sqrt(1 + (step - warmup_steps) / scale)

    return LambdaLR(optimizer, factor)
