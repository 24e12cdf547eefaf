"""What the site knows of `lrdoc.recipes.warmup_polynomial`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Integer, Kind, Real
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.warmup_polynomial import warmup_polynomial

total_steps, warmup_steps, power, end_lr, part = map(
    parameter, ("total_steps", "warmup_steps", "power", "end_lr", "part")
)

RECIPE = Recipe(
    cls=warmup_polynomial,
    family="warmup",
    domains={
        "total_steps": Integer(1, usual=(1, 200)),
        "warmup_steps": Integer(0, usual=(0, 50)),
        "power": Real(0.0, None, usual=(0.5, 4.0), open=True),
        "end_lr": Real(0.0, None, usual=(0.0, 0.1), kind=Kind.RATE),
    },
    closed_form=ClosedForm(
        sp.Piecewise(
            (base_lr * step / warmup_steps, step < warmup_steps),
            (end_lr + (base_lr - end_lr) * (1 - part) ** power, True),
        ),
        where=((part, (sp.Min(step, total_steps) - warmup_steps) / (total_steps - warmup_steps)),),
    ),
    presets=(Preset({"total_steps": 100, "warmup_steps": 10, "power": 2.0}, steps=101),),
    length="total_steps",
)
