"""Run pieces of code in a child process and report what came of each, even if one brings the process down.

Some arguments make OneFlow abort the whole process in Graph mode, so nothing that the site claims is tried in the process that builds it.
A piece of code is self-contained; it may leave its result, anything that JSON can hold, in a variable called ``result``.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from lrdoc.running.provenance import digest

ABORTED = "process aborted"


@dataclass(frozen=True)
class Outcome:
    """What came of one piece of code: what it printed, its ``result``, and the exception, if any, that ended it.

    ``error`` is the exception's class name, or ``ABORTED`` where the process died; ``message`` its text, or the first line of what the C++ side said; ``line`` the line of the code that raised it, counted from 1.
    """

    stdout: str = ""
    result: Any = None
    error: str | None = None
    message: str = ""
    line: int | None = None


def run(
    codes: Sequence[str], cache: Path | None = None, progress: Callable[[int], None] | None = None
) -> list[Outcome]:
    """Run each piece of code and return their outcomes, in the same order; as many at once as there are processors.

    Outcomes are taken from ``cache``, a folder, when the same code has run before on the same OneFlow and the same modules of lrdoc; ``progress`` is called with the number of pieces still to run.
    """
    known = {code: kept for code in codes if (kept := _read(cache, code)) is not None}
    missing = [code for code in dict.fromkeys(codes) if code not in known]
    batches = list(_batches(missing))
    left = len(missing)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for batch, outcomes in zip(batches, pool.map(_survive, batches), strict=True):
            for code, outcome in zip(batch, outcomes, strict=True):
                known[code] = outcome
                _write(cache, code, outcome)
            left -= len(batch)
            if progress is not None:
                progress(left)
    return [known[code] for code in codes]


_DEFINES_A_GRAPH = re.compile(r"\bnn\.Graph\b")


def _batches(codes: Sequence[str], most: int = 24) -> Iterator[list[str]]:
    """Divide the codes into what one child is given.

    A piece that defines a graph of its own has a child of its own: behind the graphs of others, OneFlow 0.9.0 now and then takes a new weight for one of theirs.
    """
    batch: list[str] = []
    for code in codes:
        if _DEFINES_A_GRAPH.search(code):
            yield [code]
            continue
        batch.append(code)
        if len(batch) == most:
            yield batch
            batch = []
    if batch:
        yield batch


def _survive(codes: Sequence[str]) -> list[Outcome]:
    """Run the codes in a child, and those after a fatal one in the next child."""
    outcomes: list[Outcome] = []
    while len(outcomes) < len(codes):
        outcomes.extend(_child(codes[len(outcomes) :]))
        if _gave_no_reason(outcomes[-1]):
            outcomes[-1] = _alone(codes[len(outcomes) - 1])
    return outcomes


def _gave_no_reason(outcome: Outcome) -> bool:
    return outcome.error == ABORTED and ":" not in outcome.message


def _alone(code: str) -> Outcome:
    # About one in fifty processes that train a graph ends in a crash, or hangs, for no reason that OneFlow 0.9.0 gives.
    # What is meant to end so does it every time.
    for _ in range(3):
        (outcome,) = _child([code])
        if not _gave_no_reason(outcome):
            break
    return outcome


def _child(codes: Sequence[str]) -> Iterator[Outcome]:
    """Yield the outcomes of as many of the codes as one child lives through, the fatal one included."""
    # Answers come back on a pipe of their own: OneFlow's C++ side writes to stdout and stderr as it likes.
    reader, writer = os.pipe()
    with tempfile.TemporaryFile("w+") as todo, tempfile.TemporaryFile("w+", errors="replace") as noise:
        json.dump(list(codes), todo)
        todo.seek(0)
        command = [sys.executable, "-m", "lrdoc.running.worker", str(writer)]
        process = subprocess.Popen(command, stdin=todo, stdout=noise, stderr=noise, pass_fds=[writer], env=_quiet())
        os.close(writer)
        answered = 0
        with os.fdopen(reader) as answers:
            while answer := _answer(answers, process):
                answered += 1
                yield Outcome(**json.loads(answer))
        code = process.wait()
        if answered < len(codes):
            noise.seek(0)
            yield Outcome(error=ABORTED, message=_cause(code, noise.read()))


PATIENCE = 600.0
"""Seconds after which a piece of code that has not ended is taken to hang; the longest takes a minute on a free machine."""


def _answer(answers: IO[str], process: subprocess.Popen[bytes]) -> str:
    """Return the next line, an empty one at the end; kill a process that keeps silent."""
    watchdog = threading.Timer(PATIENCE, process.kill)
    watchdog.start()
    try:
        return answers.readline()
    finally:
        watchdog.cancel()


def _quiet() -> dict[str, str]:
    # One thread: the pieces are tiny, and the machine's other cores have the build to do.
    return {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}


_REASON = re.compile(r"(Check failed: .*|what\(\): .*)")


def _cause(code: int, said: str) -> str:
    """Return how the process ended and the first line in which the C++ side gives a reason."""
    ending = signal.Signals(-code).name if code < 0 else f"exit status {code}"
    reason = _REASON.search(said)
    return f"{ending}: {reason.group(1).strip()}" if reason else ending


def _kept(cache: Path, code: str) -> Path:
    return cache / f"{digest(code, 'lrdoc.running.worker')}.json"


def _read(cache: Path | None, code: str) -> Outcome | None:
    path = _kept(cache, code) if cache else None
    return Outcome(**json.loads(path.read_text())) if path and path.exists() else None


def _write(cache: Path | None, code: str, outcome: Outcome) -> None:
    if cache is None:
        return
    cache.mkdir(parents=True, exist_ok=True)
    path = _kept(cache, code)
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(asdict(outcome)))
    unfinished.replace(path)


def execute(code: str) -> Outcome:
    """Run ``code`` in this process and return its outcome."""
    printed = io.StringIO()
    names: dict[str, Any] = {"__name__": "__main__"}
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "<code>", "exec"), names)  # the project's own code, from its own pages
    except Exception as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<code>"]
        printed_text, line = _plain(printed.getvalue()), lines[-1] if lines else None
        return Outcome(printed_text, error=type(error).__name__, message=_plain(_text(error)), line=line)
    return Outcome(_plain(printed.getvalue()), names.get("result"))


def _text(error: Exception) -> str:
    # str() of a KeyError is the repr of its key.
    return str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)


_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_GRAPH_NAME = re.compile(r"\bGRAPH:(\w+?)_\d+:")


def _plain(text: str) -> str:
    """Return what OneFlow says without colours, and with the number that a graph has when it is the first of its process."""
    return _GRAPH_NAME.sub(r"GRAPH:\1_0:", _COLOUR.sub("", text))


def _serve(answers: IO[str]) -> None:
    for code in json.load(sys.stdin):
        answers.write(json.dumps(asdict(execute(code))) + "\n")
        answers.flush()


if __name__ == "__main__":
    with os.fdopen(int(sys.argv[1]), "w") as pipe:
        _serve(pipe)
    # All is said. OneFlow 0.9.0 closes its session when Python ends, and after many graphs that sometimes never returns.
    os._exit(0)
