from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdoc import register
from lrdoc.describe.domain import Choice, Domain, Flag, Integer, Lambda, Milestones, Real

DOMAINS = [(name, key) for name, found in register.entries().items() for key in found.domains]


def domain_of(name: str, key: str) -> Domain:
    return register.get(name).domains[key]


@pytest.mark.parametrize(("name", "key"), DOMAINS)
@given(rng=st.randoms(use_true_random=False), stretch=st.sampled_from([1, 150]))
def test_every_sample_is_valid(name: str, key: str, rng: random.Random, stretch: int) -> None:
    domain = domain_of(name, key)
    assert domain.sample(rng, stretch) in domain


@pytest.mark.parametrize(
    ("value", "domain"),
    [
        (0, Integer(1, (1, 5))),
        (2.0, Integer(1, (1, 5))),
        (True, Integer(0, (1, 5))),
        (0.0, Real(0.0, None, (1, 2), open=True)),
        (1.1, Real(0.0, 1.0, (0, 1))),
        (1.0, Real(0.0, 1.0, (0, 1), below=True)),
        (True, Real(0.0, 1.0, (0, 1))),
        (float("nan"), Real(0.0, 1.0, (0, 1))),
        (1, Flag()),
        ("Linear", Choice(("linear",))),
        ([3, 3], Milestones()),
        ([5, 2], Milestones()),
        ([0, 1], Milestones()),
        ([1.5], Milestones()),
        ([1, 2], Milestones(length=1)),
        (5, Milestones()),
    ],
)
def test_what_makes_no_sense_is_outside_the_valid_range(value: Any, domain: Domain) -> None:
    assert value not in domain


@pytest.mark.parametrize(
    ("value", "domain"),
    [
        (1, Integer(1, (1, 5))),
        (0.0, Real(0.0, 1.0, (0, 1))),
        (1, Real(0.0, 1.0, (0, 1))),
        (False, Flag()),
        ([], Milestones()),
        ((1, 2, 9), Milestones()),
        ([4], Milestones(length=1)),
    ],
)
def test_the_border_itself_is_valid_where_it_makes_sense(value: Any, domain: Domain) -> None:
    assert value in domain


def test_only_what_counts_steps_is_stretched() -> None:
    rng = random.Random(0)
    assert max(Integer(1, (1, 5)).sample(rng, 100) for _ in range(50)) > 5
    assert max(Integer(1, (1, 5), in_steps=False).sample(rng, 100) for _ in range(50)) <= 5


def test_a_lambda_is_shown_as_it_is_written() -> None:
    function = Lambda("lambda step: 0.5 ** step")
    assert function(2) == 0.25
    assert repr(function) == "lambda step: 0.5 ** step"
