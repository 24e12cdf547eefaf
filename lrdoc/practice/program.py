"""The program itself: exit status 0 when done, 1 when refused or failed, 128 and the signal's number when interrupted."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from lrdoc.practice import mistakes, preview, processes
from lrdoc.practice.options import Options, parse
from lrdoc.practice.plan import Plan, per_epoch
from lrdoc.practice.refusal import RefusalError

if TYPE_CHECKING:
    from lrdoc.practice import data

CIFAR100_IMAGES = 50_000


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for and return the exit status."""
    options = parse(arguments)
    try:
        return _preview(options) if options.dry_run else _train(options)
    except (RefusalError, ValueError, OSError) as refusal:
        if processes.is_first():
            print(f"error: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # the second during the training; before it, OneFlow itself ends the process
        return 1


def _plan(options: Options, images: int) -> Plan:
    iterations = per_epoch(images, options.batch_size)
    plan = Plan(options.schedule, options.lr, options.epochs, iterations, options.step_per)
    plan.lrs()  # raises ValueError for a schedule that OneFlow refuses
    return plan


def _preview(options: Options) -> int:
    images = len(_dataset(options).train.labels) if options.archive or options.tiny else CIFAR100_IMAGES
    plan = _plan(options, images)
    print(preview.text(plan))
    if options.plot:
        preview.draw(plan, options.plot)
    return 0


def _train(options: Options) -> int:
    # Imported here, as a dry run would wait for the models.
    from lrdoc.practice.batches import Batches
    from lrdoc.practice.loop import Loop

    dataset = _dataset(options)
    plan = _plan(options, len(dataset.train.labels))
    batches = Batches(
        dataset, options.batch_size, options.seed, options.augment, options.label_smoothing, processes.share()
    )
    findings = mistakes.find(plan)
    loop = Loop(options, plan, batches, findings)
    if processes.is_first():
        for finding in findings:
            print(finding, file=sys.stderr)
    number = loop.run()
    return 0 if number is None else 128 + number


def _dataset(options: Options) -> data.Dataset:
    from lrdoc.practice import data, tiny

    if options.tiny:
        archive = tiny.write(options.data / f"tiny-{processes.share()[0]}.tar.gz")
        return data.load(options.data, archive, data.md5_of(archive))
    return data.load(options.data, options.archive, options.archive_md5, download=options.download)
