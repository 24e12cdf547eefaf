"""StepLR: the learning rate is multiplied by ``gamma`` every ``step_size`` steps."""

import sympy as sp
from oneflow.optim.lr_scheduler import StepLR

from lrdoc.describe.domain import Integer, Kind, Real
from lrdoc.describe.entry import Entry, Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step

step_size, gamma = parameter("step_size"), parameter("gamma")

ENTRY = Entry(
    cls=StepLR,
    family="decay",
    domains={
        "step_size": Integer(1, usual=(1, 40)),
        "gamma": Real(0.0, None, usual=(0.1, 1.05), open=True, kind=Kind.DECAY),
    },
    closed_form=ClosedForm(base_lr * gamma ** sp.floor(step / step_size)),
    presets=(Preset({"step_size": 10, "gamma": 0.5}, steps=50),),
    sweeps={"step_size": (2, 5, 10, 20), "gamma": (0.1, 0.5, 0.9, 1.1)},
)
