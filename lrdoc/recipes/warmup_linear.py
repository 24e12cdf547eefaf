"""Linear warmup from 0, then a linear decay to 0: what BERT and most fine-tuning scripts use."""

from __future__ import annotations

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LinearLR, SequentialLR


def warmup_linear(optimizer: Optimizer, *, total_steps: int, warmup_steps: int = 0) -> SequentialLR:
    """Rise linearly from 0 to the optimizer's learning rate, then fall linearly to 0.

    ``total_steps`` is the number of updates of the training, at least 1; after it the learning rate stays 0.
    ``warmup_steps`` is how many of them the warmup takes, from 0 to ``total_steps``.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(total_steps, "__index__") and total_steps >= 1):
        raise ValueError(f"total_steps is an int of at least 1, not {total_steps!r}")
    if not (hasattr(warmup_steps, "__index__") and 0 <= warmup_steps <= total_steps):
        raise ValueError(f"warmup_steps is an int from 0 to total_steps, not {warmup_steps!r}")
    rise = LinearLR(optimizer, start_factor=0.0, end_factor=1.0, total_iters=warmup_steps)
    fall = LinearLR(optimizer, start_factor=1.0, end_factor=0.0, total_iters=total_steps - warmup_steps)
    return SequentialLR(optimizer, [rise, fall], milestones=[warmup_steps], interval_rescaling=True)
