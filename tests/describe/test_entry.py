from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import oneflow.optim.lr_scheduler as installed
import pytest

from lrdoc import register, trace
from lrdoc.checks.attempt import attempt
from lrdoc.describe.entry import HOUSEKEEPING
from lrdoc.describe.schedule import Schedule

ROOT = Path(__file__).parents[2]
ALIASES = {"WarmUpLR": "WarmupLR"}
COMPOSED_OF = {"schedulers", "scheduler_or_optimizer"}


def exported() -> list[str]:
    """Return the names of the scheduler classes that the installed OneFlow exports, without aliases and the base class."""
    classes = {name for name, _ in inspect.getmembers(installed, inspect.isclass) if not name.startswith("_")}
    return sorted(classes - ALIASES.keys())


def snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=LR)(?=On)", "_", name).lower()


def missing_files(name: str, root: Path) -> list[str]:
    """Return which of the three files of a scheduler are missing below ``root``."""
    wanted = (f"lrdoc/schedulers/{name}.py", f"gallery/plot_{name}.py", f"docs/reference/{name}.md")
    return [path for path in wanted if not (root / path).exists()]


@pytest.mark.parametrize("name", exported())
def test_every_scheduler_that_oneflow_exports_has_its_three_files(name: str) -> None:
    assert missing_files(snake_case(name), ROOT) == []


def test_a_scheduler_without_files_is_named_with_each_of_them(tmp_path: Path) -> None:
    assert missing_files("cyclic_lr", tmp_path) == [
        "lrdoc/schedulers/cyclic_lr.py",
        "gallery/plot_cyclic_lr.py",
        "docs/reference/cyclic_lr.md",
    ]


def test_the_aliases_are_still_nothing_but_aliases() -> None:
    assert all(getattr(installed, alias) is getattr(installed, name) for alias, name in ALIASES.items())


def test_there_is_no_entry_for_a_scheduler_that_oneflow_lacks() -> None:
    assert sorted(register.entries()) == sorted(map(snake_case, exported()))


@pytest.mark.parametrize("name", register.entries())
def test_an_entry_carries_the_name_of_its_class(name: str) -> None:
    assert snake_case(register.get(name).cls.__name__) == name


@pytest.mark.parametrize("name", register.entries())
def test_every_parameter_that_shapes_the_curve_has_a_valid_range(name: str) -> None:
    found = register.get(name)
    assert set(found.domains) == set(found.signature.parameters) - set(HOUSEKEEPING) - COMPOSED_OF


@pytest.mark.parametrize("name", register.entries())
def test_every_parameter_that_shapes_the_curve_is_swept(name: str) -> None:
    found = register.get(name)
    assert set(found.sweeps) == set(found.domains)


@pytest.mark.parametrize("name", register.entries())
def test_the_defaults_are_valid(name: str) -> None:
    found = register.get(name)
    assert {key for key, domain in found.domains.items() if found.defaults.get(key, None) not in domain} <= {
        key for key, parameter in found.signature.parameters.items() if parameter.default is parameter.empty
    }


def tried(name: str, parameter: str, value: object) -> dict[str, Any]:
    """Return what comes of one argument on the first preset of a scheduler, in eager mode."""
    entry = register.get(name)
    preset = entry.presets[0]
    schedule = Schedule(entry, {**preset.arguments, parameter: value})
    return attempt(schedule.build, preset.steps, preset.base_lr, "eager", preset.metrics)


@pytest.mark.parametrize("name", register.entries())
def test_every_edge_inside_a_valid_range_is_accepted_by_the_real_class(name: str) -> None:
    edges = [
        (key, value) for key, domain in register.get(name).domains.items() for value in domain.edges if value in domain
    ]
    refused = {edge: report["error"] for edge in edges if "error" in (report := tried(name, *edge))}
    assert refused == {}


@pytest.mark.parametrize("name", register.entries())
def test_every_preset_runs_on_the_real_class(name: str) -> None:
    for preset in register.get(name).presets:
        scheduler = Schedule(register.get(name), preset.arguments).build(trace.sgd(preset.base_lr))
        assert type(scheduler) is register.get(name).cls
        assert len(trace.eager(scheduler, preset.steps, preset.metrics)) == preset.steps


def test_an_unknown_scheduler_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"unknown scheduler 'cyclic_lr'; known: chained_scheduler, constant_lr"):
        register.get("cyclic_lr")
