"""What the site knows of `lrdoc.recipes.warmup_hard_restarts`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Integer
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.warmup_hard_restarts import warmup_hard_restarts

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
            (base_lr * (1 + sp.cos(sp.pi * (place - sp.floor(place)))) / 2, place < num_cycles),
            (0, True),
        ),
        where=((place, num_cycles * (step - warmup_steps) / sp.Max(1, total_steps - warmup_steps)),),
    ),
    presets=(Preset({"total_steps": 100, "warmup_steps": 10, "num_cycles": 3}, steps=101),),
    graph="table",
    length="total_steps",
    sources=("https://arxiv.org/abs/1608.03983",),
)
