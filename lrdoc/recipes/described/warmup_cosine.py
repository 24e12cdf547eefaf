"""What the site knows of `lrdoc.recipes.warmup_cosine`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Integer, Real
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.warmup_cosine import warmup_cosine

total_steps, warmup_steps, min_lr_ratio, part = map(parameter, ("total_steps", "warmup_steps", "min_lr_ratio", "part"))

RECIPE = Recipe(
    cls=warmup_cosine,
    family="warmup",
    domains={
        "total_steps": Integer(1, usual=(1, 200)),
        "warmup_steps": Integer(0, usual=(0, 50)),
        "min_lr_ratio": Real(0.0, 1.0, usual=(0.0, 1.0)),
    },
    closed_form=ClosedForm(
        sp.Piecewise(
            (base_lr * step / warmup_steps, step < warmup_steps),
            (base_lr * (min_lr_ratio + (1 - min_lr_ratio) * (1 + sp.cos(sp.pi * part)) / 2), True),
        ),
        where=((part, sp.Min(1, (step - warmup_steps) / sp.Max(1, total_steps - warmup_steps))),),
    ),
    presets=(Preset({"total_steps": 100, "warmup_steps": 10, "min_lr_ratio": 0.1}, steps=101),),
    length="total_steps",
    sources=("https://arxiv.org/abs/2005.14165", "https://arxiv.org/abs/2302.13971"),
)
