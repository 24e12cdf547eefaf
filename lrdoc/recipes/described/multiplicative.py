"""What the site knows of `lrdoc.recipes.multiplicative`."""

from __future__ import annotations

from typing import Any

import sympy as sp

from lrdoc.describe.domain import Function, Lambda
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.multiplicative import multiplicative


class Multiplied(sp.Function):  # type: ignore[misc]  # SymPy ships no types
    """``Multiplied(function, step)``: the product of what a function gives for the steps from 1 to ``step``."""

    def _latex(self, printer: Any) -> str:
        function, at = (printer._print(argument) for argument in self.args)
        return rf"\prod_{{i=1}}^{{{at}}} {function}(i)"

    def _mpmathcode(self, printer: Any) -> str:
        function, at = (printer._print(argument) for argument in self.args)
        return f"fprod(applied({function}, i) for i in range(1, int({at}) + 1))"

    def _numpycode(self, printer: Any) -> str:
        function, at = (printer._print(argument) for argument in self.args)
        return f"applied(lambda at: prod([{function}(i) for i in range(1, int(at) + 1)]), {at})"


FUNCTIONS = (
    "lambda step: 1.0 if step < 20 else 0.9",
    "lambda step: 0.5 if step % 15 == 0 else 1.0",
    "lambda step: 0.95",
    "lambda step: step / (step + 1)",
)

RECIPE = Recipe(
    cls=multiplicative,
    family="driven",
    domains={"factor": Function(FUNCTIONS)},
    closed_form=ClosedForm(base_lr * Multiplied(parameter("factor"), step)),
    presets=(Preset({"factor": Lambda(FUNCTIONS[0])}, steps=60),),
    graph="table",
)
