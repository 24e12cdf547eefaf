"""What the chooser says and writes, beside what real OneFlow makes of the same code: the number of steps, and every learning rate."""

from __future__ import annotations

import functools
import itertools
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from lrdoc.explorer import generate, strings
from lrdoc.sphinxext.directives.explorer import SHAPE_RECIPES
from tests.explorer.test_scripts import NODE, ROOT, answered

Training = dict[str, Any]
SIDE = ROOT / "tests" / "explorer" / "training_side.ts"
SHAPES = list(strings.SHAPES)
LENGTHS = list(itertools.product((1, 7, 10, 23), (1, 3, 4), (1, 2, 3), (1, 2, 3), (False, True)))
"""Images, batch size, processes, accumulation, and whether the last batch is left out."""
SCHEDULES = list(itertools.product(SHAPES, (0, 10), ((0, "updates"), (2, "updates"), (1, "epochs"), (20, "percent"))))


def training(at: int, *, graph: bool = False) -> Training:
    """Return the training of a number: each length once, each schedule several times."""
    images, batch_size, processes, accumulation, drop_last = LENGTHS[at % len(LENGTHS)]
    shape, end, (warmup, unit) = SCHEDULES[at * 5 % len(SCHEDULES)]
    told = {"images": images, "batchSize": batch_size, "processes": processes, "accumulation": accumulation}
    schedule = {"shape": shape, "end": end, "warmup": warmup, "unit": unit, "decay": 30, "milestones": [2, 3]}
    return {**told, **schedule, "epochs": at % 3 + 2, "dropLast": drop_last, "graph": graph, "lr": 0.25}


EAGER = [training(at) for at in range(len(LENGTHS))]
GRAPH = [
    {**training(at, graph=True), "images": 23, "processes": 1, "shape": shape, "warmup": 3, "unit": "updates"}
    for at, shape in enumerate([*SHAPES, *SHAPES], start=7)
]


@pytest.fixture(scope="module")
def found() -> list[tuple[Training, dict[str, Any], dict[str, Any]]]:
    """Return each training with what the chooser and what OneFlow makes of it."""
    generate.write()
    asked = [*EAGER, *GRAPH]
    said = answered([str(NODE), str(SIDE)], asked)
    given = [{"images": one["images"], "code": of["code"]} for one, of in zip(asked, said, strict=True)]
    # Each graph has a process of its own: after others OneFlow now and then fails to find its variables, or crashes, as it does with one alone, more rarely.
    parts = [given[: len(EAGER)], *([one] for one in given[len(EAGER) :])]
    trained = functools.partial(answered, [sys.executable, "-m", "tests.explorer.training_side"], crashes=4)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        real = list(itertools.chain.from_iterable(pool.map(trained, parts)))
    return list(zip(asked, said, real, strict=True))


def test_the_grid_holds_every_schedule_and_trainings_that_fail() -> None:
    assert {(one["shape"], one["end"], one["warmup"], one["unit"]) for one in EAGER} == {
        (shape, end, *warmup) for shape, end, warmup in SCHEDULES
    }
    assert len(EAGER) == 216


def test_the_scheduler_is_stepped_as_often_as_the_chooser_says(found: Any) -> None:
    for one, said, real in found:
        if "error" not in real:
            assert real["steps"] == said["length"]["total"], one


def test_a_training_without_an_update_is_told_from_the_others(found: Any) -> None:
    empty = [real for _one, said, real in found if said["length"]["total"] == 0]
    assert len(empty) > 20
    assert all("error" in real or real["steps"] == 0 for real in empty)


def test_every_learning_rate_that_is_used_is_the_one_that_is_drawn(found: Any) -> None:
    for one, said, real in found:
        if said["length"]["total"] > 0 and "error" not in real:
            (curve,) = said["curves"]
            np.testing.assert_allclose(curve, real["lrs"], rtol=0, atol=1e-12 if not one["graph"] else 1e-6)


def test_the_weights_move_by_the_learning_rates_that_are_drawn(found: Any) -> None:
    whole = [
        (one, said, real)
        for one, said, real in found
        if said["length"]["total"] > 0 and "error" not in real and (one["graph"] or one["accumulation"] == 1)
    ]
    assert sum(one["graph"] for one, _said, _real in whole) == len(GRAPH)
    for one, said, real in whole:
        assert real["moved"] == pytest.approx(sum(said["curves"][0]), rel=1e-4, abs=1e-6), one


def test_what_a_recipe_refuses_is_told_in_its_own_words(found: Any) -> None:
    refused = [(said, real) for _one, said, real in found if said["length"]["total"] > 0 and "error" in real]
    assert len(refused) > 20
    for said, real in refused:
        assert [message.partition(": ")[2] for message in said["errors"]] == [real["error"]]
    assert all(not said["errors"] for _one, said, real in found if "error" not in real)


def test_the_table_for_browsers_without_javascript_has_the_recipes_of_every_shape(found: Any) -> None:
    used: dict[str, set[str]] = {shape: set() for shape in SHAPES}
    for one, said, _real in found:
        used[one["shape"]].add(said["recipe"])
    assert used == {shape: set(names) for shape, names in SHAPE_RECIPES.items()}
