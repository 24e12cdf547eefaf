"""The pieces of code that check a scheduler in a child process.

Schedules stand in them as constructor calls, so that a piece imports little and becomes stale only when its own scheduler changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lrdoc.checks import recipe_records
from lrdoc.describe.entry import Entry
from lrdoc.describe.recipe import Recipe
from lrdoc.describe.schedule import Schedule
from lrdoc.running.piece import Piece


def attempt(
    schedule: Schedule, steps: int, base_lr: float, mode: str = "eager", metrics: Sequence[float] | None = None
) -> Piece:
    """Return the piece that traces a schedule that may be refused; see ``lrdoc.checks.attempt``."""
    with_metrics = f", {list(metrics)!r}" if metrics else ""
    own = f"from lrdoc.recipes import {schedule.name}\n" if isinstance(schedule.entry, Recipe) else ""
    return Piece.importing(
        "from oneflow.optim.lr_scheduler import *\n"
        f"{own}"
        "from lrdoc.checks.attempt import attempt\n"
        f"result = attempt(lambda optimizer: {schedule.code()}, {steps}, {base_lr!r}, {mode!r}{with_metrics})"
    )


def docstring(schedule: Schedule, base_lr: float, listed: Mapping[int, float]) -> Piece:
    """Return the piece that runs an example of a docstring; see ``lrdoc.checks.docstring``."""
    return Piece.importing(
        "from oneflow.optim.lr_scheduler import *\n"
        "from lrdoc.checks import docstring\n"
        f"result = docstring.rows(lambda optimizer: {schedule.code()}, {base_lr!r}, {dict(listed)!r})"
    )


def closed_form(entry: Entry) -> Piece:
    """Return the piece that compares a closed form with the real class; see ``lrdoc.checks.closed_form``."""
    return _compared("closed_form", entry)


def graph_mode(entry: Entry) -> Piece:
    """Return the piece that compares Graph mode with eager mode; see ``lrdoc.checks.graph_mode``."""
    return _compared("graph_mode", entry)


def recipe(name: str) -> Piece:
    """Return the piece that compares a recipe with its original, its formula and Graph mode; see ``lrdoc.checks.recipes``."""
    return Piece.importing(
        f"from lrdoc.recipes.described.{name} import RECIPE\n"
        "from lrdoc.checks import recipes\n"
        f"result = recipes.compare(RECIPE, record={recipe_records.digest()!r})"
    )


def traps(name: str) -> Piece:
    """Return the piece that uses a recipe wrongly; see ``lrdoc.checks.traps``."""
    return Piece.importing(
        f"from lrdoc.recipes.described.{name} import RECIPE\nfrom lrdoc.checks import traps\nresult = traps.look(RECIPE)"
    )


def graph_mode_long() -> Piece:
    """Return the piece that does so over one long run of every scheduler."""
    return Piece.importing(
        "from lrdoc import register\n"
        "from lrdoc.checks import graph_mode\n"
        "result = graph_mode.compare_long(register.entries())"
    )


def _compared(check: str, entry: Entry) -> Piece:
    if entry.sample is None:  # its arguments hold no other scheduler
        where, given = f"from lrdoc.schedulers import {entry.name}", f"{entry.name}.ENTRY"
    else:
        where, given = "from lrdoc import register", f"register.get({entry.name!r}), register.entries().values()"
    return Piece.importing(f"{where}\nfrom lrdoc.checks import {check}\nresult = {check}.compare({given})")
