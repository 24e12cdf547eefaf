"""Warmup, stable, decay (WSD): a long constant stretch, and a short cooldown that can be started at any time."""

from __future__ import annotations

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import ConstantLR, CosineDecayLR, LinearLR, SequentialLR


def warmup_stable_decay(
    optimizer: Optimizer,
    *,
    total_steps: int,
    warmup_steps: int,
    decay_steps: int,
    cooldown: str = "linear",
    min_lr_ratio: float = 0.0,
) -> SequentialLR:
    """Rise linearly to the optimizer's learning rate, keep it, and fall within the last steps.

    ``total_steps`` is the number of updates of the training, at least 1; after it the learning rate stays.
    ``warmup_steps`` and ``decay_steps`` are how many of them the warmup (at least 0) and the cooldown (at least 1) take, together at most ``total_steps``.
    ``cooldown`` is the shape of the fall: "linear", or "cosine" for half of one.
    ``min_lr_ratio`` is the part of the learning rate that a warmup begins with and that the fall ends at, from 0 to 1.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(total_steps, "__index__") and total_steps >= 1):
        raise ValueError(f"total_steps is an int of at least 1, not {total_steps!r}")
    if not (hasattr(decay_steps, "__index__") and 1 <= decay_steps <= total_steps):
        raise ValueError(f"decay_steps is an int from 1 to total_steps, not {decay_steps!r}")
    if not (hasattr(warmup_steps, "__index__") and 0 <= warmup_steps <= total_steps - decay_steps):
        raise ValueError(f"warmup_steps is an int from 0 to total_steps - decay_steps, not {warmup_steps!r}")
    if cooldown not in ("linear", "cosine"):
        raise ValueError(f"cooldown is 'linear' or 'cosine', not {cooldown!r}")
    if not (hasattr(min_lr_ratio, "__float__") and 0 <= min_lr_ratio <= 1):
        raise ValueError(f"min_lr_ratio is a number from 0 to 1, not {min_lr_ratio!r}")
    rise = LinearLR(optimizer, start_factor=min_lr_ratio, end_factor=1.0, total_iters=warmup_steps)
    stay = ConstantLR(optimizer, factor=1.0, total_iters=0)
    if cooldown == "linear":
        fall = LinearLR(optimizer, start_factor=1.0, end_factor=min_lr_ratio, total_iters=decay_steps)
    else:
        fall = CosineDecayLR(optimizer, decay_steps=decay_steps, alpha=min_lr_ratio)
    milestones = [warmup_steps, total_steps - decay_steps]
    return SequentialLR(optimizer, [rise, stay, fall], milestones, interval_rescaling=True)
