"""What the site knows of `lrdoc.recipes.warmup_cosine_cycles`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Integer, Real
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.warmup_cosine_cycles import warmup_cosine_cycles

total_steps, warmup_steps, num_cycles, min_lr_ratio, part = map(
    parameter, ("total_steps", "warmup_steps", "num_cycles", "min_lr_ratio", "part")
)

RECIPE = Recipe(
    cls=warmup_cosine_cycles,
    family="periodic",
    domains={
        "total_steps": Integer(1, usual=(1, 200)),
        "warmup_steps": Integer(0, usual=(0, 50)),
        "num_cycles": Real(0.0, None, usual=(0.5, 5.0), open=True),
        "min_lr_ratio": Real(0.0, 1.0, usual=(0.0, 1.0)),
    },
    closed_form=ClosedForm(
        sp.Piecewise(
            (base_lr * step / warmup_steps, step < warmup_steps),
            (
                base_lr * (min_lr_ratio + (1 - min_lr_ratio) * (1 + sp.cos(2 * sp.pi * num_cycles * part)) / 2),
                True,
            ),
        ),
        where=((part, sp.Min(1, (step - warmup_steps) / sp.Max(1, total_steps - warmup_steps))),),
    ),
    presets=(Preset({"total_steps": 100, "warmup_steps": 10, "num_cycles": 1.5}, steps=101),),
    graph="table",
    length="total_steps",
)
