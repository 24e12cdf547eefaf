"""A schedule laid over a training: how long it is, how often the scheduler steps, and which learning rate every iteration uses.

An *iteration* is one update of the weights on one batch; a *step* is one call of ``scheduler.step()``, after every iteration or after every epoch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from lrdoc import trace
from lrdoc.describe import sample
from lrdoc.describe.recipe import Recipe
from lrdoc.describe.schedule import Schedule
from lrdoc.practice import constructor, graph_rates, parts
from lrdoc.practice.by_name import LAYERWISE, PLATEAU
from lrdoc.practice.refusal import named_reason, reason_of
from lrdoc.running import worker
from lrdoc.running.piece import Piece

if TYPE_CHECKING:
    from lrdoc.practice.layers import Layer

StepPer: TypeAlias = Literal["iteration", "epoch"]
DRIVEN = ("reduce_lr_on_plateau", PLATEAU)
"""What follows a metric."""

MOST_ITERATIONS = 20_000_000
"""The longest training: its schedule is run before it begins, which takes half a minute for this many."""


@dataclass(frozen=True)
class Plan:
    """The schedule that ``code`` constructs, over ``epochs`` of ``iterations_per_epoch`` iterations.

    ``layers`` are those of the model, where each has a learning rate of its own; the last has ``base_lr``.
    """

    code: str
    base_lr: float
    epochs: int
    iterations_per_epoch: int
    step_per: StepPer = "iteration"
    layers: tuple[Layer, ...] = ()

    @property
    def iterations(self) -> int:
        """How many updates the training makes."""
        return self.epochs * self.iterations_per_epoch

    @property
    def steps_per_epoch(self) -> int:
        """How many steps the scheduler makes in one epoch."""
        return self.iterations_per_epoch if self.step_per == "iteration" else 1

    @property
    def steps(self) -> int:
        """How many steps the scheduler makes in the training."""
        return self.epochs * self.steps_per_epoch

    @property
    def names(self) -> dict[str, int]:
        """The numbers that the code may name."""
        return {"steps_per_epoch": self.steps_per_epoch, "epochs": self.epochs, "total_steps": self.steps}

    @cached_property
    def whole(self) -> Schedule:
        """All that the code says, how the layers differ among it; raises ``ValueError`` where it can't be read."""
        return constructor.read(self.code, self.names)

    @property
    def schedule(self) -> Schedule:
        """What moves the learning rates; raises ``ValueError`` where the code can't be read."""
        return self.whole if self.layer_decay is None else self.whole.children[0]

    @property
    def layer_decay(self) -> float | None:
        """By which factor the learning rate of a layer is smaller than that of the next; ``None`` where all have the same."""
        return float(parts.given(self.whole)["decay"]) if self.whole.name == LAYERWISE else None

    @property
    def follows_a_metric(self) -> bool:
        """Whether the learning rate depends on how the training goes."""
        return self.schedule.name in DRIVEN

    def lrs(self) -> trace.LearningRates:
        """Return the learning rate of every iteration, shape ``(iterations,)``, by running the real scheduler.

        A schedule that follows a metric is shown as it is for one that never gets better, the earliest that it can fall.
        Raises ``ValueError`` with what OneFlow says where it refuses the schedule.
        """
        return np.repeat(self.step_lrs, self.iterations // self.steps)

    @cached_property
    def step_lrs(self) -> trace.LearningRates:
        """The learning rate of every step of the scheduler, shape ``(steps,)``; raises ``ValueError`` as `lrs` does."""
        if self.iterations > MOST_ITERATIONS:
            raise ValueError(
                f"a training of {self.iterations:,} iterations is longer than the {MOST_ITERATIONS:,} that are followed here"
            )
        return traced(self.schedule, self.base_lr, self.steps)

    @cached_property
    def layer_lrs(self) -> trace.LearningRates:
        """The learning rate of every step in each of the layers, shape ``(steps, layers)``; raises ``ValueError`` as `lrs` does."""
        return traced_together(self.schedule, [layer.base_lr for layer in self.layers], self.steps)


def per_epoch(images: int, batch_size: int) -> int:
    """Return how many whole batches an epoch over so many images has; raise ``ValueError`` if it has none."""
    if batch_size > images:
        raise ValueError(f"a batch of {batch_size} is larger than the {images} training images")
    return images // batch_size


def traced(schedule: Schedule, base_lr: float, steps: int) -> trace.LearningRates:
    """Return the learning rates of ``steps`` steps, shape ``(steps,)``; raise ``ValueError`` where OneFlow refuses."""
    return traced_together(schedule, [base_lr], steps)[:, 0]


def traced_together(schedule: Schedule, base_lrs: Sequence[float], steps: int) -> trace.LearningRates:
    """Return the learning rates of ``steps`` steps in a param group for each of ``base_lrs``; raise ``ValueError`` where OneFlow refuses."""
    metrics = [0.0] * steps if schedule.name in DRIVEN else None
    try:
        lrs: trace.LearningRates = trace.eager(schedule.build(trace.sgd(*base_lrs)), steps, metrics)
    except constructor.FunctionError:
        raise
    except Exception as error:
        raise ValueError(f"OneFlow refuses the schedule: {reason_of(error)}{_misplaced(schedule)}") from error
    if not np.isfinite(lrs).all():
        raise ValueError(
            f"the learning rate of step {int(np.argwhere(~np.isfinite(lrs))[0][0])} is not a finite number"
        )
    return lrs


def _misplaced(schedule: Schedule) -> str:
    """Return which scheduler stands inside another that can't contain it; nothing where none does."""
    for child in schedule.children:
        if not sample.nestable(child.entry):
            inner, outer = child.entry.cls.__name__, schedule.entry.cls.__name__
            return f"; {inner} can't stand inside {outer}, as it computes no learning rate from a base and a step"
        if inside := _misplaced(child):
            return inside
    return ""


LONGEST_TRIAL = 200
"""The most steps that a schedule is tried for in a real graph; all further ones are computed."""


def refusal_in_graph(plan: Plan, cache: Path | None = None) -> str | None:
    """Return why Graph mode can't train by this plan, or ``None``.

    OneFlow itself is asked, in a child process, as some arguments end the process; what came of it is kept in ``cache``, for the trainings that are resumed.
    A schedule that both modes accept must have the same learning rates in both, at every step of the training.
    """
    if plan.step_per == "epoch":
        return (
            "Graph mode steps the scheduler at every iteration: count the schedule in iterations (--step-per iteration)"
        )
    steps = min(plan.steps, LONGEST_TRIAL)
    trial = _TRIAL.format(code=plan.code, names=plan.names, lr=plan.base_lr, steps=steps)
    (outcome,) = worker.run([Piece.importing(trial)], cache=cache)
    if outcome.error:
        return f"Graph mode ends the process with this schedule: {outcome.message}. Train with --mode eager"
    if "error" in outcome.result:
        why = named_reason(outcome.result["error"], outcome.result["message"])
        return f"Graph mode refuses {plan.code}, at {outcome.result['when']}: {why}. {_instead(plan.schedule)}"
    return _departure(plan, np.array(outcome.result["lrs"], dtype=np.float64))


def _instead(schedule: Schedule) -> str:
    """Return what to do where Graph mode refuses a schedule."""
    if _is_of_a_function(schedule):
        return (
            "A graph takes no function of the step: train with --mode eager, or give a graph of your own "
            "recipes.in_graph(scheduler, steps=...), which makes a table of it"
        )
    if any(isinstance(value, float) for _, _, value in parts.numbers(schedule)):
        return "A graph takes whole numbers as int alone, as // and int(...) give them"
    return "Train with --mode eager"


def _is_of_a_function(schedule: Schedule) -> bool:
    entry = schedule.entry
    return entry.graph == "table" if isinstance(entry, Recipe) else schedule.name == "lambda_lr"


_TRIAL = """
from lrdoc.checks.attempt import attempt
from lrdoc.practice import constructor, graph_rates
from lrdoc.practice.refusal import named_reason, reason_of

result = attempt(constructor.read({code!r}, {names!r}).build, {steps}, {lr!r}, "graph")
"""


def _departure(plan: Plan, tried: trace.LearningRates) -> str | None:
    """Return where the learning rates of Graph mode leave those of eager mode, in any of the layers; ``tried`` are the first that a real graph used with the base learning rate."""
    last = (plan.base_lr, plan.step_lrs, tried, "")
    others = (
        (layer.base_lr, plan.layer_lrs[:, at], plan.step_lrs[:0], f" of layer {layer.name}")
        for at, layer in enumerate(plan.layers[:-1])
    )
    return next(filter(None, (_departure_from(plan, *each) for each in (last, *others))), None)


def _departure_from(
    plan: Plan, base_lr: float, eager: trace.LearningRates, tried: trace.LearningRates, where: str
) -> str | None:
    try:
        graph = graph_rates.of(plan.schedule.build(trace.sgd(base_lr)), base_lr, plan.steps)
    except graph_rates.EndsProcessError as error:
        return f"Graph mode ends the process with this schedule{where and f' and the learning rate{where}'}, {error}. Train with --mode eager"
    used = np.concatenate([tried, graph[len(tried) :]])
    apart = np.flatnonzero(~np.isclose(eager, used, rtol=1e-4, atol=1e-6 * np.abs(eager).max()))
    if not len(apart):
        return None
    first = int(apart[0])
    return (
        f"Graph mode uses other learning rates than eager mode for {plan.code}, at {len(apart):,} of {plan.steps:,} steps{where}, "
        f"first at step {first}: {used[first]:.6g} instead of {eager[first]:.6g}. Train with --mode eager"
    )
