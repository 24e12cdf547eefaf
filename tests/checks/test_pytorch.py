from __future__ import annotations

from pathlib import Path

import pytest

from lrdoc.checks.pytorch import PYTORCH, calls

DOCS = Path(__file__).parents[2] / "docs"
COMPARING = [page for page in sorted(DOCS.glob("*/*.md")) if "```{pytorch}" in page.read_text(encoding="utf-8")]


def test_the_calls_of_a_page_are_listed_once_and_sorted(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    blocks = [f"```{{pytorch}}\n:oneflow: A()\n:torch: {call}\n```\n" for call in ("C()", "B(1)", "C()")]
    page.write_text("".join(blocks), encoding="utf-8")
    assert calls(page) == ["B(1)", "C()"]


@pytest.mark.parametrize("page", COMPARING, ids=[page.stem for page in COMPARING])
def test_the_record_of_every_page_is_complete(page: Path) -> None:
    runs = PYTORCH.read(DOCS, page.stem)["runs"]
    assert sorted(runs) == calls(page) != []
    assert all(len(run["lrs"]) == PYTORCH.steps or "error" in run for run in runs.values())
