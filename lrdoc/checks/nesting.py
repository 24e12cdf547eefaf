"""Try every scheduler in every place inside another: which nestings OneFlow allows, and when and how it refuses the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from lrdoc.checks import pieces
from lrdoc.describe.entry import Entry
from lrdoc.describe.schedule import Schedule
from lrdoc.running.piece import Piece
from lrdoc.schedulers.chained_scheduler import ENTRY as CHAINED_SCHEDULER
from lrdoc.schedulers.exponential_lr import ENTRY as EXPONENTIAL_LR
from lrdoc.schedulers.sequential_lr import ENTRY as SEQUENTIAL_LR
from lrdoc.schedulers.warmup_lr import ENTRY as WARMUP_LR

STEPS, MILESTONE = 12, 5


def _sequential(*children: Schedule) -> Schedule:
    return Schedule(SEQUENTIAL_LR, {"schedulers": list(children), "milestones": [MILESTONE]})


def _warmup(child: Schedule, **arguments: Any) -> Schedule:
    return Schedule(
        WARMUP_LR, {"scheduler_or_optimizer": child, "warmup_factor": 0.1, "warmup_iters": MILESTONE, **arguments}
    )


def _chained(*children: Schedule) -> Schedule:
    return Schedule(CHAINED_SCHEDULER, {"schedulers": list(children)})


_OTHER = Schedule(EXPONENTIAL_LR, {"gamma": 0.9})

PLACES: Mapping[str, Callable[[Schedule], Schedule]] = {
    "SequentialLR([·, …])": lambda child: _sequential(child, _OTHER),
    "SequentialLR([…, ·])": lambda child: _sequential(_OTHER, child),
    "WarmupLR(·)": _warmup,
    "WarmupLR(·, warmup_prefix=True)": lambda child: _warmup(child, warmup_prefix=True),
    'WarmupLR(·, warmup_method="constant")': lambda child: _warmup(child, warmup_method="constant"),
    "ChainedScheduler([·, …])": lambda child: _chained(child, _OTHER),
    "ChainedScheduler([…, ·])": lambda child: _chained(_OTHER, child),
}
"""The places that a scheduler can take inside another, by the code that pages show; ``·`` stands for the scheduler."""


def nested(child: Entry, place: str) -> Schedule:
    """Return the first preset of ``child`` in ``place``; the milestone, or the end of the warmup, is step ``MILESTONE``."""
    return PLACES[place](Schedule.preset(child))


def piece(child: Entry, place: str, mode: str) -> Piece:
    """Return the piece that runs ``child`` in ``place``, in mode "eager" or "graph", from a base learning rate of 1."""
    return pieces.attempt(nested(child, place), STEPS, 1.0, mode)


def is_what_its_parts_make(child: Entry, place: str, mode: str, lrs: Sequence[Any]) -> bool:
    """Tell whether the learning rates of a run are those of the closed form, in Graph mode within the rounding of its 32-bit floats."""
    schedule = nested(child, place)
    expected = [float(schedule.exact(1.0, at)) for at in range(STEPS)]
    return np.allclose(lrs, expected, rtol=1e-12, atol=1e-6 if mode == "graph" else 0)
