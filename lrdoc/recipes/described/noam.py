"""What the site knows of `lrdoc.recipes.noam`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Integer
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.noam import noam

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
