"""The momentum that PyTorch's ``OneCycleLR`` sets, at every step, with the sets of arguments that the recipe ``one_cycle`` is compared with.

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
RECIPE = "one_cycle"


def recorded() -> list[tuple[dict[str, Any], list[float]]]:
    """Return each set of arguments of the recipe, without the learning rate, and the momentum of each step up to the last."""
    momenta: list[list[float]] = json.loads(RECORD.read_text(encoding="utf-8"))
    return list(zip(map(_arguments, recipe_records.sets(RECIPE)), momenta, strict=True))


def record() -> list[list[float]]:
    """Return the momentum of each step, by set; PyTorch raises an exception after the last."""
    return [_momenta(one) for one in recipe_records.sets(RECIPE)]


def _arguments(one: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != "lr"}


def _momenta(one: dict[str, Any]) -> list[float]:
    torch = import_module("torch")
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=one["lr"], momentum=0.9)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, one["lr"], **_arguments(one))
    momenta = [float(optimizer.param_groups[0]["momentum"])]
    optimizer.step()  # PyTorch warns without it
    for _ in range(one["total_steps"] - 1):
        scheduler.step()
        momenta.append(float(optimizer.param_groups[0]["momentum"]))
    return momenta


def _agree(found: list[list[float]], kept: list[list[float]]) -> bool:
    """Tell whether two records say the same; the last digits depend on the machine."""
    same = [*map(len, found)] == [*map(len, kept)]
    pairs = (pair for ours, theirs in zip(found, kept, strict=False) for pair in zip(ours, theirs, strict=False))
    return same and all(math.isclose(a, b, rel_tol=1e-9) for a, b in pairs)


def main(arguments: list[str]) -> None:
    """Write the record, or, with ``--check``, end with an error where it is not what the packages give now."""
    foreign.settle(RECORD, json.dumps(record(), separators=(",", ":")) + "\n", _agree, arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
