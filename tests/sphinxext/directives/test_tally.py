from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lrdoc.running.piece import Piece
from lrdoc.sphinxext.directives.tally import COUNTS, Build, Ran

REFUSED = 'result = {"lrs": [], "error": "ValueError", "message": "", "when": "construction"}'
ACCEPTED = 'result = {"lrs": [0.1]}'
FAILED = "raise RuntimeError"
ABORTED = "import os\nos.abort()"
DOCUMENTED = "result = [[0, 0.1, 0.1, True], [1, 0.2, 0.1, False]]"
EDGES = tuple(map(Piece, (ACCEPTED, REFUSED, FAILED, ABORTED)))

RAN = [
    Ran("run", (Piece("print(1)"),), checks=2),
    Ran("run", (Piece("print(2)"),), checks=1, equal=False),
    Ran("edges", EDGES),
    Ran("docstring", (Piece(DOCUMENTED),)),
    Ran("comparison", (Piece("print(3)"),), equal=True, source="pytorch"),
    Ran("comparison", (Piece("print(4)"),), equal=True, source="pytorch"),
    Ran("comparison", (Piece("print(5)"),), equal=False, source="pytorch"),
    Ran("comparison", (Piece("print(6)"),), equal=False, source="earlier"),
]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("code", 2),
        ("claims", 3),
        ("edges", 4),
        ("edges.refused", 2),
        ("edges.aborted", 1),
        ("nestings", 0),
        ("nestings.refused", 0),
        ("docstring", 2),
        ("docstring.wrong", 1),
        ("pytorch", 3),
        ("pytorch.differing", 1),
    ],
)
def test_what_all_pages_ran_is_counted(name: str, count: int, tmp_path: Path) -> None:
    assert COUNTS[name](RAN, Build(tmp_path, tmp_path)) == count


def test_what_two_pages_show_alike_is_run_and_counted_once(tmp_path: Path) -> None:
    twice = [*RAN, Ran("edges", EDGES)]
    assert COUNTS["edges"](twice, Build(tmp_path, tmp_path)) == 4


def test_the_pytorch_of_every_record_is_named(tmp_path: Path) -> None:
    (tmp_path / "pytorch").mkdir()
    for name, version in (("one", "2.1.0"), ("two", "2.1.0"), ("three", "2.2.0")):
        (tmp_path / "pytorch" / f"{name}.json").write_text(f'{{"version": "{version}", "recordings": {{}}}}')
    assert COUNTS["pytorch.version"]([], Build(tmp_path, tmp_path)) == "2.1.0, 2.2.0"


def test_the_calls_of_every_record_of_the_earlier_oneflow_are_counted(tmp_path: Path) -> None:
    (tmp_path / "earlier").mkdir()
    (tmp_path / "earlier" / "one.json").write_text('{"version": "0.8.0", "recordings": {"A()": {}, "B()": {}}}')
    (tmp_path / "earlier" / "two.json").write_text('{"version": "0.8.0", "recordings": {"C()": {}}}')
    assert COUNTS["earlier"]([], Build(tmp_path, tmp_path)) == 3
    assert COUNTS["earlier.version"]([], Build(tmp_path, tmp_path)) == "0.8.0"


def test_a_page_that_shows_a_count_is_written_anew_when_another_page_runs_more(
    build: Callable[..., Any], builds: Path, tmp_path: Path
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "counts.md").write_text("---\norphan: true\n---\n\n# Counts\n\n{tally}`code` pieces.\n")
    counts = builds / tmp_path.name / "html" / "counts.html"
    piece = "```{run}\nprint(1)\n```\n"
    build(piece)
    assert ">1</span> pieces" in counts.read_text(encoding="utf-8")
    build(piece + piece)
    assert ">2</span> pieces" in counts.read_text(encoding="utf-8")


def test_a_page_that_is_gone_is_not_counted(build: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    gone = tmp_path / "docs" / "gone.md"
    gone.write_text("---\norphan: true\n---\n\n# Gone\n\n```{run}\nprint(1)\n```\n")
    assert "Of 1 pieces" in build("Of {tally}`code` pieces.").text
    gone.unlink()
    assert "Of 0 pieces" in build("Of {tally}`code` pieces.").text


def test_a_count_that_does_not_exist_is_named_with_those_that_do(build: Callable[..., Any]) -> None:
    assert "no tally 'clams'; there is: code, claims" in build("{tally}`clams`").warnings
