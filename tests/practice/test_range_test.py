from __future__ import annotations

import random
import re
import shlex
import signal
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given as assuming
from hypothesis import strategies as st

from lrdoc.practice import loop, range_test
from lrdoc.practice.metrics import Metrics, Row
from lrdoc.practice.options import parse
from lrdoc.practice.plan import Plan
from lrdoc.practice.program import main

SMALL = ("--model", "small", "--batch-size", "16", "--augment", "none")
LRS = np.geomspace(1e-6, 1, 400)


@pytest.mark.parametrize("course", get_args(range_test.Course))
@pytest.mark.parametrize("iterations", [20, 391, 5000])
def test_the_rate_rises_from_a_millionth_to_one(course: range_test.Course, iterations: int) -> None:
    lrs = Plan(range_test.CODE[course], range_test.BASE_LR[course], 1, iterations).lrs()
    assert lrs[[0, -1]] == pytest.approx([1e-6, 1], rel=1e-6)
    assert (np.diff(lrs) > 0).all()


def losses(falls_at: float, lowest_at: float, noise: float, seed: int = 0) -> list[float]:
    """Return losses that are 4.6, fall between two learning rates to 2, and then rise."""
    position = np.log(LRS / falls_at) / np.log(lowest_at / falls_at)
    course = np.where(position < 1, 4.6 - 2.6 * np.clip(position, 0, 1), 2 + 6 * (position - 1))
    return list((course + np.random.default_rng(seed).normal(0, noise, len(LRS))).tolist())


@assuming(st.floats(-5, -2.5), st.floats(1.0, 2.0), st.floats(0, 0.15), st.integers(0, 1000))
def test_the_range_is_where_the_loss_falls(start: float, decades: float, noise: float, seed: int) -> None:
    falls_at, lowest_at = 10**start, 10 ** (start + decades)
    found = range_test.proposed(LRS.tolist(), losses(falls_at, lowest_at, noise, seed))
    assert found is not None
    assert falls_at / 2 < found.low < lowest_at
    assert lowest_at / 2.5 < found.high < lowest_at * 2


@pytest.mark.parametrize("seed", range(20))
def test_losses_that_only_scatter_or_rise_propose_nothing(seed: int) -> None:
    noise = np.random.default_rng(seed).normal(0, 0.1, len(LRS))
    for course in (noise + 4.6, noise + 4.6 + np.linspace(0, 3, len(LRS))):
        assert range_test.proposed(LRS.tolist(), course.tolist()) is None


@assuming(st.floats(1e-6, 1), st.floats(1e-6, 1))
def test_a_proposal_goes_up_or_is_one_rate(one: float, other: float) -> None:
    low, high = sorted((one, other))
    told = range_test.told([Row(0, 0, 1e-6, 4.0), Row(1, 0, 1.0, 4.0)], range_test.Range(low, high))
    (proposal,) = re.findall(r"^Proposed .*: (?:about|from) (.*)\.$", told, re.MULTILINE)
    rates = list(map(float, proposal.split(" to ")))
    assert rates == sorted(set(rates))
    assert rates[-1] == float(f"{high / 3:.1g}")


def test_the_running_mean_keeps_a_line_and_has_no_edge() -> None:
    line = np.linspace(4, 2, 401)
    assert range_test.smoothed(line.tolist())[10:-10] == pytest.approx(line[10:-10])
    assert range_test.smoothed([3.0] * 25) == pytest.approx([3.0] * 25)


def test_a_range_test_draws_and_tells_also_when_it_diverges(
    given: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    exploding = "LambdaLR(optimizer, lambda step: 1.0 if step < 25 else 1e36)"
    monkeypatch.setattr(range_test, "CODE", {"exponential": exploding})
    output = tmp_path / "run"
    assert main([*given, *SMALL, "--range-test", "--epochs", "8", "--output", str(output)]) == 0
    said = capsys.readouterr().out
    assert "has diverged" in said
    assert "The learning rate went from 1e-06 to" in said
    assert len(Metrics(output / "metrics.csv").read()) < 32
    assert (output / "range.svg").exists()


@pytest.mark.usefixtures("plain")
def test_a_range_test_that_is_stopped_goes_on_and_then_tells(
    given: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [*given, *SMALL, "--range-test", "linear", "--epochs", "5", "--output", str(tmp_path / "run")]
    assert main([*arguments, "--stop-after", "6"]) == 0
    assert "The learning rate went" not in capsys.readouterr().out
    assert main([*arguments, "--epochs", "6", "--resume"]) == 1
    assert (
        "is a range test of 5 epochs, which goes through all learning rates in that time: choose another --output"
        in capsys.readouterr().err
    )
    assert main([*arguments, "--resume"]) == 0
    said = capsys.readouterr().out
    assert "The learning rate went from 1e-06 to 1 in 20 iterations." in said
    assert "warning" not in said
    lrs = [row.lr for row in Metrics(tmp_path / "run" / "metrics.csv").read()]
    assert lrs[1:] == pytest.approx([step / 19 for step in range(1, 20)], rel=1e-4)


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(("number", "first"), [(signal.SIGINT, 0), (signal.SIGTERM, 18)])
def test_a_range_test_that_a_signal_stops_says_how_to_go_on_and_then_tells_the_same(
    given: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
    first: int,
) -> None:
    arguments = [*given, *SMALL, "--range-test", "--epochs", "5", "--output"]
    assert main([*arguments, str(tmp_path / "whole")]) == 0
    told = capsys.readouterr().out.partition("The learning rate went")[2].replace("whole", "")
    iterate = loop.Loop._iterate
    for at in (first, random.SystemRandom().randrange(1, 18)):

        def interrupted(self: loop.Loop, at: int = at) -> None:
            iterate(self)
            if self._iteration == at + 1:
                signal.raise_signal(number)

        output = tmp_path / f"stopped-{at}"
        with monkeypatch.context() as patch:
            patch.setattr(loop.Loop, "_iterate", interrupted)
            assert main([*arguments, str(output)]) == 128 + number
        said = capsys.readouterr().out
        assert "The learning rate went" not in said
        assert f"stopped after {at + 1} of 20 iterations; this goes on:" in said
        assert not (output / "range.svg").exists()
        assert main(shlex.split(said.splitlines()[-1])[3:]) == 0
        assert capsys.readouterr().out.partition("The learning rate went")[2].replace(output.name, "") == told
        assert Metrics(output / "metrics.csv").read() == Metrics(tmp_path / "whole" / "metrics.csv").read()


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_range_test_that_is_at_its_end_tells_before_it_heeds_a_signal(
    given: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
) -> None:
    propose = range_test.proposed

    def interrupted(*measured: list[float]) -> range_test.Range | None:
        signal.raise_signal(number)
        return propose(*measured)

    monkeypatch.setattr(range_test, "proposed", interrupted)
    output = tmp_path / "run"
    assert main([*given, *SMALL, "--range-test", "--epochs", "5", "--output", str(output)]) == 0
    assert f"plot in {output / 'range.svg'}" in capsys.readouterr().out
    assert (output / "range.svg").exists()


@pytest.mark.parametrize(
    "further",
    [("--lr", "0.1"), ("--schedule", "StepLR(optimizer, 3)"), ("--step-per", "epoch"), ("--lr-base-size", "8")],
)
def test_a_range_test_takes_no_schedule_of_another(
    further: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parse(["--range-test", *further])
    assert f"a range test has its own schedule, and takes no {further[0]}" in capsys.readouterr().err


def test_too_few_iterations_are_refused_before_any_work(
    given: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*given, *SMALL, "--range-test", "--epochs", "4", "--output", str(tmp_path / "run")]) == 1
    assert "a range test takes 20 iterations or more, where this one has 16" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()
