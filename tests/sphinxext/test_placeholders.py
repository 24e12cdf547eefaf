from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lrdoc.sphinxext.shown import number, runs

Build = Callable[..., Any]


def test_values_are_those_of_the_real_class(build: Build) -> None:
    page = build("```{values} step_lr\n:at: 0 9-10 20\n```")
    assert page.warnings == ""
    assert page.table() == [["step", "0", "9", "10", "20"], ["lr", "0.1", "0.1", "0.05", "0.025"]]


def test_values_of_a_metric_driven_preset_come_from_its_metrics(build: Build) -> None:
    page = build("```{values} reduce_lr_on_plateau\n:at: 0 19\n```")
    assert page.warnings == ""
    assert float(page.table()[1][2]) < float(page.table()[1][1])


def test_the_formula_stands_on_the_page(build: Build) -> None:
    page = build("```{formula} exponential_lr\n```", html_math_renderer="mathjax")
    assert r"\mathtt{gamma}^{\mathtt{step}}" in page.text


def test_a_scheduler_without_closed_form_has_no_formula(build: Build) -> None:
    assert "has no closed form" in build("```{formula} reduce_lr_on_plateau\n```").warnings


def test_an_unknown_scheduler_breaks_the_build(build: Build) -> None:
    with pytest.raises(ValueError, match="unknown scheduler 'cyclic_lr'; known:"):
        build("```{values} cyclic_lr\n```")


def test_edges_show_what_is_refused_with_the_real_exception_and_what_is_accepted(build: Build) -> None:
    rows = {row[0]: row[1:] for row in build("```{edges} step_lr\n```").table()}
    assert rows["step_size=0"] == [
        "AssertionError: step_size must greater than zero, but got 0 (at construction)",
        "the same",
    ]
    assert rows["step_size=2.5"][0].startswith("accepted: 0.1 ×3, 0.05 ×2")
    assert rows["step_size=2.5"][1] == "TypeError: 2.5 has type float, but expected one of: int (at the first call)"
    assert "step_size=1" not in rows


def test_an_abort_in_graph_mode_is_told_with_its_reason(build: Build) -> None:
    rows = {row[0]: row[1:] for row in build("```{edges} multi_step_lr\n```").table()}
    assert rows["milestones=[]"][1].startswith("process aborted: SIGABRT: Check failed: milestones.size() >= 1")


def test_a_scheduler_that_graph_mode_refuses_has_no_column_for_it(build: Build) -> None:
    assert all(len(row) == 2 for row in build("```{edges} reduce_lr_on_plateau\n```").table())


def test_nonsense_that_is_accepted_is_shown_and_sense_is_not(build: Build) -> None:
    rows = {row[0]: row[1] for row in build("```{edges} reduce_lr_on_plateau\n```").table()}
    assert rows["factor=-1.0"].startswith("accepted: 0.1 ×")
    assert "factor=0.0" not in rows


@pytest.mark.parametrize(
    ("value", "text"), [(0.1, "0.1"), (1 / 3, "0.333333"), (0.1 * 0.1, "0.01"), (0.0, "0"), (1.25e-7, "1.25e-07")]
)
def test_a_learning_rate_has_six_digits_and_no_more_than_it_needs(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("lrs", "text"),
    [
        ([], ""),
        ([0.1], "0.1"),
        ([0.1, 0.1, 0.05], "0.1 ×2, 0.05"),
        ([0.1, "nan", "nan"], "0.1, nan ×2"),
        ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], "1, 2, 3, 4, 5, …"),
    ],
)
def test_equal_learning_rates_are_counted_not_repeated(lrs: list[Any], text: str) -> None:
    assert runs(lrs) == text


def test_the_signature_is_the_installed_one(build: Build) -> None:
    page = build("```{signature} step_lr\n```")
    assert "oneflow.optim.lr_scheduler.StepLR( optimizer: Optimizer, step_size: int, gamma: float = 0.1, " in page.text


def test_parameters_get_their_range_and_default(build: Build) -> None:
    page = build("```{parameters} step_lr\nstep_size\n: How long.\n\ngamma\n: How much.\n```")
    assert page.warnings == ""
    assert "step_sizeint ≥ 1 How long. gamma0 < float = 0.1 How much." in page.text


@pytest.mark.parametrize("terms", [["gamma"], ["gamma", "step_size"], ["step_size", "gamma", "momentum"]])
def test_parameters_that_the_installed_class_does_not_take_in_this_order_are_an_error(
    build: Build, terms: list[str]
) -> None:
    listed = "\n\n".join(f"{term}\n: Something." for term in terms)
    assert (
        "step_lr takes step_size, gamma, in this order" in build(f"```{{parameters}} step_lr\n{listed}\n```").warnings
    )


def test_docstring_values_are_judged_by_a_run(build: Build) -> None:
    rows = build("```{docstring} sequential_lr\n```").table()
    assert rows[1] == ["0", "0.1", "0.1", "✓"]
    assert rows[3] == ["2", "0.9", "0.81", "✗ wrong"]


def test_a_fact_that_no_check_has_is_a_warning(build: Build) -> None:
    assert "has no colour" in build("Of {fact}`graph.lambda_lr.colour`.").warnings


def test_a_refusal_of_graph_mode_can_be_quoted(build: Build) -> None:
    page = build("It raises {fact}`graph.lambda_lr.error` at the {fact}`graph.lambda_lr.when`.")
    assert page.warnings == ""
    assert "It raises AttributeError at the first call." in page.text
