"""What the site knows of `lrdoc.recipes.sgdr_warmup`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Integer, Kind, Real
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.sgdr_warmup import sgdr_warmup

cycle_steps, warmup_steps, warmup_start, cycle_mult, cycle_decay, cycle_limit, min_lr = map(
    parameter,
    ("cycle_steps", "warmup_steps", "warmup_start", "cycle_mult", "cycle_decay", "cycle_limit", "min_lr"),
)
since, cycle, begin, length = map(parameter, ("since", "cycle", "begin", "length"))

RECIPE = Recipe(
    cls=sgdr_warmup,
    family="periodic",
    domains={
        "cycle_steps": Integer(1, usual=(1, 50)),
        "warmup_steps": Integer(0, usual=(0, 50)),
        "warmup_start": Real(0.0, 1.0, usual=(0.0, 1.0)),
        "cycle_mult": Integer(1, usual=(1, 3), in_steps=False),
        "cycle_decay": Real(0.0, 1.0, usual=(0.3, 1.0), open=True, kind=Kind.DECAY),
        "cycle_limit": Integer(0, usual=(0, 5), in_steps=False),
        "min_lr": Real(0.0, None, usual=(0.0, 0.1), kind=Kind.RATE),
    },
    closed_form=ClosedForm(
        sp.Piecewise(
            (base_lr * (warmup_start + (1 - warmup_start) * step / warmup_steps), step < warmup_steps),
            (min_lr, (cycle_limit > 0) & (cycle >= cycle_limit)),
            (
                min_lr + (base_lr * cycle_decay**cycle - min_lr) * (1 + sp.cos(sp.pi * (since - begin) / length)) / 2,
                True,
            ),
        ),
        where=(
            (since, step - warmup_steps),
            (
                cycle,
                sp.Piecewise(
                    (0, since < 0),
                    (sp.floor(since / cycle_steps), sp.Eq(cycle_mult, 1)),
                    (sp.floor(sp.log(1 + since / cycle_steps * (cycle_mult - 1)) / sp.log(cycle_mult)), True),
                ),
            ),
            (
                begin,
                sp.Piecewise(
                    (cycle * cycle_steps, sp.Eq(cycle_mult, 1)),
                    (cycle_steps * (cycle_mult**cycle - 1) / (cycle_mult - 1), True),
                ),
            ),
            (length, cycle_steps * cycle_mult**cycle),
        ),
    ),
    presets=(Preset({"cycle_steps": 20, "warmup_steps": 10, "cycle_mult": 2, "cycle_decay": 0.7}, steps=150),),
    departs_in_graph=lambda arguments: arguments.get("cycle_mult", 1) > 2,
    sources=("https://arxiv.org/abs/1608.03983",),
)
