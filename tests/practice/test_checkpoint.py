from __future__ import annotations

import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def lose(path: Path) -> None:
    path.unlink()


def extend(path: Path) -> None:
    (path.parent / "another").write_bytes(b"x")


@pytest.mark.parametrize("damage", [flip, empty, lose, extend])
def test_a_checkpoint_that_is_not_as_it_was_saved_is_named(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    save(tmp_path, 1)
    saved = tmp_path / "checkpoint-000000001"
    files = [path.relative_to(saved) for path in saved.rglob("*") if path.is_file()]
    assert {file.name for file in files} == {"checksums.json", "meta", "out", "pickled_data"}
    for file in files:
        damaged = tmp_path / file.name / saved.name
        shutil.copytree(saved, damaged)
        damage(damaged / file)
        with pytest.raises(
            ValueError,
            match=r"checkpoint-000000001 can't be read: \w+: .+\. There is none before it: choose another --output$",
        ):
            checkpoint.load(damaged.parent)


def test_a_file_in_the_place_of_a_checkpoint_is_named_and_the_one_before_it_offered(tmp_path: Path) -> None:
    save(tmp_path, 1)
    (tmp_path / "checkpoint-000000002").write_text("x")
    with pytest.raises(
        ValueError, match=r"checkpoint-000000002 can't be read: .*Remove it to resume from the one before"
    ):
        checkpoint.load(tmp_path)


def test_what_was_not_finished_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".unfinished-checkpoint-000000003").write_text("from somewhere")
    (tmp_path / ".unfinished-checkpoint-000000002").mkdir()
    checkpoint.save(tmp_path, 3, {"iterations": 3})
    assert checkpoint.load(tmp_path) == {"iterations": 3}
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint-000000003"]


@contextmanager
def small_files(size: int) -> Iterator[None]:
    """Let no file grow beyond ``size`` bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [0, 1000])
def test_a_checkpoint_that_finds_no_room_is_named_and_leaves_nothing_behind(tmp_path: Path, size: int) -> None:
    save(tmp_path, 1)
    with pytest.raises(OSError, match=r"File too large: '.*/checkpoint-000000002'"), small_files(size):
        checkpoint.save(tmp_path, 2, {"weight": flow.ones(1000)})
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint-000000001"]
    assert checkpoint.load(tmp_path)["iterations"] == 1
