"""MultiStepLR: the learning rate is multiplied by ``gamma`` at each of the given milestones."""

from oneflow.optim.lr_scheduler import MultiStepLR

from lrdoc.describe.domain import Kind, Milestones, Real
from lrdoc.describe.entry import Entry, Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, reached, step

ENTRY = Entry(
    cls=MultiStepLR,
    family="decay",
    domains={"milestones": Milestones(), "gamma": Real(0.0, None, usual=(0.1, 1.05), open=True, kind=Kind.DECAY)},
    closed_form=ClosedForm(base_lr * parameter("gamma") ** reached(parameter("milestones"), step)),
    presets=(Preset({"milestones": [2, 5, 9], "gamma": 0.5}, steps=14),),
    sweeps={"milestones": ([2, 5, 9], [5], [3, 6, 9, 12], []), "gamma": (0.1, 0.5, 0.9, 1.1)},
)
