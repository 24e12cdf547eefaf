"""Warm restarts (SGDR) after a linear warmup, with longer cycles and lower peaks if wished."""

from __future__ import annotations

import math

import sympy as sp
from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import CosineAnnealingWarmRestarts, LinearLR, SequentialLR

from lrdoc.describe.domain import Integer, Kind, Real
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe


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


cycle_steps, warmup_steps, warmup_start, cycle_mult, cycle_decay, cycle_limit, min_lr = map(
    parameter,
    ("cycle_steps", "warmup_steps", "warmup_start", "cycle_mult", "cycle_decay", "cycle_limit", "min_lr"),
)
since, cycle, begin, length = map(parameter, ("since", "cycle", "begin", "length"))

RECIPE = Recipe(
    cls=sgdr_warmup,
    family="periodic",
    domains={
        "cycle_steps": Integer(1, usual=(1, 50)),
        "warmup_steps": Integer(0, usual=(0, 50)),
        "warmup_start": Real(0.0, 1.0, usual=(0.0, 1.0)),
        "cycle_mult": Integer(1, usual=(1, 3), in_steps=False),
        "cycle_decay": Real(0.0, 1.0, usual=(0.3, 1.0), open=True, kind=Kind.DECAY),
        "cycle_limit": Integer(0, usual=(0, 5), in_steps=False),
        "min_lr": Real(0.0, None, usual=(0.0, 0.1), kind=Kind.RATE),
    },
    closed_form=ClosedForm(
        sp.Piecewise(
            (base_lr * (warmup_start + (1 - warmup_start) * step / warmup_steps), step < warmup_steps),
            (min_lr, (cycle_limit > 0) & (cycle >= cycle_limit)),
            (
                min_lr + (base_lr * cycle_decay**cycle - min_lr) * (1 + sp.cos(sp.pi * (since - begin) / length)) / 2,
                True,
            ),
        ),
        where=(
            (since, step - warmup_steps),
            (
                cycle,
                sp.Piecewise(
                    (0, since < 0),
                    (sp.floor(since / cycle_steps), sp.Eq(cycle_mult, 1)),
                    (sp.floor(sp.log(1 + since / cycle_steps * (cycle_mult - 1)) / sp.log(cycle_mult)), True),
                ),
            ),
            (
                begin,
                sp.Piecewise(
                    (cycle * cycle_steps, sp.Eq(cycle_mult, 1)),
                    (cycle_steps * (cycle_mult**cycle - 1) / (cycle_mult - 1), True),
                ),
            ),
            (length, cycle_steps * cycle_mult**cycle),
        ),
    ),
    presets=(Preset({"cycle_steps": 20, "warmup_steps": 10, "cycle_mult": 2, "cycle_decay": 0.7}, steps=150),),
    departs_in_graph=lambda arguments: arguments.get("cycle_mult", 1) > 2,
    sources=("https://arxiv.org/abs/1608.03983",),
)
