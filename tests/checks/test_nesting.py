from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lrdoc import register
from lrdoc.checks import nesting
from lrdoc.running.piece import Piece
from tests.drawing import NESTABLE

Run = Callable[..., Any]

REFUSED = [name for name in register.entries() if name not in NESTABLE]


@pytest.fixture
def run(result_of: Callable[[Piece], Any]) -> Run:
    """Return a function that gives what came of a nesting: the page's own run, so that its outcome is there."""
    return lambda child, place, mode="eager": result_of(nesting.piece(register.get(child), place, mode))


@pytest.mark.parametrize("place", nesting.PLACES)
@pytest.mark.parametrize("child", NESTABLE)
def test_a_scheduler_with_a_get_lr_of_its_own_can_stand_in_every_place(run: Run, child: str, place: str) -> None:
    report = run(child, place)
    assert "error" not in report
    assert nesting.is_what_its_parts_make(register.get(child), place, "eager", report["lrs"])


@pytest.mark.parametrize("place", nesting.PLACES)
@pytest.mark.parametrize("child", REFUSED)
def test_every_other_scheduler_is_refused_in_every_place(run: Run, child: str, place: str) -> None:
    assert "error" in run(child, place)


@pytest.mark.parametrize("child", [name for name in REFUSED if name != "reduce_lr_on_plateau"])
def test_a_later_child_is_refused_only_when_its_milestone_comes(run: Run, child: str) -> None:
    report = run(child, "SequentialLR([…, ·])")
    assert report["when"] == f"step {nesting.MILESTONE}"
    assert len(report["lrs"]) == nesting.MILESTONE


@pytest.mark.parametrize("place", nesting.PLACES)
@pytest.mark.parametrize("child", NESTABLE)
def test_graph_mode_computes_every_nesting_but_a_chain_as_the_formulas_do(run: Run, child: str, place: str) -> None:
    report = run(child, place, "graph")
    assert ("error" in report) is place.startswith("ChainedScheduler")  # which Graph mode refuses as a whole
    if "error" not in report:
        assert nesting.is_what_its_parts_make(register.get(child), place, "graph", report["lrs"])


@pytest.mark.parametrize(
    ("mode", "factor", "right"), [("eager", 1 + 1e-11, False), ("graph", 1 + 1e-5, False), ("graph", 1 + 1e-8, True)]
)
def test_a_nesting_that_is_not_what_its_parts_make_is_found(run: Run, mode: str, factor: float, right: bool) -> None:
    lrs = [lr * factor for lr in run("step_lr", "WarmupLR(·)")["lrs"]]
    assert nesting.is_what_its_parts_make(register.get("step_lr"), "WarmupLR(·)", mode, lrs) is right
