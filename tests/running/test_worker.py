from __future__ import annotations

from pathlib import Path

import pytest

from lrdoc.running import worker
from lrdoc.running.worker import ABORTED, Outcome


def test_outcomes_come_in_the_order_of_the_codes() -> None:
    assert [outcome.result for outcome in worker.run(["result = 1", "result = 2", "result = 1"])] == [1, 2, 1]


def test_what_is_printed_is_kept() -> None:
    assert worker.run(["print('a'); print('b')"]) == [Outcome(stdout="a\nb\n")]


def test_an_exception_is_told_by_class_text_and_line() -> None:
    (outcome,) = worker.run(["x = 1\nprint(x)\nraise ValueError('too much')"])
    assert (outcome.error, outcome.message, outcome.line, outcome.stdout) == ("ValueError", "too much", 3, "1\n")


def test_an_exception_inside_a_function_is_told_with_its_own_line_not_that_of_the_call() -> None:
    (outcome,) = worker.run(["def fail():\n    raise ValueError('deep')\n\nfail()"])
    assert (outcome.error, outcome.line) == ("ValueError", 2)


def test_a_key_error_is_told_without_the_quotes_of_its_key() -> None:
    assert worker.run(["raise KeyError('initial_lr is missing')"])[0].message == "initial_lr is missing"


def test_code_that_does_not_parse_is_an_exception_like_any_other() -> None:
    assert worker.run(["result ="])[0].error == "SyntaxError"


def test_code_that_aborts_the_process_leaves_the_others_alone() -> None:
    first, fatal, last = worker.run(["result = 1", "import os; os.abort()", "result = 3"])
    assert (first.result, last.result) == (1, 3)
    assert (fatal.error, fatal.message) == (ABORTED, "SIGABRT")


def test_an_abort_of_oneflow_is_told_with_the_reason_it_gives() -> None:
    code = """
from oneflow.optim.lr_scheduler import MultiStepLR
from lrdoc import trace
trace.graph(lambda optimizer: MultiStepLR(optimizer, milestones=[]), steps=3)
"""
    (outcome,) = worker.run([code])
    assert outcome.error == ABORTED
    assert outcome.message == "SIGABRT: Check failed: milestones.size() >= 1 (0 vs. 1)"


def test_code_that_ends_the_process_is_not_taken_for_success() -> None:
    (outcome, after) = worker.run(["import os; os._exit(0)", "result = 1"])
    assert (outcome.error, outcome.message) == (ABORTED, "exit status 0")
    assert after.result == 1


def test_a_crash_without_a_reason_counts_only_if_it_happens_again(tmp_path: Path) -> None:
    code = f"""
import os, pathlib
mark = pathlib.Path({str(tmp_path / "crashed")!r})
if not mark.exists():
    mark.touch()
    os.abort()
result = "alive"
"""
    assert worker.run(["result = 0", code, "result = 2"]) == [
        Outcome(result=0),
        Outcome(result="alive"),
        Outcome(result=2),
    ]


def test_code_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "PATIENCE", 3.0)  # a process needs one of them to start on a busy machine
    hanging, after = worker.run(["import time\ntime.sleep(100)", "result = 1"])
    assert (hanging.error, hanging.message) == (ABORTED, "SIGKILL")
    assert after.result == 1


def test_a_piece_that_defines_a_graph_has_a_process_of_its_own() -> None:
    pid = "import os\nresult = os.getpid()"
    first, alone, last = (outcome.result for outcome in worker.run([pid, pid + "  # nn.Graph", pid + "  # again"]))
    assert first == last != alone


def test_each_code_starts_with_no_names_of_another() -> None:
    assert worker.run(["x = 1", "result = 'x' in globals()"])[1].result is False


def test_code_that_has_run_before_is_not_run_again(tmp_path: Path) -> None:
    code = f"p = {str(tmp_path / 'runs')!r}\nwith open(p, 'a') as file: file.write('x')\nresult = 5"
    first, second = worker.run([code], cache=tmp_path / "cache"), worker.run([code], cache=tmp_path / "cache")
    assert first == second == [Outcome(result=5)]
    assert (tmp_path / "runs").read_text() == "x"


def test_another_oneflow_or_lrdoc_runs_everything_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import uuid\nresult = str(uuid.uuid4())"
    before = worker.run([code], cache=tmp_path)
    monkeypatch.setattr(worker, "digest", lambda code, *through: "another")
    assert worker.run([code], cache=tmp_path) != before


def test_progress_tells_what_is_still_to_run(tmp_path: Path) -> None:
    left: list[int] = []
    worker.run(["result = 1", "result = 2"], cache=tmp_path, progress=left.append)
    worker.run(["result = 1", "result = 2", "result = 3"], cache=tmp_path, progress=left.append)
    assert left == [0, 0]


def test_colours_are_left_out_of_what_oneflow_says() -> None:
    assert worker.run(["raise TypeError('\\x1b[1m\\x1b[38;2;255;000;000mError\\x1b[0m: no')"])[0].message == "Error: no"


def test_the_number_of_a_graph_does_not_depend_on_what_ran_before() -> None:
    code = """
import contextlib
from oneflow.optim.lr_scheduler import LambdaLR
from lrdoc import trace
with contextlib.suppress(AttributeError):
    trace.graph(lambda optimizer: LambdaLR(optimizer, abs), steps=1)
"""
    first, second = worker.run([code, code + "pass"])
    assert first.stdout == second.stdout
    assert "_0:" in first.stdout
