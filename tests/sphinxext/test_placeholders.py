from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Build = Callable[..., Any]
VALUES = "```{values} step_lr\n:at: 0 10\n```"


def test_what_was_run_is_filled_in_where_a_page_asks_for_it(build: Build) -> None:
    assert "# lr=0.1 step 0 10 lr 0.1 0.05 After." in build(f"Before.\n\n{VALUES}\n\nAfter.").text


def test_a_refuted_claim_is_a_warning_at_its_line_and_leaves_nothing(build: Build) -> None:
    page = build("Above.\n\nOf {fact}`formula.step_lr.colour`.")
    assert "index.md:5: WARNING: formula.step_lr has no colour" in page.warnings
    assert "Of ." in page.text


def test_message_catalogs_are_made_without_running_anything(
    run_sphinx: Callable[..., tuple[Path, str, str]], messages: Callable[..., list[str]], builds: Path
) -> None:
    kept = set((builds / "cache").glob("*"))
    source = "Of {fact}`graph.polynomial_lr.steps`.\n\n```{run}\nraise SystemExit\n```\n\n{tally}`code`"
    _out, warnings, _told = run_sphinx(source, "gettext")
    assert warnings == ""
    assert messages(source) == ["Of {fact}`graph.polynomial_lr.steps`.", "{tally}`code`"]
    assert set((builds / "cache").glob("*")) == kept
