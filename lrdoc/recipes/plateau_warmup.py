"""Linear warmup, then ``ReduceLROnPlateau``: the learning rate falls when the loss has stopped getting better."""

from __future__ import annotations

import math
from typing import Any

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LinearLR, ReduceLROnPlateau


class PlateauAfterWarmup(ReduceLROnPlateau):  # type: ignore[misc]  # OneFlow ships no types
    """Steps a warmup to its end, then follows the metric; its state holds both."""

    def __init__(
        self, warmup: LinearLR, factor: float = 0.1, patience: int = 10, cooldown: int = 0, **more: float
    ) -> None:
        super().__init__(warmup.optimizer, factor=factor, patience=patience, cooldown=cooldown, **more)
        self.warmup = warmup

    def step(self, metrics: float) -> None:
        """Step the warmup, or the other once it is over."""
        if self.warmup.last_step < self.warmup.total_iters:
            self.warmup.step()
        else:
            super().step(metrics)

    def state_dict(self) -> dict[str, Any]:
        """Return what both go on from."""
        return {**super().state_dict(), "warmup": self.warmup.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a state of both."""
        self.warmup.load_state_dict(state["warmup"])
        super().load_state_dict({**state, "warmup": self.warmup})


def plateau_warmup(
    optimizer: Optimizer,
    *,
    warmup_steps: int = 5,
    start_factor: float = 0.2,
    factor: float = 0.1,
    patience: int = 10,
    threshold: float = 1e-4,
    cooldown: int = 0,
    min_lr: float = 0.0,
) -> PlateauAfterWarmup:
    """Rise linearly to the optimizer's learning rate, then multiply it with a factor whenever the metric has stopped falling.

    Give every ``step()`` the metric, in the warmup too: the validation loss after each epoch, as a rule.
    ``warmup_steps`` is how many steps the warmup takes, at least 0.
    ``start_factor`` is the part of the learning rate that it begins at, from 0 to 1.
    ``factor`` is what the learning rate is multiplied with at a cut, from 0 to below 1.
    ``patience`` is how many steps in a row may bring nothing before the next one that brings nothing cuts, at least 0.
    ``threshold`` is the part of the best metric, which has to be above 0, by more than which a new one has to be lower, from 0 to below 1.
    ``cooldown`` is how many steps after a cut do not count, at least 0.
    ``min_lr`` is the learning rate below which no cut goes, at least 0.

    Raises ``ValueError`` for an argument out of its range.
    """
    for name, count in (("warmup_steps", warmup_steps), ("patience", patience), ("cooldown", cooldown)):
        if not (hasattr(count, "__index__") and count >= 0):
            raise ValueError(f"{name} is an int of at least 0, not {count!r}")
    if not (hasattr(start_factor, "__float__") and 0 <= start_factor <= 1):
        raise ValueError(f"start_factor is a number from 0 to 1, not {start_factor!r}")
    for name, part in (("factor", factor), ("threshold", threshold)):
        if not (hasattr(part, "__float__") and 0 <= part < 1):
            raise ValueError(f"{name} is a number from 0 to below 1, not {part!r}")
    if not (hasattr(min_lr, "__float__") and 0 <= min_lr < math.inf):
        raise ValueError(f"min_lr is a number of at least 0, not {min_lr!r}")
    warmup = LinearLR(optimizer, start_factor=start_factor, end_factor=1.0, total_iters=warmup_steps)
    return PlateauAfterWarmup(warmup, factor, patience, cooldown, threshold=threshold, min_lr=min_lr)
