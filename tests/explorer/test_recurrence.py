from __future__ import annotations

import math
import re
from typing import Any

import pytest
from oneflow.optim.lr_scheduler import ReduceLROnPlateau

from lrdoc.explorer import recurrence
from lrdoc.explorer.forms import TranslationError


class Refused:
    """Classes whose ``step`` has no translation."""

    class Loop:
        def step(self, metrics: float) -> None:
            while metrics > 0:
                metrics -= 1

    class Raises:
        def step(self, metrics: float) -> None:
            raise ValueError(metrics)

    class Quotient:
        def step(self, metrics: float) -> None:
            self.best = self.best / metrics  # type: ignore[has-type]

    class ProductOfInts:
        def step(self, metrics: float) -> None:
            self.best = self.best * metrics  # type: ignore[has-type]

    class Sine:
        def step(self, metrics: float) -> None:
            self.best = math.sin(metrics)

    class Global:
        def step(self, metrics: float) -> None:
            self.best = DEFAULT  # type: ignore[name-defined]  # noqa: F821

    class Missing:
        def step(self, metrics: float) -> None:
            self.other(metrics)  # type: ignore[attr-defined]

    class Default:
        def step(self, metrics: float = 1.0) -> None:
            self.best = metrics

    class Chain:
        def step(self, metrics: float) -> None:
            if 0 < metrics < self.best:  # type: ignore[has-type]
                self.best = metrics

    class NumberAndCondition:
        def step(self, metrics: float) -> None:
            if self.best:  # type: ignore[has-type]
                self.best = metrics

    class FloatAndInt:
        def step(self, metrics: float) -> None:
            found = 1.0
            found = metrics
            self.best = found

    class OnClass:
        best = 1.0

        def step(self, metrics: float) -> None:
            self.best = metrics

    class Returns:
        def step(self, metrics: float) -> float:
            return metrics

    class Unpacks:
        def step(self, metrics: float) -> None:
            self.best, self.last = metrics, metrics

    class Deeper:
        def step(self, metrics: float) -> None:
            if self.is_better(metrics):
                self.best = metrics

        def is_better(self, metrics: float) -> bool:
            return metrics in self.seen  # type: ignore[attr-defined]


REFUSED = [value for value in vars(Refused).values() if isinstance(value, type)]


@pytest.mark.parametrize("cls", REFUSED, ids=lambda cls: cls.__name__)
def test_what_has_no_translation_is_refused(cls: Any) -> None:
    with pytest.raises(TranslationError, match=f"of {cls.__name__} has no translation: "):
        recurrence.recurrence(cls)


def test_every_class_without_a_closed_form_has_a_recurrence() -> None:
    assert re.findall(r"^  (\w+): class", recurrence.module(), re.MULTILINE) == ["ReduceLROnPlateau"]


def test_all_that_step_uses_is_translated_and_nothing_else() -> None:
    text = recurrence.recurrence(ReduceLROnPlateau)
    assert "static readonly methods = ['step', 'is_better', 'in_cooldown', '_reduce_lr'];" in text
    assert "get in_cooldown(): boolean {" in text


def test_the_order_of_operations_is_that_of_step() -> None:
    text = recurrence.recurrence(ReduceLROnPlateau)
    assert "new_lr = own.max((old_lr * this.factor), own.at(this.min_lrs, i));" in text
    assert "rel_epsilon = (this.threshold + 1.0);" in text
    assert "return a < own.exact(best - this.threshold);" in text  # both may be ints


class Kept:
    def step(self, metrics: float) -> None:
        self.rates = [group["lr"] for group in self.optimizer.param_groups]  # type: ignore[attr-defined]
        self.least = self.best - metrics  # type: ignore[attr-defined]


def test_a_list_that_no_step_reads_is_left_out_and_nothing_that_may_be_refused() -> None:
    text = recurrence.recurrence(Kept)
    assert "this.rates" not in text
    assert "this.least = own.exact(this.best - metrics);" in text
