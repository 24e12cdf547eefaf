"""The learning rate of the step before times a factor, which a function gives for each step."""

from __future__ import annotations

from collections.abc import Callable

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LambdaLR


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
