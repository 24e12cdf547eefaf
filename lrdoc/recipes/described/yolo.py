"""What the site knows of `lrdoc.recipes.yolo`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Flag, Integer, Real
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.yolo import yolo

epochs, min_lr_ratio, part, height = map(parameter, ("epochs", "min_lr_ratio", "part", "height"))
cosine = sp.Symbol("cosine")

RECIPE = Recipe(
    cls=yolo,
    family="decay",
    domains={
        "epochs": Integer(1, usual=(1, 200)),
        "min_lr_ratio": Real(0.0, 1.0, usual=(0.0, 1.0)),
        "cosine": Flag(),
    },
    closed_form=ClosedForm(
        base_lr * (min_lr_ratio + (1 - min_lr_ratio) * height),
        where=(
            (part, sp.Min(step / epochs, 1)),
            (height, sp.Piecewise(((1 + sp.cos(sp.pi * part)) / 2, cosine), (1 - part, True))),
        ),
    ),
    presets=(Preset({"epochs": 100}, steps=101, base_lr=0.01),),
    length="epochs",
)
