"""Checkpoints, each a folder that is written under another name and renamed when it is complete."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import oneflow as flow

from lrdoc.practice.refusal import naming, reason_of

_UNFINISHED = ".unfinished-"
_NAME = re.compile(r"checkpoint-(\d{9})")
_KEPT = 2
_SUMS = "checksums.json"


def save(folder: Path, iterations: int, content: dict[str, Any]) -> Path:
    """Write the state after ``iterations`` updates, keep the one before it, and drop older ones."""
    target = folder / f"checkpoint-{iterations:09}"
    if target.exists():  # a resumed training comes here again, in the same state
        return target
    _remove_unfinished(folder)
    unfinished = folder / f"{_UNFINISHED}{target.name}"
    try:
        with naming(target):
            flow.save(content, unfinished)
            (unfinished / _SUMS).write_text(json.dumps(_sums(unfinished), indent=2), encoding="utf-8")
            _reach_the_disk(unfinished)
            unfinished.rename(target)
    except OSError:
        _remove_unfinished(folder)  # on a full disk it takes room that other files need
        raise
    _sync(folder)
    for old in _all(folder)[:-_KEPT]:
        shutil.rmtree(old)
    return target


def _remove_unfinished(folder: Path) -> None:
    """Remove what a program left behind that was killed while it wrote a checkpoint, or had no room for it."""
    for path in folder.glob(f"{_UNFINISHED}checkpoint-*"):
        shutil.rmtree(path, ignore_errors=True)
        path.unlink(missing_ok=True)


def load(folder: Path) -> dict[str, Any]:
    """Return the content of the newest checkpoint in ``folder``.

    Raises ``ValueError`` if there is none, or if it is not as it was saved.
    """
    found = _all(folder)
    if not found:
        raise ValueError(f"no checkpoint in {folder} to resume from")
    try:
        _check(found[-1])
        content: dict[str, Any] = flow.load(found[-1])
    except Exception as error:
        instead = (
            "Remove it to resume from the one before"
            if len(found) > 1
            else "There is none before it: choose another --output"
        )
        raise ValueError(f"{found[-1]} can't be read: {reason_of(error)}. {instead}") from error
    return content


def _check(checkpoint: Path) -> None:
    """Raise ``ValueError`` for a checkpoint of which a file has changed: OneFlow reads altered weights as any others."""
    saved, now = json.loads((checkpoint / _SUMS).read_text(encoding="utf-8")), _sums(checkpoint)
    if changed := sorted(name for name in {*saved, *now} if saved.get(name) != now.get(name)):
        raise ValueError(f"{changed[0]} is not as it was saved")


def _sums(checkpoint: Path) -> dict[str, str]:
    """Return the checksums of all files, by their paths in the checkpoint."""
    files = [path for path in checkpoint.rglob("*") if path.is_file() and path.name != _SUMS]
    return {str(path.relative_to(checkpoint)): _sum(path) for path in files}


def _sum(path: Path) -> str:
    digest = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def remove(folder: Path) -> None:
    """Remove all checkpoints of a training that is at its end."""
    for path in _all(folder):
        shutil.rmtree(path)


def exists(folder: Path) -> bool:
    """Tell whether there is anything to resume from."""
    return bool(_all(folder))


def newest(folder: Path) -> int | None:
    """Return after how many updates the newest checkpoint was written; ``None`` if there is none."""
    found = _all(folder)
    return int(found[-1].name.rpartition("-")[2]) if found else None


def _all(folder: Path) -> list[Path]:
    """Return the checkpoints, oldest first."""
    return sorted(path for path in folder.glob("checkpoint-*") if _NAME.fullmatch(path.name))


def _reach_the_disk(folder: Path) -> None:
    # Renamed before its content has reached the disk, a checkpoint could be empty after a power failure.
    for path in [*folder.rglob("*"), folder]:
        _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
