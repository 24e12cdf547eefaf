"""How several processes meet: the first one opens a port, and the others begin once it is open.

OneFlow 0.9.0 does this while it is imported, and a process that finds the port closed sleeps for ten seconds before it looks again (``sleep_seconds`` in its ``rpc_client.cpp``).
Started at the same time, all but the first do.
"""

from __future__ import annotations

import contextlib
import os
import socket
import time

PATIENCE = 60.0
"""Seconds after which a process goes on to OneFlow's own way of waiting."""

_PAUSE = 0.05
_MEETING = ("MASTER_ADDR", "MASTER_PORT", "WORLD_SIZE", "RANK")


def wait(patience: float = PATIENCE) -> None:
    """Wait until the first of several processes is open to the others, for ``patience`` seconds at most; the first, or a single one, does not wait."""
    # As OneFlow does, take a process for one of several only where all of these say so; it leaves a rank of -1 to what a single one starts.
    if not all(name in os.environ for name in _MEETING) or int(os.environ["RANK"]) <= 0:
        return
    address = os.environ["MASTER_ADDR"], int(os.environ["MASTER_PORT"])
    give_up = time.monotonic() + patience
    while time.monotonic() < give_up:
        with contextlib.suppress(OSError), socket.create_connection(address, timeout=_PAUSE):
            return
        time.sleep(_PAUSE)
