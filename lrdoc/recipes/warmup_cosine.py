"""Linear warmup from 0, then half a cosine to a minimum: GPT-3, Llama and most trainings of vision transformers."""

from __future__ import annotations

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import CosineDecayLR, LinearLR, SequentialLR


def warmup_cosine(
    optimizer: Optimizer, *, total_steps: int, warmup_steps: int = 0, min_lr_ratio: float = 0.0
) -> SequentialLR:
    """Rise linearly from 0 to the optimizer's learning rate, then fall along half a cosine.

    ``total_steps`` is the number of updates of the training, at least 1; after it the learning rate stays.
    ``warmup_steps`` is how many of them the warmup takes, from 0 to ``total_steps``; with all of them, the fall is the one step after.
    ``min_lr_ratio`` is the part of the learning rate that is left at the end, from 0 to 1.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(total_steps, "__index__") and total_steps >= 1):
        raise ValueError(f"total_steps is an int of at least 1, not {total_steps!r}")
    if not (hasattr(warmup_steps, "__index__") and 0 <= warmup_steps <= total_steps):
        raise ValueError(f"warmup_steps is an int from 0 to total_steps, not {warmup_steps!r}")
    if not (hasattr(min_lr_ratio, "__float__") and 0 <= min_lr_ratio <= 1):
        raise ValueError(f"min_lr_ratio is a number from 0 to 1, not {min_lr_ratio!r}")
    rise = LinearLR(optimizer, start_factor=0.0, end_factor=1.0, total_iters=warmup_steps)
    fall = CosineDecayLR(optimizer, decay_steps=max(1, total_steps - warmup_steps), alpha=min_lr_ratio)
    return SequentialLR(optimizer, [rise, fall], milestones=[warmup_steps], interval_rescaling=True)
