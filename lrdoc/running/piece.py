"""A piece of code that a page, a check or a test wants to be run."""

from __future__ import annotations

from dataclasses import dataclass

from lrdoc.running import provenance


@dataclass(frozen=True)
class Piece:
    """Self-contained Python; it may leave its result, anything that JSON can hold, in a variable called ``result``.

    ``modules`` are the modules of lrdoc that it runs on, by their dotted names; those that they import count as well.
    ``alone`` asks for a process of its own: for code that must not meet what others have left, or that starts processes.
    Such pieces are begun first.
    """

    code: str
    modules: tuple[str, ...] = ()
    alone: bool = False

    @classmethod
    def importing(cls, code: str, *, alone: bool = False) -> Piece:
        """Return the piece whose modules are those that ``code`` imports."""
        return cls(code, provenance.imported(code), alone)

    @property
    def digest(self) -> str:
        """What identifies the code and all that it runs on."""
        return provenance.digest(self.code, *self.modules, "lrdoc.running.worker")
