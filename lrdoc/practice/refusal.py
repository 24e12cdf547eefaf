"""What ends the program with a message and exit status 1."""


class RefusalError(Exception):
    """The program can't do, or go on with, what it was asked for; the message says why."""
