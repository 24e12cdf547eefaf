from __future__ import annotations

from lrdoc.checks import momentum_records


def test_the_momentum_of_every_step_is_recorded_for_as_many_sets_as_the_learning_rates() -> None:
    records = momentum_records.recorded()
    assert len(records) >= 200
    for arguments, momenta in records:
        assert "lr" not in arguments
        assert len(momenta) == arguments["total_steps"]
        assert momenta[0] == 0.95
        assert all(0.85 - 1e-12 <= momentum <= 0.95 + 1e-12 for momentum in momenta)


def test_a_record_that_says_something_else_is_found() -> None:
    assert momentum_records._agree([[0.95, 0.9]], [[0.95, 0.9 + 1e-15]])
    assert not momentum_records._agree([[0.95, 0.9]], [[0.95, 0.9 + 1e-6]])
    assert not momentum_records._agree([[0.95, 0.9]], [[0.95]])
    assert not momentum_records._agree([[0.95]], [[0.95], [0.95]])
