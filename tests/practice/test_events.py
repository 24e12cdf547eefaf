from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from tensorboardX import event_file_writer
from tensorboardX.proto.event_pb2 import Event

from lrdoc.practice import events
from lrdoc.practice.metrics import Metrics
from lrdoc.practice.program import main

OPTIONS = ("--model", "small", "--epochs", "2", "--batch-size", "16", "--lr", "0.01", "--ema", "0.9", "--tensorboard")


def records(path: Path) -> Iterator[Event]:
    """Yield the events of a file: each stands between its length with a checksum, and a checksum of its own."""
    content = path.read_bytes()
    while content:
        (length,) = struct.unpack("<Q", content[:8])
        yield Event.FromString(content[12 : 12 + length])
        content = content[16 + length :]


def series(folder: Path) -> dict[str, dict[int, float]]:
    """Return the values by series and step, as TensorBoard reads the files: a restart voids what came at its step or later."""
    found: dict[str, dict[int, float]] = {}
    for path in sorted(folder.glob("events.*")):
        for event in records(path):
            if event.HasField("session_log"):
                found = {
                    tag: {step: value for step, value in values.items() if step < event.step}
                    for tag, values in found.items()
                }
            for value in event.summary.value:
                found.setdefault(value.tag, {})[event.step] = value.simple_value
    return found


def voided(folder: Path) -> list[int]:
    """Return the steps from which on a restart voids what came before."""
    found = (event for path in sorted(folder.glob("events.*")) for event in records(path))
    return [event.step for event in found if event.HasField("session_log")]


def test_the_events_hold_what_the_metrics_hold_also_after_a_stop(
    given: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Both trainings begin in one second, after which tensorboardX names its files.
    monkeypatch.setattr(event_file_writer, "time", SimpleNamespace(time=lambda: 1.7e9))
    output = tmp_path / "run"
    for further in (("--stop-after", "5"), ("--resume",)):
        assert main([*given, *OPTIONS, "--output", str(output), *further]) == 0
    assert voided(output / "tensorboard") == [5]
    rows, found = Metrics(output / "metrics.csv").read(), series(output / "tensorboard")
    names = ("validation_loss", "validation_accuracy", "average_validation_loss", "average_validation_accuracy")
    assert found.keys() == {"lr", "loss", *names}
    for name, values in found.items():
        expected = {row.iteration: getattr(row, name) for row in rows if getattr(row, name) is not None}
        assert values == pytest.approx(expected, rel=1e-6)


def test_without_the_library_it_is_refused_before_any_work(
    given: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "LIBRARY", "no_such_library")
    assert main([*given, *OPTIONS, "--output", str(tmp_path / "run")]) == 1
    assert "--tensorboard needs the library no_such_library: pip install" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()
