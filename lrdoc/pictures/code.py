"""A schedule as the lines of code that a picture has room for."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPENING, _CLOSING = "([{", ")]}"


def training_loop(call: str, base_lr: float, metric: bool, width: int = 60) -> list[str]:
    """Return a training loop around a scheduler's constructor call, in lines of at most ``width`` characters where it can be broken."""
    step = "scheduler.step(metric)" if metric else "scheduler.step()"
    return [
        f"optimizer = SGD(parameters, lr={base_lr:g})",
        *broken(f"scheduler = {call}", width),
        "for batch in batches:",
        "    train(batch)",
        f"    {step}",
    ]


def broken(code: str, width: int, indent: int = 0) -> list[str]:
    """Return a call, or a list, in lines: where it is longer than ``width``, each of its parts has a line of its own, broken likewise."""
    line = " " * indent + code
    found = re.fullmatch(r"([^(\[]*[(\[])(.*)([)\]],?)", code)
    if len(line) <= width or found is None:
        return [line]
    head, inner, end = found.groups()
    parts = [part for each in _parts(inner) for part in broken(each, width, indent + 4)]
    return [" " * indent + head, *parts, " " * indent + end]


def _parts(code: str) -> Iterator[str]:
    """Yield what stands between the brackets of a call or a list, each part but the last with its comma."""
    depth = begin = 0
    for at, sign in enumerate(code):
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if sign == "," and depth == 0:
            yield code[begin : at + 1].strip()
            begin = at + 1
    yield code[begin:].strip()
