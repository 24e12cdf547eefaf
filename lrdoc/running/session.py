"""Run the commands of a console session and return what a reader would see of them."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from lrdoc.running.lock import one_at_a_time

PROMPT = "$ "
_LAUNCHER = "oneflow.distributed.launch"
_PATIENCE = 300
"""Seconds after which a command is taken to hang, however busy the machine is: the longest takes some ten on a free one; less than the worker's, which would leave running what the command has started."""
_STILL = 60
"""Seconds after which a command is taken to hang where it and all that it has started do next to nothing: about one in thirty trainings of two processes does so at its end, as each waits for the other."""
_LEAST_WORK = 0.5
"""Seconds of processor time: what hangs uses less in ``_STILL`` seconds, what works uses more, however busy the machine is."""
_LOOK = 5
"""Seconds between two looks at a command that runs."""

# What OneFlow's C++ side says about the machine, whatever the program does.
_ABOUT_THE_MACHINE = re.compile(r"libibverbs not available.*|[WIE]\d{8} .*")


def commands(text: str) -> list[str]:
    """Return the commands of a session, one per line that starts with ``$``; one that ends in a backslash goes on in the next line.

    Raises ``ValueError`` for a line that belongs to no command.
    """
    found: list[str] = []
    goes_on = False
    for line in text.splitlines():
        if goes_on:
            found[-1] += line.strip().removesuffix("\\")
        elif line.startswith(PROMPT):
            found.append(line.removeprefix(PROMPT).removesuffix("\\"))
        elif line.strip():
            raise ValueError(f"{line!r} is no command: a command starts with {PROMPT!r}")
        goes_on = line.endswith("\\")
    return found


def run(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Run the commands, one after the other, in an empty folder; return exit status and output of each."""
    with tempfile.TemporaryDirectory() as folder:
        return [_lasting(shlex.split(line), Path(folder) / "work", Path(folder) / "before") for line in lines]


def _lasting(words: Sequence[str], folder: Path, before: Path) -> tuple[int, str]:
    """Run one command; if OneFlow crashes or hangs without saying why, restore the folder and run it again, up to three times in all."""
    folder.mkdir(exist_ok=True)
    shutil.copytree(folder, before)
    try:
        # About one in fifty processes that train a graph ends in a crash for no reason that OneFlow 0.9.0 gives.
        for _ in range(3):
            status, output = _once(words, folder)
            if not _crashed(status, output):
                break
            shutil.rmtree(folder)
            shutil.copytree(before, folder)
        return status, output
    finally:
        shutil.rmtree(before)


def _crashed(status: int, output: str) -> bool:
    """Tell whether the program, or one that OneFlow's launcher started, was ended by a signal without a reason."""
    return (status < 0 or "died with <Signals." in output) and "Check failed" not in output


def _once(words: Sequence[str], folder: Path) -> tuple[int, str]:
    # A process group of its own: OneFlow's launcher kills its whole group, in which this process must not be.
    with (
        _alone(words),
        subprocess.Popen(
            words,
            cwd=folder,
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        ) as process,
    ):
        try:
            output, errors = _output(process)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return process.returncode, "\n".join(_shown(output + errors))


def _output(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Return what a command writes until it ends; end it, with all that it has started, where it hangs."""
    began = worked_at = time.monotonic()
    worked = 0.0
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=_LOOK)
        now, work = time.monotonic(), _work(process.pid)
        if abs(work - worked) > _LEAST_WORK:
            worked, worked_at = work, now
        if now - worked_at > _STILL or now - began > _PATIENCE:
            os.killpg(process.pid, signal.SIGKILL)
            return process.communicate()


def _work(group: int) -> float:
    """Return the seconds of processor time that the processes of a group, and those that they have waited for, have used."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            # The fields after the name, which is in brackets and may hold anything: the group is the third, the times are four from the twelfth on.
            fields = path.read_text(errors="replace").rpartition(")")[2].split()
            if int(fields[2]) == group:
                ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _alone(words: Sequence[str]) -> contextlib.AbstractContextManager[None]:
    """Return a lock to hold while a command runs: OneFlow's launcher always takes the same port, so two builds must take turns; none for other commands."""
    if _LAUNCHER not in words:
        return contextlib.nullcontext()
    return one_at_a_time(Path(tempfile.gettempdir()) / f"{_LAUNCHER}-{os.getuid()}.lock")


def _environment() -> dict[str, str]:
    """Return what commands are started with, the same on every machine, whatever its language, time zone and terminal."""
    # "python" is the interpreter that runs this; lines are as wide as a page; one thread adds up in the same order every time.
    root, binaries = Path(__file__).parents[2], Path(sys.executable).parent
    path = f"{binaries}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": path, "PYTHONPATH": str(root), "COLUMNS": "80", "OMP_NUM_THREADS": "1"}
    plain = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "dumb", "NO_COLOR": "1"}
    inherited = {name: value for name, value in os.environ.items() if name not in ("LANGUAGE", "FORCE_COLOR")}
    return {**inherited, **own, **plain}


def _shown(output: str) -> Iterator[str]:
    return (line.rstrip() for line in output.splitlines() if not _ABOUT_THE_MACHINE.fullmatch(line))
