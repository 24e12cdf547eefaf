"""A tiny archive in CIFAR-100's format, and the program as a reader starts it."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import oneflow as flow
import pytest

from lrdoc.practice import data, loop, tiny

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
    """What the program is started with: this lrdoc."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}


@pytest.fixture
def practice(given: tuple[str, ...], tmp_path: Path, environment: dict[str, str]) -> Run:
    """Run the program on the tiny archive, in an empty folder."""

    def run(
        *arguments: str, launcher: tuple[str, ...] = (), patience: float = PATIENCE
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *launcher, "-m", "lrdoc.practice", *given, *arguments]
        with started(command, tmp_path, environment) as process:
            return completed(process, patience)

    return run


class MeanColour(flow.nn.Module):  # type: ignore[misc]  # OneFlow ships no types
    """A model that learns and has dropout: one layer on the mean of each channel."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.layer, self.dropout = flow.nn.Linear(3, classes), flow.nn.Dropout(0.5)

    def forward(self, images: Any) -> Any:
        return self.layer(self.dropout(images.mean(dim=(2, 3))))


@pytest.fixture
def dropout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train a model that draws random numbers."""

    def create(_name: str, classes: int, seed: int) -> MeanColour:
        flow.manual_seed(seed)
        return MeanColour(classes).train()

    monkeypatch.setattr(loop.models, "create", create)


@pytest.fixture
def plain(dropout: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Train one layer, and leave the plot of a training blank, where neither the network nor the plot is what is looked at: both take most of a short training's time."""

    def draw(_rows: object, path: Path) -> Path:
        path.touch()
        return path

    monkeypatch.setattr(loop, "draw", draw)


@contextmanager
def started(command: Sequence[str], folder: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Start a program in ``folder``, and in the end kill what is left of it: nothing waits for ever, and nothing outlives its test.

    It gets a session of its own, as from a terminal: OneFlow's launcher and all that it starts are one group there.
    """
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def completed(process: subprocess.Popen[str], patience: float = PATIENCE) -> subprocess.CompletedProcess[str]:
    """Wait until a program and all processes that it has started have ended: until none of them can write any more.

    A process that has ended may stay in the system's list, where nobody waits for it; so the list tells nothing.
    """
    stdout, stderr = process.communicate(timeout=patience)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


def wait_for(process: subprocess.Popen[str], has_come: Callable[[], bool]) -> None:
    """Wait until a program has come as far as that; fail if it ends before."""
    give_up = time.monotonic() + PATIENCE
    while not has_come():
        assert process.poll() is None, completed(process)
        assert time.monotonic() < give_up
        time.sleep(0.02)


def free_port() -> int:
    """Return a port at which no program listens, and which the system gives no connection by itself: those are 32768 and above.

    A port of that range can be taken, by any program, before the processes that are to meet there have started.
    """
    while True:
        number = random.SystemRandom().randrange(10_000, 32_768)
        with suppress(OSError), socket.socket() as trial:
            trial.bind(("", number))
            return number


def launcher() -> tuple[str, ...]:
    """Return what stands before the program to run it in two processes."""
    return ("-m", "oneflow.distributed.launch", "--nproc_per_node", "2", "--master_port", str(free_port()))
