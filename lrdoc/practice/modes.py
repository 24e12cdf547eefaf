"""One update of the weights, in eager and in Graph mode, behind the same five methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import oneflow as flow
from flowvision.loss.cross_entropy import SoftTargetCrossEntropy

from lrdoc.practice import accumulation, precision, processes
from lrdoc.trace import Optimizer, Scheduler


@dataclass(frozen=True)
class Update:
    """What came of one update: the loss of its batch; the norm of the gradient before it was clipped, where it was; and whether the update was skipped, as its gradient had overflowed.

    Loss and norm are tensors, which may still be under way.
    """

    loss: Any
    gradient_norm: Any | None = None
    skipped: bool = False


class Training(Protocol):
    """A model in training."""

    def lrs(self) -> list[float]:
        """Return the learning rate that the next update will use in each param group."""

    def update(self, images: Any, targets: Any) -> Update:
        """Update the weights on one batch, without waiting for it."""

    def step(self, metric: float | None = None) -> None:
        """Step the scheduler, with a metric where it asks for one."""

    def state(self) -> dict[str, Any]:
        """Return everything that the next updates depend on."""

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a state."""


@dataclass(frozen=True)
class Gradient:
    """How the gradient of a batch is computed and applied: in how many parts, clipped to which norm, in mixed precision or not."""

    parts: int = 1
    max_norm: float | None = None
    mixed_precision: bool = False


class Eager:
    """Training in eager mode, on one process or several."""

    def __init__(
        self, model: Any, optimizer: Optimizer, scheduler: Scheduler, gradient: Gradient | None = None
    ) -> None:
        self._model, self._optimizer, self._scheduler = model, optimizer, scheduler
        self._parallel = processes.parallel(model)
        self._loss = SoftTargetCrossEntropy()
        self._gradient = gradient or Gradient()
        self._parameters = list(model.parameters())
        self._loss_scale = precision.LossScale() if self._gradient.mixed_precision else None

    def lrs(self) -> list[float]:
        """Return them from where the optimizer reads them."""
        return [float(group["lr"]) for group in self._optimizer.param_groups]

    def update(self, images: Any, targets: Any) -> Update:
        """Run forward and backward pass and the optimizer."""
        loss = self._backward(images, targets)
        finite = self._loss_scale is None or self._loss_scale.unscale(self._parameters)
        norm = None
        if finite:
            if self._gradient.max_norm is not None:
                norm = flow.nn.utils.clip_grad_norm_(self._parameters, self._gradient.max_norm)
            self._optimizer.step()
        self._optimizer.zero_grad()
        return Update(loss, norm, skipped=not finite)

    def _backward(self, images: Any, targets: Any) -> Any:
        """Add up the gradients of all parts of the batch; return its loss."""
        if self._gradient.parts == 1:
            loss = self._forward(images, targets)
            self._scaled(loss).backward()
            return loss.detach()
        losses = []
        for some_images, some_targets, share in accumulation.parts(images, targets, self._gradient.parts):
            loss = self._forward(some_images, some_targets) * share
            self._scaled(loss).backward()
            losses.append(loss.detach())
        return flow.stack(losses).sum()

    def _forward(self, images: Any, targets: Any) -> Any:
        if self._loss_scale is None:
            return self._loss(self._parallel(images), targets)
        with precision.forward():
            scores = self._parallel(images)
        return self._loss(scores.float(), targets)

    def _scaled(self, loss: Any) -> Any:
        return loss if self._loss_scale is None else self._loss_scale.scaled(loss)

    def step(self, metric: float | None = None) -> None:
        """Step the scheduler."""
        self._scheduler.step(*([] if metric is None else [metric]))

    def state(self) -> dict[str, Any]:
        """Return the states of model, optimizer, scheduler and loss scale."""
        parts = {"model": self._model, "optimizer": self._optimizer, "scheduler": self._scheduler}
        states = {name: part.state_dict() for name, part in parts.items()}
        return states if self._loss_scale is None else {**states, "loss_scale": self._loss_scale.state()}

    def load(self, state: dict[str, Any]) -> None:
        """Load the states."""
        self._model.load_state_dict(state["model"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._scheduler.load_state_dict(state["scheduler"])
        if self._loss_scale is not None:
            self._loss_scale.load(state["loss_scale"])


class Graph:
    """Training in Graph mode, in which the schedule and its counter are part of the graph."""

    def __init__(self, model: Any, optimizer: Optimizer, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._graph = _Graph(model, optimizer, scheduler)

    def lrs(self) -> list[float]:
        """Return them from the scheduler in Python, which is stepped beside the graph for this purpose alone."""
        return [float(lr) for lr in self._scheduler.get_last_lr()]

    def update(self, images: Any, targets: Any) -> Update:
        """Call the graph: forward, backward, optimizer and scheduler."""
        return Update(self._graph(images, targets))

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


def optimizer(name: str, parameters: Any, lr: float, momentum: float, weight_decay: float) -> Optimizer:
    """Return SGD with Nesterov momentum, or AdamW, over parameters or param groups."""
    if name == "adamw":
        return flow.optim.AdamW(parameters, lr=lr, weight_decay=weight_decay)
    return flow.optim.SGD(parameters, lr=lr, momentum=momentum, weight_decay=weight_decay, nesterov=momentum > 0)
