"""What the site knows of a page of the recipes that is about more, or less, than one function of an optimizer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

STEPS = 101
"""How many learning rates an example is shown with, unless it says so itself."""


@dataclass(frozen=True)
class Example:
    """Code that makes a scheduler, after which ``label`` is called where a reader chooses among several.

    ``names`` gives the names that the code does not assign a value each, to begin with; the explorer has a field for each.
    ``metrics`` are what it is stepped with, one for each of its ``steps``, where it follows a metric.
    """

    label: str
    code: str
    names: Mapping[str, float] = field(default_factory=dict)
    steps: int = STEPS
    metrics: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Guide:
    """A page's ``examples``, the first of which its explorer begins with, and the ``parameters`` of the command that trains as the page says; ``per_epoch`` where that steps once for each epoch."""

    examples: tuple[Example, ...]
    parameters: str
    per_epoch: bool = False
