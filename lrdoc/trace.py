"""Run a real OneFlow scheduler and return the learning rates it used.

Every function returns a float64 array of shape ``(steps, groups)``: row ``t`` holds, for each param group of the optimizer, the learning rate that update ``t`` used.
Updates are counted from 0; a step is one call of ``scheduler.step()``, never a second or an epoch.
"""

from __future__ import annotations

import itertools
import operator
from typing import TYPE_CHECKING, Any, Callable, Sequence

import numpy as np
import oneflow as flow
from numpy.typing import NDArray
from oneflow.optim.lr_scheduler import ReduceLROnPlateau, _LRScheduler

if TYPE_CHECKING:
    from typing import SupportsIndex, TypeAlias

Scheduler: TypeAlias = Any
"""An instance of OneFlow's ``LRScheduler`` or ``ReduceLROnPlateau`` (OneFlow ships no types)."""

Optimizer: TypeAlias = Any
Build: TypeAlias = Callable[[Optimizer], Scheduler]
LearningRates: TypeAlias = NDArray[np.float64]


def sgd(*base_lrs: float) -> Optimizer:
    """Return the smallest real optimizer: an SGD with one param group, of one weight, per base learning rate."""
    return flow.optim.SGD([{"params": [flow.nn.Parameter(flow.zeros(1))], "lr": lr} for lr in base_lrs or (0.1,)])


def eager(scheduler: Scheduler, steps: SupportsIndex, metrics: Sequence[float] | None = None) -> LearningRates:
    """Step ``scheduler`` as an eager training loop would.

    The first row is the learning rate that the optimizer holds now: after construction, that of step 0.
    ``metrics`` is the series given to ``ReduceLROnPlateau``, one value per step; ``metrics[t]`` acts from row ``t + 1`` on.

    Raises ``TypeError`` for a scheduler that is not OneFlow's or a step count that is not an integer, and ``ValueError`` for a step count below 1 or metrics that are missing, superfluous or of another length.
    """
    count = _checked_steps(steps)
    _check_scheduler(scheduler)
    _check_metrics(scheduler, metrics, count)
    # starmap calls step() without a line of Python between: the trace then costs hardly more than the bare loop.
    arguments = itertools.repeat((), count - 1) if metrics is None else zip(metrics[: count - 1])
    calls = itertools.chain([None], itertools.starmap(scheduler.step, arguments))
    # The dict that a param group keeps its learning rate in, and that the optimizer reads through group["lr"]; reading it here skips that Python method.
    options = [group.options for group in scheduler.optimizer.param_groups]
    lrs = [of_group["lr"] for _ in calls for of_group in options]
    return np.array(lrs, dtype=np.float64).reshape(count, -1)


def graph(build: Build, steps: SupportsIndex, base_lr: float = 0.1) -> LearningRates:
    """Return what ``nn.Graph`` applies with the scheduler that ``build`` makes on a given optimizer; see ``graphs``."""
    return graphs([build], steps, [base_lr])


def graphs(builds: Sequence[Build], steps: SupportsIndex, base_lrs: Sequence[float]) -> LearningRates:
    """Train in Graph mode, each scheduler on an optimizer of its own, and return what the weights really moved by.

    Column ``i`` belongs to ``builds[i]`` with initial learning rate ``base_lrs[i]``.
    The values are what Graph mode computes with, 32-bit floats.
    ``builds`` are called again where a learning rate is not finite.

    Raises ``TypeError`` or ``ValueError`` as ``eager`` does, and what OneFlow raises for a scheduler that Graph mode does not support; some arguments abort the process instead, so code that tries unknown ones runs in a child (``lrdoc.running.worker``).
    """
    count = _checked_steps(steps)
    if not len(builds) == len(base_lrs) > 0:
        raise ValueError(f"each scheduler needs a base learning rate; got {len(builds)} and {len(base_lrs)}")
    lrs = _read_in_spans(builds, count, base_lrs, min(count, _SPAN))
    # NaN and infinity times a gradient of 0 are NaN: such a learning rate spoils what the other steps of its span left.
    return lrs if np.isfinite(lrs).all() else _read_in_spans(builds, count, base_lrs, 1)


_SPAN = 1000
# A weight's element t has gradient 1 at step t and 0 elsewhere, so it ends at minus the learning rate of step t.
# The weights are read once per span: reading a tensor after every call of a graph crashes OneFlow 0.9.0 in long runs.


def _read_in_spans(builds: Sequence[Build], count: int, base_lrs: Sequence[float], span: int) -> LearningRates:
    """Train for ``count`` steps, and read and clear the weights after every ``span`` of them."""
    model = _Weights(span, len(builds))
    training = _Training(model, builds, base_lrs)
    one_hots = [flow.tensor(row) for row in np.eye(span, dtype=np.float32)]
    spans = [_moved(training, model, one_hots) for _ in range(-(-count // span))]
    return np.concatenate(spans)[:count]


class _Weights(flow.nn.Module):  # type: ignore[misc]  # OneFlow ships no types
    def __init__(self, span: int, count: int) -> None:
        super().__init__()
        self.names = [f"weight_{index}" for index in range(count)]
        for name in self.names:
            self.register_parameter(name, flow.nn.Parameter(flow.zeros(span)))

    def forward(self, one_hot: Any) -> Any:
        # Only access by name gives Graph mode the parameters that it can trace.
        # One product for all weights: a graph's time goes by the number of its operations.
        return (flow.stack([getattr(self, name) for name in self.names]) * one_hot).sum()


class _Training(flow.nn.Graph):  # type: ignore[misc]
    def __init__(self, model: _Weights, builds: Sequence[Build], base_lrs: Sequence[float]) -> None:
        super().__init__()
        self.model = model
        for weight, build, lr in zip(model.parameters(), builds, base_lrs):
            optimizer = flow.optim.SGD([weight], lr=lr)
            scheduler = build(optimizer)
            _check_scheduler(scheduler)
            self.add_optimizer(optimizer, lr_sch=scheduler)

    def build(self, one_hot: Any) -> Any:
        loss = self.model(one_hot)
        loss.backward()
        return loss


def _moved(training: _Training, model: _Weights, one_hots: Sequence[Any]) -> LearningRates:
    for one_hot in one_hots:
        training(one_hot)
    moved: LearningRates = -np.stack([weight.numpy() for weight in model.parameters()], axis=1).astype(np.float64)
    for weight in model.parameters():
        weight.data.zero_()
    return moved


def _checked_steps(steps: SupportsIndex) -> int:
    if isinstance(steps, bool) or not hasattr(steps, "__index__"):
        raise TypeError(f"steps must be an integer, the number of updates to trace; got {steps!r}")
    count = operator.index(steps)
    if count < 1:
        raise ValueError(f"steps must be at least 1; got {count}")
    return count


def _check_scheduler(scheduler: Scheduler) -> None:
    if not isinstance(scheduler, (_LRScheduler, ReduceLROnPlateau)):
        raise TypeError(
            f"scheduler must be an instance of a class of oneflow.optim.lr_scheduler; got {type(scheduler).__module__}.{type(scheduler).__qualname__}"
        )


def _check_metrics(scheduler: Scheduler, metrics: Sequence[float] | None, steps: int) -> None:
    needed = isinstance(scheduler, ReduceLROnPlateau)
    if needed and metrics is None:
        raise ValueError("ReduceLROnPlateau acts on a metric: pass metrics, one number per step")
    if not needed and metrics is not None:
        raise ValueError(f"{type(scheduler).__name__} takes no metric: leave metrics out")
    if metrics is not None and not hasattr(metrics, "__len__"):
        raise TypeError(f"metrics must be a sequence, one number per step; got {type(metrics).__name__}")
    if metrics is not None and len(metrics) != steps:
        raise ValueError(f"metrics must hold one number per step; got {len(metrics)} for {steps} steps")
