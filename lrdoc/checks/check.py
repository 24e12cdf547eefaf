"""Compare the closed forms, eager mode and Graph mode with each other, over many parameter sets and long runs.

The site's build and the tests call the same functions; each returns plain numbers that JSON can hold.
"""

from __future__ import annotations

import math
import random
import traceback
from collections.abc import Iterator
from typing import Any

import mpmath
import numpy as np

from lrdoc import trace
from lrdoc.describe import entry, sample
from lrdoc.describe.schedule import Schedule

SETS, STEPS = 1000, 130
LONG_SETS, LONG_STEPS = 10, 20_000


def formula(name: str) -> dict[str, Any]:
    """Compare the closed form of ``name``, in high precision, with the real class in eager mode.

    Returns ``sets`` (parameter sets tried), ``steps`` (of the longest run), ``values`` (learning rates compared), ``difference`` (the largest relative one), ``worst`` (the constructor call and step it was found at) and ``departures`` (steps, left out of ``difference``, at which floating point is known to lead OneFlow elsewhere).
    """
    rng = random.Random(name)
    report: dict[str, Any] = {
        "sets": 0,
        "steps": LONG_STEPS,
        "values": 0,
        "difference": 0.0,
        "worst": "",
        "departures": 0,
    }
    for schedule, base, steps in _runs(name, rng):
        report["sets"] += 1
        _compare(report, schedule, base, steps, rng)
    return report


def _runs(name: str, rng: random.Random) -> Iterator[tuple[Schedule, float, int]]:
    for _ in range(SETS):
        yield sample.schedule(name, rng), sample.base_lr(rng), STEPS
    for _ in range(LONG_SETS):
        yield sample.schedule(name, rng, stretch=LONG_STEPS // STEPS), sample.base_lr(rng), LONG_STEPS


def _compare(report: dict[str, Any], schedule: Schedule, base: float, steps: int, rng: random.Random) -> None:
    real = trace.eager(schedule.build(trace.sgd(base)), steps)[:, 0]
    peak = float(np.abs(real).max())
    for at in _chosen_steps(schedule, steps, rng):
        if sample.departs(schedule, at):
            report["departures"] += 1
            continue
        difference = relative_difference(real[at], schedule.exact(base, at), 0.0 if schedule.only_multiplies else peak)
        report["values"] += 1
        if difference > report["difference"]:
            report |= {"difference": difference, "worst": f"{schedule.code()}, lr={base!r}, step {at}"}


def relative_difference(value: float, expected: Any, peak: float) -> float:
    """Return the difference of ``value`` from ``expected``, relative to ``expected``.

    Where a schedule adds and subtracts, a float near zero has lost digits that no program could keep: there the difference is taken relative to a thousandth of ``peak``, the schedule's largest learning rate.
    """
    with mpmath.workdps(50):
        scale = max(abs(expected), mpmath.mpf(peak) / 1000, mpmath.mpf(np.finfo(float).tiny))
        return float(abs(mpmath.mpf(float(value)) - expected) / scale)


def _chosen_steps(schedule: Schedule, steps: int, rng: random.Random) -> list[int]:
    """Return the steps worth comparing: the first and last, those around every integer argument, and some at random."""
    corners = {corner + shift for corner in sample.corners(schedule, steps) for shift in (-1, 0, 1)}
    chosen = {0, 1, 2, steps - 1} | corners | {rng.randrange(steps) for _ in range(8)}
    return sorted(at for at in chosen if 0 <= at < steps)


GRAPH_SETS, GRAPH_BATCH = 120, 30


def graph(name: str) -> dict[str, Any]:
    """Compare what Graph mode applies with eager mode, over parameter sets of ``name``.

    Returns ``sets``, ``steps``, ``difference`` (the largest, relative to the base learning rate or to the learning rate itself where that is larger) and ``worst``; or, where Graph mode refuses the scheduler, ``error``, ``message`` and ``when``.
    Schedules for which the two are known to differ are left out: they are caveats of the scheduler's own page.
    """
    refusal = _refusal(entry.get(name).presets[0].schedule)
    if refusal is not None:
        return refusal
    rng = random.Random(name)
    pairs = [(sample.agreeing_in_graph(name, rng), rng.uniform(*_GRAPH_BASE_LR)) for _ in range(GRAPH_SETS)]
    batches = [pairs[start : start + GRAPH_BATCH] for start in range(0, GRAPH_SETS, GRAPH_BATCH)]
    worst = max((_furthest(batch, STEPS) for batch in batches), key=lambda found: found[0])
    return {"sets": GRAPH_SETS, "steps": STEPS, "difference": worst[0], "worst": worst[1]}


_GRAPH_BASE_LR = (0.3, 3.0)
# Above every sampled eta_min: Graph mode aborts the process where CosineAnnealingLR's eta_min is not below the base learning rate.


def graph_long(steps: int = LONG_STEPS) -> dict[str, Any]:
    """Compare Graph mode with eager mode over one long run of each scheduler that Graph mode supports.

    Returns, by name, ``steps``, ``difference`` and ``worst`` as ``graph`` does.
    """
    supported = [name for name, found in entry.entries().items() if _refusal(found.presets[0].schedule) is None]
    rng = random.Random(steps)
    pairs = [(sample.agreeing_in_graph(name, rng, steps // STEPS), 1.0) for name in supported]
    eager, graph = _both(pairs, steps)
    found = [_furthest_column(pairs, eager, graph, column) for column in range(len(pairs))]
    return {
        name: {"steps": steps, "difference": difference, "worst": worst}
        for name, (difference, worst) in zip(supported, found, strict=True)
    }


def _furthest(pairs: list[tuple[Schedule, float]], steps: int) -> tuple[float, str]:
    eager, graph = _both(pairs, steps)
    return max(_furthest_column(pairs, eager, graph, column) for column in range(len(pairs)))


def _both(pairs: list[tuple[Schedule, float]], steps: int) -> tuple[trace.LearningRates, trace.LearningRates]:
    eager = [trace.eager(schedule.build(trace.sgd(base)), steps) for schedule, base in pairs]
    graph = trace.graphs([schedule.build for schedule, _ in pairs], steps, [base for _, base in pairs])
    return np.concatenate(eager, axis=1), graph


def _furthest_column(
    pairs: list[tuple[Schedule, float]], eager: trace.LearningRates, graph: trace.LearningRates, column: int
) -> tuple[float, str]:
    schedule, base = pairs[column]
    differences = np.abs(graph - eager)[:, column] / np.maximum(base, np.abs(eager[:, column]))
    at = int(differences.argmax())
    return float(differences[at]), f"{schedule.code()}, lr={base!r}, step {at}"


def _refusal(schedule: Schedule) -> dict[str, Any] | None:
    try:
        trace.graph(schedule.build, 1)
    except Exception as error:
        calls = {frame.name for frame in traceback.extract_tb(error.__traceback__)}
        when = "add_optimizer" if "add_optimizer" in calls else "first call"
        return {"error": type(error).__name__, "message": str(error), "when": when}
    return None


def edge(name: str, parameter: str, value: Any, mode: str) -> dict[str, Any]:
    """Try one argument on the first preset of ``name``, in ``mode`` "eager" or "graph".

    Returns what ``attempt`` returns.
    """
    preset = entry.get(name).presets[0]
    schedule = Schedule(name, {**preset.schedule.arguments, parameter: value})
    return attempt(schedule, preset.steps, preset.base_lr, mode, preset.metrics)


def attempt(
    schedule: Schedule, steps: int, base_lr: float, mode: str, metrics: tuple[float, ...] | None = None
) -> dict[str, Any]:
    """Trace a schedule that may be refused.

    Returns ``lrs``, the learning rates up to the refusal if there is one; in that case also ``error``, ``message`` and ``when``: "construction", "step N" (the call of ``scheduler.step()`` that raised), "add_optimizer" or "first call".
    """
    lrs: list[Any] = []
    when = "construction"
    try:
        scheduler = schedule.build(trace.sgd(base_lr))
        if mode == "graph":
            when = "first call"
            lrs = trace.graph(schedule.build, steps, base_lr)[:, 0].tolist()
        else:
            for at in range(steps):
                lrs.append(scheduler.optimizer.param_groups[0]["lr"])
                when = f"step {at + 1}"
                scheduler.step(*(metrics[at : at + 1] if metrics else ()))
    except Exception as error:
        return {"lrs": _plain(lrs), "error": type(error).__name__, "message": str(error), "when": when}
    return {"lrs": _plain(lrs)}


def _plain(lrs: list[Any]) -> list[float | str]:
    """Return learning rates that JSON can hold: nonsense such as a complex number as its text."""
    return [float(lr) if isinstance(lr, (int, float)) and math.isfinite(lr) else str(lr) for lr in lrs]


def values(name: str, preset: int, at: list[int]) -> list[float]:
    """Return the learning rates of a preset at the given steps, after comparing them with the closed form.

    Raises ``AssertionError`` where the two differ by more than 1e-12, relatively.
    """
    shown = entry.get(name).presets[preset]
    real = trace.eager(
        shown.schedule.build(trace.sgd(shown.base_lr)), shown.steps if shown.metrics else max(at) + 1, shown.metrics
    )[:, 0]
    if entry.get(name).closed_form is not None:
        for step in at:
            difference = relative_difference(
                real[step], shown.schedule.exact(shown.base_lr, step), float(np.abs(real).max())
            )
            assert difference <= 1e-12, (
                f"{shown.schedule.code()} differs from its closed form at step {step} by {difference:.2g}"
            )
    return [float(real[step]) for step in at]


def documented(name: str, listed: list[dict[int, float]]) -> list[dict[str, Any]]:
    """Run the examples of a docstring.

    Returns, per example, its ``code`` and ``rows`` of step, listed value, real value, and whether they agree in every digit that is listed.
    """
    reports = []
    for example, values in zip(entry.get(name).documented, listed, strict=True):
        lrs = trace.eager(example.schedule.build(trace.sgd(example.base_lr)), max(values) + 1)[:, 0]
        rows = [(step, says, float(lrs[step]), _agrees(says, float(lrs[step]))) for step, says in values.items()]
        reports.append({"code": f"{example.schedule.code()}  # lr={example.base_lr:g}", "rows": rows})
    return reports


def _agrees(listed: float, real: float) -> bool:
    digits = len(repr(listed).partition(".")[2])
    return round(real, digits) == listed or math.floor(real * 10**digits) == listed * 10**digits
