"""What the site knows of `lrdoc.recipes.cyclic`."""

from __future__ import annotations

import sympy as sp

from lrdoc.describe.domain import Choice, Integer, Kind, Real
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, is_chosen, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.cyclic import cyclic

step_size_up, step_size_down, min_lr_ratio, gamma, length, cycle, place, height, fading = map(
    parameter,
    ("step_size_up", "step_size_down", "min_lr_ratio", "gamma", "length", "cycle", "place", "height", "fading"),
)

RECIPE = Recipe(
    cls=cyclic,
    family="periodic",
    domains={
        "step_size_up": Integer(1, usual=(1, 50)),
        "step_size_down": Integer(1, usual=(1, 50)),
        "min_lr_ratio": Real(0.0, 1.0, usual=(0.0, 1.0)),
        "mode": Choice(("triangular", "triangular2", "exp_range")),
        "gamma": Real(0.0, 1.0, usual=(0.9, 1.0), open=True, kind=Kind.DECAY),
    },
    closed_form=ClosedForm(
        base_lr * (min_lr_ratio + (1 - min_lr_ratio) * height * fading),
        where=(
            (length, step_size_up + step_size_down),
            (cycle, sp.floor(step / length)),
            (place, step - cycle * length),
            (
                height,
                sp.Piecewise((place / step_size_up, place <= step_size_up), ((length - place) / step_size_down, True)),
            ),
            (
                fading,
                sp.Piecewise(
                    (sp.Rational(1, 2) ** cycle, is_chosen("mode", "triangular2")),
                    (1, is_chosen("mode", "triangular")),
                    (gamma**step, True),
                ),
            ),
        ),
    ),
    presets=(Preset({"step_size_up": 20, "step_size_down": 20, "mode": "triangular2"}, steps=200),),
    graph="table",
    implied={"step_size_down": lambda given: given["step_size_up"]},
    sources=("https://arxiv.org/abs/1506.01186",),
)
