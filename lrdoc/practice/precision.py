"""Mixed precision: the forward pass in 16-bit floats where that is safe, and a loss scale that keeps small gradients from vanishing.

OneFlow 0.9 has ``flow.amp.autocast`` for eager mode, but its ``GradScaler`` serves Graph mode alone; ``LossScale`` does for eager mode what PyTorch's does.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

import oneflow as flow

FIRST_SCALE, GROWTH, GROWTH_INTERVAL = 2.0**16, 2.0, 2000


def forward() -> AbstractContextManager[None]:
    """Return the context in which the forward pass computes in half precision; it needs CUDA."""
    context: AbstractContextManager[None] = flow.amp.autocast("cuda", dtype=flow.float16)
    return context


class LossScale:
    """A factor on the loss: halved when a gradient overflows, which skips the update, and doubled after 2,000 updates without that."""

    def __init__(self) -> None:
        self._scale, self._good = FIRST_SCALE, 0
        self.skipped = 0

    def scaled(self, loss: Any) -> Any:
        """Return the loss whose gradients are to be computed."""
        return loss * self._scale

    def unscale(self, parameters: Iterable[Any]) -> bool:
        """Divide the gradients by the scale, adapt the scale, and tell whether the gradients are finite, so that the update may be made."""
        gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
        with flow.no_grad():
            for gradient in gradients:
                gradient.mul_(1 / self._scale)
            # A sum is finite only if all that it adds up is: one number to wait for.
            total = flow.stack([(gradient * 0).sum() for gradient in gradients]).sum()
        finite = bool(total.item() == 0)
        self._adapt(finite)
        return finite

    def _adapt(self, finite: bool) -> None:
        if not finite:
            self._scale, self._good, self.skipped = self._scale / GROWTH, 0, self.skipped + 1
            return
        self._good += 1
        if self._good == GROWTH_INTERVAL:
            self._scale, self._good = self._scale * GROWTH, 0

    def state(self) -> dict[str, Any]:
        """Return the scale, and what decides when it changes."""
        return {"scale": self._scale, "good": self._good, "skipped": self.skipped}

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a state."""
        self._scale, self._good, self.skipped = state["scale"], state["good"], state["skipped"]
