"""What the site knows of `lrdoc.recipes.swalr`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Choice, Integer, Kind, Real
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, is_chosen, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.swalr import swalr

swa_lr, anneal_steps, part, way = map(parameter, ("swa_lr", "anneal_steps", "part", "way"))

RECIPE = Recipe(
    cls=swalr,
    family="decay",
    domains={
        "swa_lr": Real(0.0, None, usual=(0.001, 0.1), open=True, kind=Kind.RATE),
        "anneal_steps": Integer(0, usual=(0, 50)),
        "anneal_strategy": Choice(("cos", "linear")),
    },
    closed_form=ClosedForm(
        base_lr + (swa_lr - base_lr) * way,
        where=(
            (part, sp.Piecewise((step / anneal_steps, step < anneal_steps), (1, True))),
            (way, sp.Piecewise((part, is_chosen("anneal_strategy", "linear")), ((1 - sp.cos(sp.pi * part)) / 2, True))),
        ),
    ),
    presets=(Preset({"swa_lr": 0.02, "anneal_steps": 20}, steps=60),),
    graph="table",
    sources=("https://arxiv.org/abs/1803.05407",),
)
