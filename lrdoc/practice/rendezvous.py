"""How several processes meet: the first one opens a port, and the others begin once it is open.

OneFlow 0.9.0 does this while it is imported, and a process that finds the port closed sleeps for ten seconds before it looks again (``sleep_seconds`` in its ``rpc_client.cpp``).
Started at the same time, all but the first do.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import signal
import socket
import time

from lrdoc.practice.refusal import RefusalError

PATIENCE = 60.0
"""Seconds after which a process goes on to OneFlow's own way of waiting."""

_PAUSE = 0.05
_MEETING = ("MASTER_ADDR", "MASTER_PORT", "WORLD_SIZE", "RANK")


def wait(patience: float = PATIENCE) -> None:
    """Wait until the first of several processes is open to the others, for ``patience`` seconds at most; the first, or a single one, does not wait.

    Raises ``RefusalError`` in the first process where another program has the port: OneFlow 0.9.0 would hang, as the others wait for that program's answers.
    """
    # As OneFlow does, take a process for one of several only where all of these say so; it leaves a rank of -1 to what a single one starts.
    if not all(name in os.environ for name in _MEETING) or int(os.environ["RANK"]) < 0:
        return
    address = os.environ["MASTER_ADDR"], int(os.environ["MASTER_PORT"])
    if int(os.environ["RANK"]) == 0:
        _refuse_a_taken_port(address[1])
        return
    end_with_the_starter(signal.SIGKILL)
    give_up = time.monotonic() + patience
    while time.monotonic() < give_up:
        with contextlib.suppress(OSError), socket.create_connection(address, timeout=_PAUSE):
            return
        time.sleep(_PAUSE)


def met() -> None:
    """Go on even if the launcher ends: on a Ctrl-C it does, while the processes write their last checkpoint."""
    end_with_the_starter(0)


_PR_SET_PDEATHSIG = 1


def end_with_the_starter(number: int) -> None:
    """Have the system send this process a signal when the one that started it ends; 0 for none.

    Where the first of several processes gives up, the launcher ends, and may leave others behind that wait for the first one for ever.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(number))


def _refuse_a_taken_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # what a training before left behind is no hindrance
        try:
            trial.bind(("", port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                return  # OneFlow will say what is wrong with it
            raise RefusalError(
                f"port {port}, at which the processes are to meet, is taken by another program: "
                "choose another one with the launcher's --master_port"
            ) from error
