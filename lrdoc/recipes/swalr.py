"""The learning rate of stochastic weight averaging (SWA): from wherever the training is to a constant one."""

from __future__ import annotations

import math
from collections.abc import Callable

import sympy as sp
from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LambdaLR

from lrdoc.describe.domain import Choice, Integer, Real
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, is_chosen, parameter, step
from lrdoc.describe.recipe import Recipe


def swalr(optimizer: Optimizer, *, swa_lr: float, anneal_steps: int = 10, anneal_strategy: str = "cos") -> LambdaLR:
    """Go from the learning rate that the optimizer has now to ``swa_lr``, which may be larger, and stay there.

    ``swa_lr`` is the learning rate at the end itself, above 0.
    ``anneal_steps`` is how many updates it takes to get there, at least 0; ``step()`` is called once an epoch as a rule.
    ``anneal_strategy`` is "cos" for half a cosine, "linear" for a line.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not 0 < swa_lr < math.inf:
        raise ValueError(f"swa_lr is a number above 0, not {swa_lr!r}")
    if not (isinstance(anneal_steps, int) and anneal_steps >= 0):
        raise ValueError(f"anneal_steps is an int of at least 0, not {anneal_steps!r}")
    if anneal_strategy not in ("cos", "linear"):
        raise ValueError(f"anneal_strategy is 'cos' or 'linear', not {anneal_strategy!r}")

    for group in optimizer.param_groups:
        group["initial_lr"] = group["lr"]  # an earlier scheduler has left where it began

    def toward(start: float) -> Callable[[int], float]:
        def factor(step: int) -> float:
            part = min(step / anneal_steps, 1.0) if anneal_steps else 1.0
            if anneal_strategy == "cos":
                part = (1 - math.cos(math.pi * part)) / 2
            return 1 + (swa_lr / start - 1) * part

        return factor

    return LambdaLR(optimizer, [toward(group["lr"]) for group in optimizer.param_groups])


swa_lr, anneal_steps, part, way = map(parameter, ("swa_lr", "anneal_steps", "part", "way"))

RECIPE = Recipe(
    cls=swalr,
    family="decay",
    domains={
        "swa_lr": Real(0.0, None, usual=(0.001, 0.1), open=True),
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
