"""Whether a training may go on from a checkpoint, and as which training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lrdoc.practice.constructor import names_in
from lrdoc.practice.equality import differences
from lrdoc.practice.plan import Plan

_LENGTHS = {"epochs", "total_steps"}
"""The names in a schedule that stand for the length of the training."""


def refusal(saved: Mapping[str, Any], now: Mapping[str, Any], plan: Plan, *, is_range_test: bool = False) -> str | None:
    """Return why a training with the options ``now`` is not the one that was saved with others; ``None`` where it is, or is the same but longer.

    Schedules are compared by what they do, however they are written.
    """
    before = replace(plan, code=str(saved.get("schedule")), epochs=_epochs_before(saved, plan))
    others = [key for key in now if key != "schedule" and saved.get(key) != now[key]]
    if others == ["epochs"] and plan.epochs > before.epochs:
        others = []
    told = [f"{key} was {saved.get(key)!r}" for key in others]
    try:
        of_schedule = _differences(before, plan)
    except ValueError as error:
        return f"had a schedule that can't be read: {error}"
    if of_schedule and not others and before.code == plan.code:
        return _refusal_of_longer_test(before) if is_range_test else _refusal_of_more_epochs(before, plan)
    if of_schedule and before.code != plan.code:
        told.append(f"schedule was {before.code!r}: {'; '.join(of_schedule)}")
    return f"had other options: {'; '.join(told)}. Resume it with those, or choose another --output" if told else None


def _epochs_before(saved: Mapping[str, Any], plan: Plan) -> int:
    epochs = saved.get("epochs")
    return epochs if isinstance(epochs, int) else plan.epochs


def _differences(before: Plan, plan: Plan) -> list[str]:
    if (before.code, before.epochs) == (plan.code, plan.epochs):
        return []
    return differences(before.whole, plan.whole, plan.steps)


def _refusal_of_longer_test(before: Plan) -> str:
    return (
        f"is a range test of {_epochs(before)}, which goes through all learning rates in that time: "
        "choose another --output for one of more epochs"
    )


def _epochs(plan: Plan) -> str:
    return f"{plan.epochs} epoch{'s' * (plan.epochs > 1)}"


def _refusal_of_more_epochs(before: Plan, plan: Plan) -> str:
    named = " and ".join(
        f"{name}, which was {before.names[name]} and would be {plan.names[name]}"
        for name in sorted(names_in(plan.code) & _LENGTHS)
    )
    return (
        f"had {_epochs(before)}, and its schedule names {named}: with more epochs it would have been "
        "another one from the start. A training whose schedule has numbers in place of these names can be made longer"
    )
