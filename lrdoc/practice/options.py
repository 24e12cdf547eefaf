"""The command line."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from lrdoc.practice import range_test, small
from lrdoc.practice.augment import AUGMENTATIONS
from lrdoc.practice.constructor import call_of, call_of_recipe, recipe_names, schedulers
from lrdoc.practice.plan import StepPer
from lrdoc.practice.refusal import near

DEFAULT_LR, DEFAULT_EPOCHS = 0.1, 100
DEFAULT_SCHEDULE = "CosineDecayLR(optimizer, decay_steps=total_steps)"


@dataclass(frozen=True)
class Options:
    """What the command line says, checked one by one."""

    schedule: str
    range_test: range_test.Course | None
    step_per: StepPer
    dry_run: bool
    plot: Path | None
    data: Path
    archive: Path | None
    archive_md5: str | None
    download: bool
    tiny: bool
    model: str
    mode: Literal["eager", "graph"]
    device: str | None
    optimizer: Literal["sgd", "adamw"]
    lr: float
    momentum: float
    weight_decay: float
    epochs: int
    batch_size: int
    lr_base_size: int | None
    accumulate: int
    clip_norm: float | None
    ema: float | None
    amp: bool
    augment: tuple[str, ...]
    label_smoothing: float
    seed: int
    output: Path
    metrics: Literal["csv", "jsonl"]
    tensorboard: bool
    save_every: int | None
    stop_after: int | None
    resume: bool
    arguments: tuple[str, ...] = ()

    def command(self, processes: int = 1, *, resume: bool = False) -> str:
        """Return the command line that gives these options, for a shell; with ``resume``, the one that goes on where the training stops."""
        given = _without_stop(self.arguments) if resume else list(self.arguments)
        further = ["--resume"] if resume and not self.resume else []
        launcher = f"-m oneflow.distributed.launch --nproc_per_node {processes} " if processes > 1 else ""
        return f"python {launcher}-m lrdoc.practice {shlex.join([*given, *further])}".rstrip()

    @property
    def identity(self) -> dict[str, object]:
        """What a training must have in common with the one that it resumes."""
        return {
            name: getattr(self, name)
            for name in (
                *("schedule", "step_per", "model", "mode", "optimizer", "lr", "momentum", "weight_decay"),
                *("epochs", "batch_size", "accumulate", "clip_norm", "ema", "amp"),
                *("augment", "label_smoothing", "seed", "metrics"),
            )
        }

    def further_columns(self, *, by_layer: bool) -> tuple[str, ...]:
        """Return the columns of the metrics that these options add, and that of the first layer where rates go ``by_layer``."""
        return (
            *(("first_layer_lr",) if by_layer else ()),
            *(("gradient_norm",) if self.clip_norm is not None else ()),
            *(("skipped_updates",) if self.amp else ()),
            *self.averages,
        )

    @property
    def averages(self) -> tuple[str, ...]:
        """The columns of the metrics about the average of the weights: its loss and its accuracy."""
        return () if self.ema is None else ("average_validation_loss", "average_validation_accuracy")

    @property
    def eager_alone(self) -> list[str]:
        """The options given that only eager mode knows."""
        given = {
            "--accumulate": self.accumulate > 1,
            "--clip-norm": self.clip_norm is not None,
            "--ema": self.ema is not None,
            "--amp": self.amp,
        }
        return [name for name, is_given in given.items() if is_given]


@dataclass(frozen=True)
class Comparison:
    """What ``compare`` is asked for: the options of all trainings, the schedules, how many seeds, and how many processes share the trainings out."""

    options: Options
    schedules: tuple[str, ...]
    seeds: int
    jobs: int
    is_helper: bool
    """Whether it only trains, for another process that tells the result."""


def parse(arguments: Sequence[str] | None = None) -> Options:
    """Return the options; for wrong ones, print what is wrong and end with exit status 2."""
    parser = command_line()
    given = _parsed(parser, arguments, {COMPARE: f"to compare schedules, {COMPARE} comes before all options"})
    named = {name: given.pop(name) for name in ("scheduler", "recipe", "parameters")}
    if course := given["range_test"]:
        if misplaced := _misplaced_in_range_test({**given, **named}):
            parser.error(f"a range test has its own schedule, and takes no {misplaced}")
        given |= {"schedule": range_test.CODE[course], "lr": range_test.BASE_LR[course]}
        given["epochs"] = given["epochs"] or 1
    try:
        given["schedule"] = _schedule(given["schedule"], **named)
    except ValueError as error:
        parser.error(str(error))
    if given["plot"] and not given["dry_run"]:
        parser.error("--plot goes with --dry-run; a training always draws its plot")
    return _options(parser, given, sys.argv[1:] if arguments is None else arguments)


def parse_comparison(arguments: Sequence[str]) -> Comparison:
    """Return what ``compare`` is asked for, by its arguments and the word itself; for wrong ones, end with exit status 2."""
    parser = comparison_command_line()
    goes_on = "the command of a comparison, given again, goes on where it stopped"
    given = _parsed(parser, arguments[1:], {"--resume": goes_on, "--seed": "--seeds is how many"})
    try:
        recipes_too = [call_of_recipe(name, "") for name in given.pop("recipe")]
    except ValueError as error:
        parser.error(str(error))
    schedules = (*given.pop("schedules"), *recipes_too)
    if not 2 <= len(schedules) <= MOST_SCHEDULES or len(set(schedules)) < len(schedules):
        parser.error(f"give from 2 to {MOST_SCHEDULES} schedules, each once")
    own = {name: given.pop(name) for name in ("seeds", "jobs", "helper")}
    fixed = {
        "schedule": schedules[0],
        "range_test": None,
        "plot": None,
        "seed": 0,
        "metrics": "csv",
        "stop_after": None,
        "resume": False,
    }
    options = _options(parser, {**given, **fixed}, arguments)
    return Comparison(options, schedules, own["seeds"], own["jobs"], own["helper"])


COMPARE = "compare"
"""The first argument of a comparison."""


def _parsed(
    parser: argparse.ArgumentParser, arguments: Sequence[str] | None, hints: Mapping[str, str]
) -> dict[str, Any]:
    """Return what is given; for an unknown argument, end with exit status 2 and the hint for the one that it is or may be meant for."""
    found, unknown = parser.parse_known_args(arguments)
    if unknown:
        meant = [hint for name, hint in hints.items() for each in unknown if near(each.partition("=")[0], [name])]
        parser.error("; ".join([f"unrecognized arguments: {' '.join(unknown)}", *dict.fromkeys(meant)]))
    return vars(found)


def _misplaced_in_range_test(given: Mapping[str, Any]) -> str | None:
    """Return an option that does not go with a range test, if it was given."""
    told = {name: given[name] for name in ("schedule", "scheduler", "recipe", "lr", "lr_base_size")}
    told["step_per"] = given["step_per"] == "epoch"
    return next((f"--{name.replace('_', '-')}" for name, value in told.items() if value), None)


def _options(parser: argparse.ArgumentParser, given: dict[str, Any], arguments: Sequence[str]) -> Options:
    """Return the options that were given, once they fit each other."""
    if given["archive_md5"] and not given["archive"]:
        parser.error("--archive-md5 is the checksum of --archive, which is not given")
    given |= {"lr": given["lr"] or DEFAULT_LR, "epochs": given["epochs"] or DEFAULT_EPOCHS}
    if given["lr_base_size"]:
        given["lr"] *= given["batch_size"] / given["lr_base_size"]
    return Options(**given, arguments=tuple(arguments))


def _without_stop(arguments: Sequence[str]) -> list[str]:
    """Return the arguments without ``--stop-after``, in each way that argparse reads it."""
    kept: list[str] = []
    skips = False
    for argument in arguments:
        name, equals, _ = argument.partition("=")
        is_stop = name.startswith("--sto") and "--stop-after".startswith(name)
        if not skips and not is_stop:
            kept.append(argument)
        skips = is_stop and not equals
    return kept


def _schedule(schedule: str | None, scheduler: str | None, recipe: str | None, parameters: str | None) -> str:
    if scheduler is not None:
        return call_of(scheduler, parameters or "")
    if recipe is not None:
        return call_of_recipe(recipe, parameters or "")
    if parameters is not None:
        raise ValueError("--parameters are those of --scheduler or --recipe, and neither is given")
    return DEFAULT_SCHEDULE if schedule is None else schedule


def command_line() -> argparse.ArgumentParser:
    """Return what reads the options."""
    parser = argparse.ArgumentParser(
        prog="python -m lrdoc.practice",
        description="Train a model on CIFAR-100 with any schedule of OneFlow.",
        epilog="To compare schedules: python -m lrdoc.practice compare --help",
    )
    _add_schedule(parser.add_argument_group("schedule"))
    _add_data(parser.add_argument_group("data set"))
    training = parser.add_argument_group("training")
    _add_training(training, epochs=f"{DEFAULT_EPOCHS}, or 1 with --range-test")
    training.add_argument(
        "--seed", type=_seed, default=0, help="of weights, order and augmentation; default: %(default)s"
    )
    _add_output(parser.add_argument_group("output"))
    return parser


MOST_SCHEDULES = 5
"""How many can be told apart in the same axes."""


def comparison_command_line() -> argparse.ArgumentParser:
    """Return what reads the options of a comparison."""
    parser = argparse.ArgumentParser(
        prog="python -m lrdoc.practice compare",
        allow_abbrev=False,  # --seed 3 would be read as --seeds 3
        description="Train with several schedules on the same seeds and tell by how much they differ. "
        "The same command goes on where it stopped.",
    )
    group = parser.add_argument_group("comparison")
    group.add_argument(
        "schedules", nargs="*", metavar="CODE",
        help="the code that constructs each, which may name steps_per_epoch, epochs and total_steps; "
        f"from 2 to {MOST_SCHEDULES} with the recipes, and the others are compared with the first",
    )  # fmt: skip
    group.add_argument(
        "--recipe",
        action="append",
        default=[],
        metavar="NAME",
        help="compare a recipe by name, too, for a training of total_steps; "
        "may be given several times; one that needs arguments is given as CODE",
    )
    group.add_argument("--seeds", type=_positive(int), default=5, metavar="N", help="train each with the seeds from 0 to N-1; default: %(default)s")  # fmt: skip
    group.add_argument("--jobs", type=_positive(int), default=1, metavar="N", help="let so many processes share out the trainings; default: %(default)s")  # fmt: skip
    group.add_argument(
        "--helper", action="store_true", help=argparse.SUPPRESS
    )  # what a process is told that --jobs starts
    _add_stepping(group, dry_run="show and draw the learning rates, train nothing")
    _add_data(parser.add_argument_group("data set"))
    _add_training(parser.add_argument_group("training"), epochs=str(DEFAULT_EPOCHS))
    output = parser.add_argument_group("output")
    output.add_argument(
        "--output",
        type=_folder,
        default=Path("comparison"),
        metavar="FOLDER",
        help="where to write; default: %(default)s",
    )
    _add_saving(output)
    return parser


_Group = argparse._ArgumentGroup


def _add_schedule(group: _Group) -> None:
    choice = group.add_mutually_exclusive_group()
    choice.add_argument(
        "--schedule",
        metavar="CODE",
        help=f"the code that constructs it, which may name steps_per_epoch, epochs and total_steps; default: {DEFAULT_SCHEDULE}",
    )
    by_class = choice.add_argument(
        "--scheduler", metavar="NAME", help="a scheduler by name, such as StepLR or step_lr; one of %(names)s"
    )
    _name(by_class, schedulers())
    by_function = choice.add_argument(
        "--recipe", metavar="NAME", help="a recipe by name, for a training of total_steps; one of %(names)s"
    )
    _name(by_function, recipe_names())
    group.add_argument("--parameters", metavar="TEXT", help="with --scheduler or --recipe: 'step_size=30, gamma=0.1'")
    course = group.add_argument(
        "--range-test", nargs="?", choices=tuple(range_test.CODE), const="exponential", metavar="COURSE",
        help=f"raise the learning rate from {range_test.LOWEST:g} to {range_test.HIGHEST:g}, draw the loss against it and propose a range; "
        "COURSE is %(const)s where none is given; one of %(names)s",
    )  # fmt: skip
    _name(course, range_test.CODE)
    _add_stepping(group, dry_run="show the learning rates, warn of mistakes, train nothing")
    group.add_argument("--plot", type=_figure, metavar="FILE", help="with --dry-run: draw them as .svg or .png")


def _name(action: argparse.Action, names: Iterable[str]) -> None:
    """Give an option the names that its help lists as ``%(names)s``: argparse fills in what the action has."""
    vars(action)["names"] = ", ".join(names)


def _add_stepping(group: _Group, dry_run: str) -> None:
    group.add_argument(
        "--step-per", choices=("iteration", "epoch"), default="iteration", help="when to step; default: %(default)s"
    )
    group.add_argument("--dry-run", action="store_true", help=dry_run)


def _add_saving(group: _Group) -> None:
    group.add_argument(
        "--tensorboard",
        action="store_true",
        help="write the metrics as TensorBoard's event files too; needs tensorboardX",
    )
    group.add_argument(
        "--save-every", type=_positive(int), metavar="ITERATIONS", help="between checkpoints; default: once per epoch"
    )


def _add_data(group: _Group) -> None:
    group.add_argument(
        "--data",
        type=_folder,
        default=Path("data"),
        metavar="FOLDER",
        help="where the data set is; default: %(default)s",
    )
    source = group.add_mutually_exclusive_group()
    source.add_argument(
        "--archive", type=Path, metavar="FILE", help="unpack this cifar-100-python.tar.gz into the folder"
    )
    source.add_argument("--download", action="store_true", help="let flowvision download CIFAR-100 into the folder")
    source.add_argument(
        "--tiny", action="store_true", help="make a tiny data set of the same format, to try the program on"
    )
    group.add_argument("--archive-md5", type=_md5, metavar="MD5", help="accept another archive of the same format")


def _add_training(group: _Group, epochs: str) -> None:
    """Add the options of a training; ``epochs`` says how many it has unless told."""
    group.add_argument(
        "--model",
        default="resnet18",
        metavar="NAME",
        help=f"one of flowvision's that works on images of 32 by 32, or {small.NAME}; default: %(default)s",
    )
    group.add_argument(
        "--mode",
        choices=("eager", "graph"),
        default="eager",
        help="how to train: step by step, or as nn.Graph; default: %(default)s",
    )
    group.add_argument("--device", choices=("cpu", "cuda"), help="where to train; default: cuda where there is one")
    group.add_argument(
        "--optimizer", choices=("sgd", "adamw"), default="sgd", help="what updates the weights; default: %(default)s"
    )
    group.add_argument("--lr", type=_positive(float), help=f"base learning rate; default: {DEFAULT_LR}")
    group.add_argument(
        "--lr-base-size", type=_positive(int), metavar="IMAGES",
        help="the batch size that --lr is meant for: the base learning rate becomes lr * batch size / IMAGES",
    )  # fmt: skip
    group.add_argument("--momentum", type=_fraction, default=0.9, help="of SGD; default: %(default)s")
    group.add_argument("--weight-decay", type=_fraction, default=5e-4, help="of both optimizers; default: %(default)s")
    group.add_argument("--epochs", type=_positive(int), help=f"epochs to train for; default: {epochs}")
    group.add_argument(
        "--batch-size", type=_positive(int), default=128, help="of all processes together; default: %(default)s"
    )
    group.add_argument(
        "--accumulate", type=_positive(int), default=1, metavar="PARTS",
        help="add up the gradient of a batch in so many parts, which take less memory; default: %(default)s",
    )  # fmt: skip
    group.add_argument(
        "--clip-norm", type=_positive(float), metavar="NORM",
        help="scale a gradient of a larger norm down to this one; the metrics get the norm before it",
    )  # fmt: skip
    group.add_argument(
        "--ema", type=_decay, metavar="DECAY",
        help="keep an exponential moving average of the weights, and validate it as well: 0.999, or closer to 1 in long trainings",
    )  # fmt: skip
    group.add_argument(
        "--amp", action="store_true",
        help="mixed precision; needs CUDA. The metrics get the number of skipped updates",
    )  # fmt: skip
    augmentations = group.add_argument(
        "--augment", type=_augmentations, default="crop,flip", metavar="LIST",
        help="how to alter training images, by names with commas between, or none; some of %(names)s; default: %(default)s",
    )  # fmt: skip
    _name(augmentations, AUGMENTATIONS)
    group.add_argument(
        "--label-smoothing",
        type=_fraction,
        default=0.0,
        help="share of each label that all classes get alike; default: %(default)s",
    )


def _add_output(group: _Group) -> None:
    group.add_argument(
        "--output", type=_folder, default=Path("run"), metavar="FOLDER", help="where to write; default: %(default)s"
    )
    group.add_argument(
        "--metrics", choices=("csv", "jsonl"), default="csv", help="format of the metrics; default: %(default)s"
    )
    _add_saving(group)
    group.add_argument("--stop-after", type=_positive(int), metavar="ITERATIONS", help="save and stop after so many")
    group.add_argument(
        "--resume",
        action="store_true",
        help="go on from the newest checkpoint in the output folder; --epochs may be larger where the schedule does not depend on it",
    )


def _positive(kind: type[int] | type[float]) -> Callable[[str], int | float]:
    def number(text: str) -> int | float:
        value = kind(text)
        if not 0 < value < float("inf"):
            raise argparse.ArgumentTypeError(f"must be above 0, got {text}")
        return value

    number.__name__ = kind.__name__  # argparse names the type by it
    return number


def _seed(text: str) -> int:
    value = int(text)
    if not 0 <= value < 2**63:  # OneFlow takes no larger one
        raise argparse.ArgumentTypeError(f"must be from 0 to below 2**63, got {text}")
    return value


_seed.__name__ = "int"


def _fraction(text: str) -> float:
    value = float(text)
    if not 0 <= value < 1:
        raise argparse.ArgumentTypeError(f"must be from 0 to below 1, got {text}")
    return value


_fraction.__name__ = "float"


def _decay(text: str) -> float:
    value = float(text)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"must be above 0 and below 1, got {text}")
    return value


_decay.__name__ = "float"


def _augmentations(text: str) -> tuple[str, ...]:
    names = tuple(name for name in text.split(",") if name and text != "none")
    if "none" in names:
        raise argparse.ArgumentTypeError(f"none stands alone, got {text}")
    if unknown := [name for name in names if name not in AUGMENTATIONS]:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; known: {', '.join(AUGMENTATIONS)}, none")
    if len(set(names)) < len(names):
        raise argparse.ArgumentTypeError(f"each once, got {text}")
    return names


def _md5(text: str) -> str:
    if len(text) != 32 or not set(text.lower()) <= set("0123456789abcdef"):
        raise argparse.ArgumentTypeError(f"must be 32 hexadecimal digits, got {text}")
    return text.lower()


def _folder(text: str) -> Path:
    if not text:  # as of a variable of the shell that is not set
        raise argparse.ArgumentTypeError("must name a folder; . is the current one")
    return Path(text)


def _figure(text: str) -> Path:
    if Path(text).suffix not in (".svg", ".png"):
        raise argparse.ArgumentTypeError(f"must end in .svg or .png, got {text}")
    return Path(text)
