"""What the site knows of a recipe: a function that makes a well-known schedule of OneFlow's own classes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from lrdoc.describe.entry import Entry

Graph: TypeAlias = Literal["composed", "table"]
"""How Graph mode has it: by the scheduler itself, which OneFlow's own classes compose, or by ``recipes.in_graph``, which gives the graph a table of factors."""


@dataclass(frozen=True, eq=False)
class Recipe(Entry):
    """A recipe: an entry whose ``cls`` is the function, which takes the optimizer and keyword arguments.

    ``graph`` tells how Graph mode has it.
    ``length`` is the argument, if any, that counts the steps after which the learning rate stays.
    ``implied`` gives what an argument that is ``None`` stands for, from all the others.
    ``sources`` are the addresses of the papers and the code that the schedule comes from.
    """

    graph: Graph = "composed"
    length: str | None = None
    implied: Mapping[str, Callable[[Mapping[str, Any]], Any]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    def completed(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return all arguments as the closed form takes them: with the defaults of those left out."""
        given = {**self.defaults, **arguments}
        return given | {name: rule(given) for name, rule in self.implied.items() if given[name] is None}

    @property
    def name(self) -> str:
        """The snake_case name: that of the function."""
        return str(self.cls.__name__)
