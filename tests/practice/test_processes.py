from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lrdoc.practice import processes
from tests.practice.conftest import completed, launcher, started

CODE = """
import sys
from lrdoc.practice import rendezvous

rendezvous.wait()
from lrdoc.practice import processes

rank, count = processes.share()
assert count == 2
assert processes.total([rank + 1.0, 10.0], "cpu").tolist() == [3.0, 20.0]
processes.check_equal(1 / 3, "the same", "cpu")
try:
    processes.check_equal(0.1 + 1e-12 * rank, "the learning rate", "cpu")
except RuntimeError as error:
    sys.stdout.write(f"<{error}>\\n")
"""


def test_a_process_alone_is_the_first_of_one() -> None:
    assert processes.share() == (0, 1)
    assert processes.is_first()
    assert processes.total([1.5, 2.0], "cpu").tolist() == [1.5, 2.0]
    processes.check_equal(0.1, "the learning rate", "cpu")


def test_two_processes_find_out_that_they_differ(tmp_path: Path, environment: dict[str, str]) -> None:
    script = tmp_path / "script.py"
    script.write_text(CODE)
    with started([sys.executable, *launcher(), str(script)], tmp_path, environment) as process:
        done = completed(process)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("<the learning rate differs from that of process 0 in 1 processes") == 2


@pytest.mark.parametrize("model", ["anything"])
def test_a_model_alone_is_left_as_it_is(model: str) -> None:
    assert processes.parallel(model) is model
