"""Random valid schedules, and the steps at which they change course."""

from __future__ import annotations

import math
import random

from oneflow.optim.lr_scheduler import _LRScheduler

from lrdoc.describe import entry
from lrdoc.describe.schedule import Schedule

BASE_LRS = (1e-4, 10.0)
"""The least and the largest base learning rate that samples have."""


def nestable() -> list[str]:
    """Return the schedulers that others can contain: those whose class computes a learning rate from a base and a step.

    The page on combining schedulers shows how OneFlow refuses the rest.
    """
    own = {name: getattr(found.cls, "get_lr", None) for name, found in entry.entries().items()}
    return [name for name, get_lr in own.items() if get_lr not in (None, _LRScheduler.get_lr)]


def base_lr(rng: random.Random) -> float:
    """Return an initial learning rate between the two of ``BASE_LRS``."""
    low, high = map(math.log10, BASE_LRS)
    return float(10 ** rng.uniform(low, high))


def schedule(name: str, rng: random.Random, stretch: int = 1) -> Schedule:
    """Return a valid schedule of ``name``; arguments counted in steps are up to ``stretch`` times their usual size."""
    found = entry.get(name)
    drawn = found.sample(rng, stretch) if found.sample else {}
    others = {key: domain.sample(rng, stretch) for key, domain in found.domains.items() if key not in drawn}
    return Schedule(name, drawn | others)


def child(rng: random.Random, stretch: int) -> Schedule:
    """Return a schedule that can stand inside another.

    What leads a scheduler astray is left to the page of its own.
    """
    while _departs_in_graph(drawn := schedule(rng.choice(nestable()), rng, stretch)):
        pass
    return drawn


def corners(schedule: Schedule, below: int) -> set[int]:
    """Return the steps at which the curve may change course: those that integer arguments name, and restarts; children's included."""
    own = {value for value in schedule.values() if isinstance(value, int) and not isinstance(value, bool)}
    more = schedule.entry.corners(schedule.arguments, below) if schedule.entry.corners else set()
    return own.union(more, *(corners(child, below) for child in schedule.children))


def departs(schedule: Schedule, at: int) -> bool:
    """Tell whether floating point is known to lead OneFlow away from the closed form at step ``at``."""
    own = schedule.entry.departs
    return own is not None and own(schedule.arguments, at)


def agreeing_in_graph(name: str, rng: random.Random, stretch: int = 1) -> Schedule:
    """Return a valid schedule for which Graph mode is not known to apply other learning rates than eager mode does."""
    while _departs_in_graph(drawn := schedule(name, rng, stretch)):
        pass
    return drawn


def _departs_in_graph(schedule: Schedule) -> bool:
    own = schedule.entry.departs_in_graph
    return (own is not None and own(schedule.arguments)) or any(map(_departs_in_graph, schedule.children))
