"""Checkpoints, each a folder that is written under another name and renamed when it is complete."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

import oneflow as flow

_NAME = re.compile(r"checkpoint-(\d{9})")
_KEPT = 2


def save(folder: Path, iterations: int, content: dict[str, Any]) -> Path:
    """Write the state after ``iterations`` updates, keep the one before it, and drop older ones."""
    target = folder / f"checkpoint-{iterations:09}"
    if target.exists():  # a resumed training comes here again, in the same state
        return target
    unfinished = folder / f".unfinished-{target.name}"
    shutil.rmtree(unfinished, ignore_errors=True)
    flow.save(content, unfinished)
    _reach_the_disk(unfinished)
    unfinished.rename(target)
    _sync(folder)
    for old in _all(folder)[:-_KEPT]:
        shutil.rmtree(old)
    return target


def load(folder: Path) -> dict[str, Any]:
    """Return the content of the newest checkpoint in ``folder``.

    Raises ``ValueError`` if there is none or it can't be read.
    """
    found = _all(folder)
    if not found:
        raise ValueError(f"no checkpoint in {folder} to resume from")
    try:
        content: dict[str, Any] = flow.load(found[-1])
    except Exception as error:
        raise ValueError(f"{found[-1]} can't be read: {error}. Remove it to resume from the one before") from error
    return content


def exists(folder: Path) -> bool:
    """Tell whether there is anything to resume from."""
    return bool(_all(folder))


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
