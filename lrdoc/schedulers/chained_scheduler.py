"""ChainedScheduler: every scheduler acts at every step, each on the result of the one before it."""

import random
from collections.abc import Callable
from typing import Any

from oneflow.optim.lr_scheduler import ChainedScheduler

from lrdoc.describe.entry import Entry, Preset
from lrdoc.describe.formula import ClosedForm, base_lr, folded, parameter, step
from lrdoc.describe.schedule import Schedule
from lrdoc.schedulers.constant_lr import ENTRY as CONSTANT_LR
from lrdoc.schedulers.exponential_lr import ENTRY as EXPONENTIAL_LR


def _sample(rng: random.Random, _stretch: int, child: Callable[[], Schedule]) -> dict[str, Any]:
    return {"schedulers": [child() for _ in range(rng.randint(1, 4))]}


def _constant_and_decay(total_iters: int) -> dict[str, Any]:
    constant = Schedule(CONSTANT_LR, {"factor": 0.1, "total_iters": total_iters})
    return {"schedulers": [constant, Schedule(EXPONENTIAL_LR, {"gamma": 0.9})]}


ENTRY = Entry(
    cls=ChainedScheduler,
    family="combination",
    domains={},
    closed_form=ClosedForm(folded(parameter("schedulers"), base_lr, step)),
    presets=(Preset(_constant_and_decay(10), steps=40),),
    sample=_sample,
    documented=(Preset(_constant_and_decay(2), steps=10, base_lr=1.0),),
)
