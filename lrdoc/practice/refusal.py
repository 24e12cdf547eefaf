"""What ends the program with a message and exit status 1."""


class RefusalError(Exception):
    """The program can't do, or go on with, what it was asked for; the message says why."""


def reason_of(error: BaseException) -> str:
    """Return an exception as a reason that a sentence can end with, for those too, many of OneFlow's among them, that have no text."""
    return named_reason(type(error).__name__, str(error))


def named_reason(name: str, text: str) -> str:
    """Return the reason that an exception of class ``name`` gives by its ``text``, on one line."""
    line = " ".join(text.split())
    return f"{name}: {line}" if line else f"{name}, without saying why"
