from __future__ import annotations

import threading

import pytest

from lrdoc.practice.loader import AHEAD, Loader


def test_every_batch_is_made_once_and_in_order() -> None:
    made: list[int] = []

    def make(iteration: int) -> int:
        made.append(iteration)
        return iteration * iteration

    with Loader(make, 30) as loader:
        assert [loader.batch(iteration) for iteration in range(7, 30)] == [n * n for n in range(7, 30)]
    assert made == list(range(7, 30))


def test_the_next_batches_are_made_while_one_is_trained_on() -> None:
    last = threading.Event()

    def make(iteration: int) -> int:
        if iteration == AHEAD:
            last.set()
        return iteration

    with Loader(make, 100) as loader:
        loader.batch(0)
        assert last.wait(600)  # without another call


def test_what_goes_wrong_in_the_thread_is_raised_where_the_batch_is_wanted() -> None:
    def make(iteration: int) -> int:
        if iteration == 2:
            raise OSError("no such image")
        return iteration

    with Loader(make, 10) as loader:
        assert [loader.batch(iteration) for iteration in range(2)] == [0, 1]
        with pytest.raises(OSError, match="no such image"):
            loader.batch(2)
