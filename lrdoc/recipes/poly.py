"""Poly: a polynomial decay to 0 with the power 0.9, which segmentation models are trained with."""

from __future__ import annotations

import math

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import PolynomialLR


def poly(optimizer: Optimizer, *, total_steps: int, power: float = 0.9) -> PolynomialLR:
    """Fall from the optimizer's learning rate to 0, almost in a line.

    ``total_steps`` is the number of updates of the training, at least 1; after it the learning rate stays 0.
    ``power`` is the exponent, above 0.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(total_steps, "__index__") and total_steps >= 1):
        raise ValueError(f"total_steps is an int of at least 1, not {total_steps!r}")
    if not (hasattr(power, "__float__") and 0 < power < math.inf):
        raise ValueError(f"power is a number above 0, not {power!r}")
    return PolynomialLR(optimizer, total_steps, end_learning_rate=0.0, power=power)
