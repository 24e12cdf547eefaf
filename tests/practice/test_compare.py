"""Comparisons of two schedules over a few short trainings, shared by the tests where they don't change them."""

from __future__ import annotations

import ctypes
import json
import shlex
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lrdoc.practice import claim, loop, rendezvous
from lrdoc.practice import compare as comparing
from lrdoc.practice.metrics import Metrics
from lrdoc.practice.plan import Plan
from lrdoc.practice.program import main
from tests.practice.conftest import completed, started, wait_for

STEP, COSINE = "StepLR(optimizer, 4)", "CosineDecayLR(optimizer, total_steps)"
SMALL = ("--model", "small", "--epochs", "2", "--batch-size", "16", "--lr", "0.01")


def compare(given: tuple[str, ...], output: Path, *arguments: str) -> int:
    return main(["compare", STEP, COSINE, *given, *SMALL, *arguments, "--output", str(output)])


def result(output: Path) -> dict[str, Any]:
    return dict(json.loads((output / "comparison.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def compared(given: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a comparison over two seeds, to which a third was added."""
    output = tmp_path_factory.mktemp("compared") / "comparison"
    assert compare(given, output, "--seeds", "2") == 0
    trained = {path: path.stat().st_mtime_ns for path in output.glob("*/*/training/metrics.csv")}
    assert len(trained) == 4
    assert compare(given, output, "--seeds", "3") == 0
    assert all(path.stat().st_mtime_ns == before for path, before in trained.items())  # not done again
    return output


def test_each_training_is_that_of_the_program_with_that_schedule_and_seed(
    compared: Path, given: tuple[str, ...], tmp_path: Path
) -> None:
    options = ("--schedule", COSINE, "--seed", "2", "--output", str(tmp_path / "run"))
    assert main([*given, *SMALL, *options]) == 0
    (found,) = compared.glob("CosineDecayLR-*/seed-2/training/metrics.csv")
    rows = Metrics(tmp_path / "run" / "metrics.csv").read()
    assert Metrics(found).read() == rows
    assert result(compared)["schedules"][1]["validation_loss"]["values"][2] == rows[-1].validation_loss


def test_the_result_holds_values_by_seed_and_paired_differences(compared: Path) -> None:
    found = result(compared)
    first, second = (each["validation_loss"] for each in found["schedules"])
    (difference,) = found["differences"]
    assert found["seeds"] == [0, 1, 2]
    assert (difference["of"], difference["to"]) == ("B", "A")
    apart = [other - one for one, other in zip(first["values"], second["values"], strict=True)]
    assert len(set(apart)) == 3
    assert difference["validation_loss"]["mean"] == pytest.approx(sum(apart) / 3)
    low, high = difference["validation_loss"]["interval"]
    assert low < sum(apart) / 3 < high
    assert "schedule" not in found["options"]
    assert "seed" not in found["options"]


def test_it_leaves_one_plot_and_no_checkpoint(compared: Path) -> None:
    assert sorted(path.name for path in compared.iterdir() if path.is_file()) == [
        *("comparison.json", "comparison.svg", "comparison_dark.svg")
    ]
    assert "Mean accuracy at the end: A StepLR: " in (compared / "comparison.svg").read_text(encoding="utf-8")
    assert not list(compared.rglob("checkpoint-*"))


def test_other_options_are_not_mixed_in(
    compared: Path, given: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(given, compared, "--seeds", "3", "--momentum", "0.5") == 1
    assert "holds a training with other options: momentum was 0.9" in capsys.readouterr().err


def test_a_comparison_that_is_stopped_goes_on_where_it_was(
    compared: Path,
    given: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = SimpleNamespace(signal=None)
    iterate = loop.Loop._iterate

    def interrupted(self: loop.Loop) -> None:
        iterate(self)
        if self._options.seed == 1 and self._iteration == 3:
            asked.signal = int(signal.SIGTERM)

    output = tmp_path / "comparison"
    with monkeypatch.context() as patch:
        patch.setattr(loop, "Interruption", lambda: asked)
        patch.setattr(loop.Loop, "_iterate", interrupted)
        assert compare(given, output, "--seeds", "3") == 128 + signal.SIGTERM
    said = capsys.readouterr().out
    assert "stopped after 2 of 6 trainings; this goes on:" in said
    assert not (output / "comparison.json").exists()
    (command,) = [line for line in said.splitlines() if line.startswith("  python -m lrdoc.practice compare")]
    assert main(shlex.split(command)[3:]) == 0
    assert result(output) == result(compared)


@pytest.mark.parametrize(
    ("signals", "status"), [([signal.SIGTERM], 128 + signal.SIGTERM), ([signal.SIGINT, signal.SIGINT], 1)]
)
def test_a_signal_between_two_trainings_stops_a_comparison_too(
    given: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    signals: list[signal.Signals],
    status: int,
) -> None:
    finish = comparing.Training._finish

    def finished(self: comparing.Training, diverged: str | None) -> None:
        finish(self, diverged)
        for number in signals:
            signal.raise_signal(number)

    monkeypatch.setattr(comparing.Training, "_finish", finished)
    assert compare(given, tmp_path / "comparison", "--seeds", "1") == status
    said = capsys.readouterr().out
    assert said.count("seed 0:") == 1
    assert "stopped after 1 of 2 trainings; this goes on:\n  python -m lrdoc.practice compare" in said


def test_processes_that_help_stop_with_the_one_that_started_them(
    given: tuple[str, ...], tmp_path: Path, environment: dict[str, str]
) -> None:
    command = [sys.executable, "-m", "lrdoc.practice", "compare", STEP, COSINE, *given, *SMALL, "--jobs", "2"]

    def both_train() -> bool:
        return len(list((tmp_path / "comparison").glob("*/seed-0/training/metrics.csv"))) == 2

    with started([*command, "--epochs", "5000"], tmp_path, environment) as process:
        wait_for(process, both_train)
        process.send_signal(signal.SIGTERM)  # to this one alone
        done = completed(process)
    assert done.returncode == 128 + signal.SIGTERM, done.stderr
    assert done.stdout.count("stopped after 0 of 10 trainings; this goes on:") == 1


def test_processes_share_out_the_trainings(
    given: tuple[str, ...], tmp_path: Path, environment: dict[str, str], compared: Path
) -> None:
    command = [sys.executable, "-m", "lrdoc.practice", "compare", STEP, COSINE, *given, *SMALL, "--seeds", "3"]
    with started([*command, "--jobs", "2"], tmp_path, environment) as process:
        done = completed(process)
    assert done.returncode == 0, done.stderr
    assert [done.stdout.count(f"seed {seed}: validation accuracy") for seed in range(3)] == [2, 2, 2]  # each once
    assert done.stdout.count("results in") == 1
    assert result(tmp_path / "comparison") == result(compared)


def test_what_a_helper_leaves_that_is_brought_down_is_trained_by_the_process_that_started_it(
    compared: Path, given: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder,) = compared.glob("CosineDecayLR-*/seed-0")
    output = tmp_path / "comparison"

    @contextmanager
    def until_it_dies(_comparison: object, _asked: object) -> Iterator[None]:
        with claim.alone_in(output / folder.relative_to(compared)):
            yield

    monkeypatch.setattr(comparing, "_helpers", until_it_dies)
    assert compare(given, output, "--seeds", "3") == 0
    assert result(output) == result(compared)


def test_a_process_that_helps_ends_with_the_one_that_started_it(compared: Path, given: tuple[str, ...]) -> None:
    get_signal, number = 2, ctypes.c_int()  # PR_GET_PDEATHSIG
    try:
        assert compare(given, compared, "--seeds", "3", "--helper") == 0  # all is finished: nothing is trained
        ctypes.CDLL(None).prctl(get_signal, ctypes.byref(number))
    finally:
        rendezvous.met()
    assert number.value == signal.SIGTERM


def test_a_schedule_that_diverges_is_told_and_left_out(
    given: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exploding = "LambdaLR(optimizer, lambda step: 1e30)"
    arguments = ["compare", STEP, exploding, *given, *SMALL, "--seeds", "1", "--output", str(tmp_path / "run")]
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "B LambdaLR: 1 of 1 trainings diverged" in said
    assert result(tmp_path / "run")["schedules"][1]["validation_accuracy"]["values"] == [None]
    assert main(arguments) == 0  # what has diverged is finished
    assert "seed 0:" not in capsys.readouterr().out


OTHER_ROWS = "iteration,epoch,lr,loss\n" + "".join(f"{at},{at // 4},0.01,4.6\n" for at in range(8))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("result.json", '{"training"', "result.json can't be read: "),
        ("result.json", '["training"]', "result.json can't be read: "),
        (
            "training/metrics.csv",
            "iteration,epoch\n",
            "metrics.csv lacks the row of iteration 0, and was written up to",
        ),
        ("training/metrics.csv", "nothing", "metrics.csv lacks the row of iteration 0, and was written up to"),
        ("training/metrics.csv", OTHER_ROWS, "rows up to iteration 7 hold other numbers than were written"),
    ],
)
def test_what_is_damaged_in_a_finished_training_is_no_result(
    compared: Path,
    given: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: str,
    said: str,
) -> None:
    output = Path(shutil.copytree(compared, tmp_path / "comparison"))
    (folder,) = output.glob("StepLR-*/seed-1")
    (folder / name).write_text(content)
    assert compare(given, output, "--seeds", "3") == 1
    error = capsys.readouterr().err
    assert said in error
    assert f"emove {folder} to train it again" in error


def test_files_of_another_program_are_not_overwritten(
    given: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "comparison.json").write_text("mine")
    assert compare(given, tmp_path, "--seeds", "1") == 1
    assert "comparison.json is not of this program" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["comparison.json"]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (
            "StepLR(optimizer,step_size=4, gamma=0.1)",
            "schedules A and B have the same learning rate in each of the 8 steps",
        ),
        ("StepLR(optimizer, 0)", "schedule B, 'StepLR(optimizer, 0)': OneFlow refuses the schedule"),
        ("StpLR(optimizer, 4)", "schedule B, 'StpLR(optimizer, 4)': 'StpLR' is neither"),
    ],
)
def test_a_schedule_that_can_not_be_compared_is_named(
    given: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str], other: str, said: str
) -> None:
    assert main(["compare", STEP, other, *given, *SMALL, "--output", str(tmp_path / "run")]) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


IN_GRAPH = ("--mode", "graph")


@pytest.mark.parametrize(
    ("schedule", "further", "said"),
    [
        ("LambdaLR(optimizer, lambda step: 0.9 ** step)", (), "Graph mode refuses LambdaLR"),
        ("ReduceLROnPlateau(optimizer)", (), "Graph mode refuses ReduceLROnPlateau"),
        (COSINE, ("--ema", "0.9"), "--ema: this program does it in eager mode alone"),
        (COSINE, ("--step-per", "epoch"), "Graph mode steps the scheduler at every iteration"),
    ],
)
def test_what_graph_mode_refuses_of_one_schedule_is_told_before_another_is_trained(
    given: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    schedule: str,
    further: tuple[str, ...],
    said: str,
) -> None:
    arguments = ["compare", STEP, schedule, *given, *SMALL, *IN_GRAPH, *further, "--output", str(tmp_path / "run")]
    assert main(arguments) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_schedules_are_compared_in_graph_mode(
    given: tuple[str, ...], tmp_path: Path, environment: dict[str, str]
) -> None:
    command = [sys.executable, "-m", "lrdoc.practice", "compare", STEP, COSINE, *given, *SMALL, *IN_GRAPH]
    for _ in range(6):  # OneFlow 0.9.0 crashes now and then where it trains a graph; the comparison goes on
        with started([*command, "--seeds", "1"], tmp_path, environment) as process:
            done = completed(process)
        if done.returncode >= 0:
            break
    assert done.returncode == 0, done.stderr
    found = result(tmp_path / "comparison")
    assert found["options"]["mode"] == "graph"
    assert [len(each["validation_loss"]["values"]) for each in found["schedules"]] == [1, 1]
    for code, each in zip((STEP, COSINE), found["schedules"], strict=True):
        rows = Metrics(tmp_path / "comparison" / each["folder"] / "seed-0" / "training" / "metrics.csv").read()
        assert [row.lr for row in rows] == Plan(code, 0.01, 2, 4).lrs().tolist()
        assert each["validation_loss"]["values"] == [rows[-1].validation_loss]


def test_a_dry_run_draws_the_schedules_and_trains_nothing(
    given: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(given, tmp_path / "run", "--dry-run") == 0
    said = capsys.readouterr().out
    assert f"A  {STEP}" in said
    assert f"B  {COSINE}" in said
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == ["schedules.svg", "schedules_dark.svg"]


def test_a_dry_run_in_graph_mode_names_the_schedule_that_graph_mode_refuses(
    given: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = "LambdaLR(optimizer, lambda step: 0.9 ** step)"
    arguments = ["compare", STEP, refused, *given, *SMALL, *IN_GRAPH, "--dry-run", "--output", str(tmp_path / "run")]
    assert main(arguments) == 1
    assert f"error: schedule B, '{refused}': Graph mode refuses LambdaLR" in capsys.readouterr().err


@pytest.mark.parametrize("schedules", [[STEP], [STEP, STEP], [f"StepLR(optimizer, {size})" for size in range(1, 7)]])
def test_from_two_to_five_different_schedules_are_compared(
    schedules: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["compare", *schedules])
    assert "give from 2 to 5 schedules, each once" in capsys.readouterr().err
