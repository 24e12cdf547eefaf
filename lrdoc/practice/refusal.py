"""What ends the program with a message and exit status 1, and what such messages are made of."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable


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


def of_file(error: OSError) -> str:
    """Return a sentence that names the file or the folder that could not be used, where the system told which."""
    if not error.filename:
        return f"a file can't be read or written: {reason_of_file(error)}"
    return f"{os.fsdecode(error.filename)} can't be read or written: {reason_of_file(error)}"


def near(name: str, known: Iterable[str]) -> str:
    """Return a question for the known names that ``name`` may be a misspelling of; nothing if there are none."""
    by_lower = {each.lower(): each for each in known}
    found = [by_lower[each] for each in difflib.get_close_matches(name.lower(), by_lower, n=3, cutoff=0.6)]
    return f"; did you mean {' or '.join(found)}?" if found else ""
