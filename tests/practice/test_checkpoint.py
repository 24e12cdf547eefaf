from __future__ import annotations

from pathlib import Path

import numpy as np
import oneflow as flow
import pytest

from lrdoc.practice import checkpoint


def save(folder: Path, iterations: int) -> None:
    checkpoint.save(folder, iterations, {"iterations": iterations, "weight": flow.full((3,), float(iterations))})


def test_the_newest_checkpoint_is_loaded(tmp_path: Path) -> None:
    for iterations in (9, 10, 100):
        save(tmp_path, iterations)
    found = checkpoint.load(tmp_path)
    assert found["iterations"] == 100
    assert np.array_equal(found["weight"].numpy(), [100.0] * 3)


def test_two_checkpoints_are_kept(tmp_path: Path) -> None:
    for iterations in (1, 2, 3):
        save(tmp_path, iterations)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["checkpoint-000000002", "checkpoint-000000003"]


def test_a_checkpoint_that_was_not_finished_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path, 1)

    def fail(_folder: Path) -> None:
        raise KeyboardInterrupt  # as when the process is killed before all is on the disk

    with monkeypatch.context() as patch:
        patch.setattr(checkpoint, "_reach_the_disk", fail)
        with pytest.raises(KeyboardInterrupt):
            save(tmp_path, 2)
    assert checkpoint.load(tmp_path)["iterations"] == 1
    save(tmp_path, 2)
    assert checkpoint.load(tmp_path)["iterations"] == 2


def test_an_empty_folder_has_nothing_to_resume(tmp_path: Path) -> None:
    assert not checkpoint.exists(tmp_path)
    with pytest.raises(ValueError, match="no checkpoint"):
        checkpoint.load(tmp_path)


def test_a_checkpoint_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    save(tmp_path, 1)
    for path in (tmp_path / "checkpoint-000000001").glob("*"):
        if path.is_file():
            path.write_bytes(b"")
    with pytest.raises(ValueError, match="checkpoint-000000001 can't be read"):
        checkpoint.load(tmp_path)
