"""Compare what Graph mode applies with eager mode, over many parameter sets and a long run.

Schedules for which the two are known to differ are left out: they are caveats of the scheduler's own page.
"""

from __future__ import annotations

import random
import traceback
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from lrdoc import trace
from lrdoc.describe import sample
from lrdoc.describe.entry import Entry
from lrdoc.describe.schedule import Schedule

STEPS, LONG_STEPS = 130, 20_000
SETS, AT_ONCE = 120, 30

Pair: TypeAlias = tuple[Schedule, float]
"""A schedule and its base learning rate."""

_BASE_LR = (0.3, 3.0)
# Above every sampled eta_min: Graph mode aborts the process where CosineAnnealingLR's eta_min is above the base learning rate, and in some cases where the two are equal.


def compare(entry: Entry, inside: Collection[Entry] = ()) -> dict[str, Any]:
    """Compare the two modes over parameter sets of a scheduler; one that is composed draws its parts from ``inside``.

    Returns ``sets``, ``steps``, ``difference`` (the largest, relative to the base learning rate or to the learning rate itself where that is larger) and ``worst``; or, where Graph mode refuses the scheduler, ``error``, ``message`` and ``when``.
    """
    refusal = _refusal(entry)
    if refusal is not None:
        return refusal
    rng = random.Random(entry.name)
    pairs = [(sample.agreeing_in_graph(entry, rng, inside=inside), rng.uniform(*_BASE_LR)) for _ in range(SETS)]
    batches = [pairs[start : start + AT_ONCE] for start in range(0, SETS, AT_ONCE)]
    difference, worst = max(found for batch in batches for found in _furthest(batch, STEPS))
    return {"sets": SETS, "steps": STEPS, "difference": difference, "worst": worst}


def compare_long(entries: Mapping[str, Entry], steps: int = LONG_STEPS) -> dict[str, Any]:
    """Compare the two modes over one long run of each of the schedulers that Graph mode supports.

    Returns, by name, ``steps``, ``difference`` and ``worst`` as ``compare`` does.
    """
    supported = {name: entry for name, entry in entries.items() if _refusal(entry) is None}
    rng = random.Random(steps)
    stretch, inside = steps // STEPS, entries.values()
    pairs = [(sample.agreeing_in_graph(entry, rng, stretch, inside=inside), 1.0) for entry in supported.values()]
    found = zip(supported, _furthest(pairs, steps), strict=True)
    return {name: {"steps": steps, "difference": difference, "worst": worst} for name, (difference, worst) in found}


def _furthest(pairs: Sequence[Pair], steps: int) -> list[tuple[float, str]]:
    """Return, for each of the pairs, the largest difference and where it is."""
    eager = [trace.eager(schedule.build(trace.sgd(base)), steps)[:, 0] for schedule, base in pairs]
    graph = trace.graphs([schedule.build for schedule, _ in pairs], steps, [base for _, base in pairs])
    return [largest(pair, one, other) for pair, one, other in zip(pairs, eager, graph.T, strict=True)]


def largest(pair: Pair, eager: Any, graph: Any) -> tuple[float, str]:
    """Return the largest difference between the learning rates of the two modes, each of shape ``(steps,)``, and where it is."""
    schedule, base = pair
    differences = np.abs(graph - eager) / np.maximum(base, np.abs(eager))
    at = int(differences.argmax())
    return float(differences[at]), f"{schedule.code()}, lr={base!r}, step {at}"


def _refusal(entry: Entry) -> dict[str, Any] | None:
    try:
        trace.graph(Schedule.preset(entry).build, 1)
    except Exception as error:
        calls = {frame.name for frame in traceback.extract_tb(error.__traceback__)}
        when = "add_optimizer" if "add_optimizer" in calls else "first call"
        return {"error": type(error).__name__, "message": str(error), "when": when}
    return None
