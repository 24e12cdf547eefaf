"""Whether a training may go on from a checkpoint, and as which training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lrdoc.practice.constructor import names_in
from lrdoc.practice.plan import Plan

_LENGTHS = {"epochs", "total_steps"}
"""The names in a schedule that stand for the length of the training."""


def refusal(saved: Mapping[str, Any], now: Mapping[str, Any], plan: Plan) -> str | None:
    """Return why a training with the options ``now`` is not the one that was saved with others; ``None`` where it is, or is the same but longer."""
    differing = [key for key, value in now.items() if saved.get(key) != value]
    if differing == ["epochs"] and isinstance(saved.get("epochs"), int) and now["epochs"] > saved["epochs"]:
        return _refusal_of_more_epochs(int(saved["epochs"]), plan)
    if not differing:
        return None
    return "had other options: " + "; ".join(f"{key} was {saved.get(key)!r}" for key in differing)


def _refusal_of_more_epochs(before: int, plan: Plan) -> str | None:
    named = names_in(plan.code) & _LENGTHS
    if not named:
        return None
    lengths = {"epochs": (before, plan.epochs), "total_steps": (before * plan.steps_per_epoch, plan.steps)}
    told = " and ".join(
        f"{name}, which was {lengths[name][0]} and would be {lengths[name][1]}" for name in sorted(named)
    )
    return (
        f"had {before} epoch{'s' * (before > 1)}, and its schedule names {told}: with more epochs it would have had other learning rates from "
        "the start. A training whose schedule has numbers in place of these names can be made longer"
    )
