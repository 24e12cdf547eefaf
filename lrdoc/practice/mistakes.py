"""Find the usual mistakes in a plan, by what the real scheduler does with it and not by how it is written.

Each search is a function from a plan to a sentence with the number that shows the mistake, or ``None``; its name, without the underscore, is the name of the mistake.
A search that suspects a cause runs the scheduler again without it, and speaks only where that changes the course.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice, pairwise
from typing import Any, TypeAlias

import numpy as np

from lrdoc import register
from lrdoc.describe.domain import Integer, Real
from lrdoc.describe.schedule import Schedule
from lrdoc.practice import constructor, course, equality, parts
from lrdoc.practice.plan import DRIVEN, Plan, traced
from lrdoc.trace import LearningRates

LONGEST = 200_000
"""The most steps that a schedule is run for, to find out what it would do in a longer training."""

_MOST = 1_000_000
"""The longest training for which other schedules are tried, each of which takes some seconds then."""

Search: TypeAlias = Callable[[Plan], str | None]


@dataclass(frozen=True)
class Finding:
    """What looks like a mistake: its name, and a sentence; one that is ``harmless`` costs next to nothing, and is told all the same."""

    name: str
    sentence: str
    harmless: bool = False

    def __str__(self) -> str:
        return f"{'note' if self.harmless else 'warning'}: {self.sentence}"


def find(plan: Plan) -> list[Finding]:
    """Return what looks like a mistake in a plan that OneFlow accepts, the gravest first."""
    if explained := list(_found(_NUMBERS, plan)):
        return explained
    if plan.follows_a_metric:
        found = list(_found(_OF_PLATEAU, plan))
    else:
        causes = list(_found(_SHARES, plan)) or list(_found(_UNITS, plan))
        if causes:
            causes += _found((_same_twice,), plan)  # which no unit explains
        else:
            causes = list(_found(_COURSE, plan))[:1] + list(_found(_ENDS, plan))
        found = [*causes, *_found(_ALWAYS, plan)]
    # A value outside its range is told where nothing is said of it, first where nothing else is.
    said = " ".join(finding.sentence for finding in found)
    unsaid = (one for one in _found(_RANGES, plan) if not _speaks_of(one.sentence.partition("=")[0], said))
    ranges = list(islice(unsaid, 1))
    is_grave = any(not finding.harmless for finding in found)
    return [*([*found, *ranges] if is_grave else [*ranges, *found]), *_found(_NOTES, plan)]


def _speaks_of(name: str, said: str) -> bool:
    return re.search(rf"\b{name}(=| is )", said) is not None


def _found(searches: tuple[Search, ...], plan: Plan) -> Iterator[Finding]:
    for search in searches:
        if sentence := search(plan):
            yield Finding(search.__name__.strip("_"), sentence, search in _HARMLESS)


def _otherwise(schedule: Schedule, plan: Plan, steps: int) -> LearningRates | None:
    """Return the learning rates of another schedule or over another number of steps, ``None`` where there are none."""
    if steps > _MOST:
        return None
    try:
        return traced(schedule, plan.base_lr, steps)
    except ValueError:
        return None


# --- steps counted in the wrong unit


def _share_of_the_steps(plan: Plan) -> str | None:
    """Look for a count of steps below 1, as a share of the training would be."""
    for _, name, value in parts.numbers(plan.schedule, in_steps=True):
        if 0 < value < 1:
            return (
                f"{_named(name, value)} counts steps, and is less than one: is it a share of the training? "
                f"{value:g} * total_steps would be {value * plan.steps:g}"
            )
    return None


def _named(name: str, value: float) -> str:
    return f"milestone {value:.10g}" if name == "milestones" else f"{name}={value:.10g}"


_SHARES = (_share_of_the_steps,)
"""What explains the units, too."""


def _counted_in_epochs(plan: Plan) -> str | None:
    """Look for a schedule that is stepped at every iteration and does within a few of them what it should do within as many epochs."""
    if plan.step_per == "epoch" or plan.iterations_per_epoch == 1:
        return None
    lrs, epochs = plan.step_lrs, plan.epochs
    counted = list(parts.counts(plan.schedule))
    hint = f"is it counted in epochs? It steps {plan.iterations_per_epoch} times per epoch here"
    # As many steps as there are epochs are the course that it would have per epoch.
    sane = bool(counted) or (course.idle(lrs[:epochs]) < 0.4 and np.ptp(lrs[:epochs]) > 0.01 * lrs.max())
    over = course.is_over(lrs)
    if sane and over is not None and 0 < over <= min(2 * epochs, plan.steps / 5) and lrs[-1] < lrs.max():
        return f"from step {over} of {plan.steps} on the learning rate no longer changes: {hint}"
    if (early := _early_milestone(plan)) is not None:
        return f"milestone {early} comes after {early / plan.iterations_per_epoch:.2g} epochs: {hint}"
    at = course.vanishes(lrs)
    decays = (parts.decay(part) for part in parts.parts(plan.schedule))
    is_short = max(counted, default=0) <= 2 * epochs or any(decay and decay[1] <= 2 * epochs for decay in decays)
    if sane and is_short and at is not None and at < 0.65 * plan.steps:
        return f"the learning rate falls to practically 0 by step {at} of {plan.steps}, and to {lrs[-1]:.2g} at the end: {hint}"
    rise = course.first_rise(lrs)
    longest = 2 * epochs if counted and max(counted) <= 2 * epochs else epochs
    latest = min(longest + 1, plan.iterations_per_epoch - 1)
    if epochs in counted and epochs != plan.iterations_per_epoch:
        latest = epochs + 1
    if 0 < rise <= min(latest, plan.steps / 10):
        return f"the learning rate goes down and up again within the first {rise} steps: {hint}"
    return None


def _early_milestone(plan: Plan) -> int | None:
    if plan.iterations_per_epoch < 5:
        return None
    milestones = [
        milestone
        for part in parts.parts(plan.schedule)
        if part.name == "multi_step_lr"
        for milestone in part.arguments["milestones"]
    ]
    return next((milestone for milestone in milestones if 0 < milestone <= plan.epochs), None)


_FALL_PER_EPOCH = 0.005
"""The share by which a learning rate falls in every step, from which on it is usual for epochs, and fast for iterations."""


def _counted_in_iterations(plan: Plan) -> str | None:
    """Look for a schedule that is stepped after every epoch and has hardly begun at the end, as one whose arguments count iterations does."""
    schedule, steps = plan.schedule, plan.steps
    if plan.step_per == "iteration" or plan.iterations_per_epoch == 1:
        return None
    counted = list(parts.counts(schedule))
    if counted and max(counted) < max(2 * steps, plan.iterations_per_epoch):
        return None
    intended = _otherwise(schedule, plan, min(plan.iterations, LONGEST))
    if intended is None:
        return None
    gone = course.vanishes(intended)
    if not counted and (intended.min() < 0 or (gone is not None and gone < 0.95 * len(intended))):
        return None  # at every iteration it would make no sense either
    if not counted and course.fall_per_step(plan.step_lrs) >= _FALL_PER_EPOCH:
        return None  # the training is short
    moved, whole = (float(np.ptp(course.after_warmup(lrs))) for lrs in (intended[:steps], intended))
    if moved >= whole / 10:
        return None
    return (
        f"in {steps} epochs the learning rate makes less than a tenth of the way that it would make in "
        f"{plan.iterations} iterations: is the schedule counted in iterations? It steps once per epoch here"
    )


def _warmup_in_epochs(plan: Plan) -> str | None:
    """Look for a warmup of a few iterations in front of a schedule of many."""
    length = course.warmup(plan.step_lrs)
    if plan.step_per == "epoch" or plan.iterations_per_epoch < 10:
        return None
    if not 0 < length <= min(20, plan.epochs) or length >= plan.steps / 200:
        return None
    return (
        f"the warmup takes {length} of {plan.steps} steps, {length / plan.iterations_per_epoch:.2g} epochs: "
        f"is it counted in epochs? It steps {plan.iterations_per_epoch} times per epoch here"
    )


_UNITS = (_counted_in_epochs, _counted_in_iterations, _warmup_in_epochs)
"""What explains everything else that is odd about a course."""


# --- a course that is not the one meant


def _same_twice(plan: Plan) -> str | None:
    """Look for a scheduler that stands in a chain twice, where each multiplies the learning rate."""
    for part in parts.parts(plan.schedule):
        if part.name != "chained_scheduler":
            continue
        for (_, one), (place, other) in combinations(enumerate(part.children), 2):
            if equality.differences(one, other, plan.steps):
                continue
            rest = [*part.children[:place], *part.children[place + 1 :]]  # the two may be one object
            lrs = _otherwise(parts.exchanged(plan.schedule, part, schedulers=rest), plan, plan.steps)
            if lrs is None or not (apart := np.flatnonzero(~np.isclose(lrs, plan.step_lrs, rtol=1e-9, atol=0))).size:
                continue
            at = int(apart[0])
            return (
                f"{one.code()} stands in ChainedScheduler twice, and both act: the learning rate of step {at} is "
                f"{plan.step_lrs[at]:.4g}, where one of them makes it {lrs[at]:.4g}"
            )
    return None


def _interval_rescaling(plan: Plan) -> str | None:
    """Look for a scheduler in a sequence whose steps are counted from where it begins, while OneFlow counts them from 0."""
    rise = course.first_rise(plan.step_lrs)
    for place in parts.placed(plan.schedule, plan.steps):
        sequence = place.part
        if sequence.name != "sequential_lr":
            continue
        for index, (milestone, child) in enumerate(
            zip(sequence.arguments["milestones"], sequence.children[1:], strict=True)
        ):
            if parts.rescales(sequence, index) or not 0 < milestone < plan.steps:
                continue
            flags = sequence.arguments.get("interval_rescaling", False)
            every = list(flags) if isinstance(flags, list) else [bool(flags)] * len(sequence.arguments["milestones"])
            every[index] = True
            if _fits_after(
                child, milestone, plan, parts.exchanged(plan.schedule, sequence, interval_rescaling=every), rise
            ):
                name, length = parts.decay(child) or ("", 0)
                return (
                    f"{child.entry.cls.__name__} takes over at step {milestone} and goes on as if it had run from step 0, so "
                    f"{name}={length} is reached at step {length} and not at {milestone + length}: "
                    "interval_rescaling=True makes it begin anew, as PyTorch's SequentialLR does"
                )
    return None


def _warmup_prefix(plan: Plan) -> str | None:
    """Look for a schedule after a warmup that leaves the warmup out of its steps, while OneFlow counts it."""
    rise = course.first_rise(plan.step_lrs)
    for part in parts.parts(plan.schedule):
        values = parts.given(part)
        if part.name != "warmup_lr" or values["warmup_prefix"] or not part.children:
            continue
        (child,), length = part.children, parts.warmup_steps(part, plan.steps)
        if _fits_after(child, length, plan, parts.exchanged(plan.schedule, part, warmup_prefix=True), rise):
            name, steps = parts.decay(child) or ("", 0)
            return (
                f"{child.entry.cls.__name__} counts the {length} steps of the warmup, so {name}={steps} is reached at step "
                f"{steps}, {plan.steps - steps} steps before the end: give the whole length, or warmup_prefix=True"
            )
    return None


def _fits_after(child: Schedule, start: int, plan: Plan, anew: Schedule, rise: int) -> bool:
    """Tell whether a scheduler would end with the training, or no longer rise, if it began at ``start`` as in the schedule ``anew``."""
    decay = parts.decay(child)
    if decay is None or start <= 1 or not start + 1 < decay[1] + start <= plan.steps + 1:
        return False
    if abs(start + decay[1] - plan.steps) <= 1:
        return True
    other = _otherwise(anew, plan, plan.steps) if rise and child.name == "cosine_annealing_lr" else None
    return other is not None and course.first_rise(other) == 0


def _short_cycle(plan: Plan) -> str | None:
    """Look for cycles of so few steps that their curve is never seen, as where a restart comes at every step."""
    if _neutral(plan) or plan.steps < _SHORTEST_CYCLE:
        return None
    for place in parts.placed(plan.schedule, plan.steps):
        name, length = parts.cycle(place.part) or ("", math.inf)
        begins = max(place.begins, course.warmup(plan.step_lrs))
        if length >= _SHORTEST_CYCLE or place.ends - begins < _SHORTEST_CYCLE:
            continue
        seen = ", ".join(f"{lr:.4g}" for lr in plan.step_lrs[begins : begins + 4])
        return (
            f"{_named(name, parts.given(place.part)[name])} makes cycles of {length:.3g} step{'s' * (length != 1)}, too few for "
            f"their curve: the learning rates from step {begins} on are {seen}"
        )
    return None


_SHORTEST_CYCLE = 3
"""The fewest steps that show a curve: its beginning, its end, and one between them."""


def _rising_cosine(plan: Plan) -> str | None:
    rise = course.first_rise(plan.step_lrs)
    for part in parts.parts(plan.schedule):
        if part.name != "cosine_annealing_lr" or not rise:
            continue
        longer = _otherwise(parts.exchanged(plan.schedule, part, T_max=plan.steps + 1), plan, plan.steps)
        if longer is not None and course.first_rise(longer) != rise:
            return (
                f"the cosine rises again at step {rise} of {plan.steps}, as T_max={part.arguments['T_max']} is shorter than "
                "the training"
            )
    return None


def _rising_to_the_end(plan: Plan) -> str | None:
    """Look for a learning rate that falls once, and then rises once, until the training ends."""
    lrs = course.after_warmup(plan.step_lrs)
    low = int(lrs.argmin())
    falls, rises = np.diff(lrs[: low + 1]), np.diff(lrs[low:])
    if low < 2 or len(rises) < 2 or not (falls <= 0).all() or not (rises >= 0).all():
        return None
    risen = float(lrs[-1] - lrs[low])
    # A jump is a restart, or what a function was made to do.
    if risen < (lrs.max() - lrs[low]) / 20 or rises.max() > risen / 2:
        return None
    at = low + plan.steps - len(lrs)
    return (
        f"the learning rate falls to {lrs[low]:.4g} at step {at} of {plan.steps}, and rises again until the end, to "
        f"{lrs[-1]:.4g}: a training usually ends where its learning rate is lowest"
    )


def _practically_0(plan: Plan) -> str | None:
    # Beside a peak that is none of a training, usual learning rates are not small.
    lrs = np.minimum(plan.step_lrs, plan.base_lr) if _growing(plan) else plan.step_lrs
    share = course.idle(lrs)
    if share <= 0.5 or course.is_range_test(plan.step_lrs):
        return None
    count, at = round(share * plan.steps), course.vanishes(lrs)
    since = "" if at is None else f", from step {at} on"
    return (
        f"the learning rate is 0 or below a ten-thousandth of its peak in {count} of {plan.steps} steps{since}: "
        "the training stands still for most of its time"
    )


def _restart_at_the_end(plan: Plan) -> str | None:
    """Look for a cycle that begins in the last epoch, or just before it, and is cut off before its middle."""
    lrs = plan.step_lrs
    jump = course.last_jump(lrs)
    if not jump or lrs[-1] < lrs.max() / 2:
        return None
    left, length = plan.steps - jump, jump - course.last_jump(lrs[:jump])
    if left > length / 2 or left > max(plan.steps_per_epoch, length / 10):
        return None
    return (
        f"the learning rate jumps to {lrs[jump]:.4g} at step {jump} of {plan.steps}, just before the end: "
        f"the training ends with {lrs[-1]:.4g}, where its lowest was {lrs[:jump].min():.4g}"
    )


_COURSE = (
    _same_twice,
    _short_cycle,
    _interval_rescaling,
    _warmup_prefix,
    _rising_cosine,
    _rising_to_the_end,
    _practically_0,
    _restart_at_the_end,
)
"""Of these, the first explains the others."""


# --- arguments that have no effect in a training of this length


def _milestone_beyond_the_end(plan: Plan) -> str | None:
    """Look for milestones that change no learning rate of the training."""
    schedule, steps = plan.schedule, plan.steps
    for part in parts.parts(schedule):
        milestones = list(part.arguments.get("milestones", []))
        beyond = [milestone for milestone in milestones if milestone >= steps]
        if not beyond:
            continue
        lrs = _otherwise(parts.with_milestones_later(schedule, part, milestones.index(beyond[0]), steps), plan, steps)
        if lrs is not None and np.array_equal(lrs, plan.step_lrs):
            which = ", ".join(f"{milestone:.15g}" for milestone in beyond)
            lie = f"milestone {which} lies" if len(beyond) == 1 else f"milestones {which} lie"
            return f"{lie} beyond the end: the last step of the training is {steps - 1}"
    return None


def _milestone_before_the_start(plan: Plan) -> str | None:
    """Look for milestones that have come before the first step, so that the base learning rate, or the first scheduler of a sequence, is never used."""
    for part in parts.parts(plan.schedule):
        first = min(part.arguments.get("milestones", []), default=1)
        if part.name == "sequential_lr" and first <= 0:
            return f"milestone {first} has come before the first step: {part.children[0].entry.cls.__name__}, the first scheduler, has no turn"
        if part.name == "multi_step_lr" and first <= 0 and plan.step_lrs[0] != plan.base_lr:
            return f"milestone {first} has come before the first step: the training begins with a learning rate of {plan.step_lrs[0]:.4g} and not of {plan.base_lr:g}"
    return None


def _milestones_out_of_order(plan: Plan) -> str | None:
    for part in parts.parts(plan.schedule):
        milestones = list(part.arguments.get("milestones", []))
        if any(later <= earlier for earlier, later in pairwise(milestones)):
            return (
                f"milestones={milestones} do not rise: a scheduler that would have to end where it begins, or before, "
                "has no turn"
            )
    return None


def _step_size_beyond_the_end(plan: Plan) -> str | None:
    for place in parts.placed(plan.schedule, plan.steps):
        if place.part.name != "step_lr":
            continue
        size = place.part.arguments["step_size"]
        if place.ends > place.begins and place.ends - place.origin <= size < math.inf:
            return f"step_size={size} is not reached: StepLR counts to {place.ends - place.origin - 1} here, and never changes the learning rate"
    return None


def _decay_beyond_the_end(plan: Plan) -> str | None:
    """Look for a decay that is cut off while the learning rate is still high."""
    for place in parts.placed(plan.schedule, plan.steps):
        decay = parts.decay(place.part)
        room = place.ends - place.origin
        if (
            decay is None
            or place.ends != plan.steps
            or place.ends <= place.begins
            or not room + 2 < decay[1] < math.inf
        ):
            continue
        last, peak = plan.step_lrs[-1], plan.step_lrs.max()
        # What lacks a fifth has come far enough, other than a short fall at the end of a long schedule.
        high = peak / (10 if decay[1] > 1.2 * room else 3)
        lowest = _end_of_decay(plan, place.part, decay, int(room)) if last > high else None
        if lowest is not None and lowest < 0.9 * last:
            return f"{decay[0]}={decay[1]} is longer than the {room} steps that are left for it: the training ends with a learning rate of {last:.4g}, {last / peak:.0%} of its peak"
    return None


def _end_of_decay(plan: Plan, part: Schedule, decay: tuple[str, int], room: int) -> float | None:
    """Return the learning rate with which a decay ends that is longer than the ``room`` for it; ``None`` where there is none."""
    name, length = decay
    # A decay that fits ends with the training; a recipe may refuse one that is shorter than what else it is given.
    for schedule, steps in (
        (parts.exchanged(plan.schedule, part, **{name: room}), plan.steps),
        (plan.schedule, min(plan.steps + length - room, LONGEST)),
    ):
        lrs = _otherwise(schedule, plan, int(steps))
        if lrs is not None:
            return float(lrs[-1])
    return None


def _function_beyond_the_end(plan: Plan) -> str | None:
    """Look for a LambdaLR whose function comes to 0 long after the training has ended."""
    last, peak = float(plan.step_lrs[-1]), float(plan.step_lrs.max())
    knows_the_length = bool(constructor.names_in(plan.code) & {"epochs", "total_steps"})
    if plan.schedule.name != "lambda_lr" or knows_the_length or last <= peak / 3:
        return None
    at = course.first_at_0(plan.schedule.arguments["lr_lambda"], plan.steps, min(10 * plan.steps, LONGEST))
    if at is None or at <= 1.05 * plan.steps:
        return None
    return (
        f"the function comes to 0 at step {at}, and the training has {plan.steps}: it ends with a learning rate of {last:.4g}, "
        f"{last / peak:.0%} of its peak"
    )


def _function_still_rising(plan: Plan) -> str | None:
    """Look for a LambdaLR whose function rises all the time, and would reach its highest value long after the training."""
    last = plan.steps - 1
    knows_the_length = bool(constructor.names_in(plan.code) & {"epochs", "total_steps"})
    if plan.schedule.name != "lambda_lr" or knows_the_length or last < 2:
        return None
    function = plan.schedule.arguments["lr_lambda"]
    at = course.highest_after(function, 0, last)
    if at is None or at <= 1.05 * last or function(last) > 0.95 * function(at):
        return None
    return (
        f"the function still rises when the training ends: it comes to {function(last):.4g} at step {last}, and would come "
        f"to {function(at):.4g} at step {at}"
    )


def _warmup_beyond_its_milestone(plan: Plan) -> str | None:
    """Look for a warmup in a sequence that another scheduler ends before it has reached the base learning rate."""
    for place in parts.placed(plan.schedule, plan.steps):
        if place.part.name != "sequential_lr" or not place.part.arguments["milestones"]:
            continue
        length, end = parts.warmup_length(place.part.children[0]), place.part.arguments["milestones"][0]
        if 0 < end < min(length, plan.steps):
            before, after = plan.step_lrs[end - 1 : end + 1]
            return f"the warmup takes {length:.0f} steps, and the next scheduler takes over at step {end}: the learning rate jumps from {before:.4g} to {after:.4g}"
    return None


_ENDS = (
    _milestone_beyond_the_end,
    _milestone_before_the_start,
    _milestones_out_of_order,
    _step_size_beyond_the_end,
    _decay_beyond_the_end,
    _function_beyond_the_end,
    _function_still_rising,
    _warmup_beyond_its_milestone,
)


# --- what is odd whatever else is


def _long_warmup(plan: Plan) -> str | None:
    for place in parts.placed(plan.schedule, plan.steps):
        part, length = place.part, parts.warmup_length(place.part)
        # A single rise over just the training is a search for the largest learning rate, or what was asked for.
        is_all = part is plan.schedule and part.name != "warmup_lr" and length in (plan.steps, plan.steps - 1)
        if length >= plan.steps > 1 and not is_all and place.begins == 0:
            return f"the warmup takes {length:.0f} steps, and the training has {plan.steps}: it ends before the warmup does"
    return None


_FLOORS = {
    "polynomial_lr": "end_learning_rate",
    "cosine_annealing_lr": "eta_min",
    "cosine_annealing_warm_restarts": "eta_min",
    "warmup_polynomial": "end_lr",
    "sgdr_warmup": "min_lr",
    **dict.fromkeys(DRIVEN, "min_lr"),
}


def _high_floor(plan: Plan) -> str | None:
    """Look for a lowest learning rate that is not below the highest, or hardly so by a default."""
    for part in parts.parts(plan.schedule):
        name = _FLOORS.get(part.name)
        if part.name == "cosine_decay_lr" and parts.given(part)["alpha"] > 1:
            factor = parts.given(part)["alpha"]
            return f"alpha is {factor:g}, with a base learning rate of {plan.base_lr:g} that it multiplies: the learning rate rises towards {factor * plan.base_lr:g}"
        if name is None:
            continue
        value = parts.given(part)[name]
        floor = max(value, default=0.0) if isinstance(value, list) else value
        by_default = name not in part.arguments
        if floor <= 0 or floor < plan.base_lr / (2 if by_default else 1):
            continue
        effect = (
            "the learning rate can't fall"
            if part.name in DRIVEN or (floor == plan.base_lr and (np.diff(plan.step_lrs) >= 0).all())
            else f"the learning rate rises towards {floor:g}"
            if floor >= plan.base_lr
            else "the learning rate hardly falls"
        )
        return f"{name} is {floor:g}{' by default' if by_default else ''}, with a base learning rate of {plan.base_lr:g}: {effect}"
    return None


def _cycle_from_above(plan: Plan) -> str | None:
    for part in parts.parts(plan.schedule):
        factor = parts.given(part).get("div_factor", 1)
        if factor < 1:
            return f"div_factor={factor:g} is below 1, so that the cycle falls where it is to rise: it begins at {plan.step_lrs[0]:.4g}, with a base learning rate of {plan.base_lr:g}"
    return None


def _negative(plan: Plan) -> str | None:
    lrs = plan.step_lrs
    below = np.flatnonzero(lrs < -1e-9 * np.abs(lrs).max())
    if not len(below):
        return None
    return f"the learning rate is negative in {len(below)} of {plan.steps} steps, first at step {below[0]} ({lrs[below[0]]:.4g}): these updates raise the loss"


def _growing(plan: Plan) -> str | None:
    """Look for a learning rate that grows by a factor above 1, or to many times the base learning rate and stays there."""
    lrs = plan.step_lrs
    peak, at = float(lrs.max()), int(lrs.argmax())
    if course.is_range_test(lrs):
        return None
    factor = next(_growth_factors(plan), None)
    if factor is None and (peak <= 10 * plan.base_lr or not (lrs[-1] > 0.99 * peak or peak > 100)):
        return None
    why = "" if factor is None else f", by {factor[0]}={factor[1]:g}, which is above 1"
    return f"the learning rate grows to {peak:.4g} at step {at} of {plan.steps}, {peak / plan.base_lr:.4g} times the base learning rate{why}"


def _growth_factors(plan: Plan) -> Iterator[tuple[str, float]]:
    """Yield the parameters that multiply the learning rate again and again, and by more than 1, where it has grown."""
    # A scheduler that restarts is at its lowest when it ends.
    reached = {"gamma": plan.step_lrs[-1], "decay_rate": plan.step_lrs.max()}
    for part in parts.parts(plan.schedule):
        values = parts.given(part)
        yield from (
            (name, values[name]) for name, lr in reached.items() if values.get(name, 0) > 1 and lr > plan.base_lr
        )


def _function_of_the_rate(plan: Plan) -> str | None:
    """Look for a LambdaLR whose function returns learning rates, while it is to return factors."""
    peak, base = float(plan.step_lrs.max()), plan.base_lr
    if plan.schedule.name != "lambda_lr" or base >= 0.5 or not math.isclose(peak, base**2, rel_tol=1e-3):
        return None
    return f"the function's largest value is {peak / base:.4g}, the base learning rate itself, which LambdaLR multiplies it with: the highest learning rate is {peak:.4g}"


_USUAL = 1e-6
"""The learning rates of trainings are seldom smaller."""


def _tiny_peak(plan: Plan) -> str | None:
    """Look for a highest learning rate that moves no weight: smaller than any usual one, or far below the base learning rate by factors that are meant for one of 1."""
    peak, base = float(np.abs(plan.step_lrs).max()), plan.base_lr
    explained = peak == 0 or any(search(plan) for search in (_long_warmup, _function_of_the_rate))
    is_small = peak < _USUAL / 100 or (peak < base / 1000 and (base < 0.5 or peak < _USUAL))
    if explained or not is_small:
        return None
    factor = peak / base
    if factor > 0.1:
        return (
            f"the highest learning rate is {peak:.3g}, where {_USUAL:g} is a small one: is the exponent of --lr right?"
        )
    better = f"; with --lr 1 it would be {factor:.3g}" if factor >= _USUAL else ""
    return f"the highest learning rate is {peak:.3g}, as the schedule multiplies the base learning rate of {base:g} with {factor:.3g} at most{better}"


_NEUTRAL: dict[str, dict[str, object]] = {
    "step_lr": {"gamma": 1},
    "exponential_lr": {"gamma": 1},
    "linear_lr": {"start_factor": 1, "total_iters": 0},
    "warmup_lr": {"warmup_factor": 1},
    "polynomial_lr": {"power": 0},
    "cosine_annealing_warm_restarts": {"T_0": 1},
    "multi_step_lr": {"gamma": 1, "milestones": []},
    "step_with_warmup": {"gamma": 1},
    "cosine_decay_lr": {"alpha": 1},
    "warmup_cosine": {"min_lr_ratio": 1},
    "warmup_cosine_cycles": {"min_lr_ratio": 1},
    "warmup_stable_decay": {"min_lr_ratio": 1},
    "warmup_stable_sqrt": {"min_lr_ratio": 1},
    "cyclic": {"min_lr_ratio": 1},
    "yolo": {"min_lr_ratio": 1},
}
"""The arguments with which a scheduler or a recipe, made to change the learning rate, leaves it as it is."""


def _neutral(plan: Plan) -> str | None:
    """Look for a learning rate that stays the same by an argument that takes away the scheduler's effect."""
    lrs = course.after_warmup(plan.step_lrs)
    if np.ptp(lrs) > 0:
        return None
    for part in parts.parts(plan.schedule):
        values = parts.given(part)
        for name, value in _NEUTRAL.get(part.name, {}).items():
            if values[name] == value:
                return f"{name}={values[name]} leaves the learning rate at {lrs[0]:.4g}, in {len(lrs)} of {plan.steps} steps"
    return None


def _warmup_without_a_rise(plan: Plan) -> str | None:
    for part in parts.parts(plan.schedule):
        values = parts.given(part)
        if (
            part.name == "warmup_lr"
            and values["warmup_factor"] == 1
            and values["warmup_iters"] > 0
            and not _neutral(plan)
        ):
            return f"warmup_factor={values['warmup_factor']} makes no warmup: the learning rate begins at {plan.step_lrs[0]:.4g}, of a base learning rate of {plan.base_lr:g}"
    return None


_LARGEST = 100
"""Learning rates above it are those of no training."""


def _huge_base(plan: Plan) -> str | None:
    if plan.base_lr <= _LARGEST or plan.step_lrs.max() <= _LARGEST:
        return None
    return f"the highest learning rate is {plan.step_lrs.max():.4g}, where {_LARGEST} is a very large one: is the exponent of --lr right?"


def _updates_at_0(plan: Plan) -> int:
    """Return how many of the first updates have a learning rate of 0, or as good as that."""
    moving = np.flatnonzero(~course.is_still(plan.step_lrs))
    return (int(moving[0]) if len(moving) else plan.steps) * (plan.iterations // plan.steps)


def _first_update_at_0(plan: Plan) -> str | None:
    if _updates_at_0(plan) != 1 or plan.step_lrs[0] != 0:
        return None
    return "the first update has a learning rate of 0, and changes nothing"


def _first_updates_at_0(plan: Plan) -> str | None:
    count, first = _updates_at_0(plan), plan.step_lrs[0]
    if count <= 1 or (first != 0 and _growing(plan)):
        return None
    little = "nothing" if first == 0 else "next to nothing"
    return f"the first {count} of {plan.iterations} updates have a learning rate of {first:.4g}, and change {little}"


def _layer_that_rises(plan: Plan) -> str | None:
    """Look for a layer whose learning rate comes above its own base, as where it is led to the same lowest one as the others."""
    if not plan.layers or plan.step_lrs.max() > plan.base_lr * (1 + 1e-9):
        return None
    for layer, lrs in zip(plan.layers, plan.layer_lrs.T, strict=True):
        if lrs.max() > layer.base_lr * (1 + 1e-9):
            return (
                f"the learning rate of layer {layer.name} begins at {layer.base_lr:.4g} and comes to {lrs.max():.4g}: "
                "the schedule leads all layers to the same learning rate, which is above that of this one"
            )
    return None


_ALWAYS = (
    _layer_that_rises,
    _long_warmup,
    _high_floor,
    _cycle_from_above,
    _negative,
    _growing,
    _function_of_the_rate,
    _tiny_peak,
    _huge_base,
    _neutral,
    _warmup_without_a_rise,
    _first_updates_at_0,
    _first_update_at_0,
)


# --- arguments that OneFlow takes, other than those that are meant for it


def _no_number(plan: Plan) -> str | None:
    """Look for an argument that is NaN."""
    return _odd_float(plan, math.isnan, "no number")


_NUMBERS = (_no_number,)
"""What explains all that a schedule does."""


def _infinite(plan: Plan) -> str | None:
    """Look for an argument that is infinite."""
    return _odd_float(plan, math.isinf, "infinite")


def _odd_float(plan: Plan, is_odd: Callable[[float], bool], told: str) -> str | None:
    for part in parts.parts(plan.schedule):
        for name in part.entry.domains:
            value = part.arguments.get(name)
            if isinstance(value, float) and is_odd(value):
                return f"{name}={value:g} is {told}: {_effect_of_odd(plan, part, name, value)}"
    return None


def _effect_of_odd(plan: Plan, part: Schedule, name: str, value: float) -> str:
    """Return what a value does that no training can reach or count."""
    first, last = plan.step_lrs[0], plan.step_lrs[-1]
    if np.ptp(plan.step_lrs) == 0:
        return f"the learning rate is {first:.4g} in all {plan.steps} steps"
    same = _same_as(plan, part, name, value)
    return same or f"the learning rate goes from {first:.4g} to {last:.4g} in {plan.steps} steps"


def _out_of_range(plan: Plan) -> str | None:
    """Look for a number outside the range of its parameter."""
    for part in parts.parts(plan.schedule):
        for name, domain in part.entry.domains.items():
            value = part.arguments.get(name)
            if not isinstance(domain, (Integer, Real)) or not isinstance(value, (int, float)):
                continue
            if isinstance(value, bool):
                continue
            if value >= domain.minimum if isinstance(domain, Integer) else value in domain:
                continue
            same = _same_as(plan, part, name, value)
            return f"{name}={value:g} lies outside its range, {domain}{same and f': {same}'}"
    return None


def _same_as(plan: Plan, part: Schedule, name: str, value: float) -> str:
    """Return which other value does what ``value`` does: the least, or the one without its sign; nothing where neither does."""
    domain = part.entry.domains[name]
    least = domain.minimum if isinstance(domain, (Integer, Real)) else None
    others = (other for other in (least, None if math.isnan(value) else abs(value)) if other not in (None, value))
    same = (other for other in others if _does_as(plan, part, name, value, other))
    return next((f"it does what {name}={other:g} does" for other in same), "")


_RANGES = (_infinite, _out_of_range)


def _no_whole_number(plan: Plan) -> str | None:
    """Look for a fraction in the place of a whole number."""
    for part, name, value in parts.numbers(plan.schedule):
        if not 1 < value < math.inf or value == int(value):
            continue
        whole = (each for each in (math.floor(value), math.ceil(value)) if _does_as(plan, part, name, value, each))
        effect = next(
            (f"it does what {_named(name, each)} does" for each in whole), "eager mode counts with it as it is"
        )
        graph = "" if plan.follows_a_metric else ", and Graph mode refuses it"
        return f"{_named(name, value)} is no whole number: {effect}{graph}"
    return None


def _does_as(plan: Plan, part: Schedule, name: str, value: float, other: float) -> bool:
    """Tell whether another value, in the place of ``value`` or of the milestone that it is, makes no difference."""
    given = part.arguments[name]
    instead = [other if each == value else each for each in given] if isinstance(given, list) else other
    lrs = _otherwise(parts.exchanged(plan.schedule, part, **{name: instead}), plan, plan.steps)
    return lrs is not None and np.array_equal(lrs, plan.step_lrs)


_NOTES = (_no_whole_number,)

_HARMLESS = frozenset({_first_update_at_0, _no_whole_number})


# --- ReduceLROnPlateau


def _plateau(plan: Plan) -> Mapping[str, Any]:
    """Return the arguments of ReduceLROnPlateau, with the defaults of those that are not given."""
    return {**register.get("reduce_lr_on_plateau").defaults, **parts.given(plan.schedule)}


def _plateau_of_batches(plan: Plan) -> str | None:
    patience = _plateau(plan)["patience"]
    if plan.step_per == "epoch" or patience >= plan.iterations_per_epoch or plan.iterations_per_epoch == 1:
        return None
    return (
        f"{plan.schedule.entry.cls.__name__} follows the loss of every single batch here, which goes up and down by chance: patience={patience} "
        f"counts batches, of which an epoch has {plan.iterations_per_epoch}; --step-per epoch follows the validation loss"
    )


def _plateau_never_long_enough(plan: Plan) -> str | None:
    patience = _plateau(plan)["patience"]
    warmup = int(parts.warmup_length(plan.schedule))
    if patience + 1 < plan.steps - warmup - 1 or (warmup and _long_warmup(plan)):
        return None
    after = f" after a warmup of {warmup}" if warmup else ""
    count = plan.steps - warmup
    return f"patience={patience} is too long for {count} step{'s' * (count > 1)}{after}: the learning rate can't fall before the training ends"


def _plateau_that_hardly_falls(plan: Plan) -> str | None:
    """Look for a factor so near to 1 that even a training that never gets better keeps its learning rate."""
    lrs = course.after_warmup(plan.step_lrs)
    if np.ptp(lrs) == 0 or lrs[-1] < 0.7 * lrs[0]:
        return None
    factor = _plateau(plan)["factor"]
    return f"factor={factor:g} hardly lowers the learning rate: from {lrs[0]:.4g} to {lrs[-1]:.4g} at the end of {len(lrs)} steps in which the loss never gets better"


def _plateau_of_the_wrong_mode(plan: Plan) -> str | None:
    given = _plateau(plan)
    if given["mode"] == "min" or math.inf in (given["patience"], given["cooldown"]):
        return None
    return (
        "mode='max' takes a rising metric for a better one, and here it follows a loss: while the training goes well, "
        f"the learning rate is multiplied with {given['factor']:g} after every {_steps_of(given)}"
    )


def _plateau_however_it_goes(plan: Plan) -> str | None:
    """Look for a relative threshold that no loss can meet, as losses are not negative, and for a patience that is none."""
    given = _plateau(plan)
    cause = f"patience={given['patience']}" if given["patience"] < 0 else ""
    if given["mode"] == "min" and given["threshold_mode"] == "rel" and given["threshold"] >= 1:
        cause = f"threshold={given['threshold']:g}, which no loss above 0 is better by"
    if not cause or math.inf in (given["patience"], given["cooldown"]):
        return None
    return f"however the training goes, the learning rate is multiplied with {given['factor']:g} after every {_steps_of(given)}, by {cause}"


def _steps_of(given: Mapping[str, Any]) -> str:
    """Return in words after how many steps the learning rate falls again and again without a better metric."""
    patience, cooldown = given["patience"], given["cooldown"]
    count = 0 if patience < 0 else math.floor(patience) + 1 + math.ceil(max(cooldown, 0))
    return "step" if count <= 1 else f"{count} steps"


def _plateau_of_a_worse_metric(plan: Plan) -> str | None:
    """Look for a threshold below 0."""
    given = _plateau(plan)
    threshold = given["threshold"]
    if threshold >= 0 or given["mode"] != "min":
        return None
    up_to = f"{1 - threshold:g} times the best one" if given["threshold_mode"] == "rel" else f"{-threshold:g} above it"
    return (
        f"threshold={threshold:g} is below 0, and takes a loss worse than the best one, up to {up_to}, for a better one"
    )


def _plateau_of_a_long_cooldown(plan: Plan) -> str | None:
    cooldown = _plateau(plan)["cooldown"]
    if cooldown < plan.steps or np.ptp(plan.step_lrs) == 0:
        return None
    return f"cooldown={cooldown:g} is not shorter than the training of {plan.steps} steps: the learning rate can fall only once"


def _plateau_to_nothing(plan: Plan) -> str | None:
    """Look for a factor that leaves next to nothing of the learning rate at its first fall."""
    given = _plateau(plan)
    floor = given["min_lr"] if isinstance(given["min_lr"], (int, float)) else max(given["min_lr"])
    if given["factor"] > course.TINY or floor > course.TINY * plan.base_lr or _negative(plan):
        return None
    return f"factor={given['factor']:g} takes the learning rate from {plan.base_lr:g} to {max(floor, given['factor'] * plan.base_lr):.4g} at its first fall: the training stands still from then on"


def _plateau_below_eps(plan: Plan) -> str | None:
    """Look for an eps that is larger than every fall."""
    explained = (_plateau_never_long_enough, _high_floor, _plateau_of_a_worse_metric)
    if np.ptp(plan.step_lrs) > 0 or any(search(plan) for search in explained):
        return None
    return f"eps={_plateau(plan)['eps']:g} is larger than the fall of a learning rate of {plan.base_lr:g}, so it never falls"


_OF_PLATEAU = (
    _share_of_the_steps,
    _long_warmup,
    _negative,
    _plateau_of_the_wrong_mode,
    _plateau_however_it_goes,
    _plateau_of_a_worse_metric,
    _plateau_to_nothing,
    _tiny_peak,
    _huge_base,
    _plateau_below_eps,
    _plateau_of_batches,
    _plateau_never_long_enough,
    _plateau_of_a_long_cooldown,
    _plateau_that_hardly_falls,
    _high_floor,
    _first_updates_at_0,
    _first_update_at_0,
    _layer_that_rises,
)

SEARCHES: tuple[Search, ...] = (
    *_NUMBERS,
    *_SHARES,
    *_UNITS,
    *_COURSE,
    *_ENDS,
    *_ALWAYS,
    *_RANGES,
    *_NOTES,
    *_OF_PLATEAU,
)
"""All searches; one that serves in two places stands here twice."""
