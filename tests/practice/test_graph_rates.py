from __future__ import annotations

import random

import numpy as np
import pytest

from lrdoc import register, trace
from lrdoc.describe import sample
from lrdoc.describe.schedule import Schedule
from lrdoc.practice import graph_rates
from lrdoc.practice.constructor import read
from lrdoc.running import worker
from lrdoc.running.piece import Piece

STEPS = 400
REFUSED = ("chained_scheduler", "lambda_lr", "reduce_lr_on_plateau")

ODD = [
    # Its logarithm is rounded down below an integer at step 121, and the cosine then runs past the end of its cycle.
    "CosineAnnealingWarmRestarts(optimizer, T_0=1, T_mult=3)",
    "CosineAnnealingWarmRestarts(optimizer, T_0=3, T_mult=3, decay_rate=0.9, restart_limit=3)",
    "MultiStepLR(optimizer, [10, 30, 200], gamma=1.1)",
    "SequentialLR(optimizer, [StepLR(optimizer, 3), StepLR(optimizer, 2), StepLR(optimizer, 7)], [40, 20])",
    "SequentialLR(optimizer, [StepLR(optimizer, 3), CosineDecayLR(optimizer, 50), LinearLR(optimizer)], [9, 20],"
    " interval_rescaling=[True, False])",
    "PolynomialLR(optimizer, 7, end_learning_rate=2.0, power=0.5, cycle=True)",
]


def compared() -> list[tuple[str, float, list[float], list[float]]]:
    """Return the code of each schedule, its base learning rate, what is computed, and what one graph really applies with all of them."""
    rng = random.Random(0)
    entries = [entry for name, entry in register.entries().items() if name not in REFUSED]
    drawn = [sample.schedule(entry, rng, inside=entries) for entry in entries for _ in range(6)]
    schedules = [*(read(code, {}) for code in ODD), *drawn]
    base_lrs = [rng.uniform(0.3, 3.0) for _ in schedules]
    applied = trace.graphs([schedule.build for schedule in schedules], STEPS, base_lrs)
    return [
        (schedule.code(), lr, graph_rates.of(schedule.build(trace.sgd(lr)), lr, STEPS).tolist(), real.tolist())
        for schedule, lr, real in zip(schedules, base_lrs, applied.T, strict=True)
    ]


def test_they_are_those_that_a_graph_applies() -> None:
    # In a process of its own: OneFlow crashes or hangs now and then where it trains a graph.
    (outcome,) = worker.run([Piece.importing(f"from {__name__} import compared\nresult = compared()", alone=True)])
    assert outcome.error is None, outcome
    assert len(outcome.result) > 60
    for code, base_lr, computed, real in outcome.result:
        assert np.allclose(computed, real, rtol=2e-6, atol=2e-7 * base_lr), code


def test_every_scheduler_that_graph_mode_supports_can_be_computed() -> None:
    for name, entry in register.entries().items():
        if name in REFUSED:
            continue
        assert len(graph_rates.of(Schedule.preset(entry).build(trace.sgd(0.1)), 0.1, 3)) == 3


@pytest.mark.parametrize("name", REFUSED)
def test_what_graph_mode_refuses_is_refused(name: str) -> None:
    schedule = Schedule.preset(register.get(name))
    with pytest.raises((AttributeError, NotImplementedError)):
        graph_rates.of(schedule.build(trace.sgd(0.1)), 0.1, 3)


def test_a_step_that_would_end_the_process_is_named() -> None:
    late = "SequentialLR(optimizer, [StepLR(optimizer, 9), CosineAnnealingLR(optimizer, 5, eta_min=0.2)], [7])"
    build = read(late, {}).build
    assert len(graph_rates.of(build(trace.sgd(0.1)), 0.1, 7)) == 7
    with pytest.raises(graph_rates.EndsProcessError, match=r"at step 7: eta_min=0.2 is not below the base"):
        graph_rates.of(build(trace.sgd(0.1)), 0.1, 8)
