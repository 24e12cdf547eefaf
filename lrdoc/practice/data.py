"""CIFAR-100 on disk: found, unpacked and checked before anything is trained, then read by flowvision's loader.

The files must have the checksums that flowvision knows.
Another archive of the same format is accepted only under the checksum that the user gives for it.
"""

from __future__ import annotations

import gzip
import hashlib
import pickle
import shutil
import tarfile
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from flowvision.datasets import CIFAR100
from flowvision.datasets.utils import calculate_md5
from numpy.typing import NDArray

from lrdoc.practice.refusal import RefusalError, reason_of
from lrdoc.running.lock import one_at_a_time

MEMBERS = ("train", "test", "meta")


@dataclass(frozen=True)
class Split:
    """Images of shape ``(n, 32, 32, 3)``, uint8, and their labels, shape ``(n,)``."""

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]


@dataclass(frozen=True)
class Dataset:
    """Both splits, and the names of the classes."""

    train: Split
    test: Split
    classes: tuple[str, ...]


class DataError(RefusalError):
    """The data set can't be used; the message says why and what to do."""


def load(folder: Path, archive: Path | None = None, md5: str | None = None, *, download: bool = False) -> Dataset:
    """Return the data set in ``folder``, after unpacking ``archive`` into it or downloading it where asked to.

    ``md5`` is the checksum of an archive that is not CIFAR-100's own but has its format.
    Raises ``DataError`` before any data is returned.
    """
    if archive is not None:
        checksum = _checked_archive(archive, md5)
        root = folder / checksum
        _unpack(archive, root)
        return _read(
            _like_cifar100(archive, root) if md5 else CIFAR100, root, f"{archive} does not hold what it should"
        )
    if download:
        _download(folder)
    if not (folder / CIFAR100.base_folder).is_dir():
        raise DataError(
            f"no CIFAR-100 in {folder}: there is no folder {CIFAR100.base_folder} in it. "
            "Give the archive (--archive cifar-100-python.tar.gz), or let it be downloaded (--download, 161 MiB)"
        )
    return _read(CIFAR100, folder, f"the files in {folder / CIFAR100.base_folder} are not those of CIFAR-100")


def _checked_archive(archive: Path, md5: str | None) -> str:
    """Return the checksum of the archive if it is the one expected; otherwise say what is wrong with it."""
    if not archive.is_file():
        raise DataError(f"no archive at {archive}")
    checksum = md5_of(archive)
    if checksum == (md5 or CIFAR100.tgz_md5):
        return checksum
    expected = "the checksum given" if md5 else "CIFAR-100's"
    raise DataError(
        f"{archive} {_ailment(archive)}: its md5 is {checksum}, {expected} {md5 or CIFAR100.tgz_md5}. "
        + ("Get it again, or give" if md5 else "For another data set of the same format, give")
        + " its checksum with --archive-md5"
    )


def _ailment(archive: Path) -> str:
    size = f"{archive.stat().st_size:,} bytes"
    try:
        with gzip.open(archive) as stream:
            while stream.read(1 << 20):
                pass
    except EOFError:
        return f"({size}) is truncated"
    except (gzip.BadGzipFile, zlib.error):
        return f"({size}) is corrupt or no gzip file"
    return f"({size}) is complete, but not the archive expected"


def _unpack(archive: Path, root: Path) -> None:
    """Unpack the three members into ``root``, at once or not at all, so that several processes may do it side by side."""
    if root.exists():
        return
    root.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=root.parent))
    try:
        target = place / CIFAR100.base_folder
        target.mkdir()
        with tarfile.open(archive) as tar:
            for name in MEMBERS:
                with _member(tar, name, archive) as source, (target / name).open("wb") as file:
                    shutil.copyfileobj(source, file)
        place.chmod(
            target.stat().st_mode
        )  # a temporary folder is for its owner alone, this one is for all that may read it
        _put_in_place(place, root)
    except DataError:
        raise
    except tarfile.ReadError as error:  # its text tells of all compressions that were tried
        raise DataError(f"{archive} can't be unpacked: it is no .tar.gz, or a damaged one") from error
    except (
        Exception
    ) as error:  # what tarfile raises for an archive that is none is many things, RecursionError among them
        raise DataError(f"{archive} can't be unpacked into {root}: {reason_of(error)}") from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _member(tar: tarfile.TarFile, name: str, archive: Path) -> IO[bytes]:
    # Only the three members are read, whatever else an archive may hold and wherever it may want to go.
    try:
        source = tar.extractfile(f"{CIFAR100.base_folder}/{name}")
    except KeyError:
        source = None
    if source is None:
        raise DataError(f"{archive} has no file {CIFAR100.base_folder}/{name}")
    return source


def _put_in_place(place: Path, root: Path) -> None:
    try:
        place.rename(root)
    except OSError:
        if not root.exists():  # if it exists, another process has unpacked the same files meanwhile
            raise


def _like_cifar100(archive: Path, root: Path) -> type[CIFAR100]:
    """Return flowvision's loader with the checksums of the files of another archive, whose own checksum was right.

    Raises ``DataError`` for files that have changed since they were unpacked, and for those that hold more than data.
    """
    with tarfile.open(archive) as tar:
        sums = {name: _md5_of_stream(_member(tar, name, archive)) for name in MEMBERS}
    for name, checksum in sums.items():
        path = root / CIFAR100.base_folder / name
        if not path.is_file() or md5_of(path) != checksum:
            raise DataError(
                f"{path} has changed since it was unpacked from {archive}: remove {root} to unpack it again"
            )
        _refuse_code(path)
    known = {
        "train_list": [["train", sums["train"]]],
        "test_list": [["test", sums["test"]]],
        "meta": {**CIFAR100.meta, "md5": sums["meta"]},
    }
    return type("LikeCIFAR100", (CIFAR100,), known)


def _md5_of_stream(stream: IO[bytes]) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    with stream:
        while part := stream.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


class _DataOnly(pickle.Unpickler):
    """Reads numbers, texts, lists, dictionaries and arrays, and refuses whatever else a pickle may name, as that would be run."""

    def find_class(self, module: str, name: str) -> Any:
        is_array = module.split(".")[0] == "numpy" and name in ("_reconstruct", "ndarray", "dtype", "scalar")
        is_text = (module, name) in (("_codecs", "encode"), ("__builtin__", "bytes"))
        if not is_array and not is_text:
            raise pickle.UnpicklingError(f"it names {module}.{name}, and data names arrays alone")
        return super().find_class(module, name)


def _refuse_code(path: Path) -> None:
    try:
        with path.open("rb") as file:
            _DataOnly(file, encoding="latin1").load()
    except Exception as error:
        raise DataError(f"{path} does not hold what it should: {reason_of(error)}") from error


def md5_of(path: Path) -> str:
    """Return the checksum of a file."""
    return str(calculate_md5(str(path)))


def _download(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with one_at_a_time(folder / ".download.lock"):
        try:
            CIFAR100(str(folder), download=True)
        except (OSError, RuntimeError, EOFError, zlib.error, tarfile.TarError) as error:
            raise DataError(f"CIFAR-100 could not be downloaded into {folder}: {reason_of(error)}") from error


def _read(loader: Any, root: Path, trouble: str) -> Dataset:
    try:
        train, test = (loader(str(root), train=which) for which in (True, False))
        return Dataset(_split(train), _split(test), tuple(train.classes))
    except Exception as error:  # whatever a file may hold in place of a data set, flowvision stumbles over it somewhere
        raise DataError(f"{trouble}: {reason_of(error)}") from error


def _split(loaded: Any) -> Split:
    images, labels = loaded.data, np.asarray(loaded.targets)
    if images.dtype != np.uint8 or len(images) != len(labels) or len(images) == 0:
        raise ValueError(f"{len(images)} images of {images.dtype} and {len(labels)} labels")
    if labels.ndim != 1 or not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(f"labels of {labels.dtype} in {labels.ndim} dimensions, and not one integer for each image")
    if labels.min() < 0 or labels.max() >= len(loaded.classes):
        raise ValueError(f"labels from {labels.min()} to {labels.max()}, and {len(loaded.classes)} classes")
    return Split(images, labels.astype(np.int64))
