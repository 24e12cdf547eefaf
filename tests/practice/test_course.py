from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from lrdoc.practice import course


def root(step: int) -> float:
    if step > 12_345:
        raise ValueError("a root of a negative number")
    return math.pow(1 - step / 12_345, 0.9)


@pytest.mark.parametrize(
    ("function", "at"),
    [
        (lambda step: 1 - step / 40_000, 40_000),
        (lambda step: max(0.0, 1 - step / 3_001), 3_001),
        (lambda step: 0.5 * (1 + math.cos(math.pi * step / 40_000)), 40_000),
        (root, 12_345),
        (lambda step: 1.0 if step < 777 else 0.0, 777),
        (lambda _: -1.0, 100),
        (lambda _: 1.0, None),
        (lambda step: 1 / (step + 1), None),
    ],
)
def test_the_step_is_found_at_which_a_function_comes_to_0(function: Callable[[int], float], at: int | None) -> None:
    assert course.first_at_0(function, 100, 50_000) == at


def test_no_step_is_looked_for_where_there_is_none() -> None:
    assert course.first_at_0(lambda _: 0.0, 100, 100) is None
    assert course.first_at_0(lambda _: 0.0, 100, 101) == 100


@pytest.mark.parametrize(
    ("function", "at"),
    [
        (lambda step: min(1.0, step / 100_003), 100_003),
        (lambda step: min(1.0, (step + 1) / 10**9), 10**9 - 1),
        (lambda step: min(step / 4_001, (4_001 / (step + 1)) ** 0.5), 4_001),
        (lambda step: step / 10, None),
        (lambda step: math.sqrt(step), None),
        (lambda step: 1 - step / 10_000, None),
        (lambda step: min(1.0, step / 500), None),
    ],
)
def test_the_step_is_found_at_which_a_function_stops_rising(function: Callable[[int], float], at: int | None) -> None:
    assert course.highest_after(function, 0, 999) == at


def test_a_fall_per_step_is_the_mean_share() -> None:
    assert course.fall_per_step(0.1 * 0.99 ** np.arange(5)) == pytest.approx(0.01)
    assert course.fall_per_step(np.array([0.1, 0.2])) == 0
    assert course.fall_per_step(np.array([0.1, 0.0])) == 0


def test_a_jump_is_to_more_than_twice_the_rate_before_and_more_than_half_of_the_highest() -> None:
    assert course.last_jump(np.array([0.4, 1.0, 0.1, 0.51])) == 3
    assert course.last_jump(np.array([0.4, 1.0, 0.1, 0.5])) == 1
    assert course.last_jump(np.array([0.5, 1.0, 0.3, 0.6])) == 0
    assert course.last_jump(np.array([1.0])) == 0
