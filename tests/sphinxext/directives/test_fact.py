from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lrdoc import register
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.directives.fact import apart, checked, fact
from lrdoc.sphinxext.placeholders import RefutedError, measured_inline

Build = Callable[..., Any]
REPORTS = [
    {"sets": 1000, "steps": 20_000, "difference": 1.26e-15, "worst": "StepLR(optimizer)"},
    {"sets": 1234, "steps": 130, "difference": 2.34e-13},
]


def told(check: str, name: str, field: str, *results: Any) -> str:
    node = measured_inline(check=check, name=name, field=field)
    (shown,) = fact(node, [Outcome(result=result) for result in results])
    return shown.astext()


@pytest.mark.parametrize(
    ("field", "text"),
    [("sets", "2,234"), ("steps", "20,000"), ("difference", "2.3e-13"), ("worst", "StepLR(optimizer)")],
)
def test_all_means_the_sum_of_counts_and_the_largest_of_differences_and_lengths(field: str, text: str) -> None:
    reports = REPORTS[:1] if field == "worst" else REPORTS
    assert told("formula", "all" if field != "worst" else "step_lr", field, *reports) == text


def test_a_long_run_is_picked_by_name() -> None:
    long = {"step_lr": REPORTS[0], "linear_lr": REPORTS[1]}
    assert told("graph_long", "step_lr", "difference", long) == "1.3e-15"
    assert told("graph_long", "all", "difference", long) == "2.3e-13"


def test_a_check_that_failed_is_no_fact() -> None:
    node = measured_inline(check="graph", name="step_lr", field="sets")
    with pytest.raises(RefutedError, match="ValueError: too much"):
        fact(node, [Outcome(error="ValueError", message="too much")])


@pytest.mark.parametrize(
    ("difference", "text"),
    [(0.0, "to the last bit"), (1.26e-15, "with a difference of at most 1.3e-15 of the base learning rate")],
)
def test_learning_rates_that_do_not_differ_are_called_equal(difference: float, text: str) -> None:
    node = measured_inline(check="recipe", name="warmup_constant", field="original")
    shown = apart(node, [Outcome(result={"original": difference})])
    assert "".join(part.astext() for part in shown) == text


def test_the_formulas_of_all_are_those_of_the_schedulers_that_have_one() -> None:
    assert len(checked("formula", "all")) == len(register.entries()) - 1
    assert len(checked("graph", "all")) == len(register.entries())


def test_a_fact_that_no_check_has_is_a_warning(build: Build) -> None:
    assert "has no colour" in build("Of {fact}`graph.lambda_lr.colour`.").warnings


def test_a_refusal_of_graph_mode_can_be_quoted(build: Build) -> None:
    page = build("It raises {fact}`graph.lambda_lr.error` at the {fact}`graph.lambda_lr.when`.")
    assert page.warnings == ""
    assert "It raises AttributeError at the first call." in page.text
