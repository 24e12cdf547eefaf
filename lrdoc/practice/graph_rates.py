"""The learning rates that Graph mode uses, computed without a graph: over a whole training in an instant, where a graph would take as long as a training.

The kernel of OneFlow 0.9.0 that computes them is a function of the step and of the settings that a scheduler gives to a graph.
This is that function in NumPy, read in its source and compared with real graphs by the tests.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from oneflow.core.job.job_conf_pb2 import OptimizerConf

from lrdoc.trace import LearningRates, Scheduler

Steps: TypeAlias = NDArray[np.int64]
Settings: TypeAlias = Any
"""The message of OneFlow's protocol that describes one scheduler (OneFlow ships no types)."""


class EndsProcessError(ValueError):
    """Graph mode would end the process at ``step``; the message says so, and ``why``."""

    def __init__(self, step: int, why: str) -> None:
        super().__init__(f"at step {step}: {why}")
        self.step, self.why = step, why


def of(scheduler: Scheduler, base_lr: float, steps: int) -> LearningRates:
    """Return the learning rates of ``steps`` updates in Graph mode, shape ``(steps,)``.

    Raises ``EndsProcessError`` where OneFlow's kernel would end the process, and what OneFlow raises for a scheduler that Graph mode does not support.
    """
    settings = OptimizerConf().learning_rate_decay
    scheduler._generate_conf_for_graph(settings)
    # A graph keeps the base learning rate and every result as a 32-bit float, and computes in between with 64 bits.
    with np.errstate(all="ignore"):
        lrs = _decayed(settings, float(np.float32(base_lr)), np.arange(steps, dtype=np.int64))
        return np.broadcast_to(lrs, steps).astype(np.float32).astype(np.float64)


def _decayed(settings: Settings, lr: float, at: Steps) -> NDArray[np.float64]:
    kind = settings.WhichOneof("type")
    if kind not in _KINDS:
        raise NotImplementedError(f"no scheduler of OneFlow 0.9.0 gives a graph {kind}")
    return np.asarray(_KINDS[kind](getattr(settings, kind), lr, at), dtype=np.float64)


def _require(holds: bool, at: Steps, what: str) -> None:
    if len(at) and not holds:
        raise EndsProcessError(int(at[0]), what)


def _constant(given: Settings, lr: float, at: Steps) -> Any:
    _require(0 <= given.factor <= 1, at, f"factor={given.factor:g} is not between 0 and 1")
    return np.where(at < given.total_iters, lr * given.factor, lr)


def _linear(given: Settings, lr: float, at: Steps) -> Any:
    for name in ("start_factor", "end_factor"):
        _require(0 <= getattr(given, name) <= 1, at, f"{name}={getattr(given, name):g} is not between 0 and 1")
    way = at.astype(np.float32).astype(np.float64) / np.float64(np.float32(given.total_iters))
    moving = given.start_factor + (given.end_factor - given.start_factor) * way
    return lr * np.where(at < given.total_iters, moving, given.end_factor)


def _step(given: Settings, lr: float, at: Steps) -> Any:
    _require(given.step_size >= 1, at, f"step_size={given.step_size} is below 1")
    return lr * given.gamma ** np.floor(at / given.step_size)


def _multi_step(given: Settings, lr: float, at: Steps) -> Any:
    _require(len(given.milestones) > 0, at, "there are no milestones")
    reached = np.searchsorted(np.array(given.milestones), at, side="right")
    return lr * np.float64(given.gamma) ** reached


def _polynomial(given: Settings, lr: float, at: Steps) -> Any:
    _require(given.decay_batches > 0, at, f"decay_batch={given.decay_batches} is not above 0")
    now, length = at.astype(np.float64), np.float64(given.decay_batches)
    if given.cycle:
        now = np.maximum(now, 1.0)
        length = length * np.ceil(now / length)
    else:
        now = np.minimum(now, length)
    return (lr - given.end_learning_rate) * (1 - now / length) ** given.power + given.end_learning_rate


def _cosine_decay(given: Settings, lr: float, at: Steps) -> Any:
    _require(given.decay_batches > 0, at, f"decay_steps={given.decay_batches} is not above 0")
    way = np.minimum(at, given.decay_batches) / given.decay_batches
    return lr * ((1 - given.alpha) * 0.5 * (1 + np.cos(np.pi * way)) + given.alpha)


def _cosine_annealing(given: Settings, lr: float, at: Steps) -> Any:
    _require(given.t_max > 0, at, f"T_max={given.t_max} is not above 0")
    _require(given.eta_min < lr, at[at > 0], f"eta_min={given.eta_min:g} is not below the base learning rate")
    annealed = given.eta_min + (lr - given.eta_min) * (1 + np.cos(np.pi * (at / given.t_max))) / 2
    return np.where(at == 0, lr, annealed)


def _warm_restarts(given: Settings, lr: float, at: Steps) -> Any:
    first, mult = given.t_initial, given.t_mult
    cycle, length = at // first, np.full(len(at), first)
    start = first * cycle
    if mult > 1:
        cycle = _logarithm(1 - at // first * (1 - mult), mult)
        grown = (np.float64(mult) ** cycle).astype(np.int64)
        length = grown * first
        start = np.floor((1 - grown) / (1 - mult) * first).astype(np.int64)
    annealed = (1 + np.cos(np.pi * (at - start) / length)) / 2
    lrs = given.eta_min + (lr * np.float64(given.decay_rate) ** cycle - given.eta_min) * annealed
    return np.where((given.restart_limit == 0) | (cycle < given.restart_limit), lrs, given.eta_min)


def _logarithm(numbers: Steps, base: int) -> Steps:
    """Return the logarithms, rounded down, with the rounding errors of the C library that the kernel calls: at a restart they decide."""
    distinct, where = np.unique(numbers, return_inverse=True)
    below = [math.floor(math.log(number) / math.log(base)) for number in distinct.tolist()]
    return np.array(below, dtype=np.int64)[where]


def _sequential(given: Settings, lr: float, at: Steps) -> Any:
    part, local = np.zeros(len(at), dtype=np.int64), at.copy()
    for index, milestone in enumerate(given.milestones):
        # A milestone after one that is not yet reached does not count.
        here = (part == index) & (at >= milestone)
        part[here] = index + 1
        if given.interval_rescaling[index]:
            local[here] = at[here] - milestone
    lrs = np.empty(len(at))
    for index, settings in enumerate(given.schedulers):
        own = np.flatnonzero(part == index)
        try:
            lrs[own] = _decayed(settings, lr, local[own])
        except EndsProcessError as error:  # it counts from where the part begins
            raise EndsProcessError(int(at[own[local[own] == error.step][0]]), error.why) from None
    return lrs


_KINDS: Mapping[str, Callable[[Settings, float, Steps], Any]] = {
    "constant_lr_conf": _constant,
    "linear_lr_conf": _linear,
    "step_conf": _step,
    "multi_step_conf": _multi_step,
    "polynomial_conf": _polynomial,
    "cosine_conf": _cosine_decay,
    "cosine_annealing_conf": _cosine_annealing,
    "cosine_annealing_warm_restarts_conf": _warm_restarts,
    "sequential_scheduler_conf": _sequential,
}
