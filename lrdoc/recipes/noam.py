"""Noam, the schedule of the first Transformer: a linear warmup, then the inverse square root of the step, both scaled by the size of the model."""

from __future__ import annotations

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LambdaLR


def noam(optimizer: Optimizer, *, d_model: int, warmup_steps: int) -> LambdaLR:
    """Multiply the optimizer's learning rate, which is 1 in the paper, by d_model^-0.5 min(n^-0.5, n warmup_steps^-1.5); there is no end.

    ``d_model`` is the width of the model, at least 1.
    ``warmup_steps`` is how many updates the warmup takes, at least 1; update n of the paper, which counts from 1, is step n - 1.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(d_model, "__index__") and d_model >= 1):
        raise ValueError(f"d_model is an int of at least 1, not {d_model!r}")
    if not (hasattr(warmup_steps, "__index__") and warmup_steps >= 1):
        raise ValueError(f"warmup_steps is an int of at least 1, not {warmup_steps!r}")

    def factor(step: int) -> float:
        return float(d_model**-0.5 * min((step + 1) ** -0.5, (step + 1) * warmup_steps**-1.5))

    return LambdaLR(optimizer, factor)
