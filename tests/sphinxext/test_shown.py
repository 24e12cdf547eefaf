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
        ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], "1, 2, 3, 4, 5, …"),
    ],
)
def test_equal_learning_rates_are_counted_not_repeated(lrs: list[Any], text: str) -> None:
    assert runs(lrs) == text
