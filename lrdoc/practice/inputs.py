"""What a training is made from, by the options: the data set, and the schedule laid over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrdoc.practice import processes, range_test
from lrdoc.practice.options import Options
from lrdoc.practice.plan import Plan, per_epoch

if TYPE_CHECKING:
    from lrdoc.practice.data import Dataset

CIFAR100_IMAGES = 50_000


def dataset(options: Options) -> Dataset:
    """Return the data set that the options name; raise ``DataError`` for one that can't be used."""
    from lrdoc.practice import data, tiny  # a dry run of CIFAR-100 would wait for them

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
            f"{found.iterations} iterations are too few for a range test, which takes {range_test.FEWEST} or more: give it more --epochs"
        )
    found.lrs()  # raises ValueError for a schedule that OneFlow refuses
    return found
