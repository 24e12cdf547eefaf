"""ChainedScheduler: every scheduler acts at every step, each on the result of the one before it."""

import random
from typing import Any

from oneflow.optim.lr_scheduler import ChainedScheduler

from lrdoc.describe import sample
from lrdoc.describe.entry import Entry, Preset
from lrdoc.describe.formula import ClosedForm, base_lr, folded, parameter, step
from lrdoc.describe.schedule import Schedule


def _sample(rng: random.Random, stretch: int) -> dict[str, Any]:
    return {"schedulers": [sample.child(rng, stretch) for _ in range(rng.randint(1, 4))]}


def _warmup_and_decay(gamma: float) -> Schedule:
    children = [
        Schedule("constant_lr", {"factor": 0.1, "total_iters": 10}),
        Schedule("exponential_lr", {"gamma": gamma}),
    ]
    return Schedule("chained_scheduler", {"schedulers": children})


ENTRY = Entry(
    cls=ChainedScheduler,
    family="combination",
    domains={},
    closed_form=ClosedForm(folded(parameter("schedulers"), base_lr, step)),
    presets=(Preset(_warmup_and_decay(0.9), steps=40),),
    sample=_sample,
    documented=(
        Preset(
            Schedule(
                "chained_scheduler",
                {
                    "schedulers": [
                        Schedule("constant_lr", {"factor": 0.1, "total_iters": 2}),
                        Schedule("exponential_lr", {"gamma": 0.9}),
                    ]
                },
            ),
            steps=10,
            base_lr=1.0,
        ),
    ),
)
