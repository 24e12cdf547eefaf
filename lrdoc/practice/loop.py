"""The training itself: from checked options to metrics, checkpoints and a plot."""

from __future__ import annotations

import itertools
import signal
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import oneflow as flow
from tqdm import tqdm

from lrdoc.practice import checkpoint, claim, events, inputs, layers, modes, processes, record, resuming
from lrdoc.practice import model as models
from lrdoc.practice.batches import Batches
from lrdoc.practice.data import Dataset
from lrdoc.practice.ema import Average
from lrdoc.practice.loader import Loader
from lrdoc.practice.metrics import Metrics, Row
from lrdoc.practice.mistakes import Finding
from lrdoc.practice.options import Options
from lrdoc.practice.plan import Plan
from lrdoc.practice.progress import Progress
from lrdoc.practice.refusal import RefusalError, naming, reason_of_file

PLOTS = ("training.svg", "training_dark.svg")

READ_EVERY = 20
"""Losses are read after so many iterations: reading waits for the iteration to end, and reading each one in Graph mode now and then crashes OneFlow 0.9."""


class RefusedError(RefusalError):
    """The options ask for a training that can't be run; the message says why. It is raised before anything is written."""


class DivergedError(RefusalError):
    """A loss is infinite or NaN; the metrics before it and the last checkpoint are kept."""


@dataclass
class Interruption:
    """The signal that asked the training to stop, if any did."""

    signal: int | None = None


@contextmanager
def heeding() -> Iterator[Interruption]:
    """Take note of SIGINT and SIGTERM, for a training to end after its current iteration, with a checkpoint; a second SIGINT ends the program at once."""
    asked = Interruption()

    def note(number: int, _frame: FrameType | None) -> None:
        asked.signal = number
        if number == signal.SIGINT:  # not after SIGTERM: OneFlow's launcher sends that too, on a Ctrl-C
            signal.signal(number, signal.default_int_handler)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@dataclass(frozen=True)
class _Pending:
    """An iteration whose numbers have not been read yet: its learning rates, by layer where they differ, how many updates had been skipped, and what came of it."""

    iteration: int
    lrs: list[float]
    skipped: int
    update: modes.Update


class Loop:
    """A training that is ready to begin; construction refuses what can't work, with ``RefusedError``.

    One of many leaves it to others to tell of it and to draw it.
    """

    def __init__(
        self,
        options: Options,
        plan: Plan,
        batches: Batches,
        findings: Sequence[Finding] = (),
        *,
        is_one_of_many: bool = False,
    ) -> None:
        self._options, self._plan, self._batches, self._findings = options, plan, batches, findings
        self._is_one_of_many = is_one_of_many
        self._say = Progress(options, plan, is_one_of_many=is_one_of_many)
        self._device = options.device or ("cuda" if flow.cuda.is_available() else "cpu")
        columns = options.further_columns(by_layer=bool(plan.layers))
        self._metrics = Metrics(options.output / f"metrics.{options.metrics}", columns)
        self._model = models.create(options.model, len(batches.dataset.classes), options.seed)
        self._refuse()
        # Setting a seed waits for all that is under way, so it is left out where nothing is drawn; Graph mode refuses models that draw.
        is_random = options.mode == "eager" and models.draws(self._model)
        self._randomness = models.Randomness(self._model) if is_random else None
        self._model.to(self._device)
        given = (options.lr, options.momentum, options.weight_decay)
        optimizer = modes.optimizer(options.optimizer, self._parameters, *given)
        self._training = self._made_training(optimizer)
        self._average = Average(self._model, options.ema) if options.ema else None
        self._skipped = 0
        self._pending: list[_Pending] = []
        self._iteration = 0

    @property
    def _parameters(self) -> Any:
        """What the optimizer is given: the parameters of the model, or a group for each layer, the last layer's last."""
        decay = self._plan.layer_decay
        return self._model.parameters() if decay is None else layers.groups(self._model, self._plan.base_lr, decay)

    def _made_training(self, optimizer: Any) -> modes.Training:
        given = self._model, optimizer, self._plan.schedule.build(optimizer)
        if self._options.mode == "graph":
            return modes.Graph(*given)
        options = self._options
        return modes.Eager(*given, modes.Gradient(options.accumulate, options.clip_norm, options.amp))

    def _refuse(self) -> None:
        options = self._options
        share = options.batch_size // processes.share()[1]
        reasons = [
            f"a process has {share} images of a batch, which don't make {options.accumulate} parts (--accumulate)"
            if options.accumulate > share
            else None,
            self._refusal_of_model(),
            self._refusal_of_graph(),
            self._refusal_of_output(),
            events.refusal() if options.tensorboard else None,
            "there is no CUDA device" if options.device == "cuda" and not flow.cuda.is_available() else None,
            "mixed precision (--amp) needs a CUDA device" if options.amp and self._device != "cuda" else None,
        ]
        for reason in filter(None, reasons):
            raise RefusedError(reason)

    def _refusal_of_output(self) -> str | None:
        if not processes.is_first():
            return None  # the first process may have begun to write
        output = self._options.output
        try:
            return self._refusal_of_folder(output)
        except OSError as error:
            return f"the folder {output} can't be used: {reason_of_file(error)}; choose another --output"

    def _refusal_of_folder(self, output: Path) -> str | None:
        if self._options.resume:
            return None if checkpoint.exists(output) else f"no checkpoint in {output} to resume from"
        if checkpoint.exists(output):
            return f"{output} holds a training: resume it (--resume), or choose another --output"
        if path := record.foreign(output, (self._metrics.path.name, *PLOTS)):
            return f"{path} is not of this program and would be overwritten: choose another --output"
        return None

    def _refusal_of_model(self) -> str | None:
        if processes.share()[1] > 1:
            return None  # the trial's process would inherit this one's rank, and wait for the other ranks
        return models.refusal(self._options.model, len(self._batches.dataset.classes), self._tried)

    @property
    def _tried(self) -> Path:
        """The folder of what was tried in a child process."""
        return self._options.data / ".tried"

    def _refusal_of_graph(self) -> str | None:
        if self._options.mode == "graph" and models.draws(self._model):
            return (
                f"{self._options.model} has layers that draw random numbers, such as dropout. In Graph mode their state "
                "can't be set, so a resumed training would be another one: use --mode eager or another --model"
            )
        return inputs.refusal_of_graph(self._options, self._plan, self._tried)

    def _resumed(self) -> int:
        saved = checkpoint.load(self._options.output)
        if not isinstance(saved, dict) or not {"iterations", "options", "data", "training"} <= saved.keys():
            raise RefusedError(f"the newest checkpoint in {self._options.output} is not one of this program")
        given = saved["options"], self._identity, self._plan
        if reason := resuming.refusal(*given, is_range_test=self._options.range_test is not None):
            raise RefusedError(f"the training in {self._options.output} {reason}")
        if saved["options"]["epochs"] != self._plan.epochs:
            self._say.extends(saved["options"]["epochs"])
        if saved["data"] != fingerprint(self._batches.dataset):
            raise RefusedError(
                f"the training in {self._options.output} had another data set: resume it with that one, or choose another --output"
            )
        if reason := self._metrics.refusal(saved["iterations"], saved.get("metrics")):
            raise RefusedError(f"{reason}. Restore the file, or choose another --output")
        self._training.load(saved["training"])
        if self._average is not None:
            self._average.load(saved["average"])
        self._skipped = saved.get("skipped", 0)
        return int(saved["iterations"])

    @property
    def _identity(self) -> dict[str, object]:
        # Each process normalizes its part of a batch by itself, so with another number of them it is another training.
        return {**self._options.identity, "processes": processes.share()[1]}

    def run(self, asked: Interruption | None = None) -> int | None:
        """Train to the end; return ``None``, or the signal that ended it earlier, one that was ``asked`` for before among them.

        Raises ``RefusalError`` where another program trains into the same folder.
        """
        claimed = claim.alone_in(self._options.output) if processes.is_first() else nullcontext()
        with claimed, heeding() if asked is None else nullcontext(asked) as heeded:
            self._run(heeded)
            return heeded.signal

    def _run(self, asked: Interruption) -> None:
        refusal = self._refusal_of_output()  # again, now that no other program can change it
        if refusal:
            raise RefusedError(refusal)
        if self._options.resume:
            self._iteration = self._resumed()
        if processes.is_first():
            record.write(self._options.output, self._options, self._plan, self._findings)
            self._metrics.begin(self._iteration)
        self._say.begins(self._iteration)
        loader = Loader(self._batches.training, self._last)
        try:
            with loader as self._loader, self._made_events() as self._events:
                while self._iteration < self._last and not self._is_interrupted(asked):
                    self._epoch(asked)
                self._read_losses()
                self._save()
        except (OSError, KeyboardInterrupt):  # a full disk, or a second Ctrl-C
            if saved := checkpoint.newest(self._options.output):
                self._say.stops(saved)
            raise
        if self._iteration == self._plan.iterations:
            self._report()
        else:
            self._say.stops(self._iteration)

    def _made_events(self) -> AbstractContextManager[events.Events | None]:
        if not self._options.tensorboard or not processes.is_first():
            return nullcontext()
        measured = [column for column in self._metrics.columns if column not in ("iteration", "epoch")]
        folder = self._options.output / "tensorboard"
        try:
            return events.Events(folder, measured, self._iteration)
        except OSError as error:
            raise RefusedError(
                f"the folder {folder} can't be written: {reason_of_file(error)}; choose another --output"
            ) from error

    @property
    def _last(self) -> int:
        return min(self._plan.iterations, self._options.stop_after or self._plan.iterations)

    def _is_interrupted(self, asked: Interruption) -> bool:
        # A signal to one process stops all of them after the same iteration: those that went on would wait for it for ever.
        return processes.any_is(asked.signal is not None, self._device)

    def _epoch(self, asked: Interruption) -> None:
        """Train to the end of the current epoch, or to where the training is to stop."""
        epoch, within = divmod(self._iteration, self._plan.iterations_per_epoch)
        end = min((epoch + 1) * self._plan.iterations_per_epoch, self._last)
        # None: the bar is for a terminal, not for a file.
        quiet = None if processes.is_first() else True
        total = self._plan.iterations_per_epoch
        with tqdm(desc=f"epoch {epoch}", total=total, initial=within, disable=quiet) as bar:
            while self._iteration < end:
                self._iterate()
                bar.update()
                bar.set_postfix(lr=f"{self._training.lrs()[-1]:.4g}", refresh=False)
                if self._is_interrupted(asked):
                    break
        if self._iteration % self._plan.iterations_per_epoch == 0:
            self._say.ends_epoch()

    def _iterate(self) -> None:
        """Update the weights once, and do what is due after this iteration."""
        iteration = self._iteration
        if self._randomness is not None:
            self._randomness.seed(self._options.seed, iteration, processes.share()[0])
        images, targets = (flow.tensor(part, device=self._device) for part in self._loader.batch(iteration))
        lrs = self._training.lrs()
        update = self._training.update(images, targets)
        self._skipped += update.skipped
        if self._average is not None and not update.skipped:
            self._average.update()
        self._pending.append(_Pending(iteration, lrs, self._skipped, update))
        self._iteration += 1
        ends_epoch = self._iteration % self._plan.iterations_per_epoch == 0
        validation = self._validations() if ends_epoch else None
        self._step(validation)
        if ends_epoch or len(self._pending) >= READ_EVERY:
            self._read_losses(validation)
        if self._iteration % (self._options.save_every or self._plan.iterations_per_epoch) == 0:
            self._read_losses()
            self._save()

    def _step(self, validation: tuple[float, ...] | None) -> None:
        if self._plan.step_per == "epoch" and validation is None:
            return
        metric = None
        if self._plan.follows_a_metric:
            metric = (
                validation[0]
                if validation and self._plan.step_per == "epoch"
                else self._mean(self._pending[-1].update.loss)
            )
        self._training.step(metric)
        processes.check_equal(self._training.lrs()[-1], "the learning rate", self._device)

    def _mean(self, loss: Any) -> float:
        """Return a loss, averaged over all processes."""
        return float(processes.total([float(loss.item())], self._device)[0]) / processes.share()[1]

    def _validations(self) -> tuple[float, ...]:
        """Return loss and accuracy over the test images, then those of the average of the weights, if there is one."""
        validation = self._validate()
        if self._average is None:
            return validation
        with self._average.in_place():
            return *validation, *self._validate()

    def _validate(self) -> tuple[float, float]:
        """Return loss and accuracy over the test images."""
        sums = np.zeros(3)
        self._model.eval()
        with flow.no_grad():
            for images, labels in self._batches.validation():
                scores = self._model(flow.tensor(images).to(self._device))
                truth = flow.tensor(labels).to(self._device)
                loss = flow.nn.functional.cross_entropy(scores, truth, reduction="sum")
                sums += [loss.item(), (scores.argmax(dim=1) == truth).sum().item(), len(labels)]
        self._model.train()
        loss_sum, right, count = processes.total(sums.tolist(), self._device)
        return float(loss_sum / count), float(right / count)

    def _read_losses(self, validation: tuple[float, ...] | None = None) -> None:
        """Write the rows of the iterations whose losses have not been read; the last one gets the validation."""
        last = self._iteration - 1
        rows = [
            self._row(pending, (validation or ()) if pending.iteration == last else ()) for pending in self._pending
        ]
        self._pending.clear()
        self._say.has_read(rows)
        finite = list(itertools.takewhile(Row.is_finite, rows))
        if processes.is_first():
            self._metrics.add(finite)
        if self._events is not None:
            self._events.add(finite)
        if len(finite) < len(rows):
            diverged = rows[len(finite)]
            raise DivergedError(
                f"the loss of iteration {diverged.iteration} is no finite number, with a learning rate of {diverged.lr:g}: "
                "the training has diverged"
            )

    def _row(self, pending: _Pending, validation: tuple[float, ...]) -> Row:
        names = ("validation_loss", "validation_accuracy", "average_validation_loss", "average_validation_accuracy")
        norm = pending.update.gradient_norm
        return Row(
            pending.iteration,
            pending.iteration // self._plan.iterations_per_epoch,
            pending.lrs[-1],
            self._mean(pending.update.loss),
            gradient_norm=None if norm is None else float(norm.item()),
            skipped_updates=pending.skipped if self._options.amp else None,
            first_layer_lr=pending.lrs[0] if self._plan.layers else None,
            **dict(zip(names, validation, strict=False)),
        )

    def _save(self) -> None:
        if processes.is_first():
            content = {
                "iterations": self._iteration,
                "options": self._identity,
                "data": fingerprint(self._batches.dataset),
                "training": self._training.state(),
                "skipped": self._skipped,
                "metrics": self._metrics.digest(),
            }
            if self._average is not None:
                content["average"] = self._average.state()
            checkpoint.save(self._options.output, self._iteration, content)

    def _report(self) -> None:
        """Draw the plot and print the last validation."""
        if self._is_one_of_many or not processes.is_first():
            return
        rows = self._metrics.read()
        ends = [row for row in rows if row.validation_accuracy is not None]
        path = draw(rows, self._options.output / PLOTS[0])
        best = max(ends, key=lambda row: row.validation_accuracy or 0.0)
        print(
            f"validation accuracy {ends[-1].validation_accuracy:.4f}, best {best.validation_accuracy:.4f} "
            f"after epoch {best.epoch}; metrics in {self._metrics.path}, plot in {path}"
        )


def fingerprint(data: Dataset) -> list[int]:
    """Return numbers by which a data set is told from others."""
    return [
        len(data.train.labels),
        len(data.test.labels),
        int(data.train.images.sum()),
        int(data.train.labels.sum()),
    ]


def draw(rows: list[Row], path: Path) -> Path:
    """Draw learning rate, training loss and validation accuracy of a training."""
    # Imported here, as a training that is refused would wait for them.
    from lrdoc.figure import svg, training

    ends = [row for row in rows if row.validation_accuracy is not None]
    course = training.Course(
        lrs=np.array([row.lr for row in rows]),
        losses=np.array([[row.loss for row in rows]]),
        accuracies=np.array([[row.validation_accuracy for row in ends]], dtype=np.float64),
    )
    figure = training.courses(
        {"": course},
        alt=f"Learning rate, training loss and validation accuracy over {len(rows)} iterations; "
        f"the last accuracy is {ends[-1].validation_accuracy:.4f}.",
    )
    with svg.closing(figure), naming(path):
        svg.save(figure, path)
    return path
