"""ConstantLR: a constant factor until ``total_iters``, then the base learning rate."""

import sympy as sp
from oneflow.optim.lr_scheduler import ConstantLR

from lrdoc.describe.domain import Integer, Real
from lrdoc.describe.entry import Entry, Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step

factor, total_iters = parameter("factor"), parameter("total_iters")

ENTRY = Entry(
    cls=ConstantLR,
    family="warmup",
    domains={"factor": Real(0.0, 1.0, usual=(0.0, 1.0)), "total_iters": Integer(0, usual=(0, 60))},
    closed_form=ClosedForm(sp.Piecewise((base_lr * factor, step < total_iters), (base_lr, True))),
    presets=(Preset({"factor": 1 / 3, "total_iters": 8}, steps=20),),
    sweeps={"factor": (0.0, 0.25, 0.5, 1.0), "total_iters": (0, 5, 10, 15)},
    documented=(Preset({"factor": 0.5, "total_iters": 4}, steps=10, base_lr=0.05),),
)
