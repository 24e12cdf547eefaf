from __future__ import annotations

import os
from pathlib import Path

import pytest

from lrdoc.running import piece as pieces
from lrdoc.running import worker
from lrdoc.running.piece import Piece
from lrdoc.running.worker import ABORTED, Outcome


def run(*codes: str, cache: Path | None = None) -> list[Outcome]:
    return worker.run([Piece.importing(code) for code in codes], cache)


def test_outcomes_come_in_the_order_of_the_codes() -> None:
    assert [outcome.result for outcome in run("result = 1", "result = 2", "result = 1")] == [1, 2, 1]


def test_what_is_printed_is_kept() -> None:
    assert run("print('a'); print('b')") == [Outcome(stdout="a\nb\n")]


def test_an_exception_is_told_by_class_text_and_line() -> None:
    (outcome,) = run("x = 1\nprint(x)\nraise ValueError('too much')")
    assert (outcome.error, outcome.message, outcome.line, outcome.stdout) == ("ValueError", "too much", 3, "1\n")


def test_an_exception_inside_a_function_is_told_with_its_own_line_not_that_of_the_call() -> None:
    (outcome,) = run("def fail():\n    raise ValueError('deep')\n\nfail()")
    assert (outcome.error, outcome.line) == ("ValueError", 2)


def test_a_key_error_is_told_without_the_quotes_of_its_key() -> None:
    assert run("raise KeyError('initial_lr is missing')")[0].message == "initial_lr is missing"


def test_code_that_does_not_parse_is_an_exception_like_any_other() -> None:
    assert run("result =")[0].error == "SyntaxError"


def test_code_that_aborts_the_process_leaves_the_others_alone() -> None:
    first, fatal, last = run("result = 1", "import os; os.abort()", "result = 3")
    assert (first.result, last.result) == (1, 3)
    assert (fatal.error, fatal.message) == (ABORTED, "SIGABRT")


def test_an_abort_of_oneflow_is_told_with_the_reason_it_gives() -> None:
    code = """
from oneflow.optim.lr_scheduler import MultiStepLR
from lrdoc import trace
trace.graph(lambda optimizer: MultiStepLR(optimizer, milestones=[]), steps=3)
"""
    (outcome,) = run(code)
    assert outcome.error == ABORTED
    assert outcome.message == "SIGABRT: Check failed: milestones.size() >= 1 (0 vs. 1)"


def test_code_that_ends_the_process_is_not_taken_for_success() -> None:
    (outcome, after) = run("import os; os._exit(0)", "result = 1")
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
    assert run("result = 0", code, "result = 2") == [
        Outcome(result=0),
        Outcome(result="alive"),
        Outcome(result=2),
    ]


def test_code_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as impatient:
        impatient.setattr(worker, "PATIENCE", 1.0)
        (hanging,) = run("import time\ntime.sleep(10_000)")
    assert (hanging.error, hanging.message) == (ABORTED, "SIGKILL")
    assert run("result = 1")[0].result == 1


def test_a_piece_that_is_alone_has_a_process_of_its_own() -> None:
    code = "import os\nresult = os.getpid()"
    found = worker.run([Piece(code), Piece(code, alone=True), Piece(f"{code}  # again", alone=True)])
    assert len({outcome.result for outcome in found}) == 3


def test_weights_of_graphs_that_ran_before_are_not_taken_for_new_ones() -> None:
    code = """
import oneflow as flow
model = flow.nn.Linear(1, 1)
optimizer = flow.optim.SGD(model.parameters(), lr=0.1)

class Training(flow.nn.Graph):
    def __init__(self):
        super().__init__()
        self.model = model
        self.add_optimizer(optimizer)

    def build(self, x):
        loss = self.model(x).sum()
        loss.backward()
        return loss

Training()(flow.ones(1, 1))
result = {number}
"""
    outcomes = run(*(code.replace("{number}", str(number)) for number in range(12)))
    assert [(outcome.error, outcome.result) for outcome in outcomes] == [(None, number) for number in range(12)]


def test_a_piece_whose_weight_oneflow_mistakes_is_run_again_on_its_own(tmp_path: Path) -> None:
    code = f"""
import pathlib
mark = pathlib.Path({str(tmp_path / "mistaken")!r})
if not mark.exists():
    mark.touch()
    raise RuntimeError("Error: model.weight must be a variable created in nn.Graph: Training_24")
result = "alone"
"""
    assert run(code) == [Outcome(result="alone")]


def test_pieces_that_are_not_alone_share_processes() -> None:
    codes = [f"import os\nresult = os.getpid()  # {number}" for number in range(12)]
    assert len({outcome.result for outcome in run(*codes)}) <= (os.cpu_count() or 1)


def test_a_process_that_has_run_many_pieces_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker._Child, "_MOST", 2)
    monkeypatch.setattr(worker.os, "cpu_count", lambda: 1)
    codes = [f"import os\nresult = os.getpid()  # {number}" for number in range(5)]
    found = [outcome.result for outcome in run(*codes)]
    assert found[0] == found[1] != found[2] == found[3] != found[4]


def test_a_reason_is_that_of_the_piece_that_ends_the_process() -> None:
    noisy = "import os\nos.write(2, b'Check failed: of another\\n')"
    assert run(noisy, "import os; os.abort()")[1].message == "SIGABRT"


def test_each_code_starts_with_no_names_of_another() -> None:
    assert run("x = 1", "result = 'x' in globals()")[1].result is False


def test_code_that_has_run_before_is_not_run_again(tmp_path: Path) -> None:
    code = f"p = {str(tmp_path / 'runs')!r}\nwith open(p, 'a') as file: file.write('x')\nresult = 5"
    first, second = run(code, cache=tmp_path / "cache"), run(code, cache=tmp_path / "cache")
    assert first == second == [Outcome(result=5)]
    assert (tmp_path / "runs").read_text() == "x"


def test_another_oneflow_or_lrdoc_runs_everything_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import uuid\nresult = str(uuid.uuid4())"
    before = run(code, cache=tmp_path)
    monkeypatch.setattr(pieces.provenance, "digest", lambda code, *modules: "another")
    assert run(code, cache=tmp_path) != before


def test_progress_tells_what_is_still_to_run(tmp_path: Path) -> None:
    left: list[int] = []
    worker.run([Piece("result = 1"), Piece("result = 2")], tmp_path, left.append)
    worker.run([Piece("result = 1"), Piece("result = 2"), Piece("result = 3")], tmp_path, left.append)
    assert left == [1, 0, 0]


def test_colours_are_left_out_of_what_oneflow_says() -> None:
    assert run("raise TypeError('\\x1b[1m\\x1b[38;2;255;000;000mError\\x1b[0m: no')")[0].message == "Error: no"


def test_the_number_of_a_graph_does_not_depend_on_what_ran_before() -> None:
    code = """
import contextlib
from oneflow.optim.lr_scheduler import LambdaLR
from lrdoc import trace
with contextlib.suppress(AttributeError):
    trace.graph(lambda optimizer: LambdaLR(optimizer, abs), steps=1)
"""
    first, second = run(code, code + "pass")
    assert first.stdout == second.stdout
    assert "_0:" in first.stdout
