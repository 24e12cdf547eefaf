"""Linear warmup from 0, then a cosine that begins anew at the top several times."""

from __future__ import annotations

import math

import sympy as sp
from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LambdaLR

from lrdoc.describe.domain import Integer
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe


def warmup_hard_restarts(
    optimizer: Optimizer, *, total_steps: int, warmup_steps: int = 0, num_cycles: int = 1
) -> LambdaLR:
    """Rise linearly from 0 to the optimizer's learning rate, then fall along half a cosine, again and again.

    ``total_steps`` is the number of updates of the training, at least 1; after it the learning rate stays 0.
    ``warmup_steps`` is how many of them the warmup takes, from 0 to ``total_steps`` - 1.
    ``num_cycles`` is how many times it falls, at least 1.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(total_steps, "__index__") and total_steps >= 1):
        raise ValueError(f"total_steps is an int of at least 1, not {total_steps!r}")
    if not (hasattr(warmup_steps, "__index__") and 0 <= warmup_steps < total_steps):
        raise ValueError(f"warmup_steps is an int from 0 to total_steps - 1, not {warmup_steps!r}")
    if not (hasattr(num_cycles, "__index__") and num_cycles >= 1):
        raise ValueError(f"num_cycles is an int of at least 1, not {num_cycles!r}")

    def factor(step: int) -> float:
        if step < warmup_steps:
            return step / warmup_steps
        if step >= total_steps:
            return 0.0
        part = (step - warmup_steps) / (total_steps - warmup_steps)
        return (1 + math.cos(math.pi * (num_cycles * part % 1))) / 2

    return LambdaLR(optimizer, factor)


total_steps, warmup_steps, num_cycles, place = map(parameter, ("total_steps", "warmup_steps", "num_cycles", "place"))

RECIPE = Recipe(
    cls=warmup_hard_restarts,
    family="periodic",
    domains={
        "total_steps": Integer(1, usual=(1, 200)),
        "warmup_steps": Integer(0, usual=(0, 50)),
        "num_cycles": Integer(1, usual=(1, 6), in_steps=False),
    },
    closed_form=ClosedForm(
        sp.Piecewise(
            (base_lr * step / warmup_steps, step < warmup_steps),
            (base_lr * (1 + sp.cos(sp.pi * (place - sp.floor(place)))) / 2, step < total_steps),
            (0, True),
        ),
        where=((place, num_cycles * (step - warmup_steps) / (total_steps - warmup_steps)),),
    ),
    presets=(Preset({"total_steps": 100, "warmup_steps": 10, "num_cycles": 3}, steps=101),),
    graph="table",
    length="total_steps",
    sources=("https://arxiv.org/abs/1608.03983",),
)
