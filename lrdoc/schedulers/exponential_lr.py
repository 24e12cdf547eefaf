"""ExponentialLR: the learning rate is multiplied by ``gamma`` at every step."""

from oneflow.optim.lr_scheduler import ExponentialLR

from lrdoc.describe.domain import Kind, Real
from lrdoc.describe.entry import Entry, Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step

ENTRY = Entry(
    cls=ExponentialLR,
    family="decay",
    domains={"gamma": Real(0.0, None, usual=(0.5, 1.02), open=True, kind=Kind.DECAY)},
    closed_form=ClosedForm(base_lr * parameter("gamma") ** step),
    presets=(Preset({"gamma": 0.9}, steps=40),),
    sweeps={"gamma": (0.5, 0.8, 0.95, 1.02)},
)
