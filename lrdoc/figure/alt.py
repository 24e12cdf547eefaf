"""Hold the numbers and counts in a figure's text alternative to what the figure shows.

A reader who can't see the figure can't see that a number is wrong either.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from typing import TypeAlias

Levels: TypeAlias = NDArray[np.float64]

_NUMBER = r"(?<![\w.])\d+(?:\.\d+)?(?!\w)"
_WHOLE = r"(?<![\w.])\d+(?!\w|\.\d)"
_IN_LABEL = re.compile(r"(?<![A-Za-z_.])\d+(?:\.\d+)?")
_ARGUMENT = re.compile(r"\w+=[^\s,;:]*[^\s,;:.]")
_LAST = "until|up to|to"
"""The words before a step that is the last of its course; any other step is the first."""
_AND = "(?:, and |, | and )"
_STEPS = re.compile(rf"\b(?:({_LAST}) )?(?:step|update)s? ({_WHOLE}(?:{_AND}{_WHOLE})*)")
_VALUES_AT_STEPS = re.compile(
    rf"(?<!of )((?:{_NUMBER}{_AND})*{_NUMBER}) (?:at|by|until|up to) (?:step|update)s? ({_WHOLE}(?:{_AND}{_WHOLE})*)"
)

_CLOSE = 0.05
"""How far a value may lie from the number that stands for it, relatively, even if it is rounded to it."""
_NOTHING = 0.02
"""What counts as 0, as a part of the largest value of the figure."""

_COUNTS = {
    word: count
    for count, word in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2)
}
_COUNTED = re.compile(
    rf"(?:^(?:the same )?({'|'.join(_COUNTS)})\b|\b({'|'.join(_COUNTS)}) (?:\w+ )?(?:panels|curves|learning rates)\b)",
    re.IGNORECASE,
)
"""A count of what a figure draws: the word that the text begins with, or one before such a noun."""
_OF_ALL = re.compile(r"\ball\b((?:[^.;:,]|\.\d)*)")
"""What is said of all curves, up to the end of the clause."""
_PART = r"(?:\[[^\]]*\]|[^\s,;:\[]*[^\s,;:.\[])"
"""One of several arguments that stand in a list."""

_JUMP = 1.2
"""How many times larger than its neighbours a change is that counts as a jump."""


def check(alt: str, curves: Mapping[str, Levels], metrics: Levels | None = None, *, together: bool = False) -> None:
    """Raise ``ValueError`` for the first number in ``alt`` that the figure of these labelled curves does not bear out.

    A value stated for a step (``0.05 at step 9``) is that of a curve there, rounded to the digits stated; a curve that stays there begins or ends to stay.
    Another step (``step 9``, ``until step 8``) is one at which a curve changes course, or, where the curves are drawn ``together``, one at which they meet or are furthest apart.
    Any other number is such a step, a distance between two, a value at one, or one of a label's; an argument (``gamma=0.5``) is a label's.
    What is said of ``all`` curves must hold for each, and a count of several curves, as a word, must be theirs.
    """
    seen = _Seen.of(curves, metrics, together=together)
    refuted = (*_wrong_counts(alt, len(curves)), *_refuted(_without_labels(alt, curves), seen))
    for said, reason in refuted:
        raise ValueError(f"the text alternative says {said}, but {reason}: {alt!r}")


def unnamed(alt: str, labels: Iterable[str]) -> list[str]:
    """Return the labels, of those that are an argument such as ``gamma=0.5``, of which a text alternative says nothing.

    It names an argument whole, or, after ``with``, in a list such as ``with gamma=0.1, 0.5 and [0.9]``.
    """
    arguments = {label: label.partition("=")[2] for label in labels if re.fullmatch(r"\w+=.*", label)}
    return [label for label, value in arguments.items() if not re.search(_naming(label, value), alt)]


def _naming(label: str, value: str) -> str:
    ends = r"(?![\w=]|\.\d)"
    listed = rf"\b[Ww]ith (?:\w+=)?(?:{_PART}(?:, and |, | and ))*{re.escape(value)}{ends}"
    return rf"(?<!\w){re.escape(label)}{ends}|{listed}"


def _wrong_counts(alt: str, drawn: int) -> Iterator[tuple[str, str]]:
    """Yield the counts of curves that are not theirs; what a single curve is made of may be counted as well."""
    for match in _COUNTED.finditer(alt) if drawn > 1 else ():
        if _COUNTS[(match[1] or match[2]).lower()] != drawn:
            yield repr(match[0]), f"the figure has {drawn}; a placeholder, {{panels}} or {{curves}}, would follow it"


def _refuted(words: str, seen: _Seen) -> Iterator[tuple[str, str]]:
    """Yield what the figure does not bear out, with the reason; each number is looked at once."""
    yield from ((argument, "no label does") for argument in _ARGUMENT.findall(words))
    yield from _wrong_of_all(words, seen)
    yield from _wrong_values(words, seen)
    words = _VALUES_AT_STEPS.sub("", words)
    yield from _wrong_steps(words, seen)
    words = _STEPS.sub("", words)
    numbers = (number for number in re.findall(_NUMBER, words) if not seen.bears_out(number))
    yield from ((number, "the figure has no such step, value or label") for number in numbers)


def _wrong_of_all(words: str, seen: _Seen) -> Iterator[tuple[str, str]]:
    for clause in _OF_ALL.findall(words):
        for value in re.findall(_NUMBER, _STEPS.sub("", clause)):
            if not all(curve.bears_out(value, seen.peak) for curve in seen.curves):
                yield f"{value} of all", "one of the curves has no such value where its course begins or ends"


def _stated(words: str) -> Iterator[tuple[str, str]]:
    """Yield each value that is stated for a step, and the step: one value for all steps of a list, or each for its own."""
    for values, steps in _VALUES_AT_STEPS.findall(words):
        listed, places = re.findall(_NUMBER, values), re.findall(_WHOLE, steps)
        yield from zip(listed if len(listed) == len(places) else listed[-1:] * len(places), places)


def _wrong_values(words: str, seen: _Seen) -> Iterator[tuple[str, str]]:
    for value, step in _stated(words):
        if not any(curve.passes(value, int(step), seen.peak) for curve in seen.curves):
            there = [f"{curve.values[int(step)]:.6g}" for curve in seen.curves if int(step) < len(curve.values)]
            yield (
                f"{value} at step {step}",
                f"no curve comes to it there, only to {', '.join(there) or 'an end before'}",
            )


def _wrong_steps(words: str, seen: _Seen) -> Iterator[tuple[str, str]]:
    for before, listed in _STEPS.findall(words):
        marked = seen.lasts if before else seen.firsts
        for step in re.findall(_WHOLE, listed):
            if int(step) not in marked:
                yield f"step {step}", f"no curve {'ends' if before else 'begins'} a course there"


def _without_labels(alt: str, labels: Iterable[str]) -> str:
    """Return ``alt`` without the labels that it quotes, whole or by one of their arguments; the longest first."""
    quoted = {part for label in labels for part in (label, *_ARGUMENT.findall(label)) if part}
    for part in sorted(quoted, key=len, reverse=True):
        alt = re.sub(rf"(?<!\w){re.escape(part)}(?!\w|\.\d)", "", alt)
    return alt


@dataclass(frozen=True)
class _Curve:
    """The values of a curve, and the steps that are the first and the last of a course: rising, falling or staying; both ends are."""

    values: Levels
    firsts: frozenset[int]
    lasts: frozenset[int]

    @classmethod
    def of(cls, values: Levels) -> _Curve:
        """Look at a curve: where it bends, one course ends and the next begins; where it jumps, that takes one step more."""
        changes = _changes(values)
        bends = set((np.flatnonzero(np.diff(np.sign(changes))) + 1).tolist())
        sizes = np.pad(np.abs(changes), 1, constant_values=np.inf)  # at an end nothing tells a jump from a slope
        jumps = set(np.flatnonzero(sizes[1:-1] > _JUMP * np.maximum(sizes[:-2], sizes[2:])).tolist())
        landings = {before + 1 for before in jumps}
        ends = {0, len(values) - 1}
        return cls(
            values,
            firsts=frozenset(ends | (bends - jumps) | landings),
            lasts=frozenset(ends | (bends - landings) | jumps),
        )

    @property
    def spans(self) -> set[int]:
        """The distances between one first, or last, step and the next, and the length of the curve."""
        ordered = (sorted(self.firsts), sorted(self.lasts), [0, len(self.values)])
        return {later - earlier for steps in ordered for earlier, later in zip(steps, steps[1:])}

    def bears_out(self, number: str, peak: float) -> bool:
        """Tell whether ``number`` stands for the value where a course begins or ends."""
        steps = sorted(self.firsts | self.lasts)
        return any(_stands_for(number, float(value), peak) for value in self.values[steps])

    def passes(self, number: str, step: int, peak: float) -> bool:
        """Tell whether ``number`` stands for the value at a step at which the curve moves or changes course."""
        if step >= len(self.values) or not _stands_for(number, float(self.values[step]), peak):
            return False
        return step in self.firsts | self.lasts or bool(_changes(self.values)[step - 1 : step + 1].any())


@dataclass(frozen=True)
class _Seen:
    """What a figure shows: its curves, the steps at which something begins or ends, and the labels' numbers."""

    curves: Sequence[_Curve]
    firsts: frozenset[int]
    lasts: frozenset[int]
    labels: frozenset[float]

    @classmethod
    def of(cls, curves: Mapping[str, Levels], metrics: Levels | None, *, together: bool) -> _Seen:
        """Look at a figure."""
        drawn = [_Curve.of(values) for values in (*curves.values(), *([] if metrics is None else [metrics]))]
        gaps = [_Curve.of(gap) for gap in (_gaps(curves.values()) if together else ())]
        crossings = frozenset(step for gap in gaps for step in _crossings(gap.values))
        return cls(
            curves=drawn,
            firsts=crossings.union(*(curve.firsts for curve in (*drawn, *gaps))),
            lasts=crossings.union(*(curve.lasts for curve in (*drawn, *gaps))),
            labels=frozenset(float(number) for label in curves for number in _IN_LABEL.findall(label)),
        )

    @property
    def peak(self) -> float:
        """The largest value, without its sign."""
        return max(float(np.abs(curve.values).max()) for curve in self.curves)

    def bears_out(self, number: str) -> bool:
        """Tell whether ``number`` is a step, a distance, a label's number, or the value of a curve where its course begins or ends."""
        spans = set().union(*(curve.spans for curve in self.curves))
        steps = self.firsts | self.lasts
        values = (curve.values[sorted(step for step in steps if step < len(curve.values))] for curve in self.curves)
        return float(number) in self.labels | ((steps | spans) - {0}) or any(
            _stands_for(number, value, self.peak) for value in itertools.chain.from_iterable(values)
        )


def _stands_for(number: str, value: float, peak: float) -> bool:
    stated, digits = float(number), len(number.partition(".")[2])
    if stated == 0:
        return abs(value) <= _NOTHING * peak
    return abs(value - stated) <= min(0.5000001 * 10.0**-digits, _CLOSE * stated)


def _changes(values: Levels) -> Levels:
    """Return by how much each value differs from the one before; rounding is not a difference."""
    changes = np.diff(values)
    changes[np.abs(changes) <= 1e-9 * np.abs(values).max()] = 0
    return changes


def _gaps(curves: Iterable[Levels]) -> list[Levels]:
    return [one - other for one, other in itertools.combinations(curves, 2) if len(one) == len(other)]


def _crossings(gap: Levels) -> list[int]:
    """Return the steps from which one curve is above the other that was not before."""
    steps: list[int] = (np.flatnonzero(np.diff(np.sign(gap))) + 1).tolist()
    return steps
