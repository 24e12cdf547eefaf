"""What the originals of the recipes do: PyTorch, transformers and timm, over many sets of arguments, every step.

``python -m lrdoc.checks.recipe_records`` records them in an environment that holds these packages, ``--check`` compares; this module needs nothing else.
"""

from __future__ import annotations

import functools
import hashlib
import json
import math
import random
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from lrdoc.checks import foreign
from lrdoc.describe.domain import Lambda

RECORD = Path(__file__).with_name("recipe_records.json")
MODULES = ("torch.optim.lr_scheduler", "torch.optim.swa_utils", "transformers.optimization", "timm.scheduler")
SETS = 220
"""How many sets of arguments each recipe is tried with."""
BEYOND, ENDLESS = 4, 40
"""How many steps are tried after the end, and how many where there is none."""

Arguments: TypeAlias = Mapping[str, Any]
Draw: TypeAlias = Callable[[random.Random], dict[str, Any]]


@dataclass(frozen=True)
class Trial:
    """How a recipe is tried.

    ``draw`` gives a valid set of arguments, ``awkward`` are some that are tried in any case.
    ``length`` is the argument that counts the steps of the training, ``last`` how many steps after (or before) that many the schedule ends.
    ``original`` is the call of the original, in terms of the recipe's arguments and of ``lr``, the base learning rate; ``None`` where no run of a program is recorded.
    """

    draw: Draw
    awkward: tuple[dict[str, Any], ...] = ()
    original: str | None = None
    length: str | None = "total_steps"
    last: int = 0

    def end(self, arguments: Arguments) -> int:
        """Return the last step that the schedule is meant for."""
        return ENDLESS - 1 if self.length is None else int(arguments[self.length]) + self.last

    def steps(self, arguments: Arguments) -> int:
        """Return how many learning rates are compared, that of step 0 included."""
        return ENDLESS if self.length is None else self.end(arguments) + 1 + BEYOND


def sets(name: str) -> list[dict[str, Any]]:
    """Return the sets of arguments that a recipe is tried with, with the base learning rate as ``lr``."""
    rng, trial = random.Random(name), TRIALS[name]
    found = [dict(one) for one in trial.awkward]
    found += [trial.draw(rng) for _ in range(SETS - len(found))]
    return [{**one, "lr": rng.choice((0.1, 1.0, 0.003, 5e-5))} for one in found]


@functools.cache
def recorded() -> dict[str, list[list[float]]]:
    """Return, by recipe, the recorded learning rates for each of its sets; they end before the step at which the original raises an exception."""
    rates: dict[str, list[list[float]]] = json.loads(RECORD.read_text(encoding="utf-8"))["rates"]
    return rates


@functools.cache
def digest() -> str:
    """Return what identifies the record: an outcome is kept as long as that stays as it is."""
    return hashlib.sha256(RECORD.read_bytes()).hexdigest()


def versions() -> dict[str, str]:
    """Return the versions of the packages that were recorded."""
    found: dict[str, str] = json.loads(RECORD.read_text(encoding="utf-8"))["versions"]
    return found


def package(original: str) -> str:
    """Return the package that an original comes from, with the version that was recorded."""
    name = "transformers" if original.startswith("get_") else "timm" if original.endswith("Scheduler") else "torch"
    return f"{'PyTorch' if name == 'torch' else name} {versions()[name]}"


def _total(rng: random.Random, least: int = 1) -> int:
    return rng.randint(least, 28)


def _warmed(more: Draw, *, full: bool = False) -> Draw:
    """Return what draws ``total_steps``, ``warmup_steps`` below it (up to it where ``full``), and more."""

    def draw(rng: random.Random) -> dict[str, Any]:
        total = _total(rng)
        return {"total_steps": total, "warmup_steps": rng.randint(0, total if full else total - 1), **more(rng)}

    return draw


def _nothing(_rng: random.Random) -> dict[str, Any]:
    return {}


def _one_cycle(rng: random.Random) -> dict[str, Any]:
    total, three = _total(rng, 6), rng.random() < 0.5
    return {
        "total_steps": total,
        "pct_start": rng.choice((0.3, 0.25, 0.5, rng.uniform(0.2, 0.45))),
        "anneal_strategy": rng.choice(("cos", "linear")),
        "div_factor": rng.choice((25.0, 10.0, 1.0, 0.5)),
        "final_div_factor": rng.choice((1e4, 100.0, 1.0)),
        "three_phase": three,
    }


def _stable(rng: random.Random) -> dict[str, Any]:
    total = _total(rng)
    decay = rng.randint(1, total)
    ratio = rng.choice((0.0, 0.1, 1.0, rng.random()))
    return {
        "total_steps": total,
        "decay_steps": decay,
        "warmup_steps": rng.randint(0, total - decay),
        "min_lr_ratio": ratio,
    }


def _cyclic(rng: random.Random) -> dict[str, Any]:
    return {
        "step_size_up": rng.randint(1, 15),
        "step_size_down": rng.choice((None, rng.randint(1, 15))),
        "min_lr_ratio": rng.choice((0.0, 0.1, 1.0, rng.random())),
        "mode": rng.choice(("triangular", "triangular2", "exp_range")),
        "gamma": rng.choice((1.0, 0.99, rng.uniform(0.5, 1.0))),
    }


def _restarts(rng: random.Random) -> dict[str, Any]:
    return {
        "cycle_steps": rng.randint(1, 15),
        "warmup_steps": rng.choice((0, rng.randint(1, 10))),
        "warmup_start": rng.choice((0.0, 1.0, rng.random())),
        "cycle_mult": rng.randint(1, 2),
        "cycle_decay": rng.choice((1.0, rng.uniform(0.3, 1.0))),
        "cycle_limit": rng.choice((0, rng.randint(1, 5))),
        "min_lr": rng.choice((0.0, 1e-6)),
    }


def _milestones(rng: random.Random) -> dict[str, Any]:
    warmup = rng.choice((0, rng.randint(1, 15)))
    milestones = sorted(rng.sample(range(warmup + 1, 40), rng.randint(1, 4)))
    return {
        "milestones": milestones,
        "warmup_steps": warmup,
        "start_factor": rng.choice((0.0, 1.0, rng.random())),
        "gamma": rng.choice((0.1, 0.5, 2.0)),
    }


def _factors(rng: random.Random) -> dict[str, Any]:
    """Draw a function whose values, multiplied, stay within what a learning rate may be."""
    start, value = rng.randint(0, 30), round(rng.uniform(0.5, 1.05), 4)
    source = rng.choice(
        (
            f"lambda step: {value}",
            f"lambda step: 1.0 if step < {start} else {value}",
            f"lambda step: {value} if step % {start + 1} == 0 else 1.0",
            f"lambda step: (step + {start}) / (step + {start} + 1)",
            f"lambda step: max(0.0, 1 - step / {start + 1})",
        )
    )
    return {"factor": Lambda(source)}


_AWKWARD = (
    {"total_steps": 1, "warmup_steps": 0},
    {"total_steps": 2, "warmup_steps": 1},
    {"total_steps": 20, "warmup_steps": 0},
    {"total_steps": 20, "warmup_steps": 19},
)
"""Trainings of one step, without a warmup, and of hardly anything but warmup."""
_FULL = ({"total_steps": 1, "warmup_steps": 1}, {"total_steps": 20, "warmup_steps": 20})

_ONE_CYCLE = {
    "pct_start": 0.3,
    "anneal_strategy": "cos",
    "div_factor": 25.0,
    "final_div_factor": 1e4,
    "three_phase": False,
}
_CYCLIC = {"min_lr_ratio": 0.1, "mode": "triangular2", "gamma": 1.0}
_RESTARTS = {
    "warmup_steps": 0,
    "warmup_start": 0.0,
    "cycle_mult": 1,
    "cycle_decay": 1.0,
    "cycle_limit": 0,
    "min_lr": 0.0,
}

TRIALS: Mapping[str, Trial] = {
    "warmup_linear": Trial(
        _warmed(_nothing, full=True),
        (*_AWKWARD, *_FULL),
        "get_linear_schedule_with_warmup(optimizer, warmup_steps, total_steps)",
    ),
    "warmup_cosine": Trial(
        _warmed(lambda rng: {"min_lr_ratio": rng.choice((0.0, 0.1, 1.0, rng.random()))}, full=True),
        tuple({**one, "min_lr_ratio": 0.1} for one in (*_AWKWARD, *_FULL)),
        "get_cosine_with_min_lr_schedule_with_warmup(optimizer, warmup_steps, total_steps, min_lr_rate=min_lr_ratio)",
    ),
    "warmup_cosine_cycles": Trial(
        _warmed(
            lambda rng: {
                "num_cycles": rng.choice((0.5, 1.0, 2.5, rng.uniform(0.1, 6))),
                "min_lr_ratio": rng.choice((0.0, 0.1, rng.random())),
            },
            full=True,
        ),
        tuple({**one, "num_cycles": 1.5, "min_lr_ratio": 0.0} for one in (*_AWKWARD, *_FULL)),
        "get_cosine_with_min_lr_schedule_with_warmup(optimizer, warmup_steps, total_steps, num_cycles, min_lr_rate=min_lr_ratio)",
    ),
    "warmup_hard_restarts": Trial(
        _warmed(lambda rng: {"num_cycles": rng.randint(1, 6)}, full=True),
        tuple({**one, "num_cycles": 3} for one in (*_AWKWARD, *_FULL)),
        "get_cosine_with_hard_restarts_schedule_with_warmup(optimizer, warmup_steps, total_steps, num_cycles)",
    ),
    "warmup_polynomial": Trial(
        _warmed(
            lambda rng: {
                "power": rng.choice((1.0, 2.0, rng.uniform(0.2, 4))),
                "end_lr": rng.choice((1e-7, 0.0, 1e-5)),
            }
        ),
        tuple({**one, "power": 2.0, "end_lr": 0.0} for one in _AWKWARD),
        "get_polynomial_decay_schedule_with_warmup(optimizer, warmup_steps, total_steps, lr_end=end_lr, power=power)",
    ),
    "warmup_constant": Trial(
        lambda rng: {"warmup_steps": rng.randint(0, 35)},
        ({"warmup_steps": 0}, {"warmup_steps": 1}),
        "get_constant_schedule_with_warmup(optimizer, warmup_steps)",
        length=None,
    ),
    "inverse_sqrt": Trial(
        lambda rng: {"warmup_steps": rng.randint(0, 30), "timescale": rng.choice((None, rng.randint(1, 40)))},
        ({"warmup_steps": 0, "timescale": None}, {"warmup_steps": 1, "timescale": 1}),
        "get_inverse_sqrt_schedule(optimizer, warmup_steps, timescale)",
        length=None,
    ),
    "warmup_stable_decay": Trial(
        lambda rng: {**_stable(rng), "cooldown": rng.choice(("linear", "cosine"))},
        ({"total_steps": 1, "warmup_steps": 0, "decay_steps": 1, "cooldown": "linear", "min_lr_ratio": 0.0},),
        "get_wsd_schedule(optimizer, warmup_steps, decay_steps, total_steps, decay_type=cooldown, min_lr_ratio=min_lr_ratio)",
    ),
    "warmup_stable_sqrt": Trial(
        _stable,
        ({"total_steps": 1, "warmup_steps": 0, "decay_steps": 1, "min_lr_ratio": 0.0},),
        "get_wsd_schedule(optimizer, warmup_steps, decay_steps, total_steps, decay_type='1-sqrt', min_lr_ratio=min_lr_ratio)",
    ),
    "one_cycle": Trial(
        _one_cycle,
        (
            {**_ONE_CYCLE, "total_steps": 2, "pct_start": 0.75, "anneal_strategy": "linear"},
            {**_ONE_CYCLE, "total_steps": 20, "pct_start": 0.5, "three_phase": True},
            {**_ONE_CYCLE, "total_steps": 7},
        ),
        "OneCycleLR(optimizer, lr, total_steps, pct_start=pct_start, anneal_strategy=anneal_strategy, div_factor=div_factor, final_div_factor=final_div_factor, three_phase=three_phase)",
        last=-1,
    ),
    "cyclic": Trial(
        _cyclic,
        tuple({**_CYCLIC, "step_size_up": 1, "step_size_down": down} for down in (1, 15)),
        "CyclicLR(optimizer, lr * min_lr_ratio, lr, step_size_up, step_size_down, mode, gamma)",
        length=None,
    ),
    "sgdr_warmup": Trial(
        _restarts,
        ({**_RESTARTS, "cycle_steps": 1}, {**_RESTARTS, "cycle_steps": 10, "warmup_steps": 10}),
        "CosineLRScheduler(optimizer, cycle_steps, min_lr, cycle_mult, cycle_decay, cycle_limit or 10**9, warmup_steps, warmup_start * lr, warmup_prefix=True)",
        length=None,
    ),
    "swalr": Trial(
        lambda rng: {
            "swa_lr": rng.choice((0.05, 0.5, 1e-4, 1.0)),
            "anneal_steps": rng.randint(0, 30),
            "anneal_strategy": rng.choice(("cos", "linear")),
        },
        tuple({"swa_lr": 0.02, "anneal_steps": steps, "anneal_strategy": "cos"} for steps in (0, 1)),
        "SWALR(optimizer, swa_lr, anneal_steps, anneal_strategy)",
        length=None,
    ),
    "multiplicative": Trial(
        _factors,
        tuple({"factor": Lambda(f"lambda step: {value}")} for value in (1.0, 0.0)),
        "MultiplicativeLR(optimizer, factor)",
        length=None,
    ),
    "poly": Trial(
        lambda rng: {"total_steps": _total(rng), "power": rng.choice((0.9, 1.0, rng.uniform(0.2, 4)))},
        tuple({"total_steps": total, "power": 0.9} for total in (1, 2)),
        "PolynomialLR(optimizer, total_steps, power)",
    ),
    "noam": Trial(
        lambda rng: {"d_model": rng.choice((512, 768, rng.randint(1, 4096))), "warmup_steps": rng.randint(1, 35)},
        ({"d_model": 1, "warmup_steps": 1},),
        length=None,
    ),
    "step_with_warmup": Trial(_milestones, ({"milestones": [1]}, {"milestones": [6], "warmup_steps": 5}), length=None),
    "yolo": Trial(
        lambda rng: {
            "epochs": _total(rng),
            "min_lr_ratio": rng.choice((0.01, 0.0, 1.0, rng.random())),
            "cosine": rng.random() < 0.5,
        },
        ({"epochs": 1},),
        length="epochs",
    ),
}
"""How each recipe is tried, by its name."""


def record() -> dict[str, Any]:
    """Return the versions of the packages and, by recipe and set, the learning rate of each step."""
    names = {name: value for module in MODULES for name, value in vars(import_module(module)).items()}
    versions = {name: import_module(name).__version__.partition("+")[0] for name in ("torch", "transformers", "timm")}
    found = {name: [_rates(name, one, names) for one in sets(name)] for name, one in TRIALS.items() if one.original}
    return {"versions": versions, "rates": found}


def _rates(name: str, arguments: Arguments, names: dict[str, Any]) -> list[float]:
    torch, trial = import_module("torch"), TRIALS[name]
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=arguments["lr"], momentum=0.9)
    known = {**names, **arguments, "optimizer": optimizer}
    scheduler = eval(str(trial.original), known)  # the project's own
    rates = [float(optimizer.param_groups[0]["lr"])]
    optimizer.step()  # PyTorch warns without it
    while len(rates) < trial.steps(arguments):
        try:
            scheduler.step(*([len(rates)] if "timm" in type(scheduler).__module__ else []))
        except (ValueError, ZeroDivisionError):
            break
        rates.append(float(optimizer.param_groups[0]["lr"]))
    return rates


def _agree(found: dict[str, Any], kept: dict[str, Any]) -> bool:
    """Tell whether two records say the same; the last digits of a learning rate depend on the machine."""
    if {name: [*map(len, one)] for name, one in found["rates"].items()} != {
        name: [*map(len, one)] for name, one in kept["rates"].items()
    }:
        return False
    pairs = (
        pair
        for name, one in found["rates"].items()
        for rates in zip(one, kept["rates"][name], strict=True)
        for pair in zip(*rates, strict=True)
    )
    return all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-15) for a, b in pairs)


def main(arguments: list[str]) -> None:
    """Write the record, or, with ``--check``, end with an error where it is not what the packages give now."""
    foreign.settle(RECORD, json.dumps(record(), separators=(",", ":")) + "\n", _agree, arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
