"""WarmupLR: a linear or constant warmup in front of a scheduler, or of nothing."""

import random
from collections.abc import Callable
from typing import Any

import sympy as sp
from oneflow.optim.lr_scheduler import WarmupLR

from lrdoc.describe import sample
from lrdoc.describe.domain import Choice, Flag, Integer, Real
from lrdoc.describe.entry import Entry, Preset
from lrdoc.describe.formula import ClosedForm, base_lr, is_chosen, parameter, step, wrapped
from lrdoc.describe.schedule import Schedule
from lrdoc.schedulers.cosine_decay_lr import ENTRY as COSINE_DECAY_LR

scheduler, warmup_factor, warmup_iters = map(parameter, ("scheduler_or_optimizer", "warmup_factor", "warmup_iters"))
warmup_prefix = sp.Symbol("warmup_prefix")
factor, end_factor, local_step = map(parameter, ("factor", "end_factor", "local_step"))


def _sample(rng: random.Random, stretch: int, child: Callable[[], Schedule]) -> dict[str, Any]:
    drawn = {key: domain.sample(rng, stretch) for key, domain in ENTRY.domains.items()}
    main = rng.choice([None, child()])
    while main is not None and _refused(main, drawn):
        main = child()
    return {"scheduler_or_optimizer": main, **drawn}


def _refused(main: Schedule, warmup: dict[str, Any]) -> bool:
    # OneFlow refuses a linear warmup that leads straight into a schedule which is above the base learning rate by then.
    # A schedule is a linear function of the base, so the two ends of those that samples come from speak for all.
    if warmup["warmup_method"] != "linear" or warmup["warmup_prefix"]:
        return False
    return any(main.exact(base, warmup["warmup_iters"]) > base * (1 - 1e-9) for base in sample.BASE_LRS)


def _after(warmup: dict[str, object], main: Schedule | None) -> dict[str, Any]:
    return {"scheduler_or_optimizer": main, **warmup}


def _cosine(decay_steps: int, alpha: float = 0.0) -> Schedule:
    return Schedule(COSINE_DECAY_LR, {"decay_steps": decay_steps, "alpha": alpha})


ENTRY = Entry(
    cls=WarmupLR,
    family="warmup",
    domains={
        "warmup_factor": Real(0.0, 1.0, usual=(0.0, 1.0)),
        "warmup_iters": Integer(0, usual=(1, 30)),
        "warmup_method": Choice(("linear", "constant")),
        "warmup_prefix": Flag(),
    },
    closed_form=ClosedForm(
        sp.Piecewise((base_lr * factor, step < warmup_iters), (wrapped(scheduler, base_lr, local_step), True)),
        where=(
            (
                end_factor,
                sp.Piecewise((1, warmup_prefix), (wrapped(scheduler, base_lr, warmup_iters) / base_lr, True)),
            ),
            (
                factor,
                sp.Piecewise(
                    (
                        warmup_factor + (end_factor - warmup_factor) * step / warmup_iters,
                        is_chosen("warmup_method", "linear"),
                    ),
                    (warmup_factor, True),
                ),
            ),
            (local_step, sp.Piecewise((step - warmup_iters, warmup_prefix), (step, True))),
        ),
    ),
    presets=(
        Preset(_after({"warmup_factor": 0.1, "warmup_iters": 10}, _cosine(40)), steps=60),
        Preset(_after({"warmup_factor": 0.1, "warmup_iters": 10, "warmup_prefix": True}, _cosine(40)), steps=60),
        Preset(_after({"warmup_factor": 0.1, "warmup_iters": 10}, None), steps=20),
    ),
    sweeps={
        "warmup_factor": (0.0, 0.1, 0.5, 1.0),
        "warmup_iters": (0, 5, 10, 20),
        "warmup_method": ("linear", "constant"),
        "warmup_prefix": (False, True),
    },
    sample=_sample,
    documented=(
        Preset(
            _after({"warmup_factor": 0.5, "warmup_iters": 5, "warmup_method": "constant"}, None),
            steps=10,
            base_lr=0.001,
        ),
        Preset(
            _after({"warmup_factor": 0.5, "warmup_iters": 5, "warmup_method": "linear"}, None), steps=10, base_lr=0.001
        ),
        Preset(
            _after({"warmup_factor": 0.5, "warmup_iters": 2, "warmup_method": "linear"}, _cosine(5, 0.1)),
            steps=10,
            base_lr=0.001,
        ),
    ),
)
