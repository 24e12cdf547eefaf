"""The momentum that PyTorch's ``OneCycleLR`` and ``CyclicLR`` set, at every step, with the sets of arguments that their recipes are compared with.

``python -m lrdoc.checks.momentum_records`` records it in an environment that holds PyTorch, ``--check`` compares; this module needs nothing else.
"""

from __future__ import annotations

import json
import math
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from lrdoc.checks import foreign, recipe_records

RECORD = Path(__file__).with_name("momentum_records.json")
RECIPES = ("one_cycle", "cyclic")


def recorded(recipe: str) -> list[tuple[dict[str, Any], list[float]]]:
    """Return each set of arguments of a recipe, without the learning rate, and the momentum of each step up to the last."""
    momenta: list[list[float]] = json.loads(RECORD.read_text(encoding="utf-8"))[recipe]
    return list(zip(map(_arguments, recipe_records.sets(recipe)), momenta, strict=True))


def record() -> dict[str, list[list[float]]]:
    """Return, by recipe and set, the momentum of each step, which is Adam's first beta as well; raise ``ValueError`` where that is not so."""
    return {recipe: [_momenta(recipe, one) for one in recipe_records.sets(recipe)] for recipe in RECIPES}


def _arguments(one: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != "lr"}


def _momenta(recipe: str, one: dict[str, Any]) -> list[float]:
    torch = import_module("torch")
    weights = [torch.nn.Parameter(torch.zeros(1))]
    momenta = _of_each_step(recipe, one, torch.optim.SGD(weights, lr=one["lr"], momentum=0.9))
    if momenta != _of_each_step(recipe, one, torch.optim.Adam(weights, lr=one["lr"], betas=(0.9, 0.99))):
        raise ValueError(f"the first beta of Adam is not the momentum of SGD: {recipe}, {one}")
    return momenta


def _of_each_step(recipe: str, one: dict[str, Any], optimizer: Any) -> list[float]:
    trial = recipe_records.TRIALS[recipe]
    known = {**vars(import_module("torch.optim.lr_scheduler")), **one, "optimizer": optimizer}
    scheduler = eval(str(trial.original), known)  # the project's own
    momenta = [_held(optimizer)]
    optimizer.step()  # PyTorch warns without it
    for _ in range(trial.end(one)):
        scheduler.step()
        momenta.append(_held(optimizer))
    return momenta


def _held(optimizer: Any) -> float:
    (group,) = optimizer.param_groups
    return float(group["betas"][0] if "betas" in group else group["momentum"])


def _agree(found: dict[str, list[list[float]]], kept: dict[str, list[list[float]]]) -> bool:
    """Tell whether two records say the same; the last digits depend on the machine."""
    ours, theirs = ([row for name in RECIPES for row in one[name]] for one in (found, kept))
    pairs = (pair for rows in zip(ours, theirs, strict=False) for pair in zip(*rows, strict=False))
    same = [*map(len, ours)] == [*map(len, theirs)]
    return same and all(math.isclose(a, b, rel_tol=1e-9) for a, b in pairs)


def main(arguments: list[str]) -> None:
    """Write the record, or, with ``--check``, end with an error where it is not what the packages give now."""
    foreign.settle(RECORD, json.dumps(record(), separators=(",", ":")) + "\n", _agree, arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
