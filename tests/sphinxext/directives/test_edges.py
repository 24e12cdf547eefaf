from __future__ import annotations

from collections.abc import Callable
from typing import Any

Build = Callable[..., Any]


def test_edges_show_what_is_refused_with_the_real_exception_and_what_is_accepted(build: Build) -> None:
    rows = {row[0]: row[1:] for row in build("```{edges} step_lr\n```").table()}
    assert rows["step_size=0"] == [
        "AssertionError: step_size must greater than zero, but got 0 (at construction)",
        "the same",
    ]
    assert rows["step_size=2.5"][0].startswith("accepted: 0.1 ×3, 0.05 ×2")
    assert rows["step_size=2.5"][1] == "TypeError: 2.5 has type float, but expected one of: int (at the first call)"
    assert "step_size=1" not in rows


def test_an_abort_in_graph_mode_is_told_with_its_reason(build: Build) -> None:
    rows = {row[0]: row[1:] for row in build("```{edges} multi_step_lr\n```").table()}
    assert rows["milestones=[]"][1].startswith("process aborted: SIGABRT: Check failed: milestones.size() >= 1")


def test_a_scheduler_that_graph_mode_refuses_has_no_column_for_it(build: Build) -> None:
    assert all(len(row) == 2 for row in build("```{edges} reduce_lr_on_plateau\n```").table())


def test_nonsense_that_is_accepted_is_shown_and_sense_is_not(build: Build) -> None:
    rows = {row[0]: row[1] for row in build("```{edges} reduce_lr_on_plateau\n```").table()}
    assert rows["factor=-1.0"].startswith("accepted: 0.1 ×")
    assert "factor=0.0" not in rows


def test_above_the_table_stands_where_it_comes_from(build: Build) -> None:
    page = build("```{edges} step_lr\n```")
    assert page.warnings == ""
    assert "were tried on the installed class. What is accepted" in page.text
