from __future__ import annotations

from typing import Any

import pytest
from oneflow.optim.lr_scheduler import ExponentialLR, PolynomialLR, ReduceLROnPlateau, StepLR

from lrdoc.checks.attempt import attempt


@pytest.mark.parametrize("mode", ["eager", "graph"])
def test_an_attempt_tells_when_it_was_refused(mode: str) -> None:
    report = attempt(lambda optimizer: StepLR(optimizer, step_size=0), 5, 0.1, mode)
    assert (report["error"], report["when"], report["lrs"]) == ("AssertionError", "construction", [])


def test_an_attempt_tells_at_which_step_it_was_refused_and_what_came_before() -> None:
    report = attempt(lambda optimizer: PolynomialLR(optimizer, decay_batch=30, power=-1.0), 45, 0.1, "eager")
    assert report["error"] == "ZeroDivisionError"
    assert report["when"] == f"step {len(report['lrs'])}"


def test_nonsense_learning_rates_are_told_as_text() -> None:
    report = attempt(lambda optimizer: ExponentialLR(optimizer, gamma=float("nan")), 3, 0.1, "eager")
    assert report["lrs"] == [0.1, "nan", "nan"]


def test_a_scheduler_that_follows_a_metric_is_given_one_value_per_step() -> None:
    def build(optimizer: Any) -> Any:
        return ReduceLROnPlateau(optimizer, factor=0.5, patience=0)

    assert attempt(build, 4, 1.0, "eager", [3.0, 3.0, 2.0, 2.0])["lrs"] == [1.0, 1.0, 0.5, 0.5]
