from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdoc.practice.paired import Difference, difference, summary, table

NUMBERS = st.lists(st.floats(0, 1), min_size=2, max_size=30)


def test_the_interval_holds_the_true_mean_in_95_of_100_experiments() -> None:
    rng = np.random.default_rng(0)
    held = 0
    for _ in range(4000):
        shared, noise = rng.normal(0, 3, 5), rng.normal(0.4, 1, 5)
        found = difference((shared + noise).tolist(), shared.tolist())
        assert found is not None
        assert found.interval is not None
        held += found.interval[0] <= 0.4 <= found.interval[1]
    assert held / 4000 == pytest.approx(0.95, abs=0.012)


@given(NUMBERS, st.floats(-1, 1))
def test_what_two_series_share_cancels(values: list[float], shift: float) -> None:
    found = difference([value + shift for value in values], values)
    assert found is not None
    assert found.mean == pytest.approx(shift, abs=1e-9)
    assert found.standard_error == pytest.approx(0, abs=1e-9)


@given(NUMBERS, NUMBERS)
def test_the_other_way_round_it_is_the_negative(values: list[float], others: list[float]) -> None:
    count = min(len(values), len(others))
    there, back = difference(values[:count], others[:count]), difference(others[:count], values[:count])
    assert there is not None
    assert back is not None
    assert there.interval
    assert back.interval
    assert there.mean == pytest.approx(-back.mean, abs=1e-12)
    assert there.interval == pytest.approx((-back.interval[1], -back.interval[0]), abs=1e-9)
    assert there.tells_apart == back.tells_apart


def test_pairs_that_are_not_whole_are_left_out() -> None:
    assert difference([0.5, None, 0.7], [0.4, 0.9, None]) == Difference(1, pytest.approx(0.1))
    assert difference([None], [0.5]) is None
    assert summary([None, None]) is None


def test_one_seed_has_no_uncertainty_to_tell() -> None:
    found = difference([0.5], [0.25])
    assert found == Difference(1, 0.25)
    assert not found.tells_apart
    assert "unknown with one seed" in table({"A": [0.25], "B": [0.5]})


def test_the_table_says_mean_spread_lowest_and_the_difference_to_the_first_row() -> None:
    rows = table({"A": [0.5, 0.6, 0.7], "B": [0.51, 0.61, 0.72], "C": [None, 0.9, 0.2]}).splitlines()[2:]
    assert rows[0].split() == ["A", "60.00", "10.00", "50.00"]
    assert rows[1].split() == ["B", "61.33", "10.50", "51.00", "+1.33", "-0.10", "to", "+2.77", "(holds", "0)"]
    assert rows[2].split()[:4] == ["C", "55.00", "49.50", "20.00"]
