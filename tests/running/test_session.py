from __future__ import annotations

import re
import shlex
import signal
import time
from pathlib import Path

import pytest

from lrdoc.running import session

ROOT = Path(__file__).parents[2]


def test_a_command_is_a_line_after_the_prompt() -> None:
    assert session.commands("$ ls\n$ cat 'a b'\n") == ["ls", "cat 'a b'"]


def test_a_command_goes_on_after_a_backslash() -> None:
    assert session.commands("$ ls \\\n    -a \\\n    -l\n$ pwd") == ["ls -a -l", "pwd"]


def test_a_line_that_belongs_to_no_command_is_refused() -> None:
    with pytest.raises(ValueError, match="'output' is no command"):
        session.commands("$ ls\noutput")


def test_commands_share_a_folder_that_is_empty_at_first() -> None:
    assert session.run(["ls", "touch made", "ls"]) == [(0, ""), (0, ""), (0, "made")]


@pytest.mark.parametrize(
    ("name", "elsewhere", "here"),
    [
        ("LC_ALL", "zh_CN.GB18030", "C.UTF-8"),
        ("LANGUAGE", "zh_CN", "None"),
        ("TZ", "Asia/Kathmandu", "UTC"),
        ("TERM", "xterm-256color", "dumb"),
        ("FORCE_COLOR", "1", "None"),
        ("COLUMNS", "200", "80"),
        ("OMP_NUM_THREADS", "64", "1"),
    ],
)
def test_the_machines_language_time_zone_terminal_and_processors_reach_no_command(
    monkeypatch: pytest.MonkeyPatch, name: str, elsewhere: str, here: str
) -> None:
    monkeypatch.setenv(name, elsewhere)
    assert session.run([f"python -c \"import os; print(os.environ.get('{name}'), '学习率')\""]) == [
        (0, f"{here} 学习率")
    ]


def test_sessions_do_not_see_each_other() -> None:
    session.run(["touch made"])
    assert session.run(["ls"]) == [(0, "")]


def test_a_failure_is_returned_with_what_it_said() -> None:
    ((status, output),) = session.run(["python -c \"import sys; print('out'); sys.exit('err')\""])
    assert (status, output) == (1, "out\nerr")


def test_what_oneflow_says_about_the_machine_is_left_out() -> None:
    assert session.run(['python -c "import oneflow; print(1)"']) == [(0, "1")]


CRASH = "import os, pathlib, signal; p = pathlib.Path('../tried'); p.open('a').write('x'); p.stat().st_size < 3 and os.kill(os.getpid(), signal.SIGSEGV); print(sorted(os.listdir())); open('left', 'w')"


def test_a_crash_without_a_reason_is_tried_again_from_where_it_began() -> None:
    assert session.run(["touch made", f'python -c "{CRASH}"']) == [(0, ""), (0, "['made']")]


def test_a_crash_with_a_reason_is_not_tried_again() -> None:
    code = "import os, sys; print('Check failed: x', flush=True); os.abort()"
    ((status, output),) = session.run([f'python -c "{code}"'])
    assert (status, output) == (-6, "Check failed: x")


def test_builds_take_turns_at_the_port_of_the_launcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session.tempfile, "tempdir", str(tmp_path))
    code = "import fcntl, pathlib; (lock,) = pathlib.Path('..', '..').glob('*.lock'); fcntl.flock(lock.open(), 6)"
    ((status, said),) = session.run([f'python -c "{code}" oneflow.distributed.launch'])  # 6: exclusively, or not at all
    assert status == 1
    assert "BlockingIOError" in said


def is_running(process: int) -> bool:
    """Tell whether a process runs; one that has ended may wait for somebody to ask how."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return told.rpartition(")")[2].split()[0] != "Z"


def test_a_command_that_takes_too_long_ends_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_PATIENCE", 3)
    monkeypatch.setattr(session, "_LOOK", 1)
    started, left = tmp_path / "started", tmp_path / "left"
    inner = f"(sleep 20; touch {left}) & echo $! >{started}"
    ((status, said),) = session.run([f"sh -c '{inner}; echo began; sleep 60'"])
    assert not left.exists()
    assert (status, said) == (-signal.SIGKILL, "began")
    child = int(started.read_text(encoding="utf-8"))
    for _ in range(300):  # what is killed ends a little later
        if not is_running(child):
            return
        time.sleep(0.1)
    pytest.fail("what the command has started still runs")


def test_a_command_that_hangs_is_tried_again_long_before_one_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_STILL", 3)
    monkeypatch.setattr(session, "_LOOK", 1)
    hangs = "echo x >>../tried; test $(wc -l <../tried) -gt 1 || sleep 600; echo done"
    began = time.monotonic()
    assert session.run([f"sh -c '{hangs}'"]) == [(0, "done")]
    assert time.monotonic() - began < session._PATIENCE


def test_a_command_that_works_is_not_taken_to_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_STILL", 3)
    monkeypatch.setattr(session, "_LOOK", 1)
    monkeypatch.setattr(session, "_LEAST_WORK", 0.02)  # of three seconds, so that a busy machine leaves it as much
    works = "import time; end = time.monotonic() + 8\nwhile time.monotonic() < end: pass\nprint('done')"
    in_a_child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {works!r}], check=True)"
    (outcome,) = session.run([shlex.join(["python", "-c", in_a_child])])
    assert outcome == (0, "done")


def test_a_crash_of_a_process_that_the_launcher_started_is_tried_again() -> None:
    # This is how the launcher tells of it: with an exit status of its own.
    told = "import subprocess, sys; open('../tried', 'a').write('x'); len(open('../tried').read()) < 2 and subprocess.run([sys.executable, '-c', 'import os; os.abort()'], check=True); print('done')"
    assert session.run([f'python -c "{told}"']) == [(0, "done")]


def test_every_command_of_the_practice_page_is_one_that_the_build_runs() -> None:
    page = (ROOT / "docs" / "practice.md").read_text(encoding="utf-8")
    run = re.findall(r"```\{console\}\n(.*?)```", page, re.DOTALL)
    shown = page.count("```") / 2 - page.count("```{options}")  # that is a table
    assert page.count("```{console}") == shown == len(run)
    assert sum(len(session.commands(re.sub(r"^:.*\n", "", block, flags=re.MULTILINE))) for block in run) > 20
