"""PolynomialLR: a polynomial from the base learning rate down to ``end_learning_rate``, once or in cycles."""

import sympy as sp
from oneflow.optim.lr_scheduler import PolynomialLR

from lrdoc.describe.domain import Flag, Integer, Kind, Real
from lrdoc.describe.entry import Entry, Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step

decay_batch, end, power = map(parameter, ("decay_batch", "end_learning_rate", "power"))
cycle, now, span = sp.Symbol("cycle"), parameter("now"), parameter("span")

ENTRY = Entry(
    cls=PolynomialLR,
    family="decay",
    domains={
        "decay_batch": Integer(1, usual=(1, 60)),
        "end_learning_rate": Real(0.0, None, usual=(0.0, 0.2), kind=Kind.RATE),
        "power": Real(0.0, None, usual=(0.25, 4.0), open=True),
        "cycle": Flag(),
    },
    closed_form=ClosedForm(
        (base_lr - end) * (1 - now / span) ** power + end,
        where=(
            (now, sp.Piecewise((sp.Max(step, 1), cycle), (sp.Min(step, decay_batch), True))),
            (span, sp.Piecewise((decay_batch * sp.ceiling(now / decay_batch), cycle), (decay_batch, True))),
        ),
    ),
    presets=(
        Preset({"decay_batch": 30, "end_learning_rate": 0.01, "power": 2.0}, steps=45),
        Preset({"decay_batch": 20, "end_learning_rate": 0.01, "cycle": True}, steps=81),
    ),
    sweeps={
        "decay_batch": (10, 20, 30, 60),
        "end_learning_rate": (0.0, 0.02, 0.05, 0.12),
        "power": (0.5, 1.0, 2.0, 4.0),
        "cycle": (False, True),
    },
)
