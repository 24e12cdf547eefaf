"""Compare the learning rates that OneFlow's docstrings list with those that OneFlow gives."""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Mapping
from typing import Any

from lrdoc import trace

_LISTED = re.compile(r"# lr = (?P<lr>[\d.]+)\s+if (?:step|epoch) (?:==|>=) (?P<step>\d+)")


def listed(cls: Any) -> list[dict[int, float]]:
    """Return the values that the docstring of a class lists: per example, the learning rate by step."""
    examples: list[dict[int, float]] = []
    for match in _LISTED.finditer(inspect.getdoc(cls) or ""):
        step = int(match["step"])
        if step == 0:
            examples.append({})
        examples[-1][step] = float(match["lr"])
    return examples


def rows(build: trace.Build, base_lr: float, listed: Mapping[int, float]) -> list[tuple[int, float, float, bool]]:
    """Run an example; return, per step that is listed, the step, the listed value, the real one, and whether they agree in every digit that is listed."""
    lrs = trace.eager(build(trace.sgd(base_lr)), max(listed) + 1)[:, 0]
    return [(step, says, float(lrs[step]), _agrees(says, float(lrs[step]))) for step, says in listed.items()]


def _agrees(listed: float, real: float) -> bool:
    digits = len(repr(listed).partition(".")[2])
    return round(real, digits) == listed or math.floor(real * 10**digits) == listed * 10**digits
