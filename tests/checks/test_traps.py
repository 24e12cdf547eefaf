from __future__ import annotations

from collections.abc import Callable
from typing import Any

import oneflow as flow
import pytest
from oneflow.optim.lr_scheduler import (
    ConstantLR,
    CosineAnnealingWarmRestarts,
    CosineDecayLR,
    LinearLR,
    MultiStepLR,
    PolynomialLR,
    SequentialLR,
)

from lrdoc import recipes
from lrdoc.checks import traps


def trained(build: Callable[[Any], Any], steps: int, base_lr: float = 0.1) -> list[float]:
    """Return the learning rates of a plain loop."""
    optimizer = flow.optim.SGD([flow.nn.Parameter(flow.zeros(1))], lr=base_lr)
    scheduler, lrs = build(optimizer), []
    for _ in range(steps):
        lrs.append(optimizer.param_groups[0]["lr"])
        scheduler.step()
    return lrs


@pytest.mark.parametrize("name", recipes.REGISTER)
def test_what_is_seen_is_what_a_plain_loop_of_ten_times_as_many_updates_gives(name: str) -> None:
    recipe = recipes.get(name)
    preset = recipe.presets[0]
    seen = traps.look(recipe)
    lrs = trained(lambda optimizer: recipe.cls(optimizer, **preset.arguments), 10 * (preset.steps - 1), preset.base_lr)
    still = next((count for count, lr in enumerate(reversed(lrs)) if lr != lrs[-1]), len(lrs))
    low = next((count for count, lr in enumerate(reversed(lrs)) if lr >= max(lrs) / 100), len(lrs))
    assert seen["updates"] == len(lrs)
    assert seen["spent"] == (still if still > 1 else 0)
    assert (seen["low"], seen["rest"], seen["first"]) == (low, lrs[-1], lrs[0])


def rising(optimizer: Any, steps: int, start: float = 0.0) -> Any:
    return LinearLR(optimizer, start_factor=start, end_factor=1.0, total_iters=steps)


JOINED: dict[str, Callable[[Any], Any]] = {
    "warmup_linear": lambda optimizer: SequentialLR(
        optimizer,
        [rising(optimizer, 10), LinearLR(optimizer, start_factor=1.0, end_factor=0.0, total_iters=90)],
        [10],
    ),
    "warmup_cosine": lambda optimizer: SequentialLR(
        optimizer, [rising(optimizer, 10), CosineDecayLR(optimizer, 90, alpha=0.1)], [10]
    ),
    "warmup_polynomial": lambda optimizer: SequentialLR(
        optimizer, [rising(optimizer, 10), PolynomialLR(optimizer, 90, end_learning_rate=1e-7, power=2.0)], [10]
    ),
    "warmup_stable_decay": lambda optimizer: SequentialLR(
        optimizer,
        [
            rising(optimizer, 10),
            ConstantLR(optimizer, factor=1.0, total_iters=1),
            LinearLR(optimizer, start_factor=1.0, end_factor=0.0, total_iters=20),
        ],
        [10, 80],
    ),
    "sgdr_warmup": lambda optimizer: SequentialLR(
        optimizer, [rising(optimizer, 10), CosineAnnealingWarmRestarts(optimizer, 20, 2, decay_rate=0.7)], [10]
    ),
    "step_with_warmup": lambda optimizer: SequentialLR(
        optimizer, [rising(optimizer, 5, 0.125), MultiStepLR(optimizer, [30, 60, 80])], [5], interval_rescaling=True
    ),
}
"""The compositions that a reader may write with the other ``interval_rescaling``, or without it."""


@pytest.mark.parametrize("name", JOINED)
def test_a_joint_is_what_the_composition_written_out_gives(name: str) -> None:
    recipe = recipes.get(name)
    preset = recipe.presets[0]
    joint = traps.look(recipe)["joint"]
    right = trained(lambda optimizer: recipe.cls(optimizer, **preset.arguments), preset.steps)
    wrong = trained(JOINED[name], preset.steps)
    step = next(step for step, pair in enumerate(zip(right, wrong, strict=True)) if abs(pair[0] - pair[1]) > 1e-9)
    assert joint["step"] == step
    assert (joint["right"], joint["wrong"]) == pytest.approx((right[step], wrong[step]))
    assert joint["flag"] is (name != "step_with_warmup")


def test_every_recipe_that_joins_parts_tells_of_its_joint() -> None:
    told = {name for name in recipes.REGISTER if traps.look(recipes.get(name))["joint"]}
    assert told == set(JOINED)
