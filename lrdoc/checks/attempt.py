"""Trace a scheduler that may be refused.

Many child processes run this, so it imports neither the descriptions nor SymPy.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from lrdoc import trace


def attempt(
    build: trace.Build, steps: int, base_lr: float, mode: str, metrics: Sequence[float] | None = None
) -> dict[str, Any]:
    """Trace what ``build`` makes of an optimizer, in ``mode`` "eager" or "graph".

    Returns ``lrs``, the learning rates up to the refusal if there is one; in that case also ``error``, ``message`` and ``when``: "construction", "step N" (the call of ``scheduler.step()`` that raised), "add_optimizer" or "first call".
    """
    lrs: list[Any] = []
    when = "construction"
    try:
        scheduler = build(trace.sgd(base_lr))
        if mode == "graph":
            when = "first call"
            lrs = trace.graph(build, steps, base_lr)[:, 0].tolist()
        else:
            for at in range(steps):
                lrs.append(scheduler.optimizer.param_groups[0]["lr"])
                when = f"step {at + 1}"
                scheduler.step(*(metrics[at : at + 1] if metrics else ()))
    except Exception as error:
        return {"lrs": _plain(lrs), "error": type(error).__name__, "message": str(error), "when": when}
    return {"lrs": _plain(lrs)}


def _plain(lrs: list[Any]) -> list[float | str]:
    """Return learning rates that JSON can hold: nonsense such as a complex number as its text."""
    return [float(lr) if isinstance(lr, (int, float)) and math.isfinite(lr) else str(lr) for lr in lrs]
