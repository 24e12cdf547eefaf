"""What values a constructor parameter takes: its valid range, values to sample, and the edges to probe."""

from __future__ import annotations

import functools
import itertools
import random
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar, Protocol, TypeGuard


class Kind(Enum):
    """What a value is: the one vocabulary for it, of the explorer's TypeScript as well."""

    STEPS = "steps"
    """A count of steps."""
    COUNT = "count"
    """A count of anything else."""
    RATE = "rate"
    """A learning rate."""
    DECAY = "decay"
    """A factor that is applied again and again."""
    MARGIN = "margin"
    """A difference that is too small to count."""
    REAL = "real"
    """A factor that is applied once, a share or an exponent."""
    FLAG = "flag"
    CHOICE = "choice"
    """One of a few words."""
    MILESTONES = "milestones"
    """Steps in increasing order."""
    FUNCTION = "function"
    """A function of the step."""


class Domain(Protocol):
    """The values of one parameter."""

    @property
    def kind(self) -> Kind:
        """What each of the values is."""

    @property
    def edges(self) -> tuple[Any, ...]:
        """Values at and beyond the borders, which the site tries on the real class."""

    def __contains__(self, value: object) -> bool:
        """Tell whether ``value`` makes sense, whatever OneFlow itself accepts."""

    def __str__(self) -> str:
        """Return the valid range, in symbols that need no translation."""

    def sample(self, rng: random.Random, stretch: int = 1) -> Any:
        """Return a valid value; one that counts steps is up to ``stretch`` times its usual size."""


def _is_integer(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


@dataclass(frozen=True)
class Integer:
    """Integers from ``minimum`` on; ``usual`` is the range that samples come from, ``in_steps`` whether they count steps."""

    minimum: int
    usual: tuple[int, int]
    in_steps: bool = True
    edges: ClassVar[tuple[Any, ...]] = (0, 1, -1, 2.5)

    @property
    def kind(self) -> Kind:
        return Kind.STEPS if self.in_steps else Kind.COUNT

    def __contains__(self, value: object) -> bool:
        return _is_integer(value) and value >= self.minimum

    def __str__(self) -> str:
        return f"int ≥ {self.minimum}"

    def sample(self, rng: random.Random, stretch: int = 1) -> int:
        low, high = self.usual
        return rng.randint(low, high * stretch if self.in_steps else high)


@dataclass(frozen=True)
class Real:
    """Numbers between ``minimum`` and ``maximum`` (``None``: no border), without ``minimum`` itself where ``open``, without ``maximum`` itself where ``below``; ``kind`` is what they are."""

    minimum: float | None
    maximum: float | None
    usual: tuple[float, float]
    open: bool = False
    below: bool = False
    kind: Kind = Kind.REAL
    edges: ClassVar[tuple[Any, ...]] = (0.0, 1.0, -1.0, 2.0, float("nan"))

    def __contains__(self, value: object) -> bool:
        if not _is_number(value):
            return False
        low = self.minimum is None or (value > self.minimum if self.open else value >= self.minimum)
        high = self.maximum is None or (value < self.maximum if self.below else value <= self.maximum)
        return low and high

    def __str__(self) -> str:
        low = "" if self.minimum is None else f"{self.minimum:g} {'<' if self.open else '≤'} "
        high = "" if self.maximum is None else f" {'<' if self.below else '≤'} {self.maximum:g}"
        return f"{low}float{high}"

    def sample(self, rng: random.Random, stretch: int = 1) -> float:
        return rng.uniform(*self.usual)


@dataclass(frozen=True)
class Flag:
    """``True`` or ``False``."""

    kind: ClassVar[Kind] = Kind.FLAG
    edges: ClassVar[tuple[Any, ...]] = ()

    def __contains__(self, value: object) -> bool:
        return isinstance(value, bool)

    def __str__(self) -> str:
        return "True, False"

    def sample(self, rng: random.Random, stretch: int = 1) -> bool:
        return rng.random() < 0.5


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    values: tuple[str, ...]
    kind: ClassVar[Kind] = Kind.CHOICE
    edges: ClassVar[tuple[Any, ...]] = ("", "other")

    def __contains__(self, value: object) -> bool:
        return value in self.values

    def __str__(self) -> str:
        return ", ".join(map(repr, self.values))

    def sample(self, rng: random.Random, stretch: int = 1) -> str:
        return rng.choice(self.values)


@dataclass(frozen=True)
class Milestones:
    """Strictly increasing positive integers; ``length`` of them where another parameter decides how many."""

    length: int | None = None
    kind: ClassVar[Kind] = Kind.MILESTONES

    @property
    def edges(self) -> tuple[Any, ...]:
        if self.length is None:
            return [], [0, 4], [-1, 4], [4, 2], [3, 3], [2.5, 5]
        return tuple([edge] * self.length for edge in (0, -1, 2.5))

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, (list, tuple)) or not all(_is_integer(item) and item > 0 for item in value):
            return False
        return all(a < b for a, b in itertools.pairwise(value)) and self.length in (None, len(value))

    def __str__(self) -> str:
        return "[m₁ < m₂ < …], int ≥ 1"

    def sample(self, rng: random.Random, stretch: int = 1) -> list[int]:
        count = rng.randint(1, 5) if self.length is None else self.length
        return sorted(rng.sample(range(1, 60 * stretch), count))


@dataclass(frozen=True)
class Function:
    """A function of the step; ``sources`` are Python lambdas to sample from."""

    sources: tuple[str, ...]
    kind: ClassVar[Kind] = Kind.FUNCTION
    edges: ClassVar[tuple[Any, ...]] = ()

    def __contains__(self, value: object) -> bool:
        return callable(value)

    def __str__(self) -> str:
        return "int → float"

    def sample(self, rng: random.Random, stretch: int = 1) -> Any:
        return Lambda(rng.choice(self.sources))


@dataclass(frozen=True)
class Lambda:
    """A Python lambda that remembers its source, so that it can be shown as code."""

    source: str

    def __call__(self, step: int) -> float:
        return float(_function(self.source)(step))

    def __repr__(self) -> str:
        return self.source


@functools.cache
def _function(source: str) -> Any:
    return eval(source, {"__builtins__": {"min": min, "max": max}})  # only sources from this package
