"""Run the commands of a console session and return what a reader would see of them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from lrdoc.running.lock import one_at_a_time

PROMPT = "$ "
_LAUNCHER = "oneflow.distributed.launch"
_PATIENCE = 300
"""Seconds after which a command is taken to hang, however busy the machine is: the longest takes some ten on a free one; less than the worker's, which would leave running what the command has started."""

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
            output, errors = process.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, errors = process.communicate()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return process.returncode, "\n".join(_shown(output + errors))


def _alone(words: Sequence[str]) -> AbstractContextManager[None]:
    """Return a lock to hold while a command runs: OneFlow's launcher always takes the same port, so two builds must take turns; none for other commands."""
    if _LAUNCHER not in words:
        return nullcontext()
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
