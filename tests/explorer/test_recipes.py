"""The engine's recipes beside the real ones, with the sets of arguments that these are compared with their originals by."""

from __future__ import annotations

from typing import Any

import pytest

from lrdoc import recipes, trace
from lrdoc.checks import recipe_records
from lrdoc.checks import recipes as comparison
from lrdoc.explorer import generate
from tests.explorer.test_scripts import ENGINE, NODE, answered

Answer = dict[str, Any]


def call(name: str, arguments: dict[str, Any]) -> str:
    """Return a call of a recipe as code."""
    return f"{name}(optimizer, {', '.join(f'{key}={value!r}' for key, value in arguments.items() if key != 'lr')})"


@pytest.fixture(scope="module")
def engine() -> dict[str, list[Answer]]:
    """Return, by recipe, what the engine makes of every set."""
    generate.write()
    cases = [
        {"code": call(name, one), "lr": one["lr"], "steps": recipe_records.TRIALS[name].steps(one)}
        for name in recipes.REGISTER
        for one in recipe_records.sets(name)
    ]
    said = answered([str(NODE), str(ENGINE)], cases)
    return {
        name: said[at * recipe_records.SETS : (at + 1) * recipe_records.SETS]
        for at, name in enumerate(recipes.REGISTER)
    }


@pytest.mark.parametrize("name", recipes.REGISTER)
def test_a_recipe_is_drawn_as_oneflow_steps_it(engine: dict[str, list[Answer]], name: str) -> None:
    for one, said in zip(recipe_records.sets(name), engine[name], strict=True):
        scheduler = comparison.build(recipes.get(name), one, trace.sgd(one["lr"]))
        lrs = trace.eager(scheduler, recipe_records.TRIALS[name].steps(one))[:, 0]
        assert not said["errors"], call(name, one)
        assert comparison._apart(lrs, said["curves"][0]["lr"], one["lr"]) < 1e-12, call(name, one)
