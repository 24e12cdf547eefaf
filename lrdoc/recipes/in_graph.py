"""What gives ``nn.Graph`` a learning rate that is any function of the step: a table of factors."""

from __future__ import annotations

from typing import Any

from oneflow.optim.lr_scheduler import LambdaLR


class TableLR(LambdaLR):  # type: ignore[misc]  # OneFlow ships no types
    """A ``LambdaLR`` that ``nn.Graph`` takes: the graph is given the factor of each step.

    It fills ``piecewise_scaling_conf``, which OneFlow's graph has had since 0.8 and no scheduler uses: this is private and may change.
    """

    def __init__(self, optimizer: Any, lr_lambda: Any, steps: int) -> None:
        self.steps = steps
        super().__init__(optimizer, lr_lambda)

    def _generate_conf_for_graph(self, lr_conf: Any) -> None:
        table = lr_conf.piecewise_scaling_conf
        factors = [self.lr_lambdas[0](step) for step in range(self.steps + 1)]
        for step in range(self.steps):
            if factors[step] != factors[step + 1]:
                table.boundaries.append(step)
                table.scales.append(factors[step])
        table.scales.append(factors[-1])


def in_graph(scheduler: LambdaLR, *, steps: int) -> TableLR:
    """Return a scheduler of the same learning rates that ``nn.Graph`` takes, for as many steps; later ones have that of step ``steps``.

    ``scheduler`` is a ``LambdaLR`` whose param groups share one function and whose class has no ``step()`` of its own, ``steps`` the number of calls of the graph, at least 1.

    Raises ``TypeError`` for another scheduler, and ``ValueError`` for ``steps`` out of its range or for functions that differ.
    """
    if not isinstance(scheduler, LambdaLR):
        raise TypeError(
            f"scheduler is a LambdaLR, not {type(scheduler).__name__}: nn.Graph takes most others as they are"
        )
    if type(scheduler).step is not LambdaLR.step:
        raise TypeError(f"{type(scheduler).__name__} has a step() of its own, which a table of factors does not follow")
    if not (hasattr(steps, "__index__") and steps >= 1):
        raise ValueError(f"steps is an int of at least 1, not {steps!r}")
    if any(one != scheduler.lr_lambdas[0] for one in scheduler.lr_lambdas):
        raise ValueError("scheduler has another function for each param group, and nn.Graph one schedule for all")
    return TableLR(scheduler.optimizer, scheduler.lr_lambdas[0], steps)
