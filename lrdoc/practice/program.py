"""The program itself: exit status 0 when done, 1 when refused or failed, 128 and the signal's number when interrupted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lrdoc.practice import inputs, mistakes, preview, processes, range_test
from lrdoc.practice.options import COMPARE, Options, parse, parse_comparison
from lrdoc.practice.plan import Plan
from lrdoc.practice.refusal import RefusalError, of_file, reason_of_file

if TYPE_CHECKING:
    from lrdoc.practice.loop import Loop


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for and return the exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == [COMPARE]:
        from lrdoc.practice import compare

        comparison = parse_comparison(given)
        return _status(lambda: compare.run(comparison))
    options = parse(given)
    return _status(lambda: _preview(options) if options.dry_run else _train(options))


def _status(run: Callable[[], int]) -> int:
    try:
        return run()
    except BrokenPipeError:  # what reads the output, such as head, has read enough
        return 1
    except (RefusalError, ValueError) as refusal:
        return _refused(str(refusal))
    except OSError as error:
        return _refused(of_file(error))
    except KeyboardInterrupt:  # the second during the training
        return 1


def _refused(why: str) -> int:
    if processes.is_first():
        print(f"error: {why}", file=sys.stderr)
    return 1


def _preview(options: Options) -> int:
    plan = inputs.plan(options, inputs.images(options))
    if not processes.is_first():
        return 0
    print(preview.text(plan))
    if options.plot:
        _draw(plan, options.plot)
    inputs.ask_graph_mode(options, {"": plan})
    return 0


def _draw(plan: Plan, path: Path) -> None:
    try:
        preview.draw(plan, path)
    except OSError as error:
        raise RefusalError(
            f"the plot {path} can't be written: {reason_of_file(error)}; choose another --plot"
        ) from error


def _train(options: Options) -> int:
    # Imported here, as a dry run would wait for the models.
    from lrdoc.practice.batches import Batches
    from lrdoc.practice.loop import Loop

    dataset = inputs.dataset(options)
    plan = inputs.plan(options, len(dataset.train.labels))
    batches = Batches(
        dataset, options.batch_size, options.seed, options.augment, options.label_smoothing, processes.share()
    )
    findings = mistakes.find(plan)
    loop = Loop(options, plan, batches, findings)
    if processes.is_first():
        for finding in findings:
            print(finding, file=sys.stderr)
    number = _swept(loop, options, plan.iterations) if options.range_test else loop.run()
    return 0 if number is None else 128 + number


def _swept(loop: Loop, options: Options, iterations: int) -> int | None:
    """Run a range test, which may end with a loss that is no number, and tell what it found; return the signal that ended it earlier, if one did."""
    from lrdoc.practice.loop import DivergedError, heeding

    diverged = None
    with heeding() as asked:  # until all is told: what was measured is not to be lost
        try:
            number = loop.run(asked)
        except DivergedError as error:
            number, diverged = None, str(error)
        if processes.is_first():
            number = _told(options, iterations, number, diverged)
    return number


def _told(options: Options, iterations: int, number: int | None, diverged: str | None) -> int | None:
    """Tell what a range test found; return the signal that ended it before its end, if one did."""
    from lrdoc.practice.metrics import Metrics

    rows = Metrics(options.output / f"metrics.{options.metrics}").read()
    if diverged is None and len(rows) < iterations:
        return number  # it was stopped, and goes on another time
    if len(rows) < range_test.FEWEST:
        raise RefusalError(f"{diverged}: too soon to tell anything")
    if diverged:
        print(diverged)
    found = range_test.proposed([row.lr for row in rows], [row.loss for row in rows])
    path = range_test.draw(rows, found, options.output / "range.svg")
    print(f"{range_test.told(rows, found)}\nplot in {path}")
    return None
