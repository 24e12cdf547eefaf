"""SequentialLR: one scheduler after the other, switching at milestones."""

import itertools
import random
from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp
from oneflow.optim.lr_scheduler import SequentialLR

from lrdoc.describe.domain import Flag, Milestones
from lrdoc.describe.entry import Entry, Preset
from lrdoc.describe.formula import ClosedForm, base_lr, element, parameter, reached, step
from lrdoc.describe.formula import child as child_of
from lrdoc.describe.schedule import Schedule
from lrdoc.schedulers.constant_lr import ENTRY as CONSTANT_LR
from lrdoc.schedulers.exponential_lr import ENTRY as EXPONENTIAL_LR
from lrdoc.schedulers.linear_lr import ENTRY as LINEAR_LR

schedulers, milestones, interval_rescaling = map(parameter, ("schedulers", "milestones", "interval_rescaling"))
i, local_step = parameter("i"), parameter("local_step")


def _keeps_an_earlier_origin(arguments: Mapping[str, Any]) -> bool:
    # Graph mode counts from the last milestone whose flag was True; eager mode looks at the current flag alone.
    flags = arguments.get("interval_rescaling", False)
    return isinstance(flags, list) and any(a and not b for a, b in itertools.pairwise(flags))


def _sample(rng: random.Random, stretch: int, child: Callable[[], Schedule]) -> dict[str, Any]:
    count = rng.randint(1, 4)
    return {
        "schedulers": [child() for _ in range(count)],
        "milestones": Milestones(length=count - 1).sample(rng, stretch),
        "interval_rescaling": rng.choice([rng.random() < 0.5, [rng.random() < 0.5 for _ in range(count - 1)]]),
    }


def _warmup_then_decay(interval_rescaling: bool) -> Preset:
    children = [
        Schedule(LINEAR_LR, {"start_factor": 0.1, "total_iters": 10}),
        Schedule(EXPONENTIAL_LR, {"gamma": 0.9}),
    ]
    arguments = {"schedulers": children, "milestones": [10], "interval_rescaling": interval_rescaling}
    return Preset(arguments, steps=40)


ENTRY = Entry(
    cls=SequentialLR,
    family="combination",
    domains={"milestones": Milestones(length=1), "interval_rescaling": Flag()},
    closed_form=ClosedForm(
        child_of(schedulers, i, base_lr, local_step),
        where=(
            (i, reached(milestones, step)),
            (
                local_step,
                sp.Piecewise(
                    (
                        step - element(milestones, i - 1),
                        sp.And(i > 0, sp.Ne(element(interval_rescaling, i - 1), 0)),
                    ),
                    (step, True),
                ),
            ),
        ),
    ),
    presets=(_warmup_then_decay(False), _warmup_then_decay(True)),
    sweeps={"milestones": ([0], [5], [10], [20]), "interval_rescaling": (False, True)},
    sample=_sample,
    departs_in_graph=_keeps_an_earlier_origin,
    documented=(
        Preset(
            {
                "schedulers": [
                    Schedule(CONSTANT_LR, {"factor": 0.1, "total_iters": 2}),
                    Schedule(EXPONENTIAL_LR, {"gamma": 0.9}),
                ],
                "milestones": [2],
            },
            steps=10,
            base_lr=1.0,
        ),
    ),
)
