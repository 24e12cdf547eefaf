"""The site's promise in numbers; the build prints the same reports, and its cache spares running them twice."""

from __future__ import annotations

import dataclasses
import itertools
import math
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdoc import register, trace
from lrdoc.checks import closed_form, pieces
from lrdoc.describe import sample
from lrdoc.describe.formula import ClosedForm, base_lr
from lrdoc.describe.schedule import Schedule
from lrdoc.running.piece import Piece
from tests.drawing import drawn

WITH_FORM = [name for name, found in register.entries().items() if found.closed_form]

Report = Callable[[str], Any]


@pytest.fixture(scope="session")
def report(result_of: Callable[[Piece], Any]) -> Report:
    """Return a function that gives the report of a scheduler: the page's own."""
    return lambda name: result_of(pieces.closed_form(register.get(name)))


@pytest.mark.parametrize("name", WITH_FORM)
def test_the_closed_form_is_what_the_real_class_computes(report: Report, name: str) -> None:
    found = report(name)
    assert found["difference"] <= 1e-12, found["worst"]
    assert found["values"] >= 10 * found["sets"]


def test_the_closed_forms_are_compared_over_ten_thousand_parameter_sets(report: Report) -> None:
    assert sum(report(name)["sets"] for name in WITH_FORM) >= 10_000


def test_long_runs_are_tens_of_thousands_of_steps(report: Report) -> None:
    assert all(report(name)["steps"] >= 20_000 for name in WITH_FORM)


def test_only_warm_restarts_depart_from_their_closed_form(report: Report) -> None:
    assert {name for name in WITH_FORM if report(name)["departures"]} == {"cosine_annealing_warm_restarts"}


@pytest.mark.parametrize("name", WITH_FORM)
@given(rng=st.randoms(use_true_random=False))
def test_the_closed_form_is_that_of_the_real_class_for_any_valid_schedule(name: str, rng: random.Random) -> None:
    found = {"values": 0, "difference": 0.0, "worst": "", "departures": 0}
    closed_form._compare(found, drawn(name, rng), sample.base_lr(rng), 70, rng)
    assert found["difference"] <= 1e-12, found["worst"]


@pytest.mark.parametrize("name", [name for name in WITH_FORM if register.get(name).sweeps])
def test_the_closed_form_is_that_of_the_real_class_over_the_grid_of_all_sweeps(name: str) -> None:
    sweeps, start = register.get(name).sweeps, register.get(name).presets[0].arguments
    found = {"values": 0, "difference": 0.0, "worst": "", "departures": 0}
    for values in itertools.islice(itertools.product(*sweeps.values()), 600):
        schedule = Schedule(register.get(name), {**start, **dict(zip(sweeps, values, strict=True))})
        closed_form._compare(found, schedule, 0.1, 70, random.Random(0))
    assert found["difference"] <= 1e-12, found["worst"]


def test_a_wrong_formula_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    right = register.get("exponential_lr")
    assert right.closed_form is not None
    wrong = dataclasses.replace(right, closed_form=ClosedForm(right.closed_form.expr * (1 + base_lr * 1e-11)))
    monkeypatch.setattr(closed_form, "SETS", 20)
    assert closed_form.compare(wrong)["difference"] > 1e-12


def test_a_value_that_is_not_the_closed_form_s_is_told_with_its_step() -> None:
    schedule = Schedule(register.get("exponential_lr"), {"gamma": 0.5})
    assert closed_form.departure(schedule, 1.0, {0: 1.0, 1: 0.5}, peak=1.0) is None
    assert "differs from its closed form at steps {1: " in str(
        closed_form.departure(schedule, 1.0, {0: 1.0, 1: 0.5000001}, peak=1.0)
    )


def test_a_known_departure_is_one_step_at_the_floor_between_right_ones() -> None:
    """The cause is the floor of a logarithm: the run shows what the caveat says and nothing more."""
    found = register.get("cosine_annealing_warm_restarts")
    assert found.departs is not None
    arguments = {"T_0": 1, "T_mult": 3}
    assert [at for at in range(1000) if found.departs(arguments, at)] == [121]
    assert math.floor(math.log(3**5, 3)) == 4
    lrs = trace.eager(found.cls(trace.sgd(1.0), **arguments), 123)[:, 0]
    assert lrs[121] < 1e-9 < lrs[122]


def test_near_zero_a_difference_is_taken_against_the_peak_only_where_digits_cancel() -> None:
    assert closed_form.relative_difference(1e-9, 2e-9, peak=0.0) == pytest.approx(0.5)
    assert closed_form.relative_difference(1e-9, 2e-9, peak=1.0) == pytest.approx(1e-6)
    assert closed_form.relative_difference(0.0, 0.0, peak=0.0) == 0.0


def test_the_steps_beside_every_corner_are_compared() -> None:
    chosen = closed_form._chosen_steps(Schedule(register.get("step_lr"), {"step_size": 50}), 130, random.Random(0))
    assert {0, 1, 2, 49, 50, 51, 129} <= set(chosen)
    assert chosen == sorted(set(chosen))
