"""Well-known schedules, each a function that makes it of OneFlow's own schedulers.

``recipes.warmup_cosine(optimizer, total_steps=1000, warmup_steps=100)`` returns a scheduler; the page of each recipe shows its function to be copied, and the function needs OneFlow alone.

``REGISTER`` has every function by its name, for programs that are given one: a function takes the optimizer, then keyword arguments alone, whose names and defaults ``inspect.signature`` tells, and raises ``ValueError`` with the argument's name and range for one that is out of it.
``get(name)`` is what the site knows of a recipe: the ranges of its arguments (``domains``), which argument counts the steps of the training (``length``, or ``None`` where there is no end), and whether Graph mode takes what the function returns (``graph`` is "composed") or what ``in_graph`` makes of it ("table").
``in_graph`` and ``layerwise_groups`` go with them: the one makes of a schedule what Graph mode takes, the other the param groups that a schedule moves.
``plateau_warmup`` is a recipe beside the register, as it has no formula: it follows a metric.
``GUIDES`` names the pages that are about more, or less, than one function of the register, and ``guides()`` tells what the site knows of them.
"""

from __future__ import annotations

import functools
import importlib
from types import ModuleType
from typing import TYPE_CHECKING, Any, Callable, Mapping

from lrdoc.recipes import described
from lrdoc.recipes.cyclic import cyclic
from lrdoc.recipes.in_graph import in_graph
from lrdoc.recipes.inverse_sqrt import inverse_sqrt
from lrdoc.recipes.layerwise_groups import layerwise_groups
from lrdoc.recipes.multiplicative import multiplicative
from lrdoc.recipes.noam import noam
from lrdoc.recipes.one_cycle import one_cycle
from lrdoc.recipes.plateau_warmup import plateau_warmup
from lrdoc.recipes.poly import poly
from lrdoc.recipes.sgdr_warmup import sgdr_warmup
from lrdoc.recipes.step_with_warmup import step_with_warmup
from lrdoc.recipes.swalr import swalr
from lrdoc.recipes.warmup_constant import warmup_constant
from lrdoc.recipes.warmup_cosine import warmup_cosine
from lrdoc.recipes.warmup_cosine_cycles import warmup_cosine_cycles
from lrdoc.recipes.warmup_hard_restarts import warmup_hard_restarts
from lrdoc.recipes.warmup_linear import warmup_linear
from lrdoc.recipes.warmup_polynomial import warmup_polynomial
from lrdoc.recipes.warmup_stable_decay import warmup_stable_decay
from lrdoc.recipes.warmup_stable_sqrt import warmup_stable_sqrt
from lrdoc.recipes.yolo import yolo

if TYPE_CHECKING:
    from lrdoc.describe.guide import Guide
    from lrdoc.describe.recipe import Recipe

__all__ = [
    "GUIDES",
    "REGISTER",
    "cyclic",
    "entries",
    "get",
    "guides",
    "in_graph",
    "inverse_sqrt",
    "layerwise_groups",
    "multiplicative",
    "noam",
    "one_cycle",
    "plateau_warmup",
    "poly",
    "sgdr_warmup",
    "step_with_warmup",
    "swalr",
    "warmup_constant",
    "warmup_cosine",
    "warmup_cosine_cycles",
    "warmup_hard_restarts",
    "warmup_linear",
    "warmup_polynomial",
    "warmup_stable_decay",
    "warmup_stable_sqrt",
    "yolo",
]

REGISTER: Mapping[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        cyclic,
        inverse_sqrt,
        multiplicative,
        noam,
        one_cycle,
        poly,
        sgdr_warmup,
        step_with_warmup,
        swalr,
        warmup_constant,
        warmup_cosine,
        warmup_cosine_cycles,
        warmup_hard_restarts,
        warmup_linear,
        warmup_polynomial,
        warmup_stable_decay,
        warmup_stable_sqrt,
        yolo,
    )
}

GUIDES = ("layerwise_decay", "libai", "plateau_warmup")


@functools.lru_cache(maxsize=None)
def entries() -> Mapping[str, Recipe]:
    """Return the ``RECIPE`` of each module of ``lrdoc.recipes.described``, by its name."""
    # Not at the top: descriptions need SymPy, which who uses the functions need not have.
    return {name: _described(name).RECIPE for name in REGISTER}


@functools.lru_cache(maxsize=None)
def guides() -> Mapping[str, Guide]:
    """Return the ``GUIDE`` of each module of ``lrdoc.recipes.described`` that has one, by its name."""
    return {name: _described(name).GUIDE for name in GUIDES}


def _described(name: str) -> ModuleType:
    return importlib.import_module(f"{described.__name__}.{name}")


def get(name: str) -> Recipe:
    """Return the recipe called ``name``; raise ``ValueError`` with the known names if there is none."""
    if name not in REGISTER:
        raise ValueError(f"unknown recipe {name!r}; known: {', '.join(REGISTER)}")
    return entries()[name]
