from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lrdoc import register
from lrdoc.checks import pieces
from lrdoc.describe.schedule import Schedule
from lrdoc.running import worker
from lrdoc.sphinxext.directives.values import values
from lrdoc.sphinxext.placeholders import RefutedError, measured

Build = Callable[..., Any]


def test_values_are_those_of_the_real_class(build: Build) -> None:
    page = build("```{values} step_lr\n:at: 0 9-10 20\n```")
    assert page.warnings == ""
    assert page.table() == [["step", "0", "9", "10", "20"], ["lr", "0.1", "0.1", "0.05", "0.025"]]


def test_values_can_be_folded(build: Build) -> None:
    page = build("```{values} step_lr\n:at: 0 10\n:folded:\n```")
    assert page.warnings == ""
    (fold,) = page.soup.select("details")
    assert fold.find("summary").get_text() == "See the values"
    assert fold.find("table") is not None


def test_values_of_a_metric_driven_preset_come_from_its_metrics(build: Build) -> None:
    page = build("```{values} reduce_lr_on_plateau\n:at: 0 19\n```")
    assert page.warnings == ""
    assert float(page.table()[1][2]) < float(page.table()[1][1])


def test_a_preset_that_oneflow_refuses_is_a_refuted_claim() -> None:
    piece = pieces.attempt(Schedule(register.get("step_lr"), {"step_size": 0}), 3, 0.1)
    node = measured(steps=[0], name="step_lr", preset=0)
    with pytest.raises(RefutedError, match="refused at construction: AssertionError: step_size must greater"):
        values(node, worker.run([piece]))


def test_an_unknown_scheduler_breaks_the_build(build: Build) -> None:
    with pytest.raises(ValueError, match="unknown scheduler 'cyclic_lr'; known:"):
        build("```{values} cyclic_lr\n```")


def test_docstring_values_are_judged_by_a_run(build: Build) -> None:
    rows = build("```{docstring} sequential_lr\n```").table()
    assert rows[1] == ["0", "0.1", "0.1", "✓"]
    assert rows[3] == ["2", "0.9", "0.81", "✗ wrong"]
