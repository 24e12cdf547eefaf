"""CosineDecayLR: half a cosine from the base learning rate to ``alpha`` times it, then constant."""

import sympy as sp
from oneflow.optim.lr_scheduler import CosineDecayLR

from lrdoc.describe.domain import Integer, Real
from lrdoc.describe.entry import Entry, Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step

decay_steps, alpha = parameter("decay_steps"), parameter("alpha")

ENTRY = Entry(
    cls=CosineDecayLR,
    family="decay",
    domains={"decay_steps": Integer(1, usual=(1, 60)), "alpha": Real(0.0, 1.0, usual=(0.0, 1.0))},
    closed_form=ClosedForm(
        sp.Piecewise(
            (base_lr * ((1 - alpha) * (1 + sp.cos(sp.pi * step / decay_steps)) / 2 + alpha), step < decay_steps),
            (base_lr * alpha, True),
        )
    ),
    presets=(Preset({"decay_steps": 30, "alpha": 0.1}, steps=45),),
    sweeps={"decay_steps": (10, 20, 30, 60), "alpha": (0.0, 0.1, 0.5, 1.0)},
)
