from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
from oneflow.optim.lr_scheduler import ReduceLROnPlateau, StepLR

from lrdoc import trace
from lrdoc.checks import recorder

CALL = "StepLR(optimizer, step_size=3, gamma=0.5)"
FAILING = "PolynomialLR(optimizer, 4, end_learning_rate=0.0, power=-1.0)"


def recording(call: str, steps: int = 10) -> recorder.Recording:
    return recorder.record("oneflow", [call], steps)[call]


def test_a_recording_is_what_a_trace_of_the_same_scheduler_is() -> None:
    traced = trace.eager(StepLR(trace.sgd(recorder.BASE_LR), 3, 0.5), 10)[:, 0]
    np.testing.assert_array_equal(recording(CALL)["lrs"], traced)


def test_every_call_is_recorded_for_itself() -> None:
    assert recorder.record("oneflow", [CALL, FAILING], 10) == {CALL: recording(CALL), FAILING: recording(FAILING)}


def test_reduce_lr_on_plateau_is_given_the_metric_of_each_step() -> None:
    made = recording("ReduceLROnPlateau(optimizer, factor=0.5, patience=0)", 20)
    metrics = [recorder.metric(step) for step in range(20)]
    traced = trace.eager(ReduceLROnPlateau(trace.sgd(0.1), factor=0.5, patience=0), 20, metrics)[:, 0]
    np.testing.assert_array_equal(made["lrs"], traced)
    assert made["lrs"][0] == 0.1 > made["lrs"][-1]


def test_a_call_that_raises_at_construction_has_no_learning_rates() -> None:
    assert recording("StepLR(optimizer, step_size=0)") == {
        "lrs": [],
        "error": "AssertionError",
        "message": "step_size must greater than zero, but got 0",
        "when": "construction",
    }


def test_a_call_that_raises_later_keeps_the_learning_rates_before_and_tells_the_step() -> None:
    made = recording(FAILING)
    assert made["error"] == "ZeroDivisionError"
    assert made["when"] == f"step {len(made['lrs'])}"
    assert len(made["lrs"]) == 4


def test_what_is_run_as_a_program_is_written_with_the_version(tmp_path: Path) -> None:
    calls, target = tmp_path / "calls.json", tmp_path / "record.json"
    calls.write_text(json.dumps({"package": "oneflow", "calls": [CALL], "steps": 10}), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "lrdoc.checks.recorder", str(calls), str(target)], check=True)
    written = json.loads(target.read_text(encoding="utf-8"))
    assert written == {"version": "0.9.0", "recordings": {CALL: recording(CALL)}}


def test_an_environment_needs_nothing_but_the_package(tmp_path: Path) -> None:
    root = Path(recorder.__file__).parents[2]
    code = f"import sys; sys.path.insert(0, {str(root)!r}); import lrdoc.checks.recorder; print(*sys.modules)"
    isolated = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in isolated.stdout.split()}
    assert loaded - sys.stdlib_module_names - {"lrdoc", "__main__"} == set()
