"""Linear warmup from 0, then a constant learning rate."""

from __future__ import annotations

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LinearLR


def warmup_constant(optimizer: Optimizer, *, warmup_steps: int) -> LinearLR:
    """Rise linearly from 0 to the optimizer's learning rate, and keep it.

    ``warmup_steps`` is how many updates the warmup takes, at least 0.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(warmup_steps, "__index__") and warmup_steps >= 0):
        raise ValueError(f"warmup_steps is an int of at least 0, not {warmup_steps!r}")
    return LinearLR(optimizer, start_factor=0.0, end_factor=1.0, total_iters=warmup_steps)
