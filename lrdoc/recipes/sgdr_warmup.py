"""Warm restarts (SGDR) after a linear warmup, with longer cycles and lower peaks if wished."""

from __future__ import annotations

import math

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import CosineAnnealingWarmRestarts, LinearLR, SequentialLR


def sgdr_warmup(
    optimizer: Optimizer,
    *,
    cycle_steps: int,
    warmup_steps: int = 0,
    warmup_start: float = 0.0,
    cycle_mult: int = 1,
    cycle_decay: float = 1.0,
    cycle_limit: int = 0,
    min_lr: float = 0.0,
) -> SequentialLR:
    """Rise linearly to the optimizer's learning rate, then fall along half a cosine and begin anew, again and again.

    ``cycle_steps`` is how many updates the first cycle takes, at least 1.
    ``warmup_steps`` is how many updates come before it, at least 0; ``warmup_start``, from 0 to 1, is the part of the learning rate that they begin with.
    ``cycle_mult`` is how many times as long each cycle is as the one before, an int of at least 1.
    ``cycle_decay`` is the part of the peak that is left with each cycle, above 0 and up to 1.
    ``cycle_limit`` is after how many cycles the learning rate stays at ``min_lr``, 0 for never.
    ``min_lr`` is the learning rate itself that each cycle moves towards, at least 0.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(cycle_steps, "__index__") and cycle_steps >= 1):
        raise ValueError(f"cycle_steps is an int of at least 1, not {cycle_steps!r}")
    if not (hasattr(warmup_steps, "__index__") and warmup_steps >= 0):
        raise ValueError(f"warmup_steps is an int of at least 0, not {warmup_steps!r}")
    if not (hasattr(warmup_start, "__float__") and 0 <= warmup_start <= 1):
        raise ValueError(f"warmup_start is a number from 0 to 1, not {warmup_start!r}")
    if not (hasattr(cycle_mult, "__index__") and cycle_mult >= 1):
        raise ValueError(f"cycle_mult is an int of at least 1, not {cycle_mult!r}")
    if not (hasattr(cycle_decay, "__float__") and 0 < cycle_decay <= 1):
        raise ValueError(f"cycle_decay is a number above 0 and up to 1, not {cycle_decay!r}")
    if not (hasattr(cycle_limit, "__index__") and cycle_limit >= 0):
        raise ValueError(f"cycle_limit is an int of at least 0, not {cycle_limit!r}")
    if not (hasattr(min_lr, "__float__") and 0 <= min_lr < math.inf):
        raise ValueError(f"min_lr is a number of at least 0, not {min_lr!r}")
    rise = LinearLR(optimizer, start_factor=warmup_start, end_factor=1.0, total_iters=warmup_steps)
    cycles = CosineAnnealingWarmRestarts(
        optimizer, int(cycle_steps), int(cycle_mult), eta_min=min_lr, decay_rate=cycle_decay, restart_limit=cycle_limit
    )
    return SequentialLR(optimizer, [rise, cycles], milestones=[warmup_steps], interval_rescaling=True)
