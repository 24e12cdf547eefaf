"""What a training measured, one row per iteration, as CSV or JSON lines."""

from __future__ import annotations

import csv
import json
import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One iteration, counted from 0: the learning rate that it used, the loss of its batch; and the validation after it, at the end of an epoch.

    With gradient clipping also the norm of the gradient before it was clipped, with mixed precision how many updates have been skipped so far, and with an average of the weights its own validation.
    """

    iteration: int
    epoch: int
    lr: float
    loss: float
    validation_loss: float | None = None
    validation_accuracy: float | None = None
    gradient_norm: float | None = None
    skipped_updates: int | None = None
    average_validation_loss: float | None = None
    average_validation_accuracy: float | None = None

    def is_finite(self) -> bool:
        """Tell whether all that it holds are numbers that CSV and JSON have a name for."""
        values = (getattr(self, column) for column in _ALL)
        return all(math.isfinite(value) for value in values if value is not None)


_ALL = tuple(field.name for field in fields(Row))
_ALWAYS = _ALL[: _ALL.index("gradient_norm")]
_WHOLE_NUMBERS = ("iteration", "epoch", "skipped_updates")


class Metrics:
    """The file of a training: ``metrics.csv`` or ``metrics.jsonl``, by the suffix of ``path``; ``further`` are the columns that not every training has."""

    def __init__(self, path: Path, further: Iterable[str] = ()) -> None:
        self.path = path
        self.columns = (*_ALWAYS, *further)

    def begin(self, iterations: int) -> None:
        """Keep the rows before ``iterations`` and drop what was written after the checkpoint of a training that is resumed."""
        kept = [row for row in self.read() if row.iteration < iterations] if self.path.exists() else []
        unfinished = self.path.with_suffix(".unfinished")
        unfinished.write_text(self._head() + "".join(map(self._line, kept)), encoding="utf-8")
        unfinished.replace(self.path)

    def add(self, rows: Iterable[Row]) -> None:
        """Append rows; they have reached the disk when a checkpoint that follows them does."""
        with self.path.open("a", encoding="utf-8", newline="") as file:
            file.writelines(map(self._line, rows))
            file.flush()
            os.fsync(file.fileno())

    def hold(self, iterations: int) -> bool:
        """Tell whether there is a row for each of the first ``iterations``."""
        found = [row.iteration for row in self.read()] if self.path.exists() else []
        return found[:iterations] == list(range(iterations))

    def read(self) -> list[Row]:
        """Return all whole rows; one that was cut off in the middle is left out.

        Raises ``ValueError`` for a file that is none of metrics.
        """
        try:
            return list(self._rows(self.path.read_text(encoding="utf-8")))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{self.path} can't be read: {type(error).__name__}: {error}") from error

    @property
    def _is_csv(self) -> bool:
        return self.path.suffix == ".csv"

    def _head(self) -> str:
        return ",".join(self.columns) + "\n" if self._is_csv else ""

    def _line(self, row: Row) -> str:
        values = {column: getattr(row, column) for column in self.columns}
        if not self._is_csv:
            return json.dumps(values) + "\n"
        return ",".join("" if value is None else repr(value) for value in values.values()) + "\n"

    def _rows(self, text: str) -> Iterator[Row]:
        whole = text[: text.rfind("\n") + 1].splitlines()
        if not self._is_csv:
            yield from (Row(**json.loads(line)) for line in whole)
            return
        for record in csv.DictReader(whole):
            numbers = {key: float(value) for key, value in record.items() if value}
            whole_numbers = {key: int(numbers[key]) for key in _WHOLE_NUMBERS if key in numbers}
            yield Row(**{**numbers, **whole_numbers})  # type: ignore[arg-type]  # the columns are Row's
