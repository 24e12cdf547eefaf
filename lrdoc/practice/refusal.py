"""What ends the program with a message and exit status 1, and what such messages are made of."""

from __future__ import annotations

import difflib
import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


class RefusalError(Exception):
    """The program can't do, or go on with, what it was asked for; the message says why."""


def reason_of(error: BaseException) -> str:
    """Return an exception as a reason that a sentence can end with, for those too, many of OneFlow's among them, that have no text."""
    return named_reason(type(error).__name__, str(error))


def named_reason(name: str, text: str) -> str:
    """Return the reason that an exception of class ``name`` gives by its ``text``, on one line."""
    line = " ".join(text.split())
    return f"{name}: {line}" if line else f"{name}, without saying why"


def reason_of_file(error: OSError) -> str:
    """Return why a file or a folder could not be read or written, without its name."""
    return error.strerror or reason_of(error)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Give an error of the system the name of what was being written, which it lacks where a file was open already, as on a full disk."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def of_file(error: OSError) -> str:
    """Return a sentence that names the file or the folder that could not be used, where it is known, and says what to do where there is no room for it."""
    name = os.fsdecode(error.filename) if error.filename else "a file"
    advice = "; make room there, and run it again" if error.errno in _NO_ROOM else ""
    return f"{name} can't be read or written: {reason_of_file(error)}{advice}"


def near(name: str, known: Iterable[str]) -> str:
    """Return a question for the known names that ``name`` may be a misspelling of; nothing if there are none."""
    by_lower = {each.lower(): each for each in known}
    found = [by_lower[each] for each in difflib.get_close_matches(name.lower(), by_lower, n=3, cutoff=0.6)]
    return f"; did you mean {' or '.join(found)}?" if found else ""
