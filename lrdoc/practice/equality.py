"""Whether two schedules are the same however their code is spelled, and in what they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from lrdoc.describe.entry import HOUSEKEEPING
from lrdoc.describe.schedule import Schedule, written
from lrdoc.practice import parts
from lrdoc.practice.constructor import FunctionError


def differences(before: Schedule, now: Schedule, steps: int) -> list[str]:
    """Return in what a schedule is another one than it was ``before``; nothing where all that shapes its first ``steps`` steps is the same.

    Arguments are compared by what they are, those left out by their defaults, and functions by their values.
    """
    return list(_of_schedules(before, now, steps))


def _of_schedules(before: Schedule, now: Schedule, steps: int) -> Iterator[str]:
    name = now.entry.cls.__name__
    if before.entry is not now.entry:
        yield f"{name} would stand where {before.entry.cls.__name__} was"
        return
    old, new = _arguments(before), _arguments(now)
    for key in new:
        yield from _of_values(f"{key} of {name}", old[key], new[key], steps)


def _arguments(schedule: Schedule) -> Mapping[str, Any]:
    """Return what shapes the curve, in the constructor's order, with the defaults, and a flag for all milestones as one for each of them."""
    values = parts.given(schedule)
    given = {key: values[key] for key in schedule.entry.signature.parameters if key in values.keys() - {*HOUSEKEEPING}}
    if schedule.name == "sequential_lr":
        given["interval_rescaling"] = [parts.rescales(schedule, at) for at in range(len(given["milestones"]))]
    return given


def _of_values(name: str, old: Any, new: Any, steps: int) -> Iterator[str]:
    if isinstance(old, Schedule) and isinstance(new, Schedule):
        yield from _of_schedules(old, new, steps)
    elif isinstance(old, list) and isinstance(new, list) and _hold_more(old, new):
        for at, (one, other) in enumerate(zip_longest(old, new)):
            yield from _of_values(f"{name}, at position {at},", one, other, steps)
    elif callable(old) and callable(new):
        yield from _of_functions(name, old, new, steps)
    elif not _equal(old, new):
        yield f"{name} was {_shown(old)} and would be {_shown(new)}"


def _hold_more(old: list[Any], new: list[Any]) -> bool:
    """Tell whether one of two lists holds anything but numbers, which are shown together."""
    return any(isinstance(value, Schedule) or callable(value) for value in (*old, *new))


def _of_functions(name: str, old: Callable[[int], float], new: Callable[[int], float], steps: int) -> Iterator[str]:
    for step in range(steps):
        one, other = _at(old, step), _at(new, step)
        if not _equal(one, other):
            yield f"{name} was {_shown(one, 'without a value')} at step {step} and would be {_shown(other, 'without one')}"
            return


def _at(function: Callable[[int], float], step: int) -> float | None:
    try:
        return function(step)
    except FunctionError:
        return None


def _equal(old: Any, new: Any) -> bool:
    return bool(old == new or (old != old and new != new))  # NaN is not equal to itself


def _shown(value: Any, none: str = "left out") -> str:
    return none if value is None else written(value)
