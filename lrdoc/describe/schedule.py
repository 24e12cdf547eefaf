"""A schedule as data: which scheduler with which arguments, nested as deep as wished.

The same description builds the real scheduler, prints its constructor code and evaluates its closed form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lrdoc.describe.entry import Entry
from lrdoc.describe.formula import Exact
from lrdoc.trace import Optimizer, Scheduler


@dataclass(frozen=True, eq=False)
class Schedule:
    """The scheduler that ``entry`` describes with ``arguments``; a value in them may be a ``Schedule`` or a list of them."""

    entry: Entry
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def preset(cls, entry: Entry, at: int = 0) -> Schedule:
        """Return the schedule of one of the presets of ``entry``, by its position."""
        return cls(entry, entry.presets[at].arguments)

    @property
    def name(self) -> str:
        """The scheduler's snake_case name."""
        return self.entry.name

    def build(self, optimizer: Optimizer) -> Scheduler:
        """Return the real scheduler on ``optimizer``; children are built first, in the order in which code would.

        Raises whatever OneFlow raises.
        """
        given = {key: _each(value, lambda child: child.build(optimizer)) for key, value in self.arguments.items()}
        name = self._optimizer_parameter()
        return self.entry.cls(**{**given, **({name: optimizer} if name else {})})

    def code(self) -> str:
        """Return the constructor call as a reader would write it, for an optimizer called ``optimizer``."""
        words = ["optimizer"] if self._optimizer_parameter() else []
        for key, value in self.arguments.items():
            if value is not None:
                words.append(written(value) if key in _POSITIONAL else f"{key}={written(value)}")
        return f"{self.entry.cls.__name__}({', '.join(words)})"

    def _optimizer_parameter(self) -> str | None:
        """Return the name of the parameter that takes the optimizer itself, if there is one left to take it."""
        first = next(iter(self.entry.signature.parameters))
        return first if first in ("optimizer", "scheduler_or_optimizer") and self.arguments.get(first) is None else None

    def exact(self, base: Any, at: int) -> Any:
        """Return the closed form's learning rate at step ``at``, as a high-precision number.

        Raises ``ValueError`` where the scheduler has no closed form.
        """
        return self._exact(base, at)

    @cached_property
    def _exact(self) -> Exact:
        form = self.entry.closed_form
        if form is None:
            raise ValueError(f"{self.name} has no closed form: its learning rate depends on a metric")
        return form.of(self.given)

    @property
    def given(self) -> dict[str, Any]:
        """The arguments as the closed form takes them: with the defaults of those left out, and a scheduler as the function of its own closed form."""
        return self.entry.defaults | {
            key: _each(value, lambda child: child.exact) for key, value in self.arguments.items()
        }

    @property
    def only_multiplies(self) -> bool:
        """Whether the closed form neither adds nor subtracts, in this schedule and in those inside it."""
        form = self.entry.closed_form
        return form is not None and form.only_multiplies and all(child.only_multiplies for child in self.children)

    @property
    def children(self) -> list[Schedule]:
        """The schedules directly inside this one."""
        return [value for value in self.values() if isinstance(value, Schedule)]

    def values(self) -> Iterator[Any]:
        """Yield the values of the arguments, those in a list one by one."""
        for value in self.arguments.values():
            yield from value if isinstance(value, list) else [value]


_POSITIONAL = ("schedulers", "scheduler_or_optimizer", "lr_lambda")


def _each(value: Any, act: Callable[[Schedule], Any]) -> Any:
    if isinstance(value, Schedule):
        return act(value)
    if isinstance(value, list):
        return [_each(item, act) for item in value]
    return value


def written(value: Any) -> str:
    """Return an argument as code."""
    if isinstance(value, Schedule):
        return value.code()
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return "float('nan')" if value != value else repr(value)  # the repr of NaN is a name that Python does not know
