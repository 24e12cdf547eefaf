"""``{pytorch-classes}``: every scheduler of PyTorch and its arguments beside OneFlow's, as recorded there and installed here."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from oneflow.optim import lr_scheduler
from sphinx.util.docutils import SphinxDirective

from lrdoc import register
from lrdoc.checks import recipe_records
from lrdoc.describe.entry import HOUSEKEEPING
from lrdoc.explorer import pytorch
from lrdoc.sphinxext.links import page_link
from lrdoc.sphinxext.shown import table, words
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

Pairs = Sequence[Sequence[str | None]]
"""Parameters of PyTorch, each with its name in OneFlow; ``None`` where OneFlow has none."""

_USUAL = [["optimizer", "optimizer"], ["last_epoch", "last_step"]]
"""What the schedulers have in common; the table leaves it out."""
_SECTION = "#coming-from-pytorch"
_NOTHING = "—"
"""What stands for a parameter that OneFlow has not."""
_BASE = "LRScheduler"
"""What every scheduler derives from: OneFlow exports it as ``_LRScheduler``."""


class PyTorchClasses(SphinxDirective):
    """One row per scheduler of PyTorch: which arguments OneFlow's class has as well, which it has by another name or not at all, and which only it has; or the recipe, where OneFlow lacks the class."""

    def run(self) -> list[nodes.Node]:
        classes = pytorch.schedulers()
        rows = [_row(name, pairs) for name, pairs in classes.items() if pairs is not None and name != _BASE]
        lacking = [name for name, pairs in classes.items() if pairs is None and name != _BASE]
        rows += [_lacking(name) for name in (*lacking, *_elsewhere(classes))]
        heads = [_("PyTorch"), _("The same in OneFlow"), _("Changed"), _("Only in OneFlow")]
        return [table(heads, rows)]


def _row(name: str, pairs: Pairs) -> list[nodes.Node]:
    entry = next(found for found in register.entries().values() if found.cls.__name__ == name)
    told = [pair for pair in map(list, pairs) if pair not in _USUAL]
    return [
        page_link(f"reference/{entry.name}", nodes.literal("", name), state=_SECTION),
        _listed(here for there, here in told if there == here),
        _listed(f"{there} → {here or _NOTHING}" for there, here in told if there != here),
        _listed(_only_here(name, pairs)),
    ]


def _only_here(name: str, pairs: Pairs) -> Iterator[str]:
    """Yield OneFlow's own parameters, each with its default where a call of PyTorch's has to be given another value."""
    given = pytorch.defaults().get(name, {})
    known = {here for _there, here in pairs}
    for parameter in inspect.signature(getattr(lr_scheduler, name)).parameters:
        if parameter not in known and parameter not in HOUSEKEEPING:
            yield f"{parameter}={given[parameter]}" if parameter in given else parameter


def _lacking(name: str) -> list[nodes.Node]:
    """Return the row of a class that OneFlow lacks: the recipe that stands for it."""
    recipe = _recipe(name)
    link = page_link(f"recipes/{recipe}", words(str(_("recipe %s")) % recipe))
    return [nodes.literal("", name), link, nodes.Text(""), nodes.Text("")]


def _recipe(name: str) -> str:
    """Return the recipe whose original is a class of PyTorch."""
    return next(recipe for recipe, trial in recipe_records.TRIALS.items() if _original(trial) == name)


def _original(trial: recipe_records.Trial) -> str:
    return (trial.original or "").partition("(")[0]


def _elsewhere(known: Iterable[str]) -> list[str]:
    """Return the originals of recipes that PyTorch has in another module than its schedulers, such as ``SWALR``."""
    originals = {_original(trial) for trial in recipe_records.TRIALS.values()} - {""}
    return sorted(
        name for name in originals if recipe_records.package(name).startswith("PyTorch") and name not in known
    )


def _listed(names: Iterable[str | None]) -> nodes.Node:
    """Return names as one node, divided by commas."""
    parts: list[nodes.Node] = []
    for name in names:
        parts += [nodes.Text(", ")] if parts else []
        parts.append(nodes.literal("", str(name)))
    return nodes.inline("", "", *parts, translatable=False)


def setup(app: Sphinx) -> None:
    app.add_directive("pytorch-classes", PyTorchClasses)
