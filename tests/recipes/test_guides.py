"""The examples of explorers that are about no single scheduler or recipe: the engine beside real OneFlow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import oneflow as flow
import pytest
from oneflow.optim import lr_scheduler

from lrdoc import recipes, register, trace
from lrdoc.describe.guide import Example
from lrdoc.explorer import generate
from lrdoc.recipes.described.plateau_warmup import LOSSES
from tests.explorer.test_scripts import ENGINE, NODE, answered

CASES = [(page, one) for page, guide in recipes.guides().items() for one in guide.examples]


@pytest.fixture(scope="module")
def drawn() -> dict[str, dict[str, Any]]:
    """Return what the engine makes of each example, by its label."""
    generate.write()
    cases = [
        {"code": one.code, "steps": one.steps, "answers": one.names, "metrics": one.metrics or []}
        for _page, one in CASES
    ]
    said = answered([str(NODE), str(ENGINE)], cases)
    return {one.label: found for (_page, one), found in zip(CASES, said, strict=True)}


def run(one: Example) -> Any:
    """Return the scheduler that an example makes in OneFlow."""
    names: dict[str, Any] = {**vars(lr_scheduler), **recipes.REGISTER, **one.names}
    names |= {"flow": flow, "model": flow.nn.Linear(1, 1)}
    exec(compile(one.code, one.label, "exec"), names)
    return names["scheduler"]


@pytest.mark.parametrize("one", [one for _page, one in CASES], ids=lambda one: one.label)
def test_an_example_is_drawn_as_oneflow_steps_it_in_every_param_group(
    drawn: dict[str, dict[str, Any]], one: Example
) -> None:
    said = drawn[one.label]
    assert not said["errors"]
    assert not said["notes"]
    assert not said["open"]  # `names` has a value for all that is asked
    lrs = np.array([curve["lr"] for curve in said["curves"]]).T
    assert np.abs(lrs - trace.eager(run(one), one.steps, one.metrics)).max() < 1e-12


def test_the_groups_of_layer_wise_decay_are_those_of_its_function() -> None:
    (one,) = recipes.guides()["layerwise_decay"].examples
    given = one.names
    layers = [flow.nn.Linear(1, 1) for _layer in range(4)]
    groups = recipes.layerwise_groups(layers, lr=given["lr"], decay=given["decay"])
    assert run(one).base_lrs == [group["lr"] for group in groups]


@pytest.mark.parametrize("saved_at", [2, 5, 9, 13])
def test_plateau_with_warmup_goes_on_from_a_saved_state_in_the_warmup_and_after_it(
    saved_at: int, tmp_path: Path
) -> None:
    (one,) = recipes.guides()["plateau_warmup"].examples
    lrs = trace.eager(run(one), one.steps, one.metrics)[:, 0]
    before = run(one)
    for loss in LOSSES[:saved_at]:
        before.step(loss)
    flow.save({"scheduler": before.state_dict(), "optimizer": before.optimizer.state_dict()}, tmp_path / "state")
    after = run(one)
    state = flow.load(tmp_path / "state")
    after.load_state_dict(state["scheduler"])
    after.optimizer.load_state_dict(state["optimizer"])
    for step in range(saved_at, one.steps):
        assert after.optimizer.param_groups[0]["lr"] == lrs[step]
        after.step(LOSSES[step])


def test_the_name_of_a_page_is_that_of_no_scheduler_or_recipe_which_would_be_shown_in_its_place() -> None:
    assert not set(recipes.GUIDES) & {*register.entries(), *recipes.REGISTER}
