"""What the site knows of a scheduler, and the register of all of them."""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from lrdoc.describe.domain import Domain
from lrdoc.describe.formula import ClosedForm

if TYPE_CHECKING:
    from lrdoc.describe.schedule import Schedule

HOUSEKEEPING = ("optimizer", "last_step", "verbose")
"""Parameters that do not shape a curve and that every scheduler shares."""


Family: TypeAlias = Literal["decay", "periodic", "warmup", "combination", "driven"]
"""What a scheduler is for: to lower the learning rate, to move it up and down, to start gently, to join others, or to follow a function or a metric."""


@dataclass(frozen=True)
class Preset:
    """An example worth showing: a schedule over ``steps`` steps; ``metrics`` where it needs them."""

    schedule: Schedule
    steps: int
    base_lr: float = 0.1
    metrics: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Entry:
    """One scheduler of OneFlow: what its parameters take, its closed form, what to show of it.

    ``family`` is the group that the home page shows it in.
    ``domains`` has one item per parameter that shapes the curve.
    ``presets`` holds at least one; the first is the scheduler's face: thumbnail, first values, edges.
    ``sweeps`` gives, per parameter, the values that its sweep grid shows.
    ``sample`` draws the arguments that ``domains`` can't draw one by one, for a given ``stretch`` of those that count steps.
    ``corners`` gives the steps below a bound at which the curve changes course, where they are not arguments themselves.
    ``departs`` tells at which steps OneFlow's floating point is known to leave the closed form; ``None``: nowhere.
    ``departs_in_graph`` tells for which arguments Graph mode is known to apply other learning rates than eager mode.
    ``documented`` is the schedule, with its base learning rate, of the example in OneFlow's docstring that lists values.
    """

    cls: Any
    family: Family
    domains: Mapping[str, Domain]
    closed_form: ClosedForm | None
    presets: tuple[Preset, ...]
    sweeps: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    sample: Callable[[random.Random, int], dict[str, Any]] | None = None
    corners: Callable[[Mapping[str, Any], int], set[int]] | None = None
    departs: Callable[[Mapping[str, Any], int], bool] | None = None
    departs_in_graph: Callable[[Mapping[str, Any]], bool] | None = None
    documented: tuple[Preset, ...] = ()

    @property
    def signature(self) -> inspect.Signature:
        """The installed constructor's own signature."""
        return inspect.signature(self.cls)

    @property
    def defaults(self) -> dict[str, Any]:
        """The installed constructor's defaults, for the parameters that have one; ``None`` for a scheduler that may be left out."""
        given = {name: p.default for name, p in self.signature.parameters.items() if p.default is not p.empty}
        return {"scheduler_or_optimizer": None} | given


@functools.cache
def entries() -> Mapping[str, Entry]:
    """Return every entry by its snake_case name, in the order of the names."""
    package = importlib.import_module("lrdoc.schedulers")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return {name: importlib.import_module(f"lrdoc.schedulers.{name}").ENTRY for name in names}


def get(name: str) -> Entry:
    """Return the entry called ``name``; raise ``ValueError`` with the known names if there is none."""
    known = entries()
    if name not in known:
        raise ValueError(f"unknown scheduler {name!r}; known: {', '.join(known)}")
    return known[name]
