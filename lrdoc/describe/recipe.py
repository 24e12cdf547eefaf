"""What the site knows of a recipe: a function that makes a well-known schedule of OneFlow's own classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from lrdoc.describe.entry import Entry

Graph: TypeAlias = Literal["composed", "table"]
"""How Graph mode has it: by the scheduler itself, which OneFlow's own classes compose, or by ``recipes.in_graph``, which gives the graph a table of factors."""


@dataclass(frozen=True, eq=False)
class Recipe(Entry):
    """A recipe: an entry whose ``cls`` is the function, which takes the optimizer and keyword arguments.

    ``graph`` tells how Graph mode has it.
    ``length`` is the argument, if any, that counts the steps after which the learning rate stays.
    ``sources`` are the addresses of the papers and the code that the schedule comes from.
    """

    graph: Graph = "composed"
    length: str | None = None
    sources: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The snake_case name: that of the function."""
        return str(self.cls.__name__)
