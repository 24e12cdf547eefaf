"""Programs with a word too many, too few or in the wrong place: most of them no Python any more, some still."""

from __future__ import annotations

import io
import random
import tokenize
from collections.abc import Iterator, Sequence

WORDS = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ";",
    ".",
    "=",
    ":=",
    "->",
    "*",
    "**",
    "/",
    "@",
    "+",
    "-",
    "~",
    "==",
    "+=",
    "in",
    "is",
    "not",
    "and",
    "or",
    "if",
    "else",
    "elif",
    "for",
    "while",
    "def",
    "class",
    "lambda",
    "async",
    "await",
    "yield",
    "from",
    "import",
    "as",
    "with",
    "try",
    "except",
    "finally",
    "raise",
    "return",
    "break",
    "continue",
    "pass",
    "global",
    "nonlocal",
    "del",
    "assert",
    "match",
    "case",
    "x",
    "_",
    "None",
    "True",
    "__debug__",
    "0",
    "1",
    "1.5",
    '"a"',
    'b"a"',
    'f"{x}"',
    'f"{x!r:>{w}}"',
    "*",
    "**",
    "...",
]
"""What takes the place of a word."""

SIGNS = "{}[]():!=#\"'\\ \n,*.0_@"

Pieces = list[tuple[str, str]]
"""The words of a program, each with the blanks before it."""


def pieces(code: str) -> Pieces:
    """Return the words of a program."""
    lines = code.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    found, at = [], 0
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        start, end = starts[token.start[0] - 1] + token.start[1], starts[token.end[0] - 1] + token.end[1]
        if token.string.strip() and end > at:
            found.append((code[at:start], code[start:end]))
            at = end
    return [*found, (code[at:], "")]


def joined(words: Sequence[tuple[str, str]]) -> str:
    """Return a program of words."""
    return "".join(before + word for before, word in words)


def mutants(codes: Sequence[str], seed: int, count: int) -> Iterator[str]:
    """Yield programs, each with one or two words or a character changed; what is indented as a whole is taken for a part of something."""
    chance = random.Random(seed)
    split = [pieces(code) for code in codes]
    for _ in range(count):
        if chance.random() < 0.2:
            yield _misspelt(chance.choice(codes), chance).lstrip(" ")
            continue
        words = list(chance.choice(split))
        for _ in range(chance.choice((1, 1, 1, 2))):
            _mutate(words, chance)
        yield joined(words).lstrip(" ")


def _misspelt(code: str, chance: random.Random) -> str:
    """Return a program with a character too many or too few."""
    at = chance.randrange(len(code))
    return code[:at] + chance.choice(("", chance.choice(SIGNS))) + code[at + chance.choice((0, 1)) :]


def _mutate(words: Pieces, chance: random.Random) -> None:
    at = chance.randrange(len(words) - 1)
    before, word = words[at]
    match chance.randrange(6):
        case 0:
            words[at] = (before, "")
        case 1:
            words[at] = (before, f"{word} {word}")
        case 2 if at + 2 < len(words):
            after, other = words[at + 1]
            words[at : at + 2] = [(before, other), (after, word)]
        case 3:
            words[at] = (before, chance.choice(WORDS))
        case 4:
            words[at] = (before, f"{chance.choice(WORDS)} {word}")
        case _:
            words[at] = (before, chance.choice(words)[1])
