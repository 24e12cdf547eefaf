from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lrdoc.practice import claim
from lrdoc.practice.refusal import RefusalError

HOLD = """
import sys, pathlib
from lrdoc.practice import claim

with claim.alone_in(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_folder_that_another_program_holds_is_refused_until_that_ends(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(RefusalError, match="another program trains into"), claim.alone_in(tmp_path):
            pass
        other.kill()
        other.wait()
    with claim.alone_in(tmp_path):
        pass


def test_a_folder_is_made_and_can_be_held_again(tmp_path: Path) -> None:
    for _ in range(2):
        with claim.alone_in(tmp_path / "new" / "run"):
            assert (tmp_path / "new" / "run").is_dir()


def test_a_folder_that_can_not_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".lock").mkdir()  # as good as a file system that takes no files, also for root
    with pytest.raises(RefusalError, match=r"can't be written: .*; choose another --output"), claim.alone_in(tmp_path):
        pass


def test_a_folder_that_can_not_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "run"):
        with pytest.raises(RefusalError, match=r"can't be made: .*; choose another --output"), claim.alone_in(folder):
            pass
