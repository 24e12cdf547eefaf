"""One program at a time on one output folder."""

from __future__ import annotations

import errno
import fcntl  # only POSIX has it; so has OneFlow only wheels for Linux
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lrdoc.practice.refusal import RefusalError, reason_of_file


class HeldError(RefusalError):
    """Another program holds the folder."""


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Make ``folder`` and hold it against other programs that want to; a process that dies holds it no more.

    Raises ``HeldError`` where another program holds it, and ``RefusalError`` where it can't be made or written.
    On a network file system that knows no locks, nothing is held.
    """
    doing = "made"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        doing = "written"
        descriptor = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR)
    except OSError as error:
        raise RefusalError(
            f"the folder {folder} can't be {doing}: {reason_of_file(error)}; choose another --output"
        ) from error
    try:
        _lock(descriptor, folder)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise HeldError(f"another program trains into {folder}: wait for it, or choose another --output") from error
    except OSError as error:
        if error.errno not in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS):
            raise
