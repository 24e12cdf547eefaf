"""A lock that processes of one machine share."""

from __future__ import annotations

import fcntl  # only POSIX has it; so has OneFlow only wheels for Linux
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold the lock ``path``, a file that is made for it, after waiting for the process that holds it; a process that dies holds it no more."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
