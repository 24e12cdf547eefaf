from __future__ import annotations

import operator
from pathlib import Path

import pytest

from lrdoc.checks import foreign


def test_a_record_is_written_or_compared_with_the_one_that_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    foreign.settle(path, "[1]", operator.eq, [])
    assert path.read_text("utf-8") == "[1]"
    foreign.settle(path, "[1]", operator.eq, ["--check"])
    with pytest.raises(SystemExit, match=r"record.json is not what the packages give now: run nox -s records"):
        foreign.settle(path, "[2]", operator.eq, ["--check"])
    assert path.read_text("utf-8") == "[1]"
