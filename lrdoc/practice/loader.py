"""Make the next batches while the current one is trained on, in a thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, TypeVar

Batch = TypeVar("Batch")

AHEAD = 4
"""How many batches are made in advance."""


class Loader(Generic[Batch]):
    """The batches that ``make`` gives for the iterations before ``end``, each made once and in advance.

    ``make`` is a function of the iteration alone, so what was made in advance is what would have been made at its time.
    """

    def __init__(self, make: Callable[[int], Batch], end: int) -> None:
        self._make, self._end = make, end
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="batches")
        self._made: dict[int, Future[Batch]] = {}

    def __enter__(self) -> Loader[Batch]:
        """Begin; nothing is made before the first batch is asked for."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Make no more batches, and wait for the one that is being made."""
        self._thread.shutdown(cancel_futures=True)

    def batch(self, iteration: int) -> Batch:
        """Return the batch of an iteration, and let those of the next ones be made; raise what ``make`` raises."""
        for wanted in range(iteration, min(iteration + AHEAD + 1, self._end)):
            if wanted not in self._made:
                self._made[wanted] = self._thread.submit(self._make, wanted)
        return self._made.pop(iteration).result()
