"""Run pieces of code in a child process and report what came of each, even if one brings the process down.

Some arguments make OneFlow abort the whole process in Graph mode, so nothing that the site claims is tried in the process that builds it.
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
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from lrdoc.running.piece import Piece

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
    pieces: Sequence[Piece], cache: Path | None = None, progress: Callable[[int], None] | None = None
) -> list[Outcome]:
    """Run each piece of code and return their outcomes, in the same order; as many at once as there are processors.

    Outcomes are taken from ``cache``, a folder, when the same code has run before on the same OneFlow and the same modules of lrdoc; ``progress`` is called with the number of pieces still to run.
    """
    known = {piece: kept for piece in dict.fromkeys(pieces) if (kept := _read(cache, piece)) is not None}
    missing = [piece for piece in dict.fromkeys(pieces) if piece not in known]
    # Pieces that run alone come first: at the end, one that takes long would leave the other processors idle.
    waiting = sorted(missing, key=lambda piece: not piece.alone)
    with _Children() as children, ThreadPoolExecutor(os.cpu_count()) as pool:
        running = {pool.submit(children.outcome, piece): piece for piece in waiting}
        try:
            for left, done in zip(range(len(missing) - 1, -1, -1), as_completed(running), strict=True):
                known[running[done]] = done.result()
                _write(cache, running[done], done.result())
                if progress is not None:
                    progress(left)
        finally:
            pool.shutdown(cancel_futures=True)
    return [known[piece] for piece in pieces]


class _Children(contextlib.ExitStack):
    """The processes that run pieces: one that lasts for each thread that asks, and one for each piece that is alone."""

    def __init__(self) -> None:
        super().__init__()
        self._of_thread = threading.local()

    def outcome(self, piece: Piece) -> Outcome:
        """Run a piece in the lasting process; in one of its own if it is to be alone, or if what ran before may have brought it down."""
        if piece.alone:
            return _alone(piece)
        outcome = self._lasting().ask(piece)
        return _alone(piece) if _gave_no_reason(outcome) or _mistaken(outcome) else outcome

    def _lasting(self) -> _Child:
        child: _Child | None = getattr(self._of_thread, "child", None)
        if child is None or child.tired:
            if child is not None:
                child.close()
            child = self._of_thread.child = _Child()
            self.callback(child.close)
        return child


def _gave_no_reason(outcome: Outcome) -> bool:
    return outcome.error == ABORTED and ":" not in outcome.message


def _mistaken(outcome: Outcome) -> bool:
    """Tell whether OneFlow 0.9.0 may have taken a weight for one of an earlier graph, whose memory it has."""
    return "must be a variable created in nn.Graph" in outcome.message


def _alone(piece: Piece) -> Outcome:
    # About one in fifty processes that train a graph ends in a crash, or hangs, for no reason that OneFlow 0.9.0 gives.
    # Code that aborts the process on purpose does so each time.
    for _ in range(3):
        with contextlib.closing(_Child()) as child:
            outcome = child.ask(piece)
        if not _gave_no_reason(outcome):
            break
    return outcome


class _Child:
    """A process that runs pieces of code, one after the other, for as long as it lives."""

    _MOST = 60
    """The most pieces that one process runs: OneFlow keeps every graph that was made, until the process ends."""

    def __init__(self) -> None:
        self._open = contextlib.ExitStack()
        # OneFlow's C++ side writes to stdout and stderr at any time, so answers come back on a pipe of their own.
        self._noise = self._open.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace"))  # noqa: SIM115  # closed with the others
        reader, writer = os.pipe()
        self._answers = self._open.enter_context(os.fdopen(reader, encoding="utf-8"))
        self._process = self._open.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "lrdoc.running.worker", str(writer)],
                stdin=subprocess.PIPE,
                stdout=self._noise,
                stderr=self._noise,
                pass_fds=[writer],
                env=_quiet(),
                encoding="utf-8",
            )
        )
        os.close(writer)
        self._asked = 0

    def close(self) -> None:
        """Let the process end, and wait for that."""
        self._open.close()

    @property
    def tired(self) -> bool:
        """Whether the next piece needs another process: this one has died, or has run ``_MOST`` pieces."""
        return self._asked >= self._MOST or self._process.poll() is not None

    def ask(self, piece: Piece) -> Outcome:
        """Run a piece and return its outcome; ``ABORTED`` if the process did not live through it."""
        self._asked += 1
        said_before = os.fstat(self._noise.fileno()).st_size
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # a process that has died gives no answer, which is handled below
            self._process.stdin.write(json.dumps(piece.code) + "\n")
            self._process.stdin.flush()
        if answer := _answer(self._answers, self._process):
            return Outcome(**json.loads(answer))
        code = self._process.wait()
        self._noise.seek(said_before)
        return Outcome(error=ABORTED, message=_cause(code, self._noise.read()))


PATIENCE = 420.0
"""Seconds after which a piece of code that has not ended is taken to hang, however busy the machine is; the longest takes half a minute on a free one, and what hangs is begun again."""


def _answer(answers: IO[str], process: subprocess.Popen[str]) -> str:
    """Return the next line, an empty one at the end; kill a process that keeps silent."""
    watchdog = threading.Timer(PATIENCE, process.kill)
    watchdog.start()
    try:
        return answers.readline()
    finally:
        watchdog.cancel()


def _quiet() -> dict[str, str]:
    # One thread for each process, as there are as many processes as processors; what they say depends on no machine's language.
    return {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}


_REASON = re.compile(r"(Check failed: .*|what\(\): .*)")


def _cause(code: int, said: str) -> str:
    """Return how the process ended and the first line in which the C++ side gives a reason."""
    ending = signal.Signals(-code).name if code < 0 else f"exit status {code}"
    reason = _REASON.search(said)
    return f"{ending}: {reason.group(1).strip()}" if reason else ending


def _kept(cache: Path, piece: Piece) -> Path:
    return cache / f"{piece.digest}.json"


def _read(cache: Path | None, piece: Piece) -> Outcome | None:
    path = _kept(cache, piece) if cache else None
    return Outcome(**json.loads(path.read_text())) if path and path.exists() else None


def _write(cache: Path | None, piece: Piece, outcome: Outcome) -> None:
    if cache is None:
        return
    cache.mkdir(parents=True, exist_ok=True)
    path = _kept(cache, piece)
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(asdict(outcome)))
    unfinished.replace(path)


_LEFT: list[dict[str, Any]] = []
"""The names that pieces of code have left in this process: weights whose memory became free would be mistaken by OneFlow, see ``_mistaken``."""


def execute(code: str) -> Outcome:
    """Run ``code`` in this process and return its outcome."""
    printed = io.StringIO()
    names: dict[str, Any] = {"__name__": "__main__"}
    _LEFT.append(names)
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
    for line in sys.stdin:
        answers.write(json.dumps(asdict(execute(json.loads(line)))) + "\n")
        answers.flush()


if __name__ == "__main__":
    with os.fdopen(int(sys.argv[1]), "w") as pipe:
        _serve(pipe)
    # Python's own end is skipped: OneFlow 0.9.0 closes its session there, which sometimes hangs after many graphs.
    os._exit(0)
