from __future__ import annotations

import random

import mpmath
import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from lrdoc import register
from lrdoc.describe import sample
from lrdoc.describe.formula import ClosedForm, base_lr, element, is_chosen, parameter, reached, step
from tests.drawing import drawn

WITH_FORM = [name for name, found in register.entries().items() if found.closed_form]

floor_form = ClosedForm(sp.floor(step / parameter("size")))


@given(size=st.integers(1, 10**6), count=st.integers(0, 10**6))
def test_an_exact_quotient_is_not_floored_to_the_integer_below(size: int, count: int) -> None:
    assert floor_form.exact({"size": size}, 1.0, size * count) == count


@given(size=st.integers(2, 10**6), count=st.integers(0, 10**6))
def test_a_quotient_short_of_an_integer_is_not_floored_to_it(size: int, count: int) -> None:
    assert floor_form.exact({"size": size}, 1.0, size * (count + 1) - 1) == count


def test_a_float_argument_is_taken_for_exactly_what_it_is() -> None:
    assert floor_form.exact({"size": 0.1}, 1.0, 1) == 9  # the float 0.1 is a little more than a tenth


@given(mult=st.integers(2, 40), power=st.integers(1, 9))
def test_a_logarithm_that_is_an_integer_is_not_floored_below_it(mult: int, power: int) -> None:
    form = ClosedForm(sp.floor(sp.log(step) / sp.log(parameter("mult"))))
    assert form.exact({"mult": mult}, 1.0, mult**power) == power


@pytest.mark.parametrize("name", WITH_FORM)
@given(rng=st.randoms(use_true_random=False), at=st.integers(0, 100))
def test_numpy_and_high_precision_evaluate_the_same_definition(name: str, rng: random.Random, at: int) -> None:
    schedule = drawn(name, rng)
    base = sample.base_lr(rng)
    if sample.departs(schedule, at):
        return  # floats find another period there, which is a caveat of the scheduler's page
    numpy = schedule.entry.closed_form.numpy(schedule.given, base, np.array([at]))[0]  # type: ignore[union-attr]
    assert numpy == pytest.approx(float(schedule.exact(base, at)), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", WITH_FORM)
def test_the_form_uses_only_parameters_of_the_installed_class(name: str) -> None:
    found = register.get(name)
    assert found.closed_form is not None
    assert set(found.closed_form.parameters) <= set(found.signature.parameters)


@pytest.mark.parametrize("name", WITH_FORM)
def test_the_latex_names_every_parameter_as_it_is_typed_in_code(name: str) -> None:
    form = register.get(name).closed_form
    assert form is not None
    latex = form.latex().replace(r"\_", "_")
    assert all(parameter in latex for parameter in form.parameters)


def test_branches_carry_the_words_of_the_page_s_language() -> None:
    form = ClosedForm(sp.Piecewise((base_lr, step < parameter("end")), (0, True)))
    latex = form.latex(condition="当", otherwise="其他")
    assert "当" in latex
    assert "其他" in latex
    assert "if" not in latex


def test_a_condition_on_step_is_written_with_step_on_the_left() -> None:
    form = ClosedForm(sp.Piecewise((base_lr, step < parameter("end")), (0, True)))
    assert r"\mathtt{step} < \mathtt{end}" in form.latex()


def test_a_difference_starts_with_what_is_not_subtracted() -> None:
    assert r"= \mathtt{step} - a \cdot b" in ClosedForm(step - parameter("a") * parameter("b")).latex()


def test_a_division_that_a_branch_guards_is_not_reached() -> None:
    form = ClosedForm(sp.Piecewise((base_lr / parameter("n"), parameter("n") > 0), (base_lr, True)))
    assert form.exact({"n": 0}, 0.5, 0) == 0.5
    assert form.numpy({"n": 0}, 0.5, np.arange(2)).tolist() == [0.5, 0.5]


def test_a_part_that_divides_by_zero_matters_only_where_it_is_used() -> None:
    part, n = parameter("part"), parameter("n")
    form = ClosedForm(sp.Piecewise((part, step < n), (base_lr, True)), where=((part, base_lr / n),))
    assert form.exact({"n": 0}, 0.5, 0) == 0.5
    always = ClosedForm(part, where=((part, base_lr / n),))
    with pytest.raises(ZeroDivisionError, match="divides by zero"):
        always.exact({"n": 0}, 0.5, 0)


def test_a_milestone_counts_from_its_own_step_on() -> None:
    form = ClosedForm(reached(parameter("milestones"), step))
    assert [int(form.exact({"milestones": [2, 5]}, 1.0, at)) for at in range(7)] == [0, 0, 1, 1, 1, 2, 2]
    assert form.numpy({"milestones": [2, 5]}, 1.0, np.arange(7)).tolist() == [0, 0, 1, 1, 1, 2, 2]


def test_one_truth_value_stands_for_a_list_of_equal_ones() -> None:
    form = ClosedForm(sp.Piecewise((1, sp.Ne(element(parameter("flags"), 1), 0)), (0, True)))
    assert [form.exact({"flags": flags}, 1.0, 0) for flags in (True, False, [False, True])] == [1, 0, 1]


def test_a_word_is_compared_letter_by_letter() -> None:
    form = ClosedForm(sp.Piecewise((1, is_chosen("method", "linear")), (0, True)))
    assert [form.exact({"method": word}, 1.0, 0) for word in ("linear", "Linear")] == [1, 0]
    assert r"\texttt{linear}" in form.latex()


def test_high_precision_means_fifty_digits() -> None:
    with mpmath.workdps(60):
        error = abs(ClosedForm(base_lr / 3).exact({}, 1, 0) - mpmath.mpf(1) / 3)
    assert 0 < error < mpmath.mpf(10) ** -49


@pytest.mark.parametrize(("name", "only"), [("step_lr", True), ("cosine_decay_lr", False)])
def test_only_a_form_without_sums_is_held_to_every_digit(name: str, only: bool) -> None:
    form = register.get(name).closed_form
    assert form is not None
    assert form.only_multiplies is only
