"""LinearLR: a factor that moves linearly from ``start_factor`` to ``end_factor`` in ``total_iters`` steps."""

import sympy as sp
from oneflow.optim.lr_scheduler import LinearLR

from lrdoc.describe.domain import Integer, Real
from lrdoc.describe.entry import Entry, Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step

start_factor, end_factor, total_iters = map(parameter, ("start_factor", "end_factor", "total_iters"))
factor = sp.Symbol("factor")

ENTRY = Entry(
    cls=LinearLR,
    family="warmup",
    domains={
        "start_factor": Real(0.0, 1.0, usual=(0.0, 1.0)),
        "end_factor": Real(0.0, 1.0, usual=(0.0, 1.0)),
        "total_iters": Integer(0, usual=(0, 60)),
    },
    closed_form=ClosedForm(
        base_lr * factor,
        where=(
            (
                factor,
                sp.Piecewise(
                    (start_factor + (end_factor - start_factor) * step / total_iters, step < total_iters),
                    (end_factor, True),
                ),
            ),
        ),
    ),
    presets=(
        Preset({"start_factor": 1 / 3, "end_factor": 1.0, "total_iters": 10}, steps=20),
        Preset({"start_factor": 1.0, "end_factor": 0.1, "total_iters": 10}, steps=20),
    ),
    sweeps={
        "start_factor": (0.0, 0.25, 0.5, 1.0),
        "end_factor": (0.0, 0.1, 0.5, 1.0),
        "total_iters": (0, 5, 10, 15),
    },
    documented=(Preset({"start_factor": 0.5, "total_iters": 4}, steps=10, base_lr=0.05),),
)
