"""What real OneFlow, in eager mode, makes of pieces of code: a JSON list of them per line of stdin, a JSON list of answers per line of stdout.

A process of its own, so that several run at once.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

import oneflow as flow
from oneflow.optim import lr_scheduler

NAMES = {name: value for name, value in vars(lr_scheduler).items() if isinstance(value, type)}
WEIGHT = flow.nn.Parameter(flow.zeros(1))


def run(case: dict[str, Any]) -> dict[str, Any]:
    """Return ``lrs``, the learning rates before an exception if there is one, and ``error``, as Python prints it; no ``lrs``: it came from the constructor."""
    optimizer = flow.optim.SGD([WEIGHT], lr=case["lr"])
    lrs: list[Any] = []
    try:
        scheduler = eval(case["code"], {**NAMES, "optimizer": optimizer, "math": math, "flow": flow})  # the tests' own
        lrs.extend(plain(lr) for lr in stepped(scheduler, case))
    except Exception as error:
        return {"lrs": lrs, "error": printed(error)}
    return {"lrs": lrs, "error": None}


def stepped(scheduler: Any, case: dict[str, Any]) -> Iterator[Any]:
    """Yield the learning rates of a training loop, one per step."""
    (group,) = scheduler.optimizer.param_groups
    yield group["lr"]
    metrics = case.get("metrics")
    for at in range(case["steps"] - 1):
        scheduler.step(*(metrics[at : at + 1] if metrics else ()))
        yield group["lr"]


def plain(lr: Any) -> Any:
    """Return a learning rate as JSON can hold it; the name of its type where it is no real number."""
    if not isinstance(lr, (int, float)):
        return type(lr).__name__
    try:
        return float(lr)
    except OverflowError:
        return math.copysign(math.inf, lr)


def printed(error: Exception) -> str:
    """Return an exception as the last line of a traceback shows it."""
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def answer(run: Callable[[Any], Any], cases: str) -> None:
    """Answer a JSON list of cases with what ``run`` makes of each; what they themselves print, as with verbose=True, is dropped."""
    with contextlib.redirect_stdout(io.StringIO()):
        answers = [run(case) for case in json.loads(cases)]
    print(json.dumps(answers), flush=True)


def main() -> None:
    """Answer every line of stdin."""
    for line in sys.stdin:
        answer(run, line)


if __name__ == "__main__":
    main()
    os._exit(0)  # OneFlow's own end takes long
