"""Try every scheduler in every place inside another: which nestings OneFlow allows, and when and how it refuses the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from lrdoc.checks import check
from lrdoc.describe import entry
from lrdoc.describe.schedule import Schedule

STEPS, MILESTONE = 12, 5


def _sequential(*children: Schedule) -> Schedule:
    return Schedule("sequential_lr", {"schedulers": list(children), "milestones": [MILESTONE]})


def _warmup(child: Schedule, **arguments: Any) -> Schedule:
    return Schedule(
        "warmup_lr", {"scheduler_or_optimizer": child, "warmup_factor": 0.1, "warmup_iters": MILESTONE, **arguments}
    )


def _chained(*children: Schedule) -> Schedule:
    return Schedule("chained_scheduler", {"schedulers": list(children)})


_OTHER = Schedule("exponential_lr", {"gamma": 0.9})

PLACES: Mapping[str, Callable[[Schedule], Schedule]] = {
    "SequentialLR([·, …])": lambda child: _sequential(child, _OTHER),
    "SequentialLR([…, ·])": lambda child: _sequential(_OTHER, child),
    "WarmupLR(·)": _warmup,
    "WarmupLR(·, warmup_prefix=True)": lambda child: _warmup(child, warmup_prefix=True),
    'WarmupLR(·, warmup_method="constant")': lambda child: _warmup(child, warmup_method="constant"),
    "ChainedScheduler([·, …])": lambda child: _chained(child, _OTHER),
    "ChainedScheduler([…, ·])": lambda child: _chained(_OTHER, child),
}
"""The places that a scheduler can take inside another, as they are shown: ``·`` stands for it."""


def attempt(child: str, place: str, mode: str) -> dict[str, Any]:
    """Run the first preset of ``child`` in ``place``, in mode "eager" or "graph"; return what ``check.attempt`` returns.

    The milestone, or the end of the warmup, is step ``MILESTONE``.
    A run that is not refused is compared with the closed form, in Graph mode within the rounding of its 32-bit floats; raises ``AssertionError`` where they differ.
    """
    schedule = PLACES[place](entry.get(child).presets[0].schedule)
    report = check.attempt(schedule, STEPS, 1.0, mode)
    if "error" not in report:
        expected = [float(schedule.exact(1.0, at)) for at in range(STEPS)]
        close = np.allclose(report["lrs"], expected, rtol=1e-12, atol=1e-6 if mode == "graph" else 0)
        assert close, f"{schedule.code()} is not what its parts make"
    return report
