"""Take a schedule apart: the schedulers inside it, what they count, and the same schedule with one of them exchanged."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lrdoc.describe.domain import Integer, Milestones
from lrdoc.describe.recipe import Recipe
from lrdoc.describe.schedule import Schedule


@dataclass(frozen=True)
class Placed:
    """A scheduler within a schedule: it counts its steps from ``origin`` and decides from ``begins`` to before ``ends``, steps of the training all three."""

    part: Schedule
    origin: int
    begins: int
    ends: int


def parts(schedule: Schedule) -> Iterator[Schedule]:
    """Yield a schedule and all those inside it."""
    yield schedule
    for child in schedule.children:
        yield from parts(child)


def placed(schedule: Schedule, steps: int) -> Iterator[Placed]:
    """Yield a schedule of ``steps`` steps and all those inside it, each with its place."""
    yield from _placed(Placed(schedule, 0, 0, steps))


def _placed(whole: Placed) -> Iterator[Placed]:
    yield whole
    for child in _children(whole):
        yield from _placed(child)


def _children(whole: Placed) -> Iterator[Placed]:
    part = whole.part
    if part.name == "sequential_lr":
        yield from _in_sequence(whole)
        return
    start = warmup_steps(part, whole.ends) if part.name == "warmup_lr" else 0
    origin = whole.origin + (start if given(part).get("warmup_prefix") else 0)
    for child in part.children:
        yield Placed(child, origin, whole.begins + start, whole.ends)


def _in_sequence(whole: Placed) -> Iterator[Placed]:
    part = whole.part
    starts = [0, *part.arguments["milestones"]]
    for index, child in enumerate(part.children):
        begins = whole.origin + starts[index]
        ends = whole.origin + starts[index + 1] if index + 1 < len(starts) else whole.ends
        origin = begins if index and rescales(part, index - 1) else whole.origin
        yield Placed(child, origin, begins, min(ends, whole.ends))


def rescales(sequence: Schedule, index: int) -> bool:
    """Tell whether a SequentialLR starts its scheduler ``index + 1`` at step 0."""
    flags = sequence.arguments.get("interval_rescaling", False)
    return bool(flags[index] if isinstance(flags, list) else flags)


def given(part: Schedule) -> Mapping[str, Any]:
    """Return the arguments of a scheduler or a recipe, with the defaults of those left out; what a recipe's ``None`` stands for in its place."""
    if isinstance(part.entry, Recipe):
        return part.entry.completed(part.arguments)
    return part.entry.defaults | dict(part.arguments)


_LENGTHS = {
    "cosine_decay_lr": "decay_steps",
    "cosine_annealing_lr": "T_max",
    "cosine_annealing_warm_restarts": "T_0",
    "linear_lr": "total_iters",
    "polynomial_lr": "decay_batch",
    "sgdr_warmup": "cycle_steps",
    "swalr": "anneal_steps",
}


def decay(part: Schedule) -> tuple[str, int] | None:
    """Return the parameter that says in how many steps a scheduler or a recipe decays, for the first time where it does so again and again, and its value, if it has one."""
    name = _LENGTHS.get(part.name)
    if isinstance(part.entry, Recipe):
        name = name or part.entry.length
    arguments = given(part)
    rises = part.name == "linear_lr" and arguments["start_factor"] <= arguments["end_factor"]
    return None if name is None or rises else (name, arguments[name])


def warmup_length(part: Schedule) -> float:
    """Return in how many steps a scheduler or a recipe rises from below to its base learning rate; 0 for one that does not."""
    arguments = given(part)
    if isinstance(part.entry, Recipe):
        return float(arguments.get("warmup_steps") or arguments.get("step_size_up") or 0)
    if part.name == "warmup_lr":
        return float(arguments["warmup_iters"])
    if part.name == "linear_lr" and arguments["start_factor"] < arguments["end_factor"]:
        return float(arguments["total_iters"])
    if part.name == "constant_lr" and arguments["factor"] < 1:
        return float(arguments["total_iters"])
    return 0


def _share_of_cycle(given: Mapping[str, Any]) -> float:
    return float(max(1, given["total_steps"] - given["warmup_steps"]) / given["num_cycles"])


_CYCLES: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], float]]] = {
    "cosine_annealing_warm_restarts": ("T_0", lambda given: given["T_0"] if given["T_mult"] == 1 else math.inf),
    "polynomial_lr": ("decay_batch", lambda given: given["decay_batch"] if given["cycle"] else math.inf),
    "sgdr_warmup": ("cycle_steps", lambda given: given["cycle_steps"] if given["cycle_mult"] == 1 else math.inf),
    "cyclic": ("step_size_up", lambda given: given["step_size_up"] + given["step_size_down"]),
    "warmup_hard_restarts": ("num_cycles", _share_of_cycle),
    "warmup_cosine_cycles": ("num_cycles", _share_of_cycle),
}


def cycle(part: Schedule) -> tuple[str, float] | None:
    """Return the parameter that makes a scheduler or a recipe go down and up again, and how many steps pass until it does so anew, if that is always the same."""
    if part.name not in _CYCLES:
        return None
    name, length = _CYCLES[part.name]
    return name, abs(length(given(part)))


def warmup_steps(part: Schedule, end: int) -> int:
    """Return how many steps before ``end`` a WarmupLR takes: all for one without an end, none where OneFlow is given NaN or a number below 0."""
    length = given(part)["warmup_iters"]
    return 0 if math.isnan(length) else int(min(max(length, 0), end))


def counts(schedule: Schedule) -> Iterator[float]:
    """Yield every argument of a schedule, and of those inside it, that counts steps, if it is positive and finite."""
    yield from (value for _, _, value in numbers(schedule, in_steps=True) if 0 < value < math.inf)


def numbers(schedule: Schedule, *, in_steps: bool = False) -> Iterator[tuple[Schedule, str, float]]:
    """Yield every argument of a schedule, and of those inside it, that is a whole number or is meant to be one, with its scheduler and its name; ``in_steps``: those alone that count steps."""
    for part in parts(schedule):
        values = given(part)
        for key, domain in part.entry.domains.items():
            if isinstance(domain, Milestones):
                yield from ((part, key, value) for value in values[key])
            elif isinstance(domain, Integer) and (domain.in_steps or not in_steps):
                yield part, key, values[key]


def exchanged(schedule: Schedule, part: Schedule, **arguments: Any) -> Schedule:
    """Return the schedule with other arguments of one of its parts."""
    return _with(schedule, part, replace(part, arguments={**part.arguments, **arguments}))


def with_milestones_later(schedule: Schedule, part: Schedule, at: int, by: int) -> Schedule:
    """Return the schedule with the milestones of one of its parts from position ``at`` on ``by`` steps later."""
    milestones = part.arguments["milestones"]
    return exchanged(schedule, part, milestones=[*milestones[:at], *(each + by for each in milestones[at:])])


def _with(schedule: Schedule, part: Schedule, replacement: Schedule) -> Schedule:
    if schedule is part:
        return replacement
    arguments = {
        key: _replaced(value, lambda child: _with(child, part, replacement))
        for key, value in schedule.arguments.items()
    }
    return replace(schedule, arguments=arguments)


def _replaced(value: Any, act: Callable[[Schedule], Schedule]) -> Any:
    if isinstance(value, list):
        return [_replaced(item, act) for item in value]
    return act(value) if isinstance(value, Schedule) else value
