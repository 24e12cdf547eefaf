"""The exponential moving average of a model's weights, which is validated beside the weights themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import oneflow as flow


class Average:
    """The average of everything in the model's state that is a float: parameters, and the statistics of batch normalization.

    After update ``n``, counted from 0, the average keeps ``min(decay, (1 + n) / (10 + n))`` of itself: what it began with, the random weights, is forgotten even in a short training.
    """

    def __init__(self, model: Any, decay: float) -> None:
        self._decay, self._updates = decay, 0
        self._tensors = {
            name: tensor for name, tensor in model.state_dict().items() if tensor.dtype in (flow.float32, flow.float64)
        }
        self._averages = {name: tensor.detach().clone() for name, tensor in self._tensors.items()}

    def update(self) -> None:
        """Take in the weights as they are after an update."""
        kept = min(self._decay, (1 + self._updates) / (10 + self._updates))
        self._updates += 1
        with flow.no_grad():
            for name, average in self._averages.items():
                average.mul_(kept).add_(self._tensors[name].detach() * (1 - kept))

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Put the averages in the place of the model's weights, and the weights back."""
        weights = {name: tensor.detach().clone() for name, tensor in self._tensors.items()}
        self._put(self._averages)
        try:
            yield
        finally:
            self._put(weights)

    def _put(self, values: dict[str, Any]) -> None:
        with flow.no_grad():
            for name, tensor in self._tensors.items():
                tensor.copy_(values[name])

    def state(self) -> dict[str, Any]:
        """Return the averages and how many updates they have seen."""
        return {"averages": self._averages, "updates": self._updates}

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a state."""
        self._updates = state["updates"]
        with flow.no_grad():
            for name, average in self._averages.items():
                average.copy_(state["averages"][name])
