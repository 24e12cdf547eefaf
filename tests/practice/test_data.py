from __future__ import annotations

import gzip
import io
import os
import pickle
import tarfile
from pathlib import Path

import numpy as np
import pytest
from flowvision.datasets import CIFAR100

from lrdoc.practice import data, tiny


def pack(path: Path, members: dict[str, object]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in members.items():
            packed = pickle.dumps(content, protocol=2)
            header = tarfile.TarInfo(f"cifar-100-python/{name}")
            header.size = len(packed)
            tar.addfile(header, io.BytesIO(packed))
    return path


def refusal(folder: Path, archive: Path | None = None, md5: str | None = None) -> str:
    with pytest.raises(data.DataError) as refused:
        data.load(folder, archive, md5)
    return str(refused.value)


def test_an_archive_in_the_format_of_cifar_100_is_read(archive: Path, tmp_path: Path) -> None:
    dataset = data.load(tmp_path, archive, data.md5_of(archive))
    assert dataset.train.images.shape == (64, 32, 32, 3)
    assert dataset.test.images.shape == (24, 32, 32, 3)
    assert dataset.train.images.dtype == np.uint8
    assert len(dataset.classes) == 100


def test_flowvision_reads_the_unpacked_files_as_they_were_written(archive: Path, tmp_path: Path) -> None:
    dataset = data.load(tmp_path, archive, data.md5_of(archive))
    with tarfile.open(archive) as tar:
        file = tar.extractfile("cifar-100-python/train")
        assert file is not None
        written = pickle.load(file)
    pixels = written["data"].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
    assert np.array_equal(dataset.train.images, pixels)
    assert dataset.train.labels.tolist() == written["fine_labels"]


def test_the_tiny_archive_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = (tiny.write(tmp_path / name, train=10, test=5) for name in ("a.tar.gz", "b.tar.gz"))
    assert first.read_bytes() == second.read_bytes()


def test_files_that_are_not_those_of_cifar_100_are_refused_by_flowvision(archive: Path, tmp_path: Path) -> None:
    data.load(tmp_path, archive, data.md5_of(archive))
    said = refusal(tmp_path / data.md5_of(archive))
    assert "are not those of CIFAR-100" in said


def test_a_folder_without_the_data_set_says_how_to_get_it(tmp_path: Path) -> None:
    assert "--download" in refusal(tmp_path)


def test_a_missing_archive_is_named(tmp_path: Path) -> None:
    assert f"no archive at {tmp_path / 'none.tar.gz'}" in refusal(tmp_path, tmp_path / "none.tar.gz")


def test_another_archive_is_not_taken_for_cifar_100(archive: Path, tmp_path: Path) -> None:
    said = refusal(tmp_path, archive)
    assert "complete, but not the archive expected" in said
    assert CIFAR100.tgz_md5 in said
    assert "--archive-md5" in said


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_archive_is_called_truncated(archive: Path, tmp_path: Path, share: float) -> None:
    whole = archive.read_bytes()
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(whole[: int(len(whole) * share)])
    assert "is truncated" in refusal(tmp_path, cut, data.md5_of(archive))


def test_a_corrupt_archive_is_called_corrupt(archive: Path, tmp_path: Path) -> None:
    damaged = bytearray(archive.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    bad = tmp_path / "bad.tar.gz"
    bad.write_bytes(damaged)
    assert "is corrupt" in refusal(tmp_path, bad, data.md5_of(archive))


def test_a_file_that_is_no_archive_is_called_so(tmp_path: Path) -> None:
    page = tmp_path / "page.tar.gz"
    page.write_text("<html>404</html>")
    assert "no gzip file" in refusal(tmp_path, page)


def test_gzip_without_an_archive_inside_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "text.tar.gz"
    text.write_bytes(gzip.compress(b"no tar" * 1000))
    assert "can't be unpacked: it is no .tar.gz, or a damaged one" in refusal(tmp_path, text, data.md5_of(text))


class Command:
    """Something that a pickle would run when it is read."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("run",)


META = {"fine_label_names": ["a", "b"], "coarse_label_names": ["a"]}
SPLIT = {"data": np.zeros((3, 3072), dtype=np.uint8), "fine_labels": [0, 1, 1]}


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"train": SPLIT, "test": SPLIT}, "has no file cifar-100-python/meta"),
        ({"train": SPLIT, "test": SPLIT, "meta": {}}, "fine_label_names"),
        ({"train": {**SPLIT, "fine_labels": [0, 1]}, "test": SPLIT, "meta": META}, "3 images of uint8 and 2 labels"),
        (
            {"train": {**SPLIT, "fine_labels": [0, 1, 2]}, "test": SPLIT, "meta": META},
            "labels from 0 to 2, and 2 classes",
        ),
        ({"train": {**SPLIT, "data": np.zeros((3, 99), np.uint8)}, "test": SPLIT, "meta": META}, "cannot reshape"),
        ({"train": {**SPLIT, "fine_labels": [0.7] * 3}, "test": SPLIT, "meta": META}, "labels of float64"),
        ({"train": {**SPLIT, "fine_labels": [[0, 1]] * 3}, "test": SPLIT, "meta": META}, "in 2 dimensions"),
        ({"train": {**SPLIT, "fine_labels": None}, "test": SPLIT, "meta": META}, "TypeError"),
        ({"train": [1, 2], "test": SPLIT, "meta": META}, "TypeError"),
        ({"train": SPLIT, "test": SPLIT, "meta": None}, "TypeError"),
        ({"train": SPLIT, "test": SPLIT, "meta": {"fine_label_names": [["a"], ["b"]]}}, "unhashable"),
        ({"train": SPLIT, "test": SPLIT, "meta": Command()}, "names posix.mkdir, and data names arrays alone"),
    ],
)
def test_an_archive_with_other_contents_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, members: dict[str, object], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    archive = pack(tmp_path / "other.tar.gz", members)
    assert said in refusal(tmp_path / "data", archive, data.md5_of(archive))
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("pickled", [b"cnone\nX\n.", b"", b"text\n", b"\x80\x04\x8e" + b"\xff" * 7 + b"\x7f."])
def test_a_file_that_is_no_pickle_of_data_is_refused(tmp_path: Path, pickled: bytes) -> None:
    archive = tmp_path / "odd.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        for name in data.MEMBERS:
            header = tarfile.TarInfo(f"cifar-100-python/{name}")
            header.size = len(pickled)
            tar.addfile(header, io.BytesIO(pickled))
    assert "does not hold what it should" in refusal(tmp_path / "data", archive, data.md5_of(archive))


def test_an_archive_whose_member_is_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "loop.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        header = tarfile.TarInfo("cifar-100-python/train")
        header.type, header.linkname = tarfile.SYMTYPE, "train"
        tar.addfile(header)
    assert "can't be unpacked" in refusal(tmp_path / "data", archive, data.md5_of(archive))


def test_unpacked_files_that_have_changed_are_refused(archive: Path, tmp_path: Path) -> None:
    checksum = data.md5_of(archive)
    data.load(tmp_path, archive, checksum)
    train = tmp_path / checksum / "cifar-100-python" / "train"
    changed = bytearray(train.read_bytes())
    changed[len(changed) // 2] ^= 1
    train.write_bytes(changed)
    assert f"{train} has changed since it was unpacked" in refusal(tmp_path, archive, checksum)
    train.unlink()
    assert f"{train} has changed since it was unpacked" in refusal(tmp_path, archive, checksum)


def test_what_is_unpacked_can_be_read_by_whoever_may_read_other_files(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    data.load(tmp_path, archive, data.md5_of(archive))
    assert (tmp_path / data.md5_of(archive)).stat().st_mode == (tmp_path / "other").stat().st_mode


def test_an_archive_writes_nowhere_but_into_its_folder(tmp_path: Path) -> None:
    archive = pack(tmp_path / "evil.tar.gz", {"train": SPLIT, "test": SPLIT, "meta": META, "../../../escaped": 0})
    data.load(tmp_path / "data" / "deep", archive, data.md5_of(archive))
    written = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {"evil.tar.gz", "train", "test", "meta"}
