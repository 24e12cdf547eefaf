"""The learning rate of the step before times a factor, which a function gives for each step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LambdaLR

from lrdoc.describe.domain import Function, Lambda
from lrdoc.describe.entry import Preset
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.describe.recipe import Recipe


def product(factor: Callable[[int], float]) -> Callable[[int], float]:
    """Return the function of the step that multiplies what ``factor`` gives for the steps 1, 2, and so on up to this one."""
    products = [1.0]

    def product_up_to(step: int) -> float:
        while len(products) <= step:
            products.append(products[-1] * factor(len(products)))
        return products[step]

    return product_up_to


def multiplicative(optimizer: Optimizer, *, factor: Callable[[int], float] | list[Callable[[int], float]]) -> LambdaLR:
    """Multiply the learning rate at every step by what a function of the step gives.

    ``factor`` (``lr_lambda`` in PyTorch) is that function, called with 1 at the first step, or a list of one for each param group.

    Raises ``ValueError`` for an argument out of its range.
    """
    several = isinstance(factor, (list, tuple))
    functions = list(factor) if isinstance(factor, (list, tuple)) else [factor]
    if not all(callable(one) for one in functions) or (several and len(functions) != len(optimizer.param_groups)):
        raise ValueError(f"factor is a function of the step, or a list of one per param group, not {factor!r}")
    products = [product(one) for one in functions]
    return LambdaLR(optimizer, products if several else products[0])


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
