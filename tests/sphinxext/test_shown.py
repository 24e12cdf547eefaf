from __future__ import annotations

from typing import Any

import pytest

from lrdoc.sphinxext.shown import number, runs


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
        ([1.0, 2.0, 3.0, 4.0, 5.0], "1, 2, 3, 4, 5"),
    ],
)
def test_equal_learning_rates_are_counted_not_repeated(lrs: list[Any], text: str) -> None:
    assert runs(lrs) == text


@pytest.mark.parametrize(
    ("lrs", "text"),
    [
        ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], "1, 2, 3, …, step 5: 6"),
        ([1.0, 0.9, 0.8, 0.7, -1.0, -0.9], "1, 0.9, 0.8, …, step 4: -1, …"),
        ([1.0, 1.0, 0.9, 0.8, 0.7, 0.6, "nan", "nan"], "1 ×2, 0.9, 0.8, …, step 5: 0.6, …, step 6: nan, …"),
        ([1.0, 0.1] * 4, "1, 0.1, 1, …"),
    ],
)
def test_of_a_long_curve_the_steps_are_told_at_which_it_is_lowest_highest_or_no_number(
    lrs: list[Any], text: str
) -> None:
    assert runs(lrs) == text
