"""1cycle: up to a large learning rate, and down to a tiny one within one training."""

from __future__ import annotations

import math

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LambdaLR


def level(step: int, ends: list[float], levels: list[float], strategy: str) -> float:
    """Return how high a step lies that goes from each of the levels to the next, arriving there at ``ends``."""
    begin, phase = 0.0, 0
    while step > ends[phase]:
        begin, phase = ends[phase], phase + 1
    start, end, part = levels[phase], levels[phase + 1], (step - begin) / (ends[phase] - begin)
    if strategy == "linear":
        return start + (end - start) * part
    return end + (start - end) * (1 + math.cos(math.pi * part)) / 2


def one_cycle(
    optimizer: Optimizer,
    *,
    total_steps: int,
    pct_start: float = 0.3,
    anneal_strategy: str = "cos",
    div_factor: float = 25.0,
    final_div_factor: float = 1e4,
    three_phase: bool = False,
) -> LambdaLR:
    """Rise to the optimizer's learning rate, which is the peak, and fall far below where it began.

    ``total_steps`` is the number of updates of the training, at least 2; after it the learning rate stays.
    ``pct_start`` is the part of the training that the rise takes, above 1 / ``total_steps`` and below 1; up to 0.5 with ``three_phase``.
    ``anneal_strategy`` is "cos" for halves of a cosine, "linear" for lines.
    ``div_factor``, above 0, is the peak divided by the first learning rate.
    ``final_div_factor``, above 0, is the first learning rate divided by the last.
    ``three_phase`` falls to the first learning rate as long as it rose, and to the last from there.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(total_steps, "__index__") and total_steps >= 2):
        raise ValueError(f"total_steps is an int of at least 2, not {total_steps!r}")
    if not (hasattr(pct_start, "__float__") and 1 < pct_start * total_steps < total_steps):
        raise ValueError(f"pct_start is a number above 1 / total_steps and below 1, not {pct_start!r}")
    if three_phase not in (True, False):
        raise ValueError(f"three_phase is True or False, not {three_phase!r}")
    if three_phase and pct_start > 0.5:
        raise ValueError(f"pct_start is a number up to 0.5 where three_phase is True, not {pct_start!r}")
    if anneal_strategy not in ("cos", "linear"):
        raise ValueError(f"anneal_strategy is 'cos' or 'linear', not {anneal_strategy!r}")
    if not (hasattr(div_factor, "__float__") and 0 < div_factor < math.inf):
        raise ValueError(f"div_factor is a number above 0, not {div_factor!r}")
    if not (hasattr(final_div_factor, "__float__") and 0 < final_div_factor < math.inf):
        raise ValueError(f"final_div_factor is a number above 0, not {final_div_factor!r}")
    low, last = 1 / div_factor, 1 / div_factor / final_div_factor
    up = pct_start * total_steps - 1
    between, stop = ([2 * up], [low]) if three_phase else ([], [])
    ends, levels = [up, *between, total_steps - 1], [low, 1.0, *stop, last]

    return LambdaLR(optimizer, lambda step: level(min(step, total_steps - 1), ends, levels, anneal_strategy))
