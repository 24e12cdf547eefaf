from __future__ import annotations

import inspect
import re
from pathlib import Path

import oneflow.optim.lr_scheduler as installed
import pytest

from lrdoc import trace
from lrdoc.checks import check
from lrdoc.describe import entry
from lrdoc.describe.entry import HOUSEKEEPING

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
    assert sorted(entry.entries()) == sorted(map(snake_case, exported()))


@pytest.mark.parametrize("name", entry.entries())
def test_an_entry_carries_the_name_of_its_class(name: str) -> None:
    assert snake_case(entry.get(name).cls.__name__) == name


@pytest.mark.parametrize("name", entry.entries())
def test_every_parameter_that_shapes_the_curve_has_a_valid_range(name: str) -> None:
    found = entry.get(name)
    assert set(found.domains) == set(found.signature.parameters) - set(HOUSEKEEPING) - COMPOSED_OF


@pytest.mark.parametrize("name", entry.entries())
def test_every_parameter_that_shapes_the_curve_is_swept(name: str) -> None:
    found = entry.get(name)
    assert set(found.sweeps) == set(found.domains)


@pytest.mark.parametrize("name", entry.entries())
def test_the_defaults_are_valid(name: str) -> None:
    found = entry.get(name)
    assert {key for key, domain in found.domains.items() if found.defaults.get(key, None) not in domain} <= {
        key for key, parameter in found.signature.parameters.items() if parameter.default is parameter.empty
    }


@pytest.mark.parametrize("name", entry.entries())
def test_every_edge_inside_a_valid_range_is_accepted_by_the_real_class(name: str) -> None:
    edges = [
        (key, value) for key, domain in entry.get(name).domains.items() for value in domain.edges if value in domain
    ]
    refused = {edge: report["error"] for edge in edges if "error" in (report := check.edge(name, *edge, "eager"))}
    assert refused == {}


@pytest.mark.parametrize("name", entry.entries())
def test_every_preset_runs_on_the_real_class(name: str) -> None:
    for preset in entry.get(name).presets:
        scheduler = preset.schedule.build(trace.sgd(preset.base_lr))
        assert type(scheduler) is entry.get(name).cls
        assert len(trace.eager(scheduler, preset.steps, preset.metrics)) == preset.steps


def test_an_unknown_scheduler_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"unknown scheduler 'cyclic_lr'; known: chained_scheduler, constant_lr"):
        entry.get("cyclic_lr")
