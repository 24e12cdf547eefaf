"""ReduceLROnPlateau: the learning rate is multiplied by ``factor`` when a metric has stopped improving."""

from oneflow.optim.lr_scheduler import ReduceLROnPlateau

from lrdoc.describe.domain import Choice, Integer, Kind, Real
from lrdoc.describe.entry import Entry, Preset

METRICS = (
    1.0,
    0.8,
    0.65,
    0.55,
    0.5,
    0.5,
    0.5,
    0.5,
    0.5,
    0.48,
    0.46,
    0.46,
    0.46,
    0.46,
    0.46,
    0.46,
    0.46,
    0.46,
    0.45,
    0.45,
)

ENTRY = Entry(
    cls=ReduceLROnPlateau,
    family="driven",
    domains={
        "mode": Choice(("min", "max")),
        "factor": Real(0.0, 1.0, usual=(0.1, 0.9), below=True, kind=Kind.DECAY),
        "patience": Integer(0, usual=(0, 5)),
        "threshold": Real(0.0, None, usual=(0.0, 0.1), kind=Kind.MARGIN),
        "threshold_mode": Choice(("rel", "abs")),
        "cooldown": Integer(0, usual=(0, 5)),
        "min_lr": Real(0.0, None, usual=(0.0, 0.05), kind=Kind.RATE),
        "eps": Real(0.0, None, usual=(0.0, 0.01), kind=Kind.MARGIN),
    },
    closed_form=None,
    presets=(Preset({"factor": 0.5, "patience": 2}, steps=len(METRICS), metrics=METRICS),),
    sweeps={
        "mode": ("min", "max"),
        "factor": (0.1, 0.5, 0.9),
        "patience": (0, 2, 5),
        "threshold": (0.0, 0.05, 0.2),
        "threshold_mode": ("rel", "abs"),
        "cooldown": (0, 2, 5),
        "min_lr": (0.0, 0.03, 0.06),
        "eps": (0.0, 0.03, 0.06),
    },
)
