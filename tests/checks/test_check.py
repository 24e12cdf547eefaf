"""The site's promise in numbers; the build prints the same reports, and its cache spares running them twice."""

from __future__ import annotations

import dataclasses
import itertools
import math
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdoc import trace
from lrdoc.checks import check
from lrdoc.describe import entry, sample
from lrdoc.describe.formula import ClosedForm, base_lr
from lrdoc.describe.schedule import Schedule
from lrdoc.sphinxext.directives.docstring import listed
from lrdoc.sphinxext.directives.fact import codes

ROOT = Path(__file__).parents[2]
WITH_FORM = [name for name, found in entry.entries().items() if found.closed_form]


Report = Callable[[str, str], Any]


@pytest.fixture(scope="session")
def report(result_of: Callable[[str], Any]) -> Report:
    def report(kind: str, name: str) -> Any:
        (code,) = codes(kind, name)
        return result_of(code)

    return report


@pytest.mark.parametrize("name", WITH_FORM)
def test_the_closed_form_is_what_the_real_class_computes(report: Report, name: str) -> None:
    found = report("formula", name)
    assert found["difference"] <= 1e-12, found["worst"]
    assert found["values"] >= 10 * found["sets"]


def test_the_closed_forms_are_compared_over_ten_thousand_parameter_sets(report: Report) -> None:
    assert sum(report("formula", name)["sets"] for name in WITH_FORM) >= 10_000


def test_long_runs_are_tens_of_thousands_of_steps(report: Report) -> None:
    assert all(report("formula", name)["steps"] >= 20_000 for name in WITH_FORM)


def test_only_warm_restarts_depart_from_their_closed_form(report: Report) -> None:
    assert {name for name in WITH_FORM if report("formula", name)["departures"]} == {"cosine_annealing_warm_restarts"}


@pytest.mark.parametrize("name", entry.entries())
def test_graph_mode_applies_what_eager_mode_does_or_refuses(report: Report, name: str) -> None:
    found = report("graph", name)
    assert "error" in found or found["difference"] <= 1e-6, found["worst"]


@pytest.mark.parametrize("name", entry.entries())
def test_graph_mode_supports_what_the_scheduler_s_page_says(report: Report, name: str) -> None:
    page = (ROOT / "docs" / "reference" / f"{name}.md").read_text(encoding="utf-8")
    said = f"{{fact}}`graph.{name}.difference`" in page
    assert said is ("error" not in report("graph", name))


@pytest.mark.parametrize("name", entry.entries())
def test_graph_mode_still_agrees_after_twenty_thousand_steps(report: Report, name: str) -> None:
    long = report("graph_long", "any")
    assert (name in long) is ("error" not in report("graph", name))
    if name in long:
        assert long[name]["steps"] == 20_000
        assert long[name]["difference"] <= 1e-6, long[name]["worst"]


@pytest.mark.parametrize(
    ("name", "error", "when"),
    [
        ("chained_scheduler", "NotImplementedError", "first call"),
        ("lambda_lr", "AttributeError", "first call"),
        ("reduce_lr_on_plateau", "AssertionError", "add_optimizer"),
    ],
)
def test_a_refusal_of_graph_mode_is_told_with_its_exception_and_moment(
    report: Report, name: str, error: str, when: str
) -> None:
    found = report("graph", name)
    assert (found["error"], found["when"]) == (error, when)


@pytest.mark.parametrize("name", WITH_FORM)
@given(rng=st.randoms(use_true_random=False))
def test_the_closed_form_is_that_of_the_real_class_for_any_valid_schedule(name: str, rng: random.Random) -> None:
    found = {"values": 0, "difference": 0.0, "worst": "", "departures": 0}
    check._compare(found, sample.schedule(name, rng), sample.base_lr(rng), 70, rng)
    assert found["difference"] <= 1e-12, found["worst"]


@pytest.mark.parametrize("name", [name for name in WITH_FORM if entry.get(name).sweeps])
def test_the_closed_form_is_that_of_the_real_class_over_the_grid_of_all_sweeps(name: str) -> None:
    sweeps, start = entry.get(name).sweeps, entry.get(name).presets[0].schedule.arguments
    found = {"values": 0, "difference": 0.0, "worst": "", "departures": 0}
    for values in itertools.islice(itertools.product(*sweeps.values()), 600):
        schedule = Schedule(name, {**start, **dict(zip(sweeps, values, strict=True))})
        check._compare(found, schedule, 0.1, 70, random.Random(0))
    assert found["difference"] <= 1e-12, found["worst"]


def test_a_wrong_formula_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    right = entry.get("exponential_lr")
    assert right.closed_form is not None
    wrong = dataclasses.replace(right, closed_form=ClosedForm(right.closed_form.expr * (1 + base_lr * 1e-11)))
    monkeypatch.setattr(entry, "get", lambda name: wrong)
    monkeypatch.setattr(check, "SETS", 20)
    assert check.formula("exponential_lr")["difference"] > 1e-12


def test_a_value_that_is_not_the_closed_form_s_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = dataclasses.replace(entry.get("exponential_lr"), closed_form=ClosedForm(base_lr))
    monkeypatch.setattr(entry, "get", lambda name: wrong)
    with pytest.raises(AssertionError, match="differs from its closed form at step 1"):
        check.values("exponential_lr", 0, [0, 1])


def test_a_known_departure_is_one_step_at_the_floor_between_right_ones() -> None:
    """The cause is the floor of a logarithm: the run shows what the caveat says and nothing more."""
    found = entry.get("cosine_annealing_warm_restarts")
    assert found.departs is not None
    arguments = {"T_0": 1, "T_mult": 3}
    assert [at for at in range(1000) if found.departs(arguments, at)] == [121]
    assert math.floor(math.log(3**5, 3)) == 4
    lrs = trace.eager(found.cls(trace.sgd(1.0), **arguments), 123)[:, 0]
    assert lrs[121] < 1e-9 < lrs[122]


def test_near_zero_a_difference_is_taken_against_the_peak_only_where_digits_cancel() -> None:
    assert check.relative_difference(1e-9, 2e-9, peak=0.0) == pytest.approx(0.5)
    assert check.relative_difference(1e-9, 2e-9, peak=1.0) == pytest.approx(1e-6)
    assert check.relative_difference(0.0, 0.0, peak=0.0) == 0.0


@pytest.mark.parametrize("mode", ["eager", "graph"])
def test_an_attempt_tells_when_it_was_refused(mode: str) -> None:
    report = check.edge("step_lr", "step_size", 0, mode)
    assert (report["error"], report["when"], report["lrs"]) == ("AssertionError", "construction", [])


def test_an_attempt_tells_at_which_step_it_was_refused_and_what_came_before() -> None:
    report = check.edge("polynomial_lr", "power", -1.0, "eager")
    assert report["error"] == "ZeroDivisionError"
    assert report["when"] == f"step {len(report['lrs'])}"


def test_nonsense_learning_rates_are_told_as_text() -> None:
    report = check.edge("exponential_lr", "gamma", float("nan"), "eager")
    assert report["lrs"][:3] == [0.1, "nan", "nan"]


@pytest.mark.parametrize("name", [name for name, found in entry.entries().items() if found.documented])
def test_every_example_that_a_docstring_lists_is_run(name: str) -> None:
    assert len(check.documented(name, listed(name))) == len(entry.get(name).documented) > 0


def test_no_docstring_lists_values_that_are_not_run() -> None:
    assert {name for name in entry.entries() if listed(name)} == {
        name for name, found in entry.entries().items() if found.documented
    }


def test_a_listed_value_may_be_rounded_or_cut_but_not_wrong() -> None:
    assert check._agrees(0.000689, 0.0006890576)
    assert check._agrees(0.0375, 0.037500000000000006)
    assert check._agrees(0.059, 0.05994)
    assert not check._agrees(0.00075, 0.000594529)


def test_the_steps_beside_every_corner_are_compared() -> None:
    chosen = check._chosen_steps(Schedule("step_lr", {"step_size": 50}), 130, random.Random(0))
    assert {0, 1, 2, 49, 50, 51, 129} <= set(chosen)
    assert chosen == sorted(set(chosen))


@pytest.mark.parametrize(("base", "eager", "expected"), [(2.0, 0.5, 0.05), (0.5, 2.0, 0.05), (1.0, -4.0, 0.025)])
def test_graph_mode_s_difference_is_relative_to_the_base_or_to_what_is_larger(
    base: float, eager: float, expected: float
) -> None:
    lrs = np.array([[eager], [eager]])
    graph = lrs + np.array([[0.0], [0.1]])
    found, worst = check._furthest_column([(Schedule("exponential_lr", {"gamma": 1.0}), base)], lrs, graph, 0)
    assert found == pytest.approx(expected)
    assert worst.endswith(f"lr={base!r}, step 1")
