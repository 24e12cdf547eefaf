from __future__ import annotations

import json
from pathlib import Path

import pytest

from lrdoc.practice import record
from lrdoc.practice.mistakes import Finding
from lrdoc.practice.options import parse
from lrdoc.practice.plan import Plan


def written(folder: Path) -> dict[str, object]:
    options = parse(["--epochs", "2", "--schedule", "scheduler = StepLR(optimizer, step_size=2 * steps_per_epoch)"])
    plan = Plan(options.schedule, options.lr, options.epochs, 4)
    record.write(folder, options, plan, [Finding("one", "a sentence")])
    content: dict[str, object] = json.loads((folder / "options.json").read_text(encoding="utf-8"))
    return content


def test_it_says_which_schedule_made_a_training_and_by_which_command(tmp_path: Path) -> None:
    content = written(tmp_path)
    assert content["schedule"] == "StepLR(optimizer, step_size=8)"
    assert content["iterations"] == 8
    assert content["warnings"] == ["warning: a sentence"]
    assert str(content["command"]).startswith("python -m lrdoc.practice --epochs 2 --schedule 'scheduler = StepLR")
    options = content["options"]
    assert isinstance(options, dict)
    assert options["schedule"] == "scheduler = StepLR(optimizer, step_size=2 * steps_per_epoch)"
    assert options["output"] == "run"


def test_files_of_a_training_of_this_program_are_its_own(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "metrics.csv").touch()
    assert record.foreign(tmp_path, ["metrics.csv"]) is None


@pytest.mark.parametrize("marker", [None, "{}", "[]", "not JSON", '{"program": "another"}'])
def test_files_of_another_program_are_not(tmp_path: Path, marker: str | None) -> None:
    (tmp_path / "metrics.csv").touch()
    if marker is not None:
        (tmp_path / "options.json").write_text(marker)
    assert record.foreign(tmp_path, ["metrics.csv"]) == tmp_path / ("options.json" if marker else "metrics.csv")


def test_an_empty_folder_and_one_that_is_not_there_hold_nothing(tmp_path: Path) -> None:
    assert record.foreign(tmp_path, ["metrics.csv"]) is None
    assert record.foreign(tmp_path / "none", ["metrics.csv"]) is None
