"""Run a recipe as it is often used by mistake, and see what the learning rate becomes."""

from __future__ import annotations

from typing import Any

import numpy as np
from oneflow.optim.lr_scheduler import SequentialLR

from lrdoc import trace
from lrdoc.describe.recipe import Recipe
from lrdoc.describe.schedule import Schedule

BATCHES = 10
"""How many batches an epoch has where lengths count epochs and ``step()`` is called after every batch."""


def look(recipe: Recipe) -> dict[str, Any]:
    """Return what becomes of a recipe's first preset where it is used wrongly.

    ``updates`` is how many a training has in which the preset's steps count epochs of ``BATCHES`` batches; ``spent`` is at how many of them, those at the end, the learning rate does not move any more, and ``rest`` is that learning rate; with ``spent`` 0 it moves until the end, and ``low`` is at how many updates at the end it is below a hundredth of its highest.
    ``first`` is the learning rate of the first update.
    ``joint`` is, for parts that a ``SequentialLR`` joins, what the other ``interval_rescaling`` does: the first ``step`` at which the learning rate is another, the ``right`` one, the ``wrong`` one, and the ``flag`` that the recipe gives; ``None`` for a recipe without a joint.
    """
    preset = recipe.presets[0]
    updates = BATCHES * (preset.steps - 1)
    lrs = trace.eager(_scheduler(recipe), updates)[:, 0]
    spent = _trailing(lrs == lrs[-1])
    return {
        "updates": updates,
        "spent": spent if spent > 1 else 0,
        "rest": float(lrs[-1]),
        "low": _trailing(lrs < lrs.max() / 100),
        "first": float(lrs[0]),
        "joint": _joint(recipe),
    }


def _scheduler(recipe: Recipe) -> trace.Scheduler:
    return Schedule.preset(recipe).build(trace.sgd(recipe.presets[0].base_lr))


def _trailing(flags: Any) -> int:
    """Return how many flags at the end are set."""
    return int(np.cumprod(flags[::-1]).sum())


def _joint(recipe: Recipe) -> dict[str, Any] | None:
    scheduler = _scheduler(recipe)
    if not isinstance(scheduler, SequentialLR):
        return None
    flag = scheduler.interval_rescaling[0]
    apart = _scheduler(recipe)
    other = SequentialLR(apart.optimizer, apart.schedulers, apart.milestones, interval_rescaling=not flag)
    steps = recipe.presets[0].steps
    right, wrong = trace.eager(scheduler, steps)[:, 0], trace.eager(other, steps)[:, 0]
    step = int(np.argmax(~np.isclose(right, wrong, rtol=1e-9, atol=0)))
    return {"step": step, "right": float(right[step]), "wrong": float(wrong[step]), "flag": flag}
