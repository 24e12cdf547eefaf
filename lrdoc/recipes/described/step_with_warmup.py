"""What the site knows of `lrdoc.recipes.step_with_warmup`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Integer, Kind, Milestones, Real
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, reached, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.step_with_warmup import step_with_warmup

warmup_steps, start_factor, gamma, milestones = map(parameter, ("warmup_steps", "start_factor", "gamma", "milestones"))

RECIPE = Recipe(
    cls=step_with_warmup,
    family="warmup",
    domains={
        "milestones": Milestones(),
        "warmup_steps": Integer(0, usual=(0, 50)),
        "start_factor": Real(0.0, 1.0, usual=(0.0, 1.0)),
        "gamma": Real(0.0, None, usual=(0.05, 1.0), open=True, kind=Kind.DECAY),
    },
    closed_form=ClosedForm(
        sp.Piecewise(
            (base_lr * (start_factor + (1 - start_factor) * step / warmup_steps), step < warmup_steps),
            (base_lr * gamma ** reached(milestones, step), True),
        )
    ),
    presets=(Preset({"milestones": [30, 60, 80], "warmup_steps": 5, "start_factor": 0.125}, steps=90),),
    sources=("https://arxiv.org/abs/1706.02677",),
)
