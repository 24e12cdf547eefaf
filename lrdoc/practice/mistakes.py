"""Find the usual mistakes in a plan, by what the real scheduler does with it and not by how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from lrdoc.describe.domain import Integer, Milestones
from lrdoc.describe.schedule import Schedule
from lrdoc.practice.plan import Plan, traced
from lrdoc.trace import LearningRates

LONGEST = 200_000
"""The most steps that a schedule is run for, to find out what it would do in a longer training."""


def find(plan: Plan) -> list[str]:
    """Return a sentence for every mistake that the plan seems to hold."""
    if plan.follows_a_metric:
        return []
    found = [sentence for search in (_warmup, _milestones, _rising_cosine) for sentence in search(plan)]
    return [*_counting(plan), *found]


def _counting(plan: Plan) -> Iterator[str]:
    search = _counted_in_epochs if plan.step_per == "iteration" else _counted_in_iterations
    return search(plan)


def _counted_in_epochs(plan: Plan) -> Iterator[str]:
    """Look for a schedule that is stepped at every iteration and ends within a few of them, as one whose arguments count epochs does."""
    if plan.iterations_per_epoch == 1:
        return
    early = plan.step_lrs
    hint = f"is it counted in epochs? It steps {plan.iterations_per_epoch} times per epoch here"
    over = _is_over(early)
    if over is not None and 0 < over <= plan.epochs and early[-1] < early.max():
        yield f"from step {over} of {plan.steps} on the learning rate no longer changes: {hint}"
    elif _vanishes(early[max(len(early) // 20, plan.epochs + 1) :], early.max()):
        yield f"the learning rate falls to practically 0 within a twentieth of the training: {hint}"
    elif 0 < _first_rise(early) <= min(plan.epochs + 1, plan.iterations_per_epoch / 2):
        yield f"the learning rate goes down and up again within the first {_first_rise(early)} steps: {hint}"


def _counted_in_iterations(plan: Plan) -> Iterator[str]:
    """Look for a schedule that is stepped after every epoch and has hardly begun at the end, as one whose arguments count iterations does."""
    schedule, steps = plan.schedule, plan.steps
    counts = [value for value in _counts(schedule) if value > 0]
    if counts and max(counts) < max(2 * steps, plan.iterations_per_epoch):
        return
    intended = traced(schedule, plan.base_lr, min(plan.iterations, LONGEST))
    moved, whole = (np.ptp(_after_warmup(lrs)) for lrs in (intended[:steps], intended))
    if moved < whole / 10:
        yield (
            f"in {steps} epochs the learning rate makes less than a tenth of the way that it would make in "
            f"{plan.iterations} iterations: is the schedule counted in iterations? It steps once per epoch here"
        )


def _after_warmup(lrs: LearningRates) -> LearningRates:
    return lrs[int(lrs.argmax()) :] if lrs[0] < lrs.max() else lrs


def _is_over(lrs: LearningRates) -> int | None:
    """Return the first step from which on the learning rate stays as it is, if there is one before the last."""
    changes = np.flatnonzero(np.abs(np.diff(lrs)) > 1e-12 * np.abs(lrs).max())
    over = int(changes[-1]) + 1 if len(changes) else 0
    return over if over < len(lrs) - 1 else None


def _vanishes(rest: LearningRates, highest: float) -> bool:
    """Tell whether the learning rates ``rest`` are all below a ten-thousandth of the highest one."""
    return len(rest) > 0 and bool(np.abs(rest).max() < 1e-4 * highest)


def _first_rise(lrs: LearningRates) -> int:
    """Return the step at which the learning rate rises for the first time after it has fallen; 0 if it never does."""
    falls, rises = np.diff(lrs) < 0, np.diff(lrs) > 1e-9 * np.abs(lrs).max()
    after = np.flatnonzero(rises & (np.cumsum(falls) > 0))
    return int(after[0]) + 1 if len(after) else 0


def _warmup(plan: Plan) -> Iterator[str]:
    for part in _parts(plan.schedule):
        length = _warmup_length(part)
        if length >= plan.steps > 1:
            yield f"the warmup takes {length:.0f} steps, and the training has {plan.steps}: it ends before the warmup does"


def _warmup_length(part: Schedule) -> float:
    arguments = part.entry.defaults | dict(part.arguments)
    if part.name == "warmup_lr":
        return float(arguments["warmup_iters"])
    if part.name == "linear_lr" and arguments["start_factor"] < arguments["end_factor"]:
        return float(arguments["total_iters"])
    return 0


def _milestones(plan: Plan) -> Iterator[str]:
    """Look for milestones that change no learning rate of the training."""
    schedule, steps = plan.schedule, plan.steps
    lrs = plan.step_lrs
    for part in _parts(schedule):
        for milestone in part.arguments.get("milestones", []):
            if milestone < steps or not isinstance(milestone, int):
                continue
            shorter = _with(schedule, part, _without_milestone(part, milestone))
            if np.array_equal(traced(shorter, plan.base_lr, steps), lrs):
                yield f"milestone {milestone} lies beyond the end: the last step of the training is {steps - 1}"


def _without_milestone(part: Schedule, milestone: int) -> Schedule:
    milestones = list(part.arguments["milestones"])
    at = milestones.index(milestone)
    arguments = {**part.arguments, "milestones": milestones[:at]}
    if part.name == "sequential_lr":
        arguments["schedulers"] = part.arguments["schedulers"][: at + 1]
        if isinstance(flags := part.arguments.get("interval_rescaling"), list):
            arguments["interval_rescaling"] = flags[:at]
    return replace(part, arguments=arguments)


def _rising_cosine(plan: Plan) -> Iterator[str]:
    schedule, steps = plan.schedule, plan.steps
    rise = _first_rise(plan.step_lrs)
    for part in _parts(schedule):
        if part.name != "cosine_annealing_lr" or not rise:
            continue
        longer = _with(schedule, part, replace(part, arguments={**part.arguments, "T_max": steps + 1}))
        if _first_rise(traced(longer, plan.base_lr, steps)) != rise:
            yield (
                f"the cosine rises again at step {rise} of {steps}, as T_max={part.arguments['T_max']} is shorter than "
                "the training"
            )


def _parts(schedule: Schedule) -> Iterator[Schedule]:
    """Yield a schedule and all those inside it."""
    yield schedule
    for child in schedule.children:
        yield from _parts(child)


def _with(schedule: Schedule, part: Schedule, replacement: Schedule) -> Schedule:
    """Return the schedule with one of its parts replaced."""
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


def _counts(schedule: Schedule) -> Iterator[float]:
    """Yield every argument of a schedule, and of those inside it, that counts steps."""
    for part in _parts(schedule):
        given = part.entry.defaults | dict(part.arguments)
        for key, domain in part.entry.domains.items():
            if isinstance(domain, Integer) and domain.in_steps:
                yield given[key]
            elif isinstance(domain, Milestones):
                yield from given[key]
