"""What the site knows of `lrdoc.recipes.warmup_stable_sqrt`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Integer, Real
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.warmup_stable_sqrt import warmup_stable_sqrt

total_steps, warmup_steps, decay_steps, min_lr_ratio, height = map(
    parameter, ("total_steps", "warmup_steps", "decay_steps", "min_lr_ratio", "height")
)

RECIPE = Recipe(
    cls=warmup_stable_sqrt,
    family="warmup",
    domains={
        "total_steps": Integer(1, usual=(1, 200)),
        "warmup_steps": Integer(0, usual=(0, 50)),
        "decay_steps": Integer(1, usual=(1, 50)),
        "min_lr_ratio": Real(0.0, 1.0, usual=(0.0, 1.0)),
    },
    closed_form=ClosedForm(
        base_lr * (min_lr_ratio + (1 - min_lr_ratio) * height),
        where=(
            (
                height,
                sp.Piecewise(
                    (step / warmup_steps, step < warmup_steps),
                    (1, step < total_steps - decay_steps),
                    (1 - sp.sqrt((step - total_steps + decay_steps) / decay_steps), step < total_steps),
                    (0, True),
                ),
            ),
        ),
    ),
    presets=(Preset({"total_steps": 100, "warmup_steps": 10, "decay_steps": 20}, steps=101),),
    graph="table",
    length="total_steps",
    sources=("https://arxiv.org/abs/2405.18392",),
)
