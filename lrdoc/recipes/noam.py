"""Noam, the schedule of the first Transformer: a linear warmup, then the inverse square root of the step, both scaled by the size of the model."""

from __future__ import annotations

import sympy as sp
from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LambdaLR

from lrdoc.describe.domain import Integer
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe


def noam(optimizer: Optimizer, *, d_model: int, warmup_steps: int) -> LambdaLR:
    """Multiply the optimizer's learning rate, which is 1 in the paper, by d_model^-0.5 min(n^-0.5, n warmup_steps^-1.5); there is no end.

    ``d_model`` is the width of the model, at least 1.
    ``warmup_steps`` is how many updates the warmup takes, at least 1; update n of the paper, which counts from 1, is step n - 1.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(d_model, "__index__") and d_model >= 1):
        raise ValueError(f"d_model is an int of at least 1, not {d_model!r}")
    if not (hasattr(warmup_steps, "__index__") and warmup_steps >= 1):
        raise ValueError(f"warmup_steps is an int of at least 1, not {warmup_steps!r}")

    def factor(step: int) -> float:
        return float(d_model**-0.5 * min((step + 1) ** -0.5, (step + 1) * warmup_steps**-1.5))

    return LambdaLR(optimizer, factor)


d_model, warmup_steps = parameter("d_model"), parameter("warmup_steps")

RECIPE = Recipe(
    cls=noam,
    family="warmup",
    domains={"d_model": Integer(1, usual=(64, 1024), in_steps=False), "warmup_steps": Integer(1, usual=(1, 50))},
    closed_form=ClosedForm(
        base_lr / sp.sqrt(d_model) * sp.Min(1 / sp.sqrt(step + 1), (step + 1) * warmup_steps ** sp.Rational(-3, 2))
    ),
    presets=(Preset({"d_model": 512, "warmup_steps": 40}, steps=400, base_lr=1.0),),
    graph="table",
    sources=("https://arxiv.org/abs/1706.03762",),
)
