"""Random valid schedules, and the steps at which they change course."""

from __future__ import annotations

import random
from typing import Any

from lrdoc import entry
from lrdoc.domain import Milestones
from lrdoc.schedule import Schedule

CHILDREN = (
    "constant_lr",
    "linear_lr",
    "exponential_lr",
    "step_lr",
    "multi_step_lr",
    "polynomial_lr",
    "cosine_decay_lr",
    "cosine_annealing_lr",
    "cosine_annealing_warm_restarts",
)
"""The schedulers that OneFlow lets others contain; the page on combining schedulers shows how the rest fail."""


def base_lr(rng: random.Random) -> float:
    """Return an initial learning rate between 1e-4 and 10."""
    return float(10 ** rng.uniform(-4, 1))


def schedule(name: str, rng: random.Random, stretch: int = 1) -> Schedule:
    """Return a valid schedule of ``name``; arguments counted in steps are up to ``stretch`` times their usual size."""
    compose = {"sequential_lr": _sequential, "chained_scheduler": _chained, "warmup_lr": _warmup}.get(name)
    return compose(rng, stretch) if compose else Schedule(name, _arguments(name, rng, stretch))


def _arguments(name: str, rng: random.Random, stretch: int) -> dict[str, Any]:
    domains = entry.get(name).domains
    return {key: domain.sample(rng, stretch) for key, domain in domains.items()}


def _child(rng: random.Random, stretch: int) -> Schedule:
    child = schedule(rng.choice(CHILDREN), rng, stretch)
    if child.arguments.get("T_mult", 1) > 2:  # from 3 on, restarts can go wrong: see that scheduler's own page
        child = Schedule(child.name, {**child.arguments, "T_mult": 2})
    return child


def _sequential(rng: random.Random, stretch: int) -> Schedule:
    count = rng.randint(1, 4)
    return Schedule(
        "sequential_lr",
        {
            "schedulers": [_child(rng, stretch) for _ in range(count)],
            "milestones": Milestones(length=count - 1).sample(rng, stretch),
            "interval_rescaling": rng.choice([rng.random() < 0.5, [rng.random() < 0.5 for _ in range(count - 1)]]),
        },
    )


def _chained(rng: random.Random, stretch: int) -> Schedule:
    return Schedule("chained_scheduler", {"schedulers": [_child(rng, stretch) for _ in range(rng.randint(1, 4))]})


def _warmup(rng: random.Random, stretch: int) -> Schedule:
    # A linear warmup that leads straight into a schedule must end at or below the base learning rate, so only falling ones follow it.
    falling = ("constant_lr", "linear_lr", "cosine_decay_lr", "step_lr")
    main = rng.choice([None, schedule(rng.choice(falling), rng, stretch)])
    arguments = {"scheduler_or_optimizer": main, **_arguments("warmup_lr", rng, stretch)}
    if main is not None and main.name == "step_lr":
        arguments["scheduler_or_optimizer"] = Schedule("step_lr", {**main.arguments, "gamma": rng.uniform(0.1, 1.0)})
    return Schedule("warmup_lr", arguments)


def corners(schedule: Schedule, below: int) -> set[int]:
    """Return the steps at which the curve may change course: those that integer arguments name, and restarts; children's included."""
    values = (item for value in schedule.arguments.values() for item in (value if isinstance(value, list) else [value]))
    own = {value for value in values if isinstance(value, int) and not isinstance(value, bool)}
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
