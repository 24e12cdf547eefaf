"""What a training is made from, by the options: the data set, and the schedule laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lrdoc.practice import processes, range_test
from lrdoc.practice.options import Options
from lrdoc.practice.plan import Plan, per_epoch, refusal_in_graph
from lrdoc.practice.refusal import RefusalError, reason_of_file

if TYPE_CHECKING:
    from lrdoc.practice.data import Dataset

CIFAR100_IMAGES = 50_000


def dataset(options: Options) -> Dataset:
    """Return the data set that the options name; raise ``DataError`` for one that can't be used."""
    from lrdoc.practice.data import DataError  # a dry run of CIFAR-100 would wait for it

    try:
        return _dataset(options)
    except OSError as error:
        raise DataError(
            f"the folder {options.data} can't be used: {reason_of_file(error)}; choose another --data"
        ) from error


def _dataset(options: Options) -> Dataset:
    from lrdoc.practice import data, tiny

    if options.tiny:
        archive = tiny.write(options.data / f"tiny-{processes.share()[0]}.tar.gz")
        return data.load(options.data, archive, data.md5_of(archive))
    return data.load(options.data, options.archive, options.archive_md5, download=options.download)


def images(options: Options) -> int:
    """Return how many training images there are, without reading CIFAR-100 itself."""
    return len(dataset(options).train.labels) if options.archive or options.tiny else CIFAR100_IMAGES


def plan(options: Options, images: int) -> Plan:
    """Return the schedule over a training on so many images; raise ``ValueError`` where OneFlow refuses it, or a range test would be too short."""
    iterations = per_epoch(images, options.batch_size)
    found = Plan(options.schedule, options.lr, options.epochs, iterations, options.step_per)
    if options.range_test and found.iterations < range_test.FEWEST:
        raise ValueError(
            f"a range test takes {range_test.FEWEST} iterations or more, where this one has {found.iterations}: give it more --epochs"
        )
    found.lrs()  # raises ValueError for a schedule that OneFlow refuses
    return found if found.layer_decay is None else _with_layers(found, found.layer_decay, options.model)


def _with_layers(plan: Plan, decay: float, model: str) -> Plan:
    """Return the plan with the layers of the model; raise ``ValueError`` where OneFlow refuses the schedule with their learning rates."""
    # Imported here, as a dry run of other schedules would wait for the models.
    from lrdoc.practice import layers
    from lrdoc.practice import model as models

    found = replace(plan, layers=tuple(layers.rates(models.create(model, 1, 0), plan.base_lr, decay)))
    _ = found.layer_lrs  # raises ValueError for a schedule that OneFlow refuses
    return found


def refusal_of_graph(options: Options, plan: Plan, cache: Path | None = None) -> str | None:
    """Return why Graph mode can't do what the options ask for with a plan, whatever the model; ``None`` where it can, or is not asked for.

    What came of asking OneFlow is kept in ``cache``.
    """
    if options.mode != "graph":
        return None
    if processes.share()[1] > 1:
        return "several processes train in eager mode, as DistributedDataParallel does not take a graph"
    if given := options.eager_alone:
        return f"{', '.join(given)}: this program does it in eager mode alone (--mode eager)"
    return refusal_in_graph(plan, cache)


def ask_graph_mode(options: Options, plans: Mapping[str, Plan]) -> None:
    """Say that Graph mode uses the learning rates of all the plans, which stand under what a message begins with; nothing where it is not asked for.

    Raises ``RefusalError`` with what Graph mode refuses of any of them.
    """
    if options.mode != "graph":
        return
    refusals = {name: refusal_of_graph(options, plan) for name, plan in plans.items()}
    if told := [f"{name}{reason}" for name, reason in refusals.items() if reason]:
        raise RefusalError("; ".join(told))
    print("\nGraph mode uses the same learning rates, at every step.")
