"""What the originals of ``ported`` do: calls of PyTorch, transformers and timm, their learning rates as these packages compute them, and the arguments that PyTorch's classes take.

``python -m lrdoc.explorer.originals`` records them in an environment that holds these packages, ``--check`` compares; this module needs nothing else.
"""

from __future__ import annotations

import inspect
import json
import math
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from lrdoc.checks import foreign

RECORD = Path(__file__).with_name("originals.json")
BASE_LR, STEPS = 0.1, 60
MODULES = ("torch.optim.lr_scheduler", "torch.optim.swa_utils", "transformers.optimization", "timm.scheduler")
STEPPED = "timm.scheduler.scheduler"
"""Where the class is whose schedulers are told which step they make, by one method where it is an epoch and by another where it is an update."""
CLASSES = """
class Rising(BASE):
    def __init__(self, optimizer, steps, last_epoch=-1):
        self.steps = steps
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        return [base_lr * min(1, (self.last_epoch + 1) / self.steps) for base_lr in self.base_lrs]


class Decaying(BASE):
    def get_lr(self):
        if self.last_epoch == 0 or self.last_epoch % 7 != 0:
            return [group["lr"] for group in self.optimizer.param_groups]
        return [group["lr"] * 0.5 + group["initial_lr"] * 0.01 for group in self.optimizer.param_groups]
"""
"""Schedulers that are written for PyTorch; BASE is PyTorch's, or what is ported of it."""
CALLS = (
    "Rising(optimizer, 9)",
    "Decaying(optimizer)",
    "OneCycleLR(optimizer, 0.5, total_steps=59)",
    "OneCycleLR(optimizer, max_lr=0.5, epochs=5, steps_per_epoch=12, pct_start=0.1, anneal_strategy='linear')",
    "OneCycleLR(optimizer, 1.0, 60, three_phase=True, div_factor=10.0, final_div_factor=100.0)",
    "CyclicLR(optimizer, 0.01, 0.5, step_size_up=7)",
    "CyclicLR(optimizer, base_lr=0.0, max_lr=0.5, step_size_up=4, step_size_down=9, mode='triangular2')",
    "CyclicLR(optimizer, 0.01, 0.5, 10, mode='exp_range', gamma=0.97)",
    "CyclicLR(optimizer, 0.01, 0.5, 10, scale_fn=lambda cycle: 1 / cycle)",
    "CyclicLR(optimizer, 0.01, 0.5, 10, scale_fn=lambda step: 0.99 ** step, scale_mode='iterations')",
    "MultiplicativeLR(optimizer, lambda epoch: 0.95)",
    "MultiplicativeLR(optimizer, lr_lambda=[lambda epoch: 1 - 1 / (epoch + 1)])",
    "SWALR(optimizer, 0.02)",
    "SWALR(optimizer, swa_lr=0.3, anneal_epochs=5, anneal_strategy='linear')",
    "SWALR(optimizer, 0.02, anneal_epochs=0)",
    "PolynomialLR(optimizer, total_iters=30, power=2.0)",
    "PolynomialLR(optimizer)",
    "get_constant_schedule(optimizer)",
    "get_constant_schedule_with_warmup(optimizer, 10)",
    "get_constant_schedule_with_warmup(optimizer, num_warmup_steps=0)",
    "get_linear_schedule_with_warmup(optimizer, 8, 50)",
    "get_linear_schedule_with_warmup(optimizer, num_warmup_steps=0, num_training_steps=60)",
    "get_linear_schedule_with_warmup(optimizer, 20, 20)",
    "get_cosine_schedule_with_warmup(optimizer, 8, 50)",
    "get_cosine_schedule_with_warmup(optimizer, 0, 40, num_cycles=1.5)",
    "get_cosine_with_hard_restarts_schedule_with_warmup(optimizer, 6, 50, num_cycles=3)",
    "get_polynomial_decay_schedule_with_warmup(optimizer, 6, 50)",
    "get_polynomial_decay_schedule_with_warmup(optimizer, 0, 30, lr_end=0.01, power=3.0)",
    "get_inverse_sqrt_schedule(optimizer, 10)",
    "get_inverse_sqrt_schedule(optimizer, 10, timescale=25)",
    "get_scheduler('linear', optimizer, num_warmup_steps=5, num_training_steps=55)",
    "get_scheduler(name='cosine', optimizer=optimizer, num_warmup_steps=0, num_training_steps=60)",
    "get_scheduler('cosine_with_restarts', optimizer, 4, 60, scheduler_specific_kwargs={'num_cycles': 2})",
    "get_scheduler('polynomial', optimizer, 4, 60)",
    "get_scheduler('constant', optimizer)",
    "get_scheduler('constant_with_warmup', optimizer, 9)",
    "get_scheduler('inverse_sqrt', optimizer, 9)",
    "CosineLRScheduler(optimizer, 50)",
    "CosineLRScheduler(optimizer, t_initial=40, lr_min=1e-5, warmup_t=5, warmup_lr_init=1e-6)",
    "CosineLRScheduler(optimizer, t_initial=40, lr_min=0.01, warmup_t=5, warmup_lr_init=0.001, warmup_prefix=True)",
    "CosineLRScheduler(optimizer, 40, 0.001, k_decay=2.0, warmup_t=3)",
    "CosineLRScheduler(optimizer, 40, k_decay=0.5)",
    "CosineLRScheduler(optimizer, t_initial=10, cycle_limit=4, cycle_decay=0.5, lr_min=0.002)",
    "CosineLRScheduler(optimizer, t_initial=8, cycle_mul=2.0, cycle_limit=3)",
    "CosineLRScheduler(optimizer, t_initial=7, cycle_mul=1.5, cycle_decay=0.7, cycle_limit=9, warmup_t=4, warmup_prefix=True)",
    "CosineLRScheduler(optimizer, t_initial=20, cycle_mul=0.8, cycle_limit=5)",
    "CosineLRScheduler(optimizer, t_initial=10, cycle_mul=2, cycle_decay=0.5, cycle_limit=3, warmup_t=15, k_decay=1.5)",
    "CosineLRScheduler(optimizer, t_initial=9, cycle_limit=0)",
    "CosineLRScheduler(optimizer, t_initial=50, t_in_epochs=False, warmup_t=10, warmup_lr_init=1e-4)",
    "CosineLRScheduler(optimizer, 30, 0.0, 1.0, 1.0, 2, 5, 0.2, True, True, None, 0.5, 1.0, 7, 1.0, True)",
    "CosineLRScheduler(optimizer, t_initial=12, warmup_t=20, warmup_lr_init=0.01)",
    "TanhLRScheduler(optimizer, 50)",
    "TanhLRScheduler(optimizer, 40, lb=-3.0, ub=2.0, lr_min=0.01, warmup_t=5, warmup_lr_init=0.001)",
    "TanhLRScheduler(optimizer, 40, -4.0, 4.0, warmup_t=5, warmup_lr_init=0.001, warmup_prefix=True)",
    "TanhLRScheduler(optimizer, t_initial=8, cycle_mul=2.0, cycle_decay=0.5, cycle_limit=2)",
    "TanhLRScheduler(optimizer, t_initial=50, t_in_epochs=False)",
    "PolyLRScheduler(optimizer, 50)",
    "PolyLRScheduler(optimizer, 40, 2.0, 0.01, warmup_t=5, warmup_lr_init=0.001)",
    "PolyLRScheduler(optimizer, 40, power=1.0, k_decay=2.0, warmup_t=5, warmup_prefix=True)",
    "PolyLRScheduler(optimizer, t_initial=8, cycle_mul=2.0, cycle_decay=0.5, cycle_limit=2, lr_min=0.001)",
    "PolyLRScheduler(optimizer, t_initial=20, cycle_limit=2, t_in_epochs=False)",
    "StepLRScheduler(optimizer, 9)",
    "StepLRScheduler(optimizer, decay_t=9, decay_rate=0.5)",
    "StepLRScheduler(optimizer, decay_t=2.4, decay_rate=0.9, warmup_t=5, warmup_lr_init=0.001)",
    "StepLRScheduler(optimizer, decay_t=10, decay_rate=0.5, warmup_t=12, warmup_prefix=False, t_in_epochs=False)",
    "MultiStepLRScheduler(optimizer, [20, 40])",
    "MultiStepLRScheduler(optimizer, decay_t=[20, 40, 45], decay_rate=0.1)",
    "MultiStepLRScheduler(optimizer, decay_t=[1, 10, 10], decay_rate=0.5)",
    "MultiStepLRScheduler(optimizer, decay_t=[20, 40], decay_rate=0.5, warmup_t=5, warmup_lr_init=0.001)",
    "MultiStepLRScheduler(optimizer, decay_t=(3, 40), decay_rate=0.5, warmup_t=6, warmup_prefix=False, t_in_epochs=False)",
)


Signature = list[tuple[str, Any]]
"""The parameters of a class in their order, each with its default; None where there is none, or one that JSON does not hold."""


def record() -> dict[str, Any]:
    """Return the versions of the packages, the signatures of PyTorch's classes, and, by call, the learning rate of each step."""
    names = {name: value for module in MODULES for name, value in vars(import_module(module)).items()}
    names["BASE"] = names["LRScheduler"]
    exec(CLASSES, names)  # the project's own
    versions = {name: import_module(name).__version__.partition("+")[0] for name in ("torch", "transformers", "timm")}
    return {
        "versions": versions,
        "signatures": _signatures(),
        "recordings": {call: _rates(call, names) for call in CALLS},
    }


def _signatures() -> dict[str, Signature]:
    """Return the signatures of PyTorch's optimizers and schedulers."""
    optim, schedulers = import_module("torch.optim"), import_module("torch.optim.lr_scheduler")
    bases = (optim.Optimizer, schedulers.LRScheduler)
    found = {**vars(optim), **vars(schedulers)}.items()
    classes = {
        name: cls for name, cls in found if inspect.isclass(cls) and issubclass(cls, bases) and name[0].isupper()
    }
    return {name: _signature(classes[name]) for name in sorted(classes)}


def _signature(cls: type) -> Signature:
    parameters = inspect.signature(cls).parameters.values()
    return [(one.name, one.default if isinstance(one.default, (int, float, str)) else None) for one in parameters]


def _rates(call: str, names: dict[str, Any]) -> list[float]:
    torch = import_module("torch")
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=BASE_LR, momentum=0.9)
    scheduler = eval(call, {**names, "optimizer": optimizer})  # the project's own
    step = _step(scheduler)
    rates = [float(optimizer.param_groups[0]["lr"])]
    while len(rates) < STEPS:
        optimizer.step()  # PyTorch warns without it
        step(len(rates))
        rates.append(float(optimizer.param_groups[0]["lr"]))
    return rates


def _step(scheduler: Any) -> Callable[[int], None]:
    """Return what makes the step of a number: timm's training scripts give the schedulers the number of those that are done."""
    if not isinstance(scheduler, import_module(STEPPED).Scheduler):
        return lambda _number: scheduler.step()
    made: Callable[[int], None] = scheduler.step if scheduler.t_in_epochs else scheduler.step_update
    return made


def _agree(found: dict[str, Any], kept: dict[str, Any]) -> bool:
    """Tell whether two records say the same; the last digits of a learning rate depend on the machine."""
    if found["signatures"] != kept["signatures"] or found["recordings"].keys() != kept["recordings"].keys():
        return False
    pairs = ((rates, kept["recordings"][call]) for call, rates in found["recordings"].items())
    return all(
        math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12) for one, two in pairs for a, b in zip(one, two, strict=True)
    )


def main(arguments: list[str]) -> None:
    """Write the record, or, with ``--check``, end with an error where it is not what the packages give now."""
    foreign.settle(RECORD, json.dumps(record()) + "\n", _agree, arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
