from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from lrdoc.running.lock import one_at_a_time

ROOT = Path(__file__).parents[2]
CODE = """
import sys
from pathlib import Path
from lrdoc.running.lock import one_at_a_time

print("waits", flush=True)
with one_at_a_time(Path(sys.argv[1])):
    print(Path(sys.argv[2]).read_text())
"""


def test_a_second_process_waits_for_the_first(tmp_path: Path) -> None:
    lock, note = tmp_path / "lock", tmp_path / "note"
    note.write_text("too early")
    command = [sys.executable, "-c", CODE, str(lock), str(note)]
    with one_at_a_time(lock):
        second = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert second.stdout is not None
        assert second.stdout.readline() == "waits\n"
        try:
            second.wait(0.5)
        except subprocess.TimeoutExpired:
            note.write_text("in time")
    assert second.communicate(timeout=1800) == ("in time\n", None)
    assert second.returncode == 0


def test_a_lock_can_be_taken_again(tmp_path: Path) -> None:
    for _ in range(2):
        with one_at_a_time(tmp_path / "lock"):
            pass
