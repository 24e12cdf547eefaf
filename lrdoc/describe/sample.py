"""Random valid schedules, and the steps at which they change course."""

from __future__ import annotations

import math
import random
from collections.abc import Collection

from oneflow.optim.lr_scheduler import _LRScheduler

from lrdoc.describe.entry import Entry
from lrdoc.describe.schedule import Schedule

BASE_LRS = (1e-4, 10.0)
"""The least and the largest base learning rate that samples have."""


def nestable(entry: Entry) -> bool:
    """Tell whether others can contain a scheduler: whether its class computes a learning rate from a base and a step.

    The page on combining schedulers shows how OneFlow refuses the rest.
    """
    return getattr(entry.cls, "get_lr", None) not in (None, _LRScheduler.get_lr)


def base_lr(rng: random.Random) -> float:
    """Return an initial learning rate between the two of ``BASE_LRS``."""
    low, high = map(math.log10, BASE_LRS)
    return float(10 ** rng.uniform(low, high))


def schedule(entry: Entry, rng: random.Random, stretch: int = 1, *, inside: Collection[Entry] = ()) -> Schedule:
    """Return a valid schedule of ``entry``; arguments counted in steps are up to ``stretch`` times their usual size.

    ``inside`` are the schedulers from which one that is composed of others draws them.
    """

    def child() -> Schedule:
        # Arguments at which Graph mode is known to differ are a caveat of one page, and are not drawn for others.
        nested = [one for one in inside if nestable(one)]
        return _agreeing_in_graph(nested, rng, stretch, inside)

    drawn = entry.sample(rng, stretch, child) if entry.sample else {}
    others = {key: domain.sample(rng, stretch) for key, domain in entry.domains.items() if key not in drawn}
    return Schedule(entry, drawn | others)


def agreeing_in_graph(
    entry: Entry, rng: random.Random, stretch: int = 1, *, inside: Collection[Entry] = ()
) -> Schedule:
    """Return a valid schedule for which Graph mode is not known to apply other learning rates than eager mode does."""
    return _agreeing_in_graph([entry], rng, stretch, inside)


def _agreeing_in_graph(entries: list[Entry], rng: random.Random, stretch: int, inside: Collection[Entry]) -> Schedule:
    while departs_in_graph(drawn := schedule(rng.choice(entries), rng, stretch, inside=inside)):
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


def departs_in_graph(schedule: Schedule) -> bool:
    """Tell whether Graph mode is known to apply other learning rates than eager mode does."""
    own = schedule.entry.departs_in_graph
    return (own is not None and own(schedule.arguments)) or any(map(departs_in_graph, schedule.children))
