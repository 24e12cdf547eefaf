from __future__ import annotations

from lrdoc.checks import momentum_records, recipe_records

ENDS = {"one_cycle": (0.85, 0.95), "cyclic": (0.8, 0.9)}
"""The lowest and the highest momentum of PyTorch's defaults, by recipe; it begins at the highest."""


def test_the_momentum_of_every_step_is_recorded_for_as_many_sets_as_the_learning_rates() -> None:
    assert set(momentum_records.RECIPES) == set(ENDS)
    for recipe, (low, high) in ENDS.items():
        records = momentum_records.recorded(recipe)
        assert len(records) >= 200
        for arguments, momenta in records:
            assert "lr" not in arguments
            assert len(momenta) == recipe_records.TRIALS[recipe].end(arguments) + 1
            assert momenta[0] == high
            assert all(low - 1e-12 <= momentum <= high + 1e-12 for momentum in momenta)


def _record(*rows: list[float]) -> dict[str, list[list[float]]]:
    return {"one_cycle": [[0.95]], "cyclic": list(rows)}


def test_a_record_that_says_something_else_is_found() -> None:
    assert momentum_records._agree(_record([0.95, 0.9]), _record([0.95, 0.9 + 1e-15]))
    assert not momentum_records._agree(_record([0.95, 0.9]), _record([0.95, 0.9 + 1e-6]))
    assert not momentum_records._agree(_record([0.95, 0.9]), _record([0.95]))
    assert not momentum_records._agree(_record([0.95]), _record([0.95], [0.95]))
