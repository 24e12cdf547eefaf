"""What the site knows of `lrdoc.recipes.poly`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Integer, Real
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.poly import poly

total_steps, power = parameter("total_steps"), parameter("power")

RECIPE = Recipe(
    cls=poly,
    family="decay",
    domains={"total_steps": Integer(1, usual=(1, 200)), "power": Real(0.0, None, usual=(0.5, 2.0), open=True)},
    closed_form=ClosedForm(sp.Piecewise((base_lr * (1 - step / total_steps) ** power, step < total_steps), (0, True))),
    presets=(Preset({"total_steps": 100}, steps=101),),
    length="total_steps",
    sources=("https://arxiv.org/abs/1606.00915",),
)
