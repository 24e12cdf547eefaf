"""What the site knows of `lrdoc.recipes.warmup_constant`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Integer
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.warmup_constant import warmup_constant

warmup_steps = parameter("warmup_steps")

RECIPE = Recipe(
    cls=warmup_constant,
    family="warmup",
    domains={"warmup_steps": Integer(0, usual=(0, 50))},
    closed_form=ClosedForm(sp.Piecewise((base_lr * step / warmup_steps, step < warmup_steps), (base_lr, True))),
    presets=(Preset({"warmup_steps": 20}, steps=100),),
)
