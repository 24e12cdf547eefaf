"""CosineAnnealingWarmRestarts: cosine annealing that jumps back up at the end of each period."""

import math
from collections.abc import Mapping
from typing import Any

import sympy as sp
from oneflow.optim.lr_scheduler import CosineAnnealingWarmRestarts

from lrdoc.describe.domain import Integer, Kind, Real
from lrdoc.describe.entry import Entry, Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step

T_0, T_mult, eta_min = map(parameter, ("T_0", "T_mult", "eta_min"))
decay_rate, restart_limit = parameter("decay_rate"), parameter("restart_limit")
k, T_i, T_cur, w = map(parameter, ("k", "T_i", "T_cur", "w"))


def _departs(arguments: Mapping[str, Any], at: int) -> bool:
    # OneFlow finds the period by the floor of a logarithm, which at an exact restart may come out just below the integer.
    first, mult = arguments["T_0"], arguments.get("T_mult", 1)
    if mult == 1:
        return False
    argument = 1 - at / first * (1 - mult)
    period = math.floor(math.log(argument, mult))
    return not first * (mult**period - 1) <= at * (mult - 1) < first * (mult ** (period + 1) - 1)


def _restarts(arguments: Mapping[str, Any], below: int) -> set[int]:
    starts: set[int] = set()
    at, length = 0, arguments["T_0"]
    while (at := at + length) < below and len(starts) < 20:
        starts.add(at)
        length *= arguments.get("T_mult", 1)
    return starts


def _preset(steps: int, **arguments: Any) -> Preset:
    return Preset(arguments, steps=steps)


ENTRY = Entry(
    cls=CosineAnnealingWarmRestarts,
    family="periodic",
    domains={
        "T_0": Integer(1, usual=(1, 40)),
        "T_mult": Integer(1, usual=(1, 4), in_steps=False),
        "eta_min": Real(0.0, None, usual=(0.0, 0.05), kind=Kind.RATE),
        "decay_rate": Real(0.0, None, usual=(0.3, 1.1), open=True, kind=Kind.DECAY),
        "restart_limit": Integer(0, usual=(0, 5), in_steps=False),
    },
    closed_form=ClosedForm(
        eta_min + (base_lr * decay_rate**k - eta_min) * w,
        where=(
            (
                k,
                sp.Piecewise(
                    (sp.floor(step / T_0), sp.Eq(T_mult, 1)),
                    (sp.floor(sp.log(1 + step * (T_mult - 1) / T_0) / sp.log(T_mult)), True),
                ),
            ),
            (T_i, T_0 * T_mult**k),
            (
                T_cur,
                sp.Piecewise((step - T_0 * k, sp.Eq(T_mult, 1)), (step - T_0 * (T_mult**k - 1) / (T_mult - 1), True)),
            ),
            (
                w,
                sp.Piecewise(
                    (
                        (1 + sp.cos(sp.pi * T_cur / T_i)) / 2,
                        sp.Or(sp.Eq(restart_limit, 0), k < restart_limit),
                    ),
                    (0, True),
                ),
            ),
        ),
    ),
    presets=(
        _preset(60, T_0=15, T_mult=1),
        _preset(60, T_0=15, T_mult=1, decay_rate=0.5),
        _preset(70, T_0=10, T_mult=2),
        _preset(60, T_0=10, T_mult=1, restart_limit=3),
    ),
    sweeps={
        "T_0": (5, 10, 20, 40),
        "T_mult": (1, 2, 3, 4),
        "eta_min": (0.0, 0.02, 0.05, 0.08),
        "decay_rate": (1.0, 0.8, 0.5, 0.2),
        "restart_limit": (0, 1, 2, 3),
    },
    corners=_restarts,
    departs=_departs,
    departs_in_graph=lambda arguments: arguments.get("T_mult", 1) > 2,
)
