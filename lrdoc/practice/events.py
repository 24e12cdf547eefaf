"""The metrics as TensorBoard reads them, by the library tensorboardX, which is installed by those who want it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType

from lrdoc.practice.metrics import Row

LIBRARY = "tensorboardX"


def refusal() -> str | None:
    """Return why no events can be written, or ``None``."""
    if find_spec(LIBRARY):
        return None
    return f"--tensorboard needs the library {LIBRARY}: pip install {LIBRARY}"


class Events:
    """Event files in ``folder``, a series for each of the ``columns``; what a training that is resumed had written after ``iteration`` is marked as void."""

    def __init__(self, folder: Path, columns: Sequence[str], iteration: int) -> None:
        from tensorboardX import SummaryWriter  # most trainings go without it

        self._columns = columns
        # The library names a file by the second in which it begins, and writes over one of the same name: what goes on within that second has a name of its own, which comes later in the order of names.
        suffix = f".{iteration:09}"
        self._writer = SummaryWriter(str(folder), purge_step=iteration or None, filename_suffix=suffix)

    def __enter__(self) -> Events:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what has not been written, and end."""
        self._writer.close()

    def add(self, rows: Iterable[Row]) -> None:
        """Add what was measured."""
        for row in rows:
            for column in self._columns:
                value = getattr(row, column)
                if value is not None:
                    self._writer.add_scalar(column, value, row.iteration)
