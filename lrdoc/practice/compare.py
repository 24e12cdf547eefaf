"""``python -m lrdoc.practice compare``: train with several schedules on the same seeds, and tell by how much they differ.

The trainings of one seed share everything but the schedule: the first weights, the order of the images and their augmentation, and the number of iterations.
Each has a folder of its own, and what is finished there is not done again: so a comparison goes on where it stopped, several processes share it out, and further seeds and schedules can be added to it.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from lrdoc.practice import checkpoint, claim, inputs, mistakes, paired, preview, processes, record, rendezvous
from lrdoc.practice.metrics import Metrics, Row
from lrdoc.practice.options import Comparison, Options
from lrdoc.practice.plan import Plan
from lrdoc.practice.refusal import RefusalError, reason_of

if TYPE_CHECKING:
    from lrdoc.practice.loop import Interruption, Loop

_LETTERS = "ABCDE"
RESULT, PLOTS = "comparison.json", ("comparison.svg", "comparison_dark.svg")


@dataclass(frozen=True)
class Candidate:
    """One of the schedules that are compared: its letter, and the plan of its trainings."""

    letter: str
    plan: Plan

    @property
    def label(self) -> str:
        """The letter, and the class of the scheduler."""
        return f"{self.letter} {self.plan.whole.entry.cls.__name__}"

    @property
    def folder(self) -> str:
        """The name of the folder of its trainings, which depends on the schedule and not on its place among the others."""
        digest = hashlib.sha256(self.plan.code.encode()).hexdigest()[:8]
        return f"{self.plan.whole.entry.cls.__name__}-{digest}"


@dataclass(frozen=True)
class Training:
    """One training of a comparison: a schedule and a seed."""

    candidate: Candidate
    options: Options
    folder: Path
    fingerprint: Sequence[int]

    @property
    def _result(self) -> Path:
        return self.folder / "result.json"

    @property
    def _identity(self) -> dict[str, Any]:
        identity = {**self.options.identity, "processes": processes.share()[1], "data": list(self.fingerprint)}
        return dict(json.loads(json.dumps(identity)))  # as it is read back

    def is_finished(self) -> bool:
        """Tell whether it has been trained to its end or has diverged; raise ``RefusalError`` if it was another training."""
        if not self._result.exists():
            return False
        before = self._read()["training"]
        if differing := [key for key, value in self._identity.items() if before.get(key) != value]:
            told = "; ".join(f"{key} was {before.get(key)!r}" for key in differing)
            raise RefusalError(f"{self.folder} holds a training with other options: {told}. Choose another --output")
        return True

    def run(self, dataset: Any, asked: Interruption) -> int | None:
        """Train to the end, from where it stopped, unless that has been done; return ``None``, or the signal, noted in ``asked``, that ended it earlier.

        Raises ``HeldError`` where another process is at it.
        """
        with claim.alone_in(self.folder) if processes.is_first() else nullcontext():
            return None if self.is_finished() else self._trained(dataset, asked)

    def loop(self, dataset: Any) -> Loop:
        """Return the training ready to begin, or to go on; raise ``RefusalError`` where it can't work."""
        # Imported here, as a dry run would wait for the models.
        from lrdoc.practice.batches import Batches
        from lrdoc.practice.loop import Loop

        options = self.options
        batches = Batches(
            dataset, options.batch_size, options.seed, options.augment, options.label_smoothing, processes.share()
        )
        resumed = replace(options, resume=checkpoint.exists(options.output))
        return Loop(resumed, self.candidate.plan, batches, mistakes.find(self.candidate.plan), is_one_of_many=True)

    def _trained(self, dataset: Any, asked: Interruption) -> int | None:
        from lrdoc.practice.loop import DivergedError

        diverged = None
        try:
            number = self.loop(dataset).run(asked)
        except DivergedError as error:
            number, diverged = None, str(error)
        if number is None and processes.is_first():
            self._finish(diverged)
        return number

    def _finish(self, diverged: str | None) -> None:
        content = {
            "training": self._identity,
            "diverged": diverged,
            "metrics": self._metrics.digest_of(self._metrics.read()),
        }
        unfinished = self._result.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        unfinished.replace(self._result)
        checkpoint.remove(self.options.output)
        ended = diverged or f"validation accuracy {self.rows()[-1].validation_accuracy:.4f}"
        print(f"{self.candidate.label}, seed {self.options.seed}: {ended}", flush=True)

    def rows(self) -> list[Row]:
        """Return what it measured; nothing if it has diverged. Raise ``RefusalError`` where that is no longer there."""
        finished = self._read()
        if finished["diverged"]:
            return []
        if reason := self._metrics.refusal(self.candidate.plan.iterations, finished["metrics"]):
            raise RefusalError(f"{reason}. Restore the file, or remove {self.folder} to train it again")
        return self._metrics.read()

    @property
    def _metrics(self) -> Metrics:
        columns = self.options.further_columns(by_layer=bool(self.candidate.plan.layers))
        return Metrics(self.options.output / f"metrics.{self.options.metrics}", columns)

    def _read(self) -> dict[str, Any]:
        """Return what was written when it was finished; raise ``RefusalError`` where that can't be read."""
        try:
            content = json.loads(self._result.read_text(encoding="utf-8"))
            return {
                "training": dict(content["training"]),
                "diverged": content["diverged"],
                "metrics": content.get("metrics"),
            }
        except (LookupError, TypeError, ValueError) as error:
            raise RefusalError(
                f"{self._result} can't be read: {reason_of(error)}. Remove {self.folder} to train it again"
            ) from error


def run(comparison: Comparison) -> int:
    """Do what the command line asks for and return the exit status."""
    if comparison.options.dry_run:
        return _preview(comparison)
    from lrdoc.practice.loop import fingerprint, heeding

    if comparison.is_helper:
        rendezvous.end_with_the_starter(signal.SIGTERM)
    if path := record.foreign(comparison.options.output, PLOTS, mark=RESULT):
        raise RefusalError(f"{path} is not of this program and would be overwritten: choose another --output")
    dataset = inputs.dataset(comparison.options)
    candidates = _candidates(comparison, len(dataset.train.labels))
    trainings = list(_trainings(comparison, candidates, fingerprint(dataset)))
    if not comparison.is_helper:
        _warn(candidates)
        _refuse(candidates, trainings, dataset)
    try:
        with heeding() as asked:
            with _helpers(comparison, asked):
                _train(trainings, dataset, asked)
            _train(trainings, dataset, asked)  # what is left where OneFlow brought a helper down
    except (OSError, KeyboardInterrupt):  # a full disk, or a second Ctrl-C
        _tell_of_stop(comparison, trainings)
        raise
    if processes.any_is(asked.signal is not None, "cpu"):
        _tell_of_stop(comparison, trainings)
        return 128 + (asked.signal or signal.SIGTERM)
    return 0 if comparison.is_helper else _report(comparison, candidates, trainings)


def _tell_of_stop(comparison: Comparison, trainings: Sequence[Training]) -> None:
    """Say how far the comparison has come and what goes on with it; a process that helps leaves that to the one that started it."""
    if processes.is_first() and not comparison.is_helper:
        finished = sum(training.is_finished() for training in trainings)
        print(
            f"stopped after {finished} of {len(trainings)} trainings; this goes on:\n"
            f"  {comparison.options.command(processes.share()[1])}",
            flush=True,
        )


def _warn(candidates: Sequence[Candidate]) -> None:
    if processes.is_first():
        for candidate in candidates:
            for finding in mistakes.find(candidate.plan):
                print(f"{candidate.label}: {finding}", file=sys.stderr)


def _refuse(candidates: Sequence[Candidate], trainings: Sequence[Training], dataset: Any) -> None:
    """Raise ``RefusalError`` where a training of one of the schedules can't work, before any of another is begun."""
    for candidate in candidates:
        left = (each for each in trainings if each.candidate is candidate and not each.is_finished())
        if first := next(left, None):
            first.loop(dataset)


def _candidates(comparison: Comparison, images: int) -> list[Candidate]:
    """Return the schedules that are compared; raise ``RefusalError`` for one that can't be read and for two that are the same."""
    found: list[Candidate] = []
    for letter, code in zip(_LETTERS, comparison.schedules, strict=False):
        try:
            plan = inputs.plan(replace(comparison.options, schedule=code), images)
        except ValueError as error:
            raise RefusalError(f"schedule {letter}, {code!r}: {error}") from error
        for other in found:
            same = other.plan.layers == plan.layers and np.array_equal(other.plan.step_lrs, plan.step_lrs)
            if same and not (plan.follows_a_metric or other.plan.follows_a_metric):
                raise RefusalError(
                    f"schedules {other.letter} and {letter} have the same learning rate in each of the {plan.steps} steps, "
                    "and their trainings would be the same: leave one out"
                )
        found.append(Candidate(letter, plan))
    return found


def _trainings(
    comparison: Comparison, candidates: Sequence[Candidate], fingerprint: Sequence[int]
) -> Iterator[Training]:
    """Yield all trainings, seed by seed: so pairs are whole however early a comparison is stopped."""
    for seed, candidate in itertools.product(range(comparison.seeds), candidates):
        folder = comparison.options.output / candidate.folder / f"seed-{seed}"
        options = replace(
            comparison.options, schedule=candidate.plan.code, seed=seed, output=folder / "training", arguments=()
        )
        yield Training(candidate, options, folder, fingerprint)


def _train(trainings: Sequence[Training], dataset: Any, asked: Interruption) -> None:
    """Train what is not finished and what no other process is at, until a signal is noted in ``asked``."""
    for training in trainings:
        # All processes of a training begin the next one, or none: those that went on would wait for the others for ever.
        if processes.any_is(asked.signal is not None, "cpu"):
            return
        try:
            training.run(dataset, asked)
        except claim.HeldError:
            if processes.share()[1] > 1:  # the other processes of this training would wait for ever
                raise


_PAUSE = 0.1
"""Seconds between two looks at the processes that help."""


@contextmanager
def _helpers(comparison: Comparison, asked: Interruption) -> Iterator[None]:
    """Start further processes of the same comparison, and wait for them in the end; each takes what no other is at.

    They stop as well when a signal is noted in ``asked``.
    """
    threads = str(max(1, len(os.sched_getaffinity(0)) // comparison.jobs))
    command = [sys.executable, "-m", "lrdoc.practice", *comparison.options.arguments, "--jobs", "1", "--helper"]
    environment = {"OMP_NUM_THREADS": threads, **os.environ}
    started = [subprocess.Popen(command, env=environment) for _ in range(comparison.jobs - 1)]
    try:
        yield
        while asked.signal is None and any(process.poll() is None for process in started):
            time.sleep(_PAUSE)
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)  # nothing happens to one that has ended
        statuses = [process.wait() for process in started]
    if failed := [status for status in statuses if status == 1]:
        raise RefusalError(f"{len(failed)} of the processes failed (their messages are above)")


def _report(comparison: Comparison, candidates: Sequence[Candidate], trainings: Sequence[Training]) -> int:
    """Print the table, and write it with the plot and everything measured into the output folder."""
    if not processes.is_first():
        return 0
    if missing := [training for training in trainings if not training.is_finished()]:
        print(
            f"{len(missing)} trainings are under way in other processes; the same command tells the result afterwards"
        )
        return 0
    of_each = [[training for training in trainings if training.candidate is candidate] for candidate in candidates]
    measured = [[training.rows() for training in group] for group in of_each]
    result = _result(comparison, candidates, measured)
    output = comparison.options.output
    path = output / RESULT
    path.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(_text(comparison, candidates, measured))
    plot = _draw(candidates, measured, _told_column(comparison), output / PLOTS[0])
    print(f"\nresults in {path}" + (f", plot in {plot}" if plot else ""))
    return 0


_Measured = Sequence[Sequence[list[Row]]]
"""For each schedule, for each seed, the rows of a training; none of one that has diverged."""


def _at_end(runs: Sequence[list[Row]], column: str) -> list[float | None]:
    return [getattr(rows[-1], column) if rows else None for rows in runs]


def _result(comparison: Comparison, candidates: Sequence[Candidate], measured: _Measured) -> dict[str, Any]:
    columns = [*("validation_accuracy", "validation_loss"), *comparison.options.averages]
    values = {column: [_at_end(runs, column) for runs in measured] for column in columns}
    identity = {key: value for key, value in comparison.options.identity.items() if key not in ("schedule", "seed")}
    return {
        "program": record.PROGRAM,
        "options": identity,
        "seeds": list(range(comparison.seeds)),
        "confidence": paired.CONFIDENCE,
        "schedules": [
            {
                "letter": candidate.letter,
                "schedule": candidate.plan.code,
                "folder": candidate.folder,
                **{
                    column: {"values": of_all[at], **_dict(paired.summary(of_all[at]))}
                    for column, of_all in values.items()
                },
            }
            for at, candidate in enumerate(candidates)
        ],
        "differences": [
            {
                "of": candidates[other].letter,
                "to": candidates[one].letter,
                **{column: _dict(paired.difference(of_all[other], of_all[one])) for column, of_all in values.items()},
            }
            for one, other in itertools.combinations(range(len(candidates)), 2)
        ],
    }


def _dict(found: paired.Summary | paired.Difference | None) -> dict[str, Any]:
    return {} if found is None else asdict(found)


def _told_column(comparison: Comparison) -> str:
    """Return the column of the accuracy by which the schedules are compared: that of the average of the weights, where there is one."""
    return comparison.options.averages[-1] if comparison.options.averages else "validation_accuracy"


def _text(comparison: Comparison, candidates: Sequence[Candidate], measured: _Measured) -> str:
    """Return the table, and what it is worth."""
    column = _told_column(comparison)
    accuracies = {candidate.label: _at_end(runs, column) for candidate, runs in zip(candidates, measured, strict=True)}
    lines = [f"{candidate.letter}  {candidate.plan.code}" for candidate in candidates]
    diverged = [
        f"{label}: {values.count(None)} of {len(values)} trainings diverged and are left out, with their pairs."
        for label, values in accuracies.items()
        if None in values
    ]
    notes = [
        f"{comparison.seeds} seed{'s' * (comparison.seeds > 1)}; the accuracy is that of the last epoch"
        + (", of the average of the weights." if comparison.options.averages else "."),
        "A difference pairs the trainings of the same seed. Its interval misses the true mean in about one comparison of twenty;",
        "where it holds 0, these seeds do not tell the two apart. With several schedules, the best of them is in part the luckiest.",
    ]
    return "\n".join(["", *lines, "", paired.table(accuracies), "", *diverged, *notes])


def _draw(candidates: Sequence[Candidate], measured: _Measured, column: str, path: Path) -> Path | None:
    """Draw the courses and the differences, with the accuracy of ``column``; nothing where every training has diverged."""
    from lrdoc import figure
    from lrdoc.figure import svg

    pairs = zip(candidates, measured, strict=True)
    courses = {candidate.label: _course(runs, column) for candidate, runs in pairs if any(runs)}
    if not courses:
        return None
    first, *others = [_at_end(runs, column) for runs in measured]
    found = {
        candidate.letter: paired.difference(values, first)
        for candidate, values in zip(candidates[1:], others, strict=True)
    }
    intervals = {letter: (each.mean, *(each.interval or ())) for letter, each in found.items() if each is not None}
    ends = ", ".join(f"{label}: {course.accuracies[:, -1].mean():.1%}" for label, course in courses.items())
    drawn = figure.overlaid(
        courses,
        intervals,
        alt=f"Learning rate, training loss and validation accuracy with {len(courses)} schedules, and the differences at the end. Mean accuracy at the end: {ends}.",
    )
    with svg.closing(drawn):
        svg.save(drawn, path)
    return path


def _course(runs: Sequence[list[Row]], column: str) -> Any:
    from lrdoc import figure

    whole = [rows for rows in runs if rows]
    lrs = np.array([[row.lr for row in rows] for rows in whole])
    return figure.Course(
        lrs=lrs[0] if (lrs == lrs[0]).all() else lrs,
        losses=np.array([[row.loss for row in rows] for rows in whole]),
        accuracies=np.array(
            [[getattr(row, column) for row in rows if getattr(row, column) is not None] for rows in whole],
            dtype=np.float64,
        ),
    )


def _preview(comparison: Comparison) -> int:
    """Show the learning rates of every schedule, and draw them together."""
    from lrdoc import figure
    from lrdoc.figure import svg

    candidates = _candidates(comparison, inputs.images(comparison.options))
    for candidate in candidates:
        print(f"{candidate.letter}  {preview.text(candidate.plan)}\n")
    output = comparison.options.output
    output.mkdir(parents=True, exist_ok=True)
    lrs = {candidate.label: candidate.plan.step_lrs for candidate in candidates}
    drawn = figure.compare(lrs, alt="The learning rates of the schedules.")
    with svg.closing(drawn):
        path, _ = svg.save(drawn, output / "schedules.svg")
    print(f"plot in {path}")
    inputs.ask_graph_mode(
        comparison.options, {f"schedule {each.letter}, {each.plan.code!r}: ": each.plan for each in candidates}
    )
    return 0
