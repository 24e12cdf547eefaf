"""What the site knows of `lrdoc.recipes.one_cycle`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Choice, Flag, Integer, Real
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, is_chosen, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.one_cycle import one_cycle

total_steps, pct_start, div_factor, final_div_factor, up, down, at = map(
    parameter, ("total_steps", "pct_start", "div_factor", "final_div_factor", "up", "down", "at")
)
three_phase = sp.Symbol("three_phase")
start, end, part, way = map(parameter, ("start", "end", "part", "way"))
_LAST = 1 / (div_factor * final_div_factor)

RECIPE = Recipe(
    cls=one_cycle,
    family="periodic",
    domains={
        "total_steps": Integer(2, usual=(25, 200)),
        "pct_start": Real(0.0, 1.0, usual=(0.05, 0.45), open=True, below=True),
        "anneal_strategy": Choice(("cos", "linear")),
        "div_factor": Real(0.0, None, usual=(1.0, 50.0), open=True),
        "final_div_factor": Real(0.0, None, usual=(1.0, 10000.0), open=True),
        "three_phase": Flag(),
    },
    closed_form=ClosedForm(
        base_lr * (start + (end - start) * way),
        where=(
            (at, sp.Min(step, total_steps - 1)),
            (up, pct_start * total_steps - 1),
            (down, sp.Piecewise((2 * up, three_phase), (total_steps - 1, True))),
            (start, sp.Piecewise((1 / div_factor, at <= up), (1, at <= down), (1 / div_factor, True))),
            (end, sp.Piecewise((1, at <= up), (1 / div_factor, (at <= down) & three_phase), (_LAST, True))),
            (
                part,
                sp.Piecewise(
                    (at / up, at <= up),
                    ((at - up) / (down - up), at <= down),
                    ((at - down) / (total_steps - 1 - down), True),
                ),
            ),
            (way, sp.Piecewise((part, is_chosen("anneal_strategy", "linear")), ((1 - sp.cos(sp.pi * part)) / 2, True))),
        ),
    ),
    presets=(Preset({"total_steps": 100}, steps=100, base_lr=0.5),),
    graph="table",
    length="total_steps",
    sources=("https://arxiv.org/abs/1708.07120",),
)
