"""One update of the weights, in eager and in Graph mode, behind the same five methods."""

from __future__ import annotations

from typing import Any, Protocol

import oneflow as flow
from flowvision.loss.cross_entropy import SoftTargetCrossEntropy

from lrdoc.practice import processes
from lrdoc.trace import Optimizer, Scheduler


class Training(Protocol):
    """A model in training."""

    def lr(self) -> float:
        """Return the learning rate that the next update will use."""

    def update(self, images: Any, targets: Any) -> Any:
        """Update the weights on one batch; return its loss as a tensor, without waiting for it."""

    def step(self, metric: float | None = None) -> None:
        """Step the scheduler, with a metric where it asks for one."""

    def state(self) -> dict[str, Any]:
        """Return everything that the next updates depend on."""

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a state."""


class Eager:
    """Training in eager mode, on one process or several."""

    def __init__(self, model: Any, optimizer: Optimizer, scheduler: Scheduler) -> None:
        self._model, self._optimizer, self._scheduler = model, optimizer, scheduler
        self._parallel = processes.parallel(model)
        self._loss = SoftTargetCrossEntropy()

    def lr(self) -> float:
        """Return it from where the optimizer reads it."""
        return float(self._optimizer.param_groups[0]["lr"])

    def update(self, images: Any, targets: Any) -> Any:
        """Run forward and backward pass and the optimizer."""
        loss = self._loss(self._parallel(images), targets)
        loss.backward()
        self._optimizer.step()
        self._optimizer.zero_grad()
        return loss.detach()

    def step(self, metric: float | None = None) -> None:
        """Step the scheduler."""
        self._scheduler.step(*([] if metric is None else [metric]))

    def state(self) -> dict[str, Any]:
        """Return the states of model, optimizer and scheduler."""
        parts = {"model": self._model, "optimizer": self._optimizer, "scheduler": self._scheduler}
        return {name: part.state_dict() for name, part in parts.items()}

    def load(self, state: dict[str, Any]) -> None:
        """Load the three states."""
        self._model.load_state_dict(state["model"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._scheduler.load_state_dict(state["scheduler"])


class Graph:
    """Training in Graph mode, in which the schedule and its counter are part of the graph."""

    def __init__(self, model: Any, optimizer: Optimizer, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._graph = _Graph(model, optimizer, scheduler)

    def lr(self) -> float:
        """Return it from the scheduler in Python, which is stepped beside the graph for this purpose alone."""
        return float(self._scheduler.get_last_lr()[0])

    def update(self, images: Any, targets: Any) -> Any:
        """Call the graph: forward, backward, optimizer and scheduler."""
        return self._graph(images, targets)

    def step(self, metric: float | None = None) -> None:
        """Step the scheduler in Python; the graph has made its own step."""
        self._scheduler.step()

    def state(self) -> dict[str, Any]:
        """Return the state of the graph, which holds the counter of its schedule, and of the scheduler in Python."""
        return {"graph": self._graph.state_dict(), "scheduler": self._scheduler.state_dict()}

    def load(self, state: dict[str, Any]) -> None:
        """Load both; this must come before the first update."""
        self._graph.load_state_dict(state["graph"])
        self._scheduler.load_state_dict(state["scheduler"])


class _Graph(flow.nn.Graph):  # type: ignore[misc]  # OneFlow ships no types
    def __init__(self, model: Any, optimizer: Optimizer, scheduler: Scheduler) -> None:
        super().__init__()
        self.model, self.loss = model, SoftTargetCrossEntropy()
        self.add_optimizer(optimizer, lr_sch=scheduler)

    def build(self, images: Any, targets: Any) -> Any:
        loss = self.loss(self.model(images), targets)
        loss.backward()
        return loss


def optimizer(name: str, model: Any, lr: float, momentum: float, weight_decay: float) -> Optimizer:
    """Return SGD with Nesterov momentum, or AdamW."""
    if name == "adamw":
        return flow.optim.AdamW(model.parameters(), lr=lr, weight_decay=weight_decay)
    return flow.optim.SGD(
        model.parameters(), lr=lr, momentum=momentum, weight_decay=weight_decay, nesterov=momentum > 0
    )
