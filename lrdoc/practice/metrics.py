"""What a training measured, one row per iteration, as CSV or JSON lines."""

from __future__ import annotations

import csv
import hashlib
import json
import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from lrdoc.practice.refusal import naming


@dataclass(frozen=True)
class Row:
    """One iteration, counted from 0: the learning rate that it used, the loss of its batch; and the validation after it, at the end of an epoch.

    With gradient clipping also the norm of the gradient before it was clipped, with mixed precision how many updates have been skipped so far, and with an average of the weights its own validation.
    Where the layers of the model have learning rates of their own, ``lr`` is that of the last, and that of the first is there too.
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
    first_layer_lr: float | None = None

    def is_finite(self) -> bool:
        """Tell whether all that it holds are numbers that CSV and JSON have a name for."""
        values = (getattr(self, column) for column in _ALL)
        return all(math.isfinite(value) for value in values if value is not None)


_ALL = tuple(field.name for field in fields(Row))
_ALWAYS = _ALL[: _ALL.index("gradient_norm")]
_WHOLE_NUMBERS = ("iteration", "epoch", "skipped_updates")


def _digest(lines: str = "") -> hashlib.blake2b:
    return hashlib.blake2b(lines.encode(), digest_size=16)


class Metrics:
    """The file of a training: ``metrics.csv`` or ``metrics.jsonl``, by the suffix of ``path``; ``further`` are the columns that not every training has."""

    def __init__(self, path: Path, further: Iterable[str] = ()) -> None:
        self.path = path
        self.columns = (*_ALWAYS, *further)
        self._digest = _digest()

    def begin(self, iterations: int) -> None:
        """Keep the rows before ``iterations`` and drop what was written after the checkpoint of a training that is resumed."""
        kept = [row for row in self.read() if row.iteration < iterations] if self.path.exists() else []
        lines = "".join(map(self._line, kept))
        unfinished = self.path.with_suffix(".unfinished")
        with naming(self.path):
            unfinished.write_text(self._head() + lines, encoding="utf-8")
        unfinished.replace(self.path)
        self._digest = _digest(lines)

    def add(self, rows: Iterable[Row]) -> None:
        """Append rows; they have reached the disk when a checkpoint that follows them does."""
        lines = "".join(map(self._line, rows))
        with naming(self.path), self.path.open("a", encoding="utf-8", newline="") as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
        self._digest.update(lines.encode())

    def digest(self) -> str:
        """Return the digest of all rows that this object has kept and added since `begin`."""
        return self._digest.hexdigest()

    def digest_of(self, rows: Iterable[Row]) -> str:
        """Return the digest of rows: of their values, so that other line ends in the file do no harm."""
        return _digest("".join(map(self._line, rows))).hexdigest()

    def refusal(self, iterations: int, digest: str | None) -> str | None:
        """Return what is wrong with the first ``iterations`` rows, which had this digest when they were written, where it is known; ``None`` where nothing is."""
        rows = self.read()[:iterations] if self.path.exists() else []
        for expected in range(iterations):
            if expected == len(rows):
                return f"{self.path} lacks the row of iteration {expected}, and was written up to iteration {iterations - 1}"
            if rows[expected].iteration != expected:
                return f"{self.path} has a row of iteration {rows[expected].iteration} where that of iteration {expected} was written"
        if digest not in (None, self.digest_of(rows)):
            return f"{self.path} has been changed: its rows up to iteration {iterations - 1} hold other numbers than were written"
        return None

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
