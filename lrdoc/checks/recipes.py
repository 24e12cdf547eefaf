"""Compare each recipe, step by step, with its original's own run, with its formula, and eager with Graph mode."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from lrdoc import trace
from lrdoc.checks import recipe_records
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.in_graph import in_graph

AT_ONCE = 30
"""How many schedules one graph trains with."""
FEWER = 60
"""How many of the sets are compared with the formula and in Graph mode, which take their time."""


def compare(recipe: Recipe, record: str) -> dict[str, Any]:
    """Try a recipe with the sets of arguments of ``recipe_records``; ``record`` is the digest of what is recorded of the originals.

    Returns ``sets`` and ``values``, how many sets and learning rates were compared, and ``fewer``, how many sets with the formula and in Graph mode; ``formula`` and ``graph``, the largest difference from the closed form and between the two modes, each as a part of the base learning rate or of the learning rate itself where that is larger; for a recipe with an original, ``original``, the largest difference from that up to the last step, and, where there is a last step, ``after``, what the original does then: "stays", "goes on" or "raises".

    Raises ``ValueError`` where the digest is that of another record.
    """
    if record != recipe_records.digest():
        raise ValueError("the record of the originals is another one")
    trial, sets = recipe_records.TRIALS[recipe.name], recipe_records.sets(recipe.name)
    eager = [_eager(recipe, one, trial.steps(one)) for one in sets]
    report: dict[str, Any] = {
        "sets": len(sets),
        "fewer": FEWER,
        "values": sum(map(len, eager)),
        "formula": max(_from_formula(recipe, one, lrs) for one, lrs in zip(sets[:FEWER], eager, strict=False)),
        "graph": max(_from_graph(recipe, sets[at : at + AT_ONCE]) for at in range(0, FEWER, AT_ONCE)),
    }
    if trial.original is None:
        return report
    recorded = recipe_records.recorded()[recipe.name]
    ends = [trial.end(one) for one in sets]
    pairs = [(lrs, rates, end, one["lr"]) for lrs, rates, end, one in zip(eager, recorded, ends, sets, strict=True)]
    report["original"] = max(_apart(lrs[: end + 1], rates[: end + 1], lr) for lrs, rates, end, lr in pairs)
    if trial.length is not None:
        report["after"] = _after([(rates, end, len(lrs), lr) for lrs, rates, end, lr in pairs])
    return report


def build(recipe: Recipe, arguments: Mapping[str, Any], optimizer: Any) -> Any:
    """Return the scheduler that a recipe makes with a set of arguments; ``lr`` among them is the optimizer's."""
    return recipe.cls(optimizer, **{key: value for key, value in arguments.items() if key != "lr"})


def _eager(recipe: Recipe, arguments: Mapping[str, Any], steps: int) -> Any:
    return trace.eager(build(recipe, arguments, trace.sgd(arguments["lr"])), steps)[:, 0]


def _from_formula(recipe: Recipe, arguments: Mapping[str, Any], lrs: Any) -> float:
    assert recipe.closed_form is not None
    exact = recipe.closed_form.of(recipe.completed(arguments))
    base = arguments["lr"]
    return max(float(abs(exact(base, step) - float(lr))) / float(max(base, lr)) for step, lr in enumerate(lrs))


def _from_graph(recipe: Recipe, sets: list[dict[str, Any]]) -> float:
    """Return the largest difference between the two modes over some sets, which one graph is given together."""
    steps = max(recipe_records.TRIALS[recipe.name].steps(one) for one in sets)
    bases = [one["lr"] for one in sets]

    def accepted(arguments: Mapping[str, Any]) -> trace.Build:
        def make(optimizer: Any) -> Any:
            scheduler = build(recipe, arguments, optimizer)
            return scheduler if recipe.graph == "composed" else in_graph(scheduler, steps=steps)

        return make

    graph = trace.graphs([accepted(one) for one in sets], steps, bases).T
    return max(_apart(_eager(recipe, one, steps), lrs, one["lr"]) for one, lrs in zip(sets, graph, strict=True))


def _apart(lrs: Any, others: Any, base: float) -> float:
    """Return the largest difference, as a part of the base learning rate or of the learning rate itself where that is larger; infinite where one has fewer steps."""
    if len(lrs) != len(others):
        return float("inf")
    return float((np.abs(np.asarray(lrs) - np.asarray(others)) / np.maximum(base, lrs)).max())


def _after(runs: list[tuple[list[float], int, int, float]]) -> str:
    """Return what the original does after the end: of the recorded rates, the last step, the steps asked for and the base learning rate of each run."""
    if any(len(rates) < steps for rates, _end, steps, _lr in runs):
        return "raises"
    stays = all(abs(rate - rates[end]) <= 1e-12 * lr for rates, end, _steps, lr in runs for rate in rates[end:])
    return "stays" if stays else "goes on"
