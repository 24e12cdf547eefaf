"""Trainings, stopped and resumed, on the tiny archive."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import oneflow as flow
import pytest

from lrdoc import trace
from lrdoc.practice import checkpoint, claim, loop, modes
from lrdoc.practice.constructor import read
from lrdoc.practice.metrics import Metrics, Row
from lrdoc.practice.program import main
from tests.practice.conftest import PATIENCE, completed, launcher, started, wait_for

SMALL = ("--model", "small", "--epochs", "2", "--batch-size", "16", "--lr", "0.01")  # 4 iterations per epoch
ENDLESS = "5000"
"""So many epochs that a training is stopped before their end, however fast the machine."""

IN_GRAPH = ("--mode", "graph", *SMALL)

Train = Callable[..., list[Row]]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def train(given: tuple[str, ...], tmp_path: Path) -> Train:
    """Train in this process and return the rows of the metrics."""

    def run(output: str, *arguments: str) -> list[Row]:
        assert main([*given, *SMALL, *arguments, "--output", str(tmp_path / output)]) == 0
        return Metrics(tmp_path / output / "metrics.csv").read()

    return run


@pytest.fixture(scope="module")
def kept() -> dict[tuple[str, ...], list[Row]]:
    """Return the rows of trainings that several tests compare with, by their arguments."""
    return {}


@pytest.fixture
def whole(train: Train, kept: dict[tuple[str, ...], list[Row]]) -> Train:
    """Return the rows of a training that is never stopped; it runs once for all tests that compare with it."""

    def run(*arguments: str) -> list[Row]:
        if arguments not in kept:
            kept[arguments] = train("whole", *arguments)
        return kept[arguments]

    return run


def resumed(train: Train, stop: int, *arguments: str) -> list[Row]:
    """Return the rows of a training that was stopped after ``stop`` iterations, and went on."""
    train("parts", *arguments, "--stop-after", str(stop))
    return train("parts", *arguments, "--resume")


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(
    "stop", [1, 3, 4, 6, 8]
)  # in an epoch, before and at its end, in the next, and at the very end
def test_a_training_stopped_anywhere_and_resumed_is_the_same_as_one_never_stopped(
    train: Train, whole: Train, stop: int
) -> None:
    augmented = ("--augment", "crop,flip,cutout,mixup", "--label-smoothing", "0.1")
    assert resumed(train, stop, *augmented) == whole(*augmented)


def test_a_model_of_flowvision_goes_on_where_it_was(train: Train) -> None:
    flowvision = ("--model", "squeezenet1_1", "--augment", "crop,flip,cutout,mixup")
    assert resumed(train, 3, *flowvision) == train("whole", *flowvision)


def test_a_training_stopped_before_its_first_iteration_is_resumed(
    train: Train, whole: Train, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(loop, "Interruption", lambda: SimpleNamespace(signal=int(signal.SIGTERM)))
        with pytest.raises(AssertionError):
            train("parts")
    assert checkpoint.load(tmp_path / "parts")["iterations"] == 0
    assert train("parts", "--resume") == whole()


SCHEDULES = [
    "ConstantLR(optimizer, factor=0.5, total_iters=4)",
    "LinearLR(optimizer, 0.1, 1.0, total_iters=6)",
    "ExponentialLR(optimizer, gamma=0.8)",
    "StepLR(optimizer, 2)",
    "MultiStepLR(optimizer, [2, 5])",
    "PolynomialLR(optimizer, 8)",
    "CosineDecayLR(optimizer, 8)",
    "CosineAnnealingLR(optimizer, T_max=3)",
    "CosineAnnealingWarmRestarts(optimizer, T_0=3)",
    "LambdaLR(optimizer, lambda step: 0.8 ** step)",
    "SequentialLR(optimizer, [LinearLR(optimizer, 0.1), ExponentialLR(optimizer, 0.8)], milestones=[3])",
    "WarmupLR(CosineDecayLR(optimizer, 8), warmup_iters=3)",
    "ChainedScheduler([LinearLR(optimizer, 0.1), ExponentialLR(optimizer, 0.8)])",
    "ReduceLROnPlateau(optimizer, patience=0, threshold=0.01)",
]


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("code", SCHEDULES)
def test_every_scheduler_goes_on_where_it_was(train: Train, code: str) -> None:
    whole = train("whole", "--schedule", code)
    assert resumed(train, 4, "--schedule", code) == whole
    assert len({row.lr for row in whole}) > 1


@pytest.mark.usefixtures("plain")
def test_a_training_goes_on_with_its_schedule_spelled_otherwise(train: Train) -> None:
    first = ("--scheduler", "step_lr", "--parameters", "step_size=3")
    train("parts", *first, "--stop-after", "4")
    again = ("--schedule", "flow.optim.lr_scheduler.StepLR(optimizer, gamma=1e-1, step_size=epochs + 1)")
    assert train("parts", *again, "--resume") == train("whole", *first)


@pytest.mark.usefixtures("plain")
def test_adamw_goes_on_where_it_was(train: Train) -> None:
    assert resumed(train, 3, "--optimizer", "adamw") == train("whole", "--optimizer", "adamw")


INTERACTING = ("--accumulate", "3", "--clip-norm", "0.5", "--ema", "0.9")


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("stop", [1, 4, 6])
def test_accumulation_clipping_and_averaging_go_on_where_they_were(train: Train, whole: Train, stop: int) -> None:
    assert resumed(train, stop, *INTERACTING) == whole(*INTERACTING)


@pytest.mark.usefixtures("plain")
def test_the_metrics_hold_the_norm_of_each_gradient_and_the_validation_of_the_average(whole: Train) -> None:
    rows = whole(*INTERACTING)
    norms = [row.gradient_norm or 0.0 for row in rows]
    assert min(norms) > 0
    assert len(set(norms)) == 8
    ends = [row for row in rows if row.validation_loss is not None]
    assert [row.average_validation_loss is not None for row in rows] == [False, False, False, True] * 2
    assert all(row.average_validation_loss != row.validation_loss for row in ends)
    assert rows[0].skipped_updates is None


def test_a_gradient_is_clipped_after_its_norm_was_taken() -> None:
    layer = flow.nn.Linear(6, 4, bias=False)
    before = layer.weight.numpy().copy()
    optimizer = flow.optim.SGD(layer.parameters(), lr=1.0)
    scheduler = flow.optim.lr_scheduler.StepLR(optimizer, 10)
    training = modes.Eager(layer, optimizer, scheduler, modes.Gradient(max_norm=0.01))
    update = training.update(flow.ones(3, 6), flow.eye(4)[:3])
    assert update.gradient_norm.item() > 0.1
    assert np.linalg.norm(layer.weight.numpy() - before) == pytest.approx(0.01, rel=1e-3)


@pytest.mark.usefixtures("plain")
def test_the_learning_rate_can_be_scaled_by_the_batch(train: Train) -> None:
    constant = ("--schedule", "ConstantLR(optimizer, factor=1.0)", "--stop-after", "1")
    assert [row.lr for row in train("run", *constant, "--lr-base-size", "64")] == [0.01 * 16 / 64]


@pytest.mark.usefixtures("plain")
def test_a_schedule_stepped_per_epoch_goes_on_where_it_was(train: Train) -> None:
    arguments = ("--schedule", "StepLR(optimizer, 1, gamma=0.5)", "--step-per", "epoch")
    whole = train("whole", *arguments)
    assert [row.lr for row in whole] == [0.01] * 4 + [0.005] * 4
    assert resumed(train, 5, *arguments) == whole


@pytest.mark.usefixtures("plain")
def test_a_training_without_its_dropout_seeded_would_not_be_the_same(
    train: Train, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop.models.Randomness, "seed", lambda *_: None)
    assert resumed(train, 3) != train("whole")


@pytest.mark.usefixtures("plain")
def test_the_learning_rates_are_those_of_the_scheduler(train: Train) -> None:
    code = "WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=3)"
    expected = trace.eager(read(code, {"total_steps": 8}).build(trace.sgd(0.01)), 8)[:, 0]
    assert [row.lr for row in train("run", "--schedule", code)] == expected.tolist()


@pytest.mark.usefixtures("plain")
def test_reduce_on_plateau_follows_the_validation_loss_per_epoch(train: Train) -> None:
    code = "ReduceLROnPlateau(optimizer, factor=0.5, patience=0, threshold=0.9)"  # nothing is better by nine tenths
    rows = train("run", "--schedule", code, "--step-per", "epoch", "--epochs", "4")
    assert [row.lr for row in rows[::4]] == [0.01, 0.01, 0.005, 0.0025]


def test_each_epoch_ends_with_a_validation(train: Train) -> None:
    rows = train("run")
    assert [row.iteration for row in rows if row.validation_loss is not None] == [3, 7]
    assert all(0 <= (row.validation_accuracy or 0) <= 1 for row in rows)
    assert all(np.isfinite(row.loss) for row in rows)


def test_a_training_leaves_metrics_two_checkpoints_and_a_plot(train: Train, tmp_path: Path) -> None:
    train("run")
    names = ["checkpoint-000000004", "checkpoint-000000008", "metrics.csv", "options.json", *loop.PLOTS]
    names.insert(0, ".lock")
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == names


@pytest.mark.usefixtures("plain")
def test_a_training_tells_of_every_epoch_of_its_warnings_and_how_to_go_on(
    train: Train, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "LambdaLR(optimizer, lambda step: 1.0 if step < 3 else 0.0)"
    train("parts", "--schedule", code, "--stop-after", "6")
    told = capsys.readouterr()
    assert "warning: the learning rate is 0 or below" in told.err
    epochs = [line for line in told.out.splitlines() if line.startswith("epoch ")]
    assert [line.split(":")[0] for line in epochs] == ["epoch 0 (1 of 2 done)"]
    assert "lr 0, loss " in epochs[0]
    (command,) = [line.strip() for line in told.out.splitlines() if line.startswith("  python -m lrdoc.practice")]
    assert "stopped after 6 of 8 iterations" in told.out
    assert main(shlex.split(command)[3:]) == 0
    told = capsys.readouterr()
    assert "goes on after 6 of 8 iterations" in told.out
    assert "epoch 1 (2 of 2 done): lr 0" in told.out
    assert len(Metrics(tmp_path / "parts" / "metrics.csv").read()) == 8


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(
    "schedule",
    [
        ("StepLR(optimizer, 3)",),
        ("ReduceLROnPlateau(optimizer, patience=0, threshold=0.9)", "--step-per", "epoch"),
    ],
)
def test_a_training_can_be_made_longer_where_its_schedule_does_not_know_its_length(
    train: Train, capsys: pytest.CaptureFixture[str], schedule: tuple[str, ...]
) -> None:
    train("parts", "--schedule", *schedule)
    longer = train("parts", "--schedule", *schedule, "--epochs", "4", "--resume")
    assert "made longer, from 2 to 4 epochs" in capsys.readouterr().out
    assert longer == train("whole", "--schedule", *schedule, "--epochs", "4")
    assert len({row.lr for row in longer}) > 1


def test_a_folder_that_another_program_trains_into_is_left_alone(
    train: Train, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with claim.alone_in(tmp_path / "run"), pytest.raises(AssertionError):
        train("run")
    assert "another program trains into" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "run").iterdir()] == [".lock"]


def test_files_of_another_program_are_not_overwritten(
    train: Train, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "metrics.csv").write_text("mine")
    with pytest.raises(AssertionError):
        train("run")
    assert "metrics.csv is not of this program" in capsys.readouterr().err
    assert (tmp_path / "run" / "metrics.csv").read_text() == "mine"


@pytest.mark.usefixtures("plain")
def test_metrics_can_be_json_lines(train: Train, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        train("run", "--metrics", "jsonl")
    assert len(Metrics(tmp_path / "run" / "metrics.jsonl").read()) == 8


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "holds a training"),
        (("--resume", "--lr", "0.02"), "had other options: lr was 0.01"),
        (("--resume", "--seed", "1"), "had other options: seed was 0"),
        (
            ("--resume", "--schedule", "CosineDecayLR(optimizer, 9)"),
            "decay_steps of CosineDecayLR was 8 and would be 9",
        ),
        (("--resume", "--epochs", "3"), "total_steps, which was 8 and would be 12"),
        (("--model", "resnet1999"), "Unknown model"),
        (("--model", "Small"), "did you mean small"),
        (("--model", "resnet_18"), "did you mean resnet18"),
        (("--model", "vgg11_bn", "--device", "cuda"), "no CUDA device"),
        (("--accumulate", "17"), "a process has 16 images of a batch, which don't make 17 parts"),
        (("--amp",), "mixed precision (--amp) needs a CUDA device"),
        (("--batch-size", "65"), "larger than the 64 training images"),
        (("--schedule", "StepLR(optimizer, 0)"), "OneFlow refuses the schedule"),
        (("--schedule", "StepLR(optimizer, size=0)"), "size"),
    ],
)
def test_what_cannot_work_is_refused_and_changes_nothing(
    train: Train, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    train("run", "--stop-after", "1")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "run").rglob("*")}
    with pytest.raises(AssertionError):
        train("run" if "--resume" in arguments or not arguments else "other", *arguments)
    assert said in capsys.readouterr().err
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "run").rglob("*")} == before
    assert not (tmp_path / "other").exists()


def test_nothing_to_resume_is_an_error(train: Train, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AssertionError):
        train("run", "--resume")
    assert "no checkpoint in" in capsys.readouterr().err


def break_checkpoint(output: Path) -> None:
    checkpoint.save(output, 9, {"weight": flow.ones(2)})


def lose_metrics(output: Path) -> None:
    (output / "metrics.csv").unlink()


def alter_metrics(output: Path) -> None:
    path = output / "metrics.csv"
    path.write_text(path.read_text().replace("0,0,0.01,", "0,0,0.02,"))


def break_metrics(output: Path) -> None:
    (output / "metrics.csv").write_text("iteration,epoch\n0,x\n")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (break_checkpoint, "is not one of this program"),
        (lose_metrics, "lacks the row of iteration 0, and was written up to iteration 0. Restore the file, or choose"),
        (alter_metrics, "its rows up to iteration 0 hold other numbers than were written. Restore the file, or choose"),
        (break_metrics, "metrics.csv can't be read"),
    ],
)
def test_what_is_left_of_another_training_is_not_resumed(
    train: Train, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], None], said: str
) -> None:
    train("run", "--stop-after", "1")
    damage(tmp_path / "run")
    with pytest.raises(AssertionError):
        train("run", "--resume")
    assert said in capsys.readouterr().err


def test_a_training_that_diverges_ends_and_keeps_what_it_measured(
    train: Train, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "LambdaLR(optimizer, lambda step: 1.0 if step < 5 else 1e30)"
    with pytest.raises(AssertionError):
        train("run", "--schedule", code, "--metrics", "jsonl")
    assert "the loss of iteration 6 is no finite number, with a learning rate of 1e+28" in capsys.readouterr().err
    rows = Metrics(tmp_path / "run" / "metrics.jsonl").read()
    assert [row.iteration for row in rows] == list(range(6))
    assert checkpoint.load(tmp_path / "run")["iterations"] == 4


def test_a_folder_that_cannot_be_written_is_an_error(
    train: Train, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AssertionError):
        train("file")
    assert (
        f"the folder {tmp_path / 'file'} can't be made: File exists; choose another --output" in capsys.readouterr().err
    )


def test_a_name_that_no_folder_can_have_is_an_error(train: Train, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AssertionError):
        train("a" * 300)
    said = capsys.readouterr().err
    assert "aaa can't be used: File name too long; choose another --output" in said


def test_event_files_that_cannot_be_written_are_an_error(
    train: Train, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "tensorboard").touch()
    with pytest.raises(AssertionError):
        train("run", "--tensorboard")
    assert "tensorboard can't be written: Not a directory; choose another --output" in capsys.readouterr().err


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_training_that_breaks_off_says_how_to_go_on(
    train: Train,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
) -> None:
    add = Metrics.add

    def failing(self: Metrics, rows: list[Row]) -> None:
        if any(row.iteration == 7 for row in rows):
            raise error
        add(self, rows)

    with monkeypatch.context() as patch:
        patch.setattr(Metrics, "add", failing)
        with pytest.raises(AssertionError):
            train("run")
    said = capsys.readouterr().out
    assert "stopped after 4 of 8 iterations; this goes on:" in said
    assert "--resume" in said.splitlines()[-1]
    assert len(train("run", "--resume")) == 8


def test_a_second_ctrl_c_does_not_wait() -> None:
    with loop.heeding() as asked:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGTERM)  # as OneFlow's launcher does
        assert asked.signal == signal.SIGTERM
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_one_process_that_fails_ends_all(practice: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = practice(*SMALL, "--output", "file", launcher=launcher())  # the first process alone writes
    assert done.returncode == 1
    assert "the folder file can't be made" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_training_with_a_checkpoint(
    train: Train, given: tuple[str, ...], tmp_path: Path, environment: dict[str, str], number: signal.Signals
) -> None:
    output = tmp_path / "parts"
    options = ("--epochs", ENDLESS, "--output", str(output), "--save-every", "3")
    command = [sys.executable, "-m", "lrdoc.practice", *given, *SMALL, *options]
    with started(command, tmp_path, environment) as process:
        wait_for(process, lambda: checkpoint.exists(output))
        process.send_signal(number)
        assert completed(process).returncode == 128 + number
    seen = Metrics(output / "metrics.csv").read()
    assert checkpoint.load(output)["iterations"] == len(seen) < 4 * int(ENDLESS)
    further = str(len(seen) + 2)
    again = train("parts", "--epochs", ENDLESS, "--stop-after", further, "--resume")
    assert again == train("whole", "--epochs", ENDLESS, "--stop-after", further)


@pytest.mark.parametrize(("start", "status"), [("--default-signal=INT", -signal.SIGINT), ("--ignore-signal=INT", 0)])
def test_ctrl_c_before_the_training_ends_the_program_without_a_word_unless_it_is_ignored(
    given: tuple[str, ...], tmp_path: Path, environment: dict[str, str], start: str, status: int
) -> None:
    # A shell starts what it puts into the background with SIGINT ignored, these tests too.
    command = ["env", start, sys.executable, "-m", "lrdoc.practice", "--dry-run", *given, *SMALL]
    with started(command, tmp_path, environment) as process:
        wait_for(process, lambda: "_oneflow_internal" in Path(f"/proc/{process.pid}/maps").read_text())
        process.send_signal(signal.SIGINT)
        done = completed(process)
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def in_graph(run: Run, *arguments: str, output: Path) -> subprocess.CompletedProcess[str]:
    """Run in Graph mode; again where OneFlow 0.9.0 crashes, or hangs, for no reason that it gives."""
    for _ in range(2):
        with suppress(subprocess.TimeoutExpired):
            done = run(*IN_GRAPH, *arguments, "--output", str(output), patience=PATIENCE / 3)
            if done.returncode >= 0 or "Check failed" in done.stderr:
                return done
        if "--resume" not in arguments:
            shutil.rmtree(output, ignore_errors=True)
    return run(*IN_GRAPH, *arguments, "--output", str(output))


def test_a_graph_is_stopped_and_resumed_exactly(practice: Run, tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    for output, arguments in ((whole, ()), (parts, ("--stop-after", "3")), (parts, ("--resume",))):
        done = in_graph(practice, *arguments, output=output)
        assert done.returncode == 0, done.stderr
    rows = Metrics(whole / "metrics.csv").read()
    assert Metrics(parts / "metrics.csv").read() == rows
    expected = trace.eager(read("CosineDecayLR(optimizer, 8)", {}).build(trace.sgd(0.01)), 8)[:, 0]
    assert [row.lr for row in rows] == expected.tolist()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--schedule", "LambdaLR(optimizer, lambda step: 0.9 ** step)"), "train with --mode eager, or give a graph"),
        (("--schedule", "ReduceLROnPlateau(optimizer)"), "Graph mode refuses ReduceLROnPlateau"),
        (("--step-per", "epoch"), "--step-per iteration"),
        (("--model", "squeezenet1_1"), "layers that draw random numbers"),
        ((*INTERACTING, "--augment", "none"), "--accumulate, --clip-norm, --ema: this program does it in eager mode"),
    ],
)
def test_what_graph_mode_cannot_do_is_refused_before_any_work(
    given: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert main([*given, *IN_GRAPH, *arguments, "--output", str(tmp_path / "run")]) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_two_processes_stopped_by_ctrl_c_go_on_as_if_they_had_not_been_and_train_as_one(
    practice: Run,
    given: tuple[str, ...],
    tmp_path: Path,
    environment: dict[str, str],
    train: Train,
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = (*SMALL, *INTERACTING, "--schedule", "StepLR(optimizer, 5)", "--save-every", "3")
    parts, whole = ("--epochs", ENDLESS, "--output", "parts"), ("--output", "whole")
    command = [sys.executable, *launcher(), "-m", "lrdoc.practice", *given, *options, *parts]
    with started(command, tmp_path, environment) as process:
        wait_for(process, lambda: checkpoint.exists(tmp_path / "parts"))
        os.killpg(process.pid, signal.SIGINT)  # the terminal's Ctrl-C goes to the launcher and to all that it started
        stopped = completed(process)
    metrics = Metrics(
        tmp_path / "parts" / "metrics.csv", ("gradient_norm", "average_validation_loss", "average_validation_accuracy")
    )
    seen = len(metrics.read())
    assert checkpoint.load(tmp_path / "parts")["iterations"] == seen < 4 * int(ENDLESS)
    assert stopped.stdout.count(f"stopped after {seen} of") == 1  # the first process alone tells of it
    epochs = str(seen // 4 + 2)
    resumed = practice(*options, *parts, "--resume", "--stop-after", str(4 * int(epochs)), launcher=launcher())
    assert resumed.returncode == 0, resumed.stderr
    uninterrupted = practice(*options, *whole, "--epochs", epochs, launcher=launcher())
    assert uninterrupted.returncode == 0, uninterrupted.stderr
    assert [
        uninterrupted.stdout.count(of_the_first_alone)
        for of_the_first_alone in (f"({epochs} of {epochs} done)", ", best ")
    ] == [1, 1]
    assert (tmp_path / "parts" / "metrics.csv").read_text() == (tmp_path / "whole" / "metrics.csv").read_text()
    code = read("StepLR(optimizer, 5)", {})
    expected = trace.eager(code.build(trace.sgd(0.01)), 4 * int(epochs))[:, 0]
    assert [row.lr for row in metrics.read()] == expected.tolist()
    with pytest.raises(AssertionError):
        train("parts", *options[len(SMALL) :], "--epochs", ENDLESS, "--resume")
    assert "had other options: processes was 2" in capsys.readouterr().err
