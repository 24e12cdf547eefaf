"""What the site knows of a scheduler."""

from __future__ import annotations

import inspect
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeAlias

from lrdoc.describe.domain import Domain
from lrdoc.describe.formula import ClosedForm

HOUSEKEEPING = ("optimizer", "last_step", "verbose")
"""Parameters that do not shape a curve and that every scheduler shares."""


Family: TypeAlias = Literal["decay", "periodic", "warmup", "combination", "driven"]
"""What a scheduler is for: to lower the learning rate, to move it up and down, to start gently, to join others, or to follow a function or a metric."""


@dataclass(frozen=True)
class Preset:
    """An example worth showing: the constructor's ``arguments``, over ``steps`` steps; ``metrics`` where it needs them.

    A scheduler among the arguments is a ``Schedule``.
    """

    arguments: Mapping[str, Any]
    steps: int
    base_lr: float = 0.1
    metrics: tuple[float, ...] | None = None


@dataclass(frozen=True, eq=False)
class Entry:
    """One scheduler of OneFlow: what its parameters take, its closed form, what to show of it.

    ``family`` is the group that the home page shows it in.
    ``domains`` has one item per parameter that shapes the curve.
    ``presets`` holds at least one; the first is the scheduler's face: thumbnail, first values, edges.
    ``sweeps`` gives, per parameter, the values that its sweep grid shows.
    ``sample`` draws the arguments that ``domains`` can't draw one by one, for a given ``stretch`` of those that count steps; it is given a function that draws a schedule to put inside this one.
    ``corners`` gives the steps below a bound at which the curve changes course, where they are not arguments themselves.
    ``departs`` tells at which steps OneFlow's floating point is known to leave the closed form; ``None``: nowhere.
    ``departs_in_graph`` tells for which arguments Graph mode is known to apply other learning rates than eager mode.
    ``documented`` holds the examples in OneFlow's docstring that list values.
    """

    cls: Any
    family: Family
    domains: Mapping[str, Domain]
    closed_form: ClosedForm | None
    presets: tuple[Preset, ...]
    sweeps: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    sample: Callable[[random.Random, int, Callable[[], Any]], dict[str, Any]] | None = None
    corners: Callable[[Mapping[str, Any], int], set[int]] | None = None
    departs: Callable[[Mapping[str, Any], int], bool] | None = None
    departs_in_graph: Callable[[Mapping[str, Any]], bool] | None = None
    documented: tuple[Preset, ...] = ()

    @property
    def name(self) -> str:
        """The snake_case name, which files and URLs carry."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=LR)(?=On)", "_", self.cls.__name__).lower()

    @cached_property
    def signature(self) -> inspect.Signature:
        """The installed constructor's own signature."""
        return inspect.signature(self.cls)

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """The installed constructor's defaults, for the parameters that have one; ``None`` for a scheduler that may be left out."""
        given = {name: p.default for name, p in self.signature.parameters.items() if p.default is not p.empty}
        return {"scheduler_or_optimizer": None} | given
