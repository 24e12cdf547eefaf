"""CosineAnnealingLR: a cosine between the base learning rate and ``eta_min`` that goes up again after ``T_max``."""

import sympy as sp
from oneflow.optim.lr_scheduler import CosineAnnealingLR

from lrdoc.describe.domain import Integer, Kind, Real
from lrdoc.describe.entry import Entry, Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step

T_max, eta_min = parameter("T_max"), parameter("eta_min")

ENTRY = Entry(
    cls=CosineAnnealingLR,
    family="periodic",
    domains={"T_max": Integer(1, usual=(1, 60)), "eta_min": Real(0.0, None, usual=(0.0, 0.2), kind=Kind.RATE)},
    closed_form=ClosedForm(eta_min + (base_lr - eta_min) * (1 + sp.cos(sp.pi * step / T_max)) / 2),
    presets=(Preset({"T_max": 20, "eta_min": 0.01}, steps=61),),
    sweeps={"T_max": (5, 10, 20, 60), "eta_min": (0.0, 0.02, 0.05, 0.12)},
)
