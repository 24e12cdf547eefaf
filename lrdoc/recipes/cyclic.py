"""Cyclical learning rates: up and down in triangles, with a fading height if wished."""

from __future__ import annotations

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LambdaLR


def height_at(step: int, up: int, down: int, mode: str, gamma: float) -> float:
    """Return how high a step lies between the lowest learning rate, which is 0, and the highest, which is 1."""
    cycle, place = step // (up + down), step % (up + down)
    height = place / up if place <= up else (up + down - place) / down
    return height * {"triangular": 1.0, "triangular2": 0.5**cycle, "exp_range": gamma**step}[mode]


def cyclic(
    optimizer: Optimizer,
    *,
    step_size_up: int,
    step_size_down: int | None = None,
    min_lr_ratio: float = 0.1,
    mode: str = "triangular",
    gamma: float = 1.0,
) -> LambdaLR:
    """Rise from a part of the optimizer's learning rate to all of it and fall back, over and over; there is no end.

    ``step_size_up`` and ``step_size_down`` are how many updates the rise and the fall take, at least 1; the fall takes as many as the rise where it is left out.
    ``min_lr_ratio`` is the lowest learning rate as a part of the highest, from 0 to 1.
    ``mode`` is "triangular", "triangular2", which halves the height with every cycle, or "exp_range", which multiplies it by ``gamma`` with every step.
    ``gamma`` is a number above 0 and up to 1.

    Raises ``ValueError`` for an argument out of its range.
    """
    down = step_size_up if step_size_down is None else step_size_down
    if not (hasattr(step_size_up, "__index__") and step_size_up >= 1):
        raise ValueError(f"step_size_up is an int of at least 1, not {step_size_up!r}")
    if not (hasattr(down, "__index__") and down >= 1):
        raise ValueError(f"step_size_down is an int of at least 1, not {step_size_down!r}")
    if not (hasattr(min_lr_ratio, "__float__") and 0 <= min_lr_ratio <= 1):
        raise ValueError(f"min_lr_ratio is a number from 0 to 1, not {min_lr_ratio!r}")
    if mode not in ("triangular", "triangular2", "exp_range"):
        raise ValueError(f"mode is 'triangular', 'triangular2' or 'exp_range', not {mode!r}")
    if not (hasattr(gamma, "__float__") and 0 < gamma <= 1):
        raise ValueError(f"gamma is a number above 0 and up to 1, not {gamma!r}")

    def factor(step: int) -> float:
        return min_lr_ratio + (1 - min_lr_ratio) * height_at(step, step_size_up, down, mode, gamma)

    return LambdaLR(optimizer, factor)
