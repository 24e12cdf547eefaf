"""What the site knows of `lrdoc.recipes.warmup_stable_decay`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Choice, Integer, Real
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, is_chosen, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.warmup_stable_decay import warmup_stable_decay

total_steps, warmup_steps, decay_steps, min_lr_ratio, part, height = map(
    parameter, ("total_steps", "warmup_steps", "decay_steps", "min_lr_ratio", "part", "height")
)

RECIPE = Recipe(
    cls=warmup_stable_decay,
    family="warmup",
    domains={
        "total_steps": Integer(1, usual=(1, 200)),
        "warmup_steps": Integer(0, usual=(0, 50)),
        "decay_steps": Integer(1, usual=(1, 50)),
        "cooldown": Choice(("linear", "cosine")),
        "min_lr_ratio": Real(0.0, 1.0, usual=(0.0, 1.0)),
    },
    closed_form=ClosedForm(
        base_lr * (min_lr_ratio + (1 - min_lr_ratio) * height),
        where=(
            (part, (step - (total_steps - decay_steps)) / decay_steps),
            (
                height,
                sp.Piecewise(
                    (step / warmup_steps, step < warmup_steps),
                    (1, step < total_steps - decay_steps),
                    (0, step >= total_steps),
                    (1 - part, is_chosen("cooldown", "linear")),
                    ((1 + sp.cos(sp.pi * part)) / 2, True),
                ),
            ),
        ),
    ),
    presets=(Preset({"total_steps": 100, "warmup_steps": 10, "decay_steps": 20}, steps=101),),
    length="total_steps",
    sources=("https://arxiv.org/abs/2404.06395", "https://arxiv.org/abs/2405.18392"),
)
