"""LaTeX as matplotlib can typeset it: one line after the other, without environments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_ALIGNED = re.compile(r"\\begin\{aligned\} ?(.*?) ?\\end\{aligned\}", re.DOTALL)
_CASES = re.compile(r"\\begin\{cases\} ?(.*?) ?\\end\{cases\}", re.DOTALL)
_PLACE = re.compile(r"@(\d+)@")
_NEXT_LINE = re.compile(r" ?\\\\(?:\[[^\]]*\])? ?")
_NAME = r"\{(\\mathtt\{[^{}]*\})\}"
_SUPPORTED = (
    (re.compile(r"\\dots\b"), r"\\ldots"),
    (re.compile(r"\\le\b"), r"\\leq"),
    # In an exponent mathtext sets a high fraction down on the line.
    (re.compile(rf"\\left\\lfloor\{{\\frac{_NAME}{_NAME}\}}\\right\\rfloor"), r"\\lfloor \1 / \2 \\rfloor"),
)
"""What mathtext does not typeset, or not well, and what it does instead."""
_BRACE_OR_FRACTION = re.compile(r"(\\[{}]|[{}]|\\frac)")
_WORDS = re.compile(r"\\text\{([^{}]*)\}")


class Piece(NamedTuple):
    """A part of a line: words, or a formula for matplotlib's mathtext."""

    text: str
    is_math: bool

    @property
    def typeset(self) -> str:
        """The part as matplotlib's ``text`` takes it."""
        return f"${self.text}$" if self.is_math else self.text


class Line(NamedTuple):
    """A line: what stands before its value, and the value; a further branch of the line above has nothing before it."""

    left: list[Piece]
    right: list[Piece]


def lines(latex: str) -> list[Line]:
    """Return the lines of an ``aligned`` environment, in which a value may be a ``cases`` environment whose second column are words and conditions: a line for each branch.

    Raises ``ValueError`` for anything else.
    """
    found = _ALIGNED.fullmatch(latex)
    if found is None:
        raise ValueError(f"not an aligned environment of LaTeX: {latex}")
    # The lines of the inner environments end as those of the outer one do: they are set aside first.
    cases: list[str] = []
    outer = _CASES.sub(lambda inner: _aside(cases, inner[1]), found[1])
    return [line for row in _NEXT_LINE.split(outer) for line in _branches(row, cases)]


def _aside(cases: list[str], inner: str) -> str:
    cases.append(inner)
    return f"@{len(cases) - 1}@"


def _branches(row: str, cases: list[str]) -> Iterator[Line]:
    name, _, value = row.partition("&=")
    left = _pieces(f"{name}=")
    place = _PLACE.fullmatch(value.strip())
    if place is None:
        yield Line(left, _pieces(value))
        return
    for number, branch in enumerate(_NEXT_LINE.split(cases[int(place[1])])):
        value, _, condition = branch.partition("&")
        yield Line([] if number else left, [*_pieces(value), *_pieces(condition)])


def _pieces(text: str) -> list[Piece]:
    parts = _WORDS.split(text)
    pieces = (
        Piece(_supported(part) if number % 2 == 0 else part, number % 2 == 0) for number, part in enumerate(parts)
    )
    return [piece for piece in pieces if piece.text.strip()]


def _supported(math: str) -> str:
    for unknown, known in _SUPPORTED:
        math = unknown.sub(known, math)
    return _large(math.strip())


def _large(math: str) -> str:
    """Return a formula whose fractions, unless they stand in one, have the size of what is around them: mathtext makes each smaller."""
    parts: list[str] = []
    inside: list[int] = []  # for each open brace, how many parts of a fraction were awaited as it came
    awaited = 0
    for part in _BRACE_OR_FRACTION.split(math):
        if part == r"\frac":
            parts.append(part if any(inside) else r"\dfrac")
            awaited = 2
            continue
        if part == "{":
            inside.append(awaited)
        elif part == "}":
            awaited = max(inside.pop() - 1, 0)
        parts.append(part)
        if part == "{" or part.strip() not in ("", "}"):
            awaited = 0
    return "".join(parts)
