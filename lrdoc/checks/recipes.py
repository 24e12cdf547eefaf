"""Compare each recipe, step by step, with its original's own run, with its formula, and eager with Graph mode."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from oneflow.optim.lr_scheduler import _LRScheduler

from lrdoc import trace
from lrdoc.checks import recipe_records
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.in_graph import in_graph

ALONE, IN_TURN = 10, 6
"""How many of the sets a graph is given as they are, and how many each of its optimizers follows in turn: a graph's time goes by the number of its optimizers."""


def compare(recipe: Recipe, record: str) -> dict[str, Any]:
    """Try a recipe with the sets of arguments of ``recipe_records``; ``record`` is the digest of what is recorded of the originals.

    Returns ``sets`` and ``values``, how many sets and learning rates were compared; ``formula`` and ``graph``, the largest difference from the closed form and between the two modes, each as a part of the base learning rate or of the learning rate itself where that is larger; for a recipe with an original, ``original``, the largest difference from that up to the last step, and, where there is a last step, ``after``, what the original does then: "stays", "goes on" or "raises".

    Raises ``ValueError`` where the digest is that of another record.
    """
    if record != recipe_records.digest():
        raise ValueError("the record of the originals is another one")
    trial, sets = recipe_records.TRIALS[recipe.name], recipe_records.sets(recipe.name)
    eager = [_eager(recipe, one, trial.steps(one)) for one in sets]
    report: dict[str, Any] = {
        "sets": len(sets),
        "values": sum(map(len, eager)),
        "formula": max(_from_formula(recipe, one, lrs) for one, lrs in zip(sets, eager, strict=True)),
        "graph": max(_from_graph(recipe, sets[:ALONE]), _from_graph_in_turn(recipe, sets)),
    }
    if trial.original is None:
        return report
    recorded = recipe_records.recorded()[recipe.name]
    ends = [trial.end(one) for one in sets]
    pairs = [(lrs, rates, end, one["lr"]) for lrs, rates, end, one in zip(eager, recorded, ends, sets, strict=True)]
    report["original"] = max(_apart(lrs[: end + 1], rates[: end + 1], lr) for lrs, rates, end, lr in pairs)
    if trial.length is not None:
        # Where the warmup takes all, the decay has one step, that after the end.
        usual = [pair for pair, one in zip(pairs, sets, strict=True) if one.get("warmup_steps") != pair[2]]
        report["after"] = _after([(rates, end, len(lrs), lr) for lrs, rates, end, lr in usual])
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
    """Return the largest difference between the two modes over some sets, each given to an optimizer of one graph as it is."""
    steps = _longest(recipe, sets)
    builds = [lambda optimizer, one=one: _accepted(recipe, one, optimizer, steps) for one in sets]
    graph = trace.graphs(builds, steps, [one["lr"] for one in sets]).T
    return max(_apart(_eager(recipe, one, steps), lrs, one["lr"]) for one, lrs in zip(sets, graph, strict=True))


class InTurn(_LRScheduler):  # type: ignore[misc]  # OneFlow ships no types
    """Schedulers one after the other in Graph mode, each for as many ``steps`` and from its own step 0."""

    def __init__(self, optimizer: Any, schedulers: Sequence[trace.Scheduler], steps: int) -> None:
        self.schedulers = schedulers
        self.steps = steps
        super().__init__(optimizer)

    def get_lr(self, base_lr: float, step: int) -> float:
        """Return the base learning rate: eager mode is not what this is for."""
        return base_lr

    def _generate_conf_for_graph(self, lr_conf: Any) -> None:
        joined = lr_conf.sequential_scheduler_conf
        for number, scheduler in enumerate(self.schedulers):
            scheduler._generate_conf_for_graph(joined.schedulers.add())
            if number > 0:
                joined.milestones.append(number * self.steps)
                joined.interval_rescaling.append(True)


def _from_graph_in_turn(recipe: Recipe, sets: list[dict[str, Any]]) -> float:
    """Return the largest difference between the two modes over all sets, of which each optimizer of one graph follows several."""
    steps = _longest(recipe, sets)
    of_base = defaultdict(list)
    for one in sets:
        scheduler = _accepted(recipe, one, trace.sgd(one["lr"]), steps)
        of_base[scheduler.base_lrs[0]].append((one, scheduler))
    rows = [(base, found[at : at + IN_TURN]) for base, found in of_base.items() for at in range(0, len(found), IN_TURN)]
    builds = [lambda optimizer, row=row: InTurn(optimizer, [one for _, one in row], steps) for _, row in rows]
    graph = trace.graphs(builds, steps * IN_TURN, [base for base, _ in rows]).T
    return max(
        _apart(_eager(recipe, one, steps), lrs[number * steps : (number + 1) * steps], one["lr"])
        for (_, row), lrs in zip(rows, graph, strict=True)
        for number, (one, _) in enumerate(row)
    )


def _longest(recipe: Recipe, sets: list[dict[str, Any]]) -> int:
    """Return how many steps the longest of some sets is tried for."""
    return max(recipe_records.TRIALS[recipe.name].steps(one) for one in sets)


def _accepted(recipe: Recipe, arguments: Mapping[str, Any], optimizer: Any, steps: int) -> trace.Scheduler:
    """Return the scheduler of a recipe as Graph mode takes it."""
    scheduler = build(recipe, arguments, optimizer)
    return scheduler if recipe.graph == "composed" else in_graph(scheduler, steps=steps)


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
