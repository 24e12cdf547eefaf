"""Run constructor calls in whatever package is installed, and tell what they come to.

``python -m lrdoc.checks.recorder CALLS.json RECORD.json`` does so in an environment of PyTorch or of an earlier OneFlow, which holds nothing else: this module needs the standard library and that package.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, TypedDict

BASE_LR = 0.1


class _Ending(TypedDict, total=False):
    error: str
    message: str
    when: str


class Recording(_Ending):
    """What a constructor call came to: ``lrs``, the learning rate of each step, and, if it raised, ``error``, ``message`` and ``when``.

    ``error`` is the exception's class name and ``message`` its text; ``when`` is "construction" or "step N" (the call of ``scheduler.step()`` that raised).
    """

    lrs: list[float]


def record(package: str, calls: Iterable[str], steps: int) -> dict[str, Recording]:
    """Return, by call, what each comes to in the installed ``package`` over ``steps`` steps, from a base learning rate of ``BASE_LR``.

    The calls are written for an optimizer called ``optimizer``.
    """
    framework, schedulers = import_module(package), import_module(f"{package}.optim.lr_scheduler")
    names = {**_averaging(package), **vars(schedulers)}
    return {call: _record(framework, names, call, steps) for call in calls}


def _averaging(package: str) -> dict[str, Any]:
    """Return what is in the module for averaging weights, which has a scheduler of its own; nothing in OneFlow before 1.0.0."""
    try:
        return vars(import_module(f"{package}.optim.swa_utils"))
    except ImportError:
        return {}


def _record(framework: Any, names: Mapping[str, Any], call: str, steps: int) -> Recording:
    optimizer = framework.optim.SGD([framework.nn.Parameter(framework.zeros(1))], lr=BASE_LR)
    lrs: list[float] = []
    when = "construction"
    try:
        scheduler = eval(call, {**names, "optimizer": optimizer})  # the project's own pages
        measuring = isinstance(scheduler, names["ReduceLROnPlateau"])
        for step in range(steps):
            lrs.append(float(optimizer.param_groups[0]["lr"]))
            when = f"step {step + 1}"
            optimizer.step()  # PyTorch warns without it
            scheduler.step(*([metric(step)] if measuring else []))
    except Exception as error:
        return {"lrs": lrs, "error": type(error).__name__, "message": str(error), "when": when}
    return {"lrs": lrs}


def metric(step: int) -> float:
    """Return the metric that ``ReduceLROnPlateau`` is given: it improves for ten steps, then never again."""
    return max(1 - step / 10, 0.1)


def version(package: str) -> str:
    """Return the version of the installed ``package``, without what tells for which hardware it was built."""
    return str(import_module(package).__version__).partition("+")[0]


def main(calls: Path, target: Path) -> None:
    """Read what to run from ``calls``, and write the version of the package and the recordings into ``target``."""
    asked = json.loads(calls.read_text(encoding="utf-8"))
    recordings = record(asked["package"], asked["calls"], asked["steps"])
    target.write_text(json.dumps({"version": version(asked["package"]), "recordings": recordings}), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
