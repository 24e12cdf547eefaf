"""What Graph mode applies, beside eager mode; the build prints the same reports, and its cache spares running them twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lrdoc import register
from lrdoc.checks import graph_mode, pieces
from lrdoc.describe.schedule import Schedule
from lrdoc.running.piece import Piece

ROOT = Path(__file__).parents[2]

Report = Callable[[str], Any]


@pytest.fixture(scope="session")
def report(result_of: Callable[[Piece], Any]) -> Report:
    """Return a function that gives the report of a scheduler: the page's own."""
    return lambda name: result_of(pieces.graph_mode(register.get(name)))


@pytest.fixture(scope="session")
def long(result_of: Callable[[Piece], Any]) -> Any:
    """Return the report of the long run of all schedulers."""
    return result_of(pieces.graph_mode_long())


@pytest.mark.parametrize("name", register.entries())
def test_graph_mode_applies_what_eager_mode_does_or_refuses(report: Report, name: str) -> None:
    found = report(name)
    assert "error" in found or found["difference"] <= 1e-6, found["worst"]


@pytest.mark.parametrize("name", register.entries())
def test_graph_mode_supports_what_the_scheduler_s_page_says(report: Report, name: str) -> None:
    page = (ROOT / "docs" / "reference" / f"{name}.md").read_text(encoding="utf-8")
    said = f"{{fact}}`graph.{name}.difference`" in page or f"{{sentence}}`graph_compared.{name}`" in page
    assert said is ("error" not in report(name))


@pytest.mark.parametrize("name", register.entries())
def test_graph_mode_still_agrees_after_twenty_thousand_steps(report: Report, long: Any, name: str) -> None:
    assert (name in long) is ("error" not in report(name))
    if name in long:
        assert long[name]["steps"] == 20_000
        assert long[name]["difference"] <= 1e-6, long[name]["worst"]


@pytest.mark.parametrize(
    ("name", "error", "when"),
    [
        ("chained_scheduler", "NotImplementedError", "first call"),
        ("lambda_lr", "AttributeError", "first call"),
        ("reduce_lr_on_plateau", "AssertionError", "add_optimizer"),
    ],
)
def test_a_refusal_of_graph_mode_is_told_with_its_exception_and_moment(
    report: Report, name: str, error: str, when: str
) -> None:
    found = report(name)
    assert (found["error"], found["when"]) == (error, when)


@pytest.mark.parametrize(("base", "eager", "expected"), [(2.0, 0.5, 0.05), (0.5, 2.0, 0.05), (1.0, -4.0, 0.025)])
def test_a_difference_is_relative_to_the_base_or_to_what_is_larger(base: float, eager: float, expected: float) -> None:
    lrs = np.array([eager, eager])
    pair = Schedule(register.get("exponential_lr"), {"gamma": 1.0}), base
    found, worst = graph_mode.largest(pair, lrs, lrs + np.array([0.0, 0.1]))
    assert found == pytest.approx(expected)
    assert worst.endswith(f"lr={base!r}, step 1")
