from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lrdoc.practice.metrics import Metrics, Row

ROWS = [Row(0, 0, 0.1, 4.6), Row(1, 0, 0.05, 4.5, 4.4, 0.25), Row(2, 1, 1 / 3, 1e-7)]


@pytest.fixture(params=["csv", "jsonl"])
def metrics(request: pytest.FixtureRequest, tmp_path: Path) -> Metrics:
    found = Metrics(tmp_path / f"metrics.{request.param}")
    found.begin(0)
    return found


def test_rows_are_read_as_they_were_written(metrics: Metrics) -> None:
    metrics.add(ROWS[:1])
    metrics.add(ROWS[1:])
    assert metrics.read() == ROWS


def test_a_resumed_training_drops_what_came_after_its_checkpoint(metrics: Metrics) -> None:
    metrics.add(ROWS)
    metrics.begin(2)
    assert metrics.read() == ROWS[:2]


def test_a_row_that_was_cut_off_is_left_out(metrics: Metrics) -> None:
    metrics.add(ROWS)
    text = metrics.path.read_text()
    metrics.path.write_text(text[:-5])
    assert metrics.read() == ROWS[:2]


def test_rows_are_as_they_were_written_whatever_their_line_ends(metrics: Metrics) -> None:
    metrics.add(ROWS[:2])
    digest = metrics.digest()
    assert digest == metrics.digest_of(ROWS[:2])
    metrics.add(ROWS[2:])
    assert metrics.refusal(2, digest) is None
    assert metrics.refusal(3, metrics.digest()) is None
    metrics.path.write_text(metrics.path.read_text().replace("\n", "\r\n"), newline="")
    assert metrics.refusal(2, digest) is None
    metrics.begin(2)
    assert metrics.digest() == digest


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: lines[:-2], "lacks the row of iteration 1, and was written up to iteration 2"),
        (lambda lines: [*lines[:-2], lines[-1]], "has a row of iteration 2 where that of iteration 1 was written"),
        (lambda lines: [*lines[:-2], lines[-1], lines[-2]], "has a row of iteration 2 where that of iteration 1 was"),
        (lambda lines: [line.replace("4.5", "4.6") for line in lines], "rows up to iteration 2 hold other numbers"),
        (lambda lines: [line.replace("0.05", "0.06") for line in lines], "rows up to iteration 2 hold other numbers"),
        (lambda lines: [line.replace("0.25", "0.26") for line in lines], "rows up to iteration 2 hold other numbers"),
    ],
)
def test_rows_that_were_changed_are_told(metrics: Metrics, change: Callable[[list[str]], list[str]], said: str) -> None:
    metrics.add(ROWS)
    metrics.path.write_text("".join(change(metrics.path.read_text().splitlines(keepends=True))))
    assert said in (metrics.refusal(3, metrics.digest()) or "")


def test_csv_has_a_head_for_spreadsheets(tmp_path: Path) -> None:
    metrics = Metrics(tmp_path / "metrics.csv")
    metrics.begin(0)
    assert metrics.path.read_text() == "iteration,epoch,lr,loss,validation_loss,validation_accuracy\n"


def test_columns_that_not_every_training_has_are_written_where_they_are_asked_for(tmp_path: Path) -> None:
    further = ("gradient_norm", "skipped_updates")
    row = Row(0, 0, 0.1, 4.6, gradient_norm=1 / 3, skipped_updates=2)
    for name in ("metrics.csv", "metrics.jsonl"):
        metrics = Metrics(tmp_path / name, further)
        metrics.begin(0)
        metrics.add([row])
        assert metrics.read() == [row]
        assert "average" not in metrics.path.read_text()
