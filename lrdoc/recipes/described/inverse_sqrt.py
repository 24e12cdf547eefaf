"""What the site knows of `lrdoc.recipes.inverse_sqrt`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Integer
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.inverse_sqrt import inverse_sqrt

warmup_steps, timescale = parameter("warmup_steps"), parameter("timescale")

RECIPE = Recipe(
    cls=inverse_sqrt,
    family="warmup",
    domains={"warmup_steps": Integer(0, usual=(0, 50)), "timescale": Integer(1, usual=(1, 100))},
    closed_form=ClosedForm(
        sp.Piecewise(
            (base_lr * step / warmup_steps, step < warmup_steps),
            (base_lr / sp.sqrt(1 + (step - warmup_steps) / timescale), True),
        )
    ),
    presets=(Preset({"warmup_steps": 10, "timescale": 10}, steps=200),),
    graph="table",
    implied={"timescale": lambda given: given["warmup_steps"] or 10_000},
)
