"""The learning rate of stochastic weight averaging (SWA): from wherever the training is to a constant one."""

from __future__ import annotations

import math

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LambdaLR


class Way:
    """The factors on the way from ``start`` to 1: an object, since ``LambdaLR`` saves its numbers, and a resumed training goes on from the same start."""

    def __init__(self, start: float, steps: int, strategy: str) -> None:
        self.start = start
        self.steps = steps
        self.strategy = strategy

    def __call__(self, step: int) -> float:
        """Return the factor of a step."""
        part = min(step / self.steps, 1.0) if self.steps else 1.0
        if self.strategy == "cos":
            part = (1 - math.cos(math.pi * part)) / 2
        return self.start + (1 - self.start) * part


def swalr(optimizer: Optimizer, *, swa_lr: float, anneal_steps: int = 10, anneal_strategy: str = "cos") -> LambdaLR:
    """Go from the learning rate that the optimizer has now to ``swa_lr``, which may be larger, and stay there.

    ``swa_lr`` is the learning rate at the end itself, above 0.
    ``anneal_steps`` is how many updates it takes to get there, at least 0; ``step()`` is called once an epoch as a rule.
    ``anneal_strategy`` is "cos" for half a cosine, "linear" for a line.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(swa_lr, "__float__") and 0 < swa_lr < math.inf):
        raise ValueError(f"swa_lr is a number above 0, not {swa_lr!r}")
    if not (hasattr(anneal_steps, "__index__") and anneal_steps >= 0):
        raise ValueError(f"anneal_steps is an int of at least 0, not {anneal_steps!r}")
    if anneal_strategy not in ("cos", "linear"):
        raise ValueError(f"anneal_strategy is 'cos' or 'linear', not {anneal_strategy!r}")

    ways = [Way(group["lr"] / swa_lr, anneal_steps, anneal_strategy) for group in optimizer.param_groups]
    for group in optimizer.param_groups:
        group["initial_lr"] = swa_lr  # what the factors multiply; it is never 0, and the learning rate may be
    return LambdaLR(optimizer, ways)
