"""Linear warmup from 0, then a linear decay to 0: what BERT and most fine-tuning scripts use."""

from __future__ import annotations

import sympy as sp
from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LinearLR, SequentialLR

from lrdoc.describe.domain import Integer
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe


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


total_steps, warmup_steps = parameter("total_steps"), parameter("warmup_steps")

RECIPE = Recipe(
    cls=warmup_linear,
    family="warmup",
    domains={"total_steps": Integer(1, usual=(1, 200)), "warmup_steps": Integer(0, usual=(0, 50))},
    closed_form=ClosedForm(
        sp.Piecewise(
            (base_lr * step / warmup_steps, step < warmup_steps),
            (base_lr * (total_steps - step) / (total_steps - warmup_steps), step < total_steps),
            (0, True),
        )
    ),
    presets=(Preset({"total_steps": 100, "warmup_steps": 10}, steps=101),),
    length="total_steps",
    sources=("https://arxiv.org/abs/1810.04805",),
)
