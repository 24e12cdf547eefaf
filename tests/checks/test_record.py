from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oneflow.optim.lr_scheduler import ReduceLROnPlateau, StepLR

from lrdoc import trace
from lrdoc.checks import record
from lrdoc.checks.record import Source

CALL = "StepLR(optimizer, step_size=3, gamma=0.5)"
FAILING = "PolynomialLR(optimizer, 4, end_learning_rate=0.0, power=-1.0)"


def source(*calls: str, folder: str = "records") -> Source:
    return Source(folder, "oneflow", 10, lambda _page: list(calls))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project of one page, which is the working folder."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "step_lr.md").write_text("# StepLR\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_run_is_what_a_trace_of_the_same_scheduler_is() -> None:
    traced = trace.eager(StepLR(trace.sgd(0.1), 3, 0.5), 10)[:, 0]
    np.testing.assert_array_equal(record.attempt("oneflow", CALL, 10)["lrs"], traced)


def test_reduce_lr_on_plateau_is_given_the_metric_of_each_step() -> None:
    run = record.attempt("oneflow", "ReduceLROnPlateau(optimizer, factor=0.5, patience=0)", 20)
    metrics = [record.metric(at) for at in range(20)]
    traced = trace.eager(ReduceLROnPlateau(trace.sgd(0.1), factor=0.5, patience=0), 20, metrics)[:, 0]
    np.testing.assert_array_equal(run["lrs"], traced)
    assert run["lrs"][0] == 0.1 > run["lrs"][-1]


def test_a_call_that_raises_at_construction_has_no_learning_rates() -> None:
    run = record.attempt("oneflow", "StepLR(optimizer, step_size=0)", 10)
    assert run == {
        "lrs": [],
        "error": "AssertionError",
        "message": "step_size must greater than zero, but got 0",
        "when": "construction",
    }
    assert record.ending(run) == "AssertionError at construction"


def test_a_call_that_raises_later_keeps_the_learning_rates_before_and_tells_the_step() -> None:
    run = record.attempt("oneflow", FAILING, 10)
    assert record.ending(run) == f"ZeroDivisionError at step {len(run['lrs'])}"
    assert len(run["lrs"]) == 4


def test_a_run_to_the_end_has_no_ending() -> None:
    assert record.ending(record.attempt("oneflow", CALL, 3)) is None


@given(lrs=st.lists(st.floats(0.0, 10.0), min_size=1), data=st.data())
def test_runs_differ_exactly_where_one_was_changed(lrs: list[float], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lrs) - 1))
    changed = [*lrs[:at], lrs[at] * (1 + 1e-6) + 1e-9, *lrs[at + 1 :]]
    assert record.differing({"lrs": lrs}, {"lrs": list(lrs)}) == []
    assert record.differing({"lrs": lrs}, {"lrs": changed}) == [at]
    assert record.differing({"lrs": changed}, {"lrs": lrs}) == [at]


@pytest.mark.parametrize("swap", [False, True])
def test_runs_differ_from_where_one_of_them_has_ended(swap: bool) -> None:
    runs = [{"lrs": [0.1]}, {"lrs": [0.1, 0.1, 0.1]}]
    assert record.differing(*(reversed(runs) if swap else runs)) == [1, 2]


def test_the_last_digits_of_a_float_are_no_difference() -> None:
    assert record.differing({"lrs": [0.1 + 0.2]}, {"lrs": [0.3]}) == []


def test_what_is_written_is_read_again(project: Path) -> None:
    taken = source(CALL, FAILING)
    record.main(taken, [])
    kept = taken.read(project / "docs", "step_lr")
    assert kept["version"] == "0.9.0"
    assert kept["runs"] == {call: record.attempt("oneflow", call, 10) for call in (CALL, FAILING)}
    assert (taken.version(project / "docs"), taken.count(project / "docs")) == ("0.9.0", 2)


def test_a_page_without_calls_has_no_record(project: Path) -> None:
    record.main(source(), [])
    assert not (project / "docs" / "records").exists()
    assert source().read(project / "docs", "step_lr") == {"version": "", "runs": {}}


def test_a_check_of_a_true_record_is_silent_and_writes_nothing(project: Path) -> None:
    record.main(source(CALL, FAILING), [])
    path = project / "docs" / "records" / "step_lr.json"
    before = path.read_bytes()
    record.main(source(CALL, FAILING), ["--check"])
    assert path.read_bytes() == before


def _other_value(runs: dict[str, Any]) -> None:
    runs[CALL]["lrs"][4] *= 1.001


def _other_error(runs: dict[str, Any]) -> None:
    runs[FAILING]["error"] = "ValueError"


def _other_message(runs: dict[str, Any]) -> None:
    runs[FAILING]["message"] += "!"


def _other_moment(runs: dict[str, Any]) -> None:
    runs[FAILING]["when"] = "construction"


def _shorter(runs: dict[str, Any]) -> None:
    runs[CALL]["lrs"].pop()


def _missing(runs: dict[str, Any]) -> None:
    del runs[CALL]


def _superfluous(runs: dict[str, Any]) -> None:
    runs["StepLR(optimizer, 1)"] = runs[CALL]


@pytest.mark.parametrize(
    "change", [_other_value, _other_error, _other_message, _other_moment, _shorter, _missing, _superfluous]
)
def test_a_check_ends_with_an_error_for_a_record_that_is_not_true(project: Path, change: Any) -> None:
    record.main(source(CALL, FAILING), [])
    path = project / "docs" / "records" / "step_lr.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    change(kept["runs"])
    path.write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(SystemExit, match=r"step_lr\.json is not what oneflow 0\.9\.0 gives: run nox -s records"):
        record.main(source(CALL, FAILING), ["--check"])
