"""What is described, a scheduler or a recipe, by its snake_case name."""

from __future__ import annotations

from lrdoc import recipes, register
from lrdoc.describe.entry import Entry


def get(name: str) -> Entry:
    """Return the entry or the recipe of a name; raise ``ValueError`` with the names of the schedulers if there is none."""
    return recipes.get(name) if name in recipes.REGISTER else register.get(name)


def page(name: str) -> str:
    """Return the page of a scheduler or a recipe."""
    return f"{'recipes' if name in recipes.REGISTER else 'reference'}/{name}"
