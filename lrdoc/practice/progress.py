"""What a training tells of itself while it runs: a line for each epoch, and how to go on where it stops."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lrdoc.practice import processes
from lrdoc.practice.metrics import Row
from lrdoc.practice.options import Options
from lrdoc.practice.plan import Plan


class Progress:
    """Prints to stdout, in the first of several processes only; where the training is one of many, what it does is told by others."""

    def __init__(self, options: Options, plan: Plan, *, is_one_of_many: bool = False) -> None:
        self._options, self._plan, self._is_silent = options, plan, is_one_of_many or not processes.is_first()
        self._rows: list[Row] = []

    def begins(self, iteration: int) -> None:
        """Say where a training goes on; one that begins says nothing."""
        if iteration:
            self._say(f"goes on after {iteration:,} of {self._plan.iterations:,} iterations")

    def extends(self, epochs: int) -> None:
        """Say that a training is made longer than the ``epochs`` that it had."""
        self._say(
            f"the training is made longer, from {epochs} to {self._plan.epochs} epochs; its schedule is the same for both"
        )

    def has_read(self, rows: Sequence[Row]) -> None:
        """Take in the rows of the metrics, for the mean of the epoch's losses."""
        self._rows.extend(rows)

    def ends_epoch(self) -> None:
        """Tell of the epoch that the last row ends, counted from 0 as in the metrics; its loss is the mean over the rows of it that this process has read."""
        last = self._rows[-1]
        loss = np.mean([row.loss for row in self._rows if row.epoch == last.epoch])
        self._rows.clear()
        self._say(
            f"epoch {last.epoch} ({last.epoch + 1} of {self._plan.epochs} done): lr {last.lr:.4g}, loss {loss:.4f}, "
            f"validation loss {last.validation_loss:.4f}, validation accuracy {last.validation_accuracy:.4f}"
        )

    def stops(self, iteration: int) -> None:
        """Say that the training stops before its end, and the command that goes on."""
        self._say(
            f"stopped after {iteration:,} of {self._plan.iterations:,} iterations; this goes on:\n"
            f"  {self._options.command(processes.share()[1], resume=True)}"
        )

    def _say(self, text: str) -> None:
        if not self._is_silent:
            print(text, flush=True)
