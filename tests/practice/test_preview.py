from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lrdoc.figure import svg
from lrdoc.practice import terminal
from lrdoc.practice.metrics import Metrics
from lrdoc.practice.program import main


def preview(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["--dry-run", *arguments]) == 0
    return capsys.readouterr().out


def test_a_dry_run_is_that_of_cifar_100(capsys: pytest.CaptureFixture[str]) -> None:
    said = preview(capsys, "--epochs", "3", "--batch-size", "100", "--schedule", "StepLR(optimizer, 500)")
    assert "3 epochs of 500 iterations, 1,500 steps of the scheduler" in said
    assert "    1        500  0.01" in said
    assert "warning" not in said


def test_a_length_of_one_is_in_the_singular(capsys: pytest.CaptureFixture[str]) -> None:
    assert "\n1 epoch of 390 iterations, 1 step of the scheduler" in preview(
        capsys, "--epochs", "1", "--step-per", "epoch"
    )
    assert "\n2 epochs of 1 iteration, 2 steps of" in preview(capsys, "--epochs", "2", "--batch-size", "50000")


def test_a_dry_run_shows_how_code_of_pytorch_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    code = "torch.optim.lr_scheduler.SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, epochs)], [5])"
    said = preview(capsys, "--epochs", "20", "--step-per", "epoch", "--schedule", code)
    assert "read as SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, step_size=20)]" in said
    assert "interval_rescaling=True" in said


def test_a_dry_run_trains_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    preview(capsys, "--epochs", "2")
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_warns(capsys: pytest.CaptureFixture[str]) -> None:
    said = preview(capsys, "--epochs", "50", "--scheduler", "cosine_decay_lr", "--parameters", "decay_steps=50")
    assert "warning: from step 50 of 19500" in said


def test_a_schedule_that_follows_a_metric_says_what_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    said = preview(capsys, "--epochs", "5", "--step-per", "epoch", "--schedule", "ReduceLROnPlateau(optimizer)")
    assert "a training that never gets better" in said


GRAPH = ("--dry-run", "--epochs", "2", "--mode", "graph")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--schedule", "LambdaLR(optimizer, lambda step: 0.9 ** step)"), "Graph mode refuses LambdaLR"),
        (("--schedule", "CosineAnnealingLR(optimizer, 780, eta_min=0.2)"), "Graph mode ends the process"),
        (("--batch-size", "4", "--schedule", "CosineAnnealingWarmRestarts(optimizer, T_0=100, T_mult=3)"), "first at step 12101"),
        (("--step-per", "epoch"), "--step-per iteration"),
        (("--ema", "0.9"), "--ema: this program does it in eager mode alone"),
    ],
)  # fmt: skip
def test_a_dry_run_in_graph_mode_shows_the_schedule_and_tells_what_graph_mode_does_otherwise(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert main([*GRAPH, *arguments]) == 1
    told = capsys.readouterr()
    assert "epoch  iteration  lr" in told.out
    assert "Graph mode uses the same" not in told.out
    assert said in told.err


def test_a_dry_run_says_that_graph_mode_uses_the_same_learning_rates(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*GRAPH]) == 0
    assert "Graph mode uses the same learning rates, at every step." in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_the_curve_is_drawn_with_a_text_alternative(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "curve.svg"
    preview(capsys, "--epochs", "2", "--plot", str(path))
    assert "The learning rate over 780 steps: 0.1 at the first" in svg.alt_of(path)


def test_the_curve_has_a_value_for_each_step_of_the_scheduler(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "curve.svg"
    preview(capsys, "--epochs", "5", "--step-per", "epoch", "--plot", str(path))
    assert "The learning rate over 5 steps" in svg.alt_of(path)


@pytest.mark.parametrize("code", ["CosineDecayLR(optimizer, total_steps)", "LambdaLR(optimizer, lambda step: -1e-9)"])
def test_any_learning_rate_can_be_drawn(capsys: pytest.CaptureFixture[str], tmp_path: Path, code: str) -> None:
    path = tmp_path / "curve.svg"
    preview(capsys, "--epochs", "40", "--schedule", code, "--plot", str(path))
    assert "at the last" in svg.alt_of(path)


def test_the_curve_can_be_a_png(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "curve.png"
    preview(capsys, "--epochs", "2", "--plot", str(path))
    assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--epochs", "0"), "must be above 0"),
        (("--lr", "nan"), "must be above 0"),
        (("--epochs", "2.5"), "invalid int value"),
        (("--seed", "9223372036854775808"), "from 0 to below 2**63"),
        (("--seed", "x"), "invalid int value"),
        (("--label-smoothing", "x"), "invalid float value"),
        (("--momentum", "1"), "from 0 to below 1"),
        (("--augment", "crop,zoom"), "unknown: zoom; known: crop, flip, cutout, mixup"),
        (("--parameters", "a=1"), "--parameters are those of --scheduler"),
        (("--scheduler", "cyclic_lr"), "unknown scheduler 'cyclic_lr'"),
        (("--scheduler", "StepLR", "--schedule", "StepLR(optimizer, 3)"), "not allowed with"),
        (("--archive", "a", "--download"), "not allowed with"),
        (("--archive-md5", "0" * 32), "which is not given"),
        (("--archive", "a", "--archive-md5", "xyz"), "32 hexadecimal digits"),
        (("--plot", "curve.pdf"), "must end in .svg or .png"),
    ],
)
def test_a_wrong_option_is_refused_with_its_reason(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--dry-run", *arguments])
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--schedule", ""), "is not a Python expression"),
        (("--epochs", "100000000"), "39,000,000,000 iterations is longer than the 20,000,000"),
        (
            ("--plot", "/dev/null/curve.svg"),
            "the plot /dev/null/curve.svg can't be written: Not a directory; choose another --plot",
        ),
        (("--tiny", "--data", "/dev/null"), "the folder /dev/null can't be used: File exists; choose another --data"),
    ],
)
def test_what_cannot_be_done_is_an_error_of_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert main(["--dry-run", "--epochs", "2", *arguments]) == 1
    error = capsys.readouterr().err
    assert said in error
    assert error.startswith("error: ")
    assert error.count("\n") == 1
    assert not plt.get_fignums()


def test_a_plot_without_a_dry_run_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--plot", "curve.svg"])
    assert "--plot goes with --dry-run" in capsys.readouterr().err


def test_a_curve_in_the_terminal_rises_and_falls_with_the_learning_rate() -> None:
    rows = terminal.plot(np.linspace(1, 0, 16), width=16, height=2).splitlines()
    assert rows[0] == "1 │█▇▆▅▄▃▂▁        "
    assert rows[1] == "0 │████████▇▆▅▄▃▂▁ "
    assert rows[2].split() == ["0", "15", "iteration"]


@pytest.mark.parametrize("lrs", [[0.1], [0.0, 0.0], [0.1, -0.1]])
def test_any_learning_rates_can_be_drawn_in_the_terminal(lrs: list[float]) -> None:
    assert len(terminal.plot(np.array(lrs)).splitlines()) == 9


@pytest.mark.parametrize(("columns", "widest"), [("40", 40), ("80", 80), ("500", 80)])
def test_a_curve_fits_into_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: str, widest: int) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = terminal.plot(np.linspace(0.1, 0, 1000)).splitlines()
    assert max(map(len, lines)) == widest


def test_a_console_that_has_no_blocks_gets_all_the_rest(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "lrdoc.practice", "--dry-run", "--epochs", "2"]
    ascii_only = {**environment, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, env=ascii_only, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "end        779" in done.stdout


CLOSED = {"stdout": ">&-", "stdout and stderr": ">&- 2>&-", "all": "<&- >&- 2>&-"}


@pytest.mark.parametrize("closed", CLOSED.values(), ids=CLOSED)
def test_what_is_printed_goes_nowhere_where_the_output_is_closed(
    given: tuple[str, ...], tmp_path: Path, environment: dict[str, str], closed: str
) -> None:
    command = [sys.executable, "-m", "lrdoc.practice", *given, "--model", "small", "--batch-size", "16"]
    shell = f"{shlex.join([*command, '--epochs', '1'])} {closed}"
    done = subprocess.run(shell, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert len(Metrics(tmp_path / "run" / "metrics.csv").read()) == 4


@pytest.mark.parametrize("unbuffered", ["", "1"])  # the output is written at the end, or as it is printed
def test_an_output_that_cannot_be_written_is_an_error_unless_its_reader_has_read_enough(
    environment: dict[str, str], unbuffered: str
) -> None:
    command = [sys.executable, "-m", "lrdoc.practice", "--dry-run", "--epochs", "2"]
    variables = {**environment, "PYTHONUNBUFFERED": unbuffered}
    read, write = os.pipe()
    os.close(read)
    for output, said in ((os.open("/dev/full", os.O_WRONLY), ["No space left on device"]), (write, [])):
        done = subprocess.run(command, env=variables, stdout=output, stderr=subprocess.PIPE, text=True, check=False)
        os.close(output)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        errors = [line for line in done.stderr.splitlines() if "error" in line]
        assert [re.sub(r"; make room .*$", "", line).rpartition(": ")[2].rpartition("] ")[2] for line in errors] == said
