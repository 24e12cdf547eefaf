"""A tiny archive in CIFAR-100's format, and the program as a reader starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lrdoc.practice import data, tiny

ROOT = Path(__file__).parents[2]

Run = Callable[..., subprocess.CompletedProcess[str]]

PATIENCE = 1800
"""Seconds after which a process is taken to hang, however busy the machine is."""


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.write(tmp_path_factory.mktemp("archive") / "tiny.tar.gz", train=64, test=24)


@pytest.fixture(scope="session")
def dataset(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> data.Dataset:
    return data.load(tmp_path_factory.mktemp("data"), archive, data.md5_of(archive))


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of all trainings, which also keeps what was tried in child processes."""
    return tmp_path_factory.mktemp("unpacked")


@pytest.fixture(scope="session")
def given(archive: Path, unpacked: Path) -> tuple[str, ...]:
    """Return the options that let the program train on the tiny archive."""
    return ("--archive", str(archive), "--archive-md5", data.md5_of(archive), "--data", str(unpacked))


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """What the program is started with: this lrdoc, on one thread, for the same sums each time."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "COLUMNS": "200"}


@pytest.fixture
def practice(given: tuple[str, ...], tmp_path: Path, environment: dict[str, str]) -> Run:
    """Run the program on the tiny archive, in an empty folder."""

    def run(*arguments: str, launcher: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *launcher, "-m", "lrdoc.practice", *given, *arguments]
        # A session of its own: the launcher ends its processes by their group, which must be its own.
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
            start_new_session=True,
        )

    return run
