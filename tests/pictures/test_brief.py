from __future__ import annotations

import random

import mpmath
import pytest

from lrdoc import register
from lrdoc.describe.schedule import Schedule
from lrdoc.pictures.brief import brief, choosing
from tests.drawing import drawn

WITH_FORM = [name for name, entry in register.entries().items() if entry.closed_form]


@pytest.mark.parametrize("name", WITH_FORM)
def test_the_brief_form_is_the_closed_form_where_the_parameters_that_choose_have_their_defaults(name: str) -> None:
    entry, rng = register.get(name), random.Random(name)
    short = brief(entry)
    for _ in range(20):
        given = drawn(name, rng).arguments | {key: entry.defaults[key] for key in choosing(entry)}
        schedule = Schedule(entry, given)
        for at in rng.sample(range(130), 5):
            expected = schedule.exact(mpmath.mpf("0.3"), at)
            assert mpmath.almosteq(short.exact(schedule.given, mpmath.mpf("0.3"), at), expected, 1e-30), (given, at)


def test_what_chooses_whatever_the_step_is_left_out_and_nothing_else() -> None:
    assert {name: choosing(register.get(name)) for name in WITH_FORM if choosing(register.get(name))} == {
        "cosine_annealing_warm_restarts": ["T_mult", "restart_limit"],
        "polynomial_lr": ["cycle"],
        "sequential_lr": ["interval_rescaling"],
        "warmup_lr": ["warmup_method", "warmup_prefix"],
    }


@pytest.mark.parametrize("name", WITH_FORM)
def test_no_parameter_is_left_out_but_those_that_choose_and_what_only_they_let_in(name: str) -> None:
    entry = register.get(name)
    assert entry.closed_form is not None
    assert set(brief(entry).parameters) == set(entry.closed_form.parameters) - set(choosing(entry))


def test_a_scheduler_without_a_closed_form_is_refused() -> None:
    with pytest.raises(ValueError, match="reduce_lr_on_plateau has no closed form"):
        brief(register.get("reduce_lr_on_plateau"))
