"""What the site knows of `lrdoc.recipes.warmup_linear`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Integer
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.warmup_linear import warmup_linear

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
