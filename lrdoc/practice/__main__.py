"""``python -m lrdoc.practice``."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from lrdoc.practice import rendezvous
from lrdoc.practice.refusal import RefusalError


def _end(status: int, alone: bool) -> None:
    """End the process; Python's own end is skipped where OneFlow 0.9.0, which closes its session there, would hang."""
    status = status or _flushed()
    # It sometimes hangs after a graph, and always where one of several processes has failed: it and the others wait for each other.
    if alone or status == 1:
        os._exit(status)
    sys.exit(status)


def _flushed() -> int:
    """Write what has not been written; return the status with which to end: 1 where it can't be, as on a full disk, or after a reader that has read enough."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return 1
    except OSError as error:
        print(f"error: the output can't be written: {error.strerror}", file=sys.stderr, flush=True)
        return 1
    return 0


def _open_closed_streams() -> None:
    """Give the streams that are closed, as by ``>&-``, the null device: the next file that is opened would get the number of one, and what is printed would go there."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)  # it gets the lowest number that is free
            os.set_inheritable(descriptor, True)
            setattr(sys, name, os.fdopen(descriptor, mode, encoding="utf-8"))


def _print_anything() -> None:
    """Let the console show a question mark for a character that it doesn't have, where Python would fail: for a curve, and for what a reader has written."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _end_on_ctrl_c() -> None:
    """Let a Ctrl-C before the training, when there is nothing to save, end the process without a word; Python would show where in an import it was."""
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def _ctrl_c_waits() -> Iterator[None]:
    """Let a Ctrl-C wait until OneFlow is imported, which catches it from then on, also where it was ignored, as in a background job, and ends with a status of its own."""
    before = signal.getsignal(signal.SIGINT)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    yield
    signal.signal(signal.SIGINT, before)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


if __name__ == "__main__":
    _end_on_ctrl_c()
    _open_closed_streams()
    _print_anything()
    try:
        rendezvous.wait()  # before OneFlow is imported
    except RefusalError as refusal:
        sys.exit(f"error: {refusal}")
    os.environ["MPLBACKEND"] = "svg"  # the plots are files: no window is opened

    with _ctrl_c_waits():
        from lrdoc.practice.processes import share
        from lrdoc.practice.program import main

    rendezvous.met()
    _end(main(), alone=share()[1] == 1)
