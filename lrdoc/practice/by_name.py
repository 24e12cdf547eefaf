"""The recipes that are more, or less, than one function of an optimizer, as the program takes them by name: LiBai's builders, layer-wise decay, and the plateau with a warmup.

In the code of a schedule each is a call like those of the other recipes; its reader here makes a `Schedule` of the arguments, or raises ``ValueError`` with the name and the range of one that is out of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from oneflow.nn import Identity

from lrdoc import recipes, register
from lrdoc.describe.domain import Domain, Integer
from lrdoc.describe.schedule import Schedule
from lrdoc.practice.refusal import near
from lrdoc.recipes.described import layerwise_decay, plateau_warmup
from lrdoc.recipes.described.libai import BUILDERS, CONFIGURED


@dataclass(frozen=True)
class Named:
    """How a call is read: by a function of its arguments, the optimizer before them where ``takes_optimizer``; ``length`` gives the code of an argument that is to follow the length of the training, where the command line leaves it out."""

    read: Callable[..., Schedule]
    length: Mapping[str, str] = field(default_factory=dict)
    takes_optimizer: bool = True


def _libai(*, builder: str | None = None, **given: Any) -> Schedule:
    """Return what one of LiBai's builders composes; without one, what LiBai's configuration does by default."""
    if builder is None:
        builder, given = "WarmupCosineLR", {**CONFIGURED, **given}
    if builder not in BUILDERS:
        raise ValueError(
            f"builder is one of {', '.join(map(repr, BUILDERS))}, not {builder!r}{near(str(builder), BUILDERS)}"
        )
    name, length = BUILDERS[builder]
    main, warmup = register.get(name), register.get("warmup_lr")
    renamed = {"max_iter": length or "", **{key: key for key in main.domains if key != length}}
    domains: dict[str, Domain] = {
        "max_iter": Integer(1, usual=(1, 60)),
        **{key: main.domains[of] for key, of in renamed.items() if of},
        "warmup_factor": warmup.domains["warmup_factor"],
        "warmup_iter": warmup.domains["warmup_iters"],
        "warmup_method": warmup.domains["warmup_method"],
    }
    for key, value in given.items():
        _check(builder, key, value, domains)
    needed = {*renamed} - {key for key, of in renamed.items() if of in main.defaults}
    if missing := [key for key in domains if key in needed and key not in given]:
        raise ValueError(f"{builder} needs {missing[0]}: {domains[missing[0]]}")
    decay = Schedule(main, {of: given[key] for key, of in renamed.items() if of and key in given})
    if not given.get("warmup_iter"):
        return decay  # as LiBai does
    return Schedule(
        warmup,
        {
            "scheduler_or_optimizer": decay,
            "warmup_factor": given.get("warmup_factor", 0.001),
            "warmup_iters": given["warmup_iter"],
            "warmup_method": given.get("warmup_method", "linear"),
        },
    )


def _check(owner: str, name: str, value: Any, domains: Mapping[str, Domain]) -> None:
    """Raise ``ValueError`` for an argument that ``owner`` does not take, and for one out of its range."""
    if name not in domains:
        raise ValueError(f"{owner} has no {name}; it takes {', '.join(domains)}{near(name, domains)}")
    if value not in domains[name] or (isinstance(value, float) and not math.isfinite(value)):
        raise ValueError(f"{name}={value!r} lies outside its range, {domains[name]}")


LAYERWISE = "layerwise_decay"


def _layerwise_decay(schedule: Any, decay: Any = 0.75) -> Schedule:
    if not isinstance(schedule, Schedule):
        raise ValueError(
            "schedule is a call of a scheduler or a recipe, as in schedule=warmup_cosine(optimizer, total_steps=total_steps), "
            f"not {schedule!r}"
        )
    recipes.layerwise_groups([Identity()], lr=1.0, decay=decay)  # raises ValueError for another decay
    return Schedule(layerwise_decay.RECIPE, {"schedule": schedule, "decay": decay})


PLATEAU = "plateau_warmup"


def _plateau_warmup(**given: Any) -> Schedule:
    for name, value in given.items():
        _check(PLATEAU, name, value, plateau_warmup.RECIPE.domains)
    return Schedule(plateau_warmup.RECIPE, given)


BY_NAME: Mapping[str, Named] = {
    "libai": Named(_libai, length={"max_iter": "total_steps"}),
    LAYERWISE: Named(
        _layerwise_decay,
        length={"schedule": "warmup_cosine(optimizer, total_steps=total_steps)"},
        takes_optimizer=False,
    ),
    PLATEAU: Named(_plateau_warmup),
}
"""Each by the name of its page."""
