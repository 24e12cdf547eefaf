from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lrdoc import register
from lrdoc.checks.nesting import PLACES
from tests.drawing import NESTABLE


@pytest.fixture
def page(build: Callable[..., Any]) -> Any:
    return build("```{nestings}\n```")


def test_the_largest_group_of_schedulers_is_the_last_column_and_fits_everywhere(page: Any) -> None:
    heads, *rows = page.table()
    assert page.warnings == ""
    assert heads[0] == "Place of ·"
    assert heads[-1] == f"The {len(NESTABLE)} others"
    assert {row[-1] for row in rows} == {"✓"}
    assert [row[0] for row in rows] == list(PLACES)


def test_every_scheduler_that_fits_nowhere_is_named_above_its_refusals(page: Any) -> None:
    heads, *rows = page.table()
    refused = {register.get(name).cls.__name__ for name in register.entries() if name not in NESTABLE}
    assert {name for head in heads[1:-1] for name in head.split(", ")} == refused
    assert all(cell.startswith("✗ at") for row in rows for cell in row[1:-1])


def test_the_numbers_of_the_refusals_lead_to_the_exceptions_below(page: Any) -> None:
    legend = [" ".join(item.get_text().split()) for item in page.soup.select("ol > li")]
    marks = {int(mark.get_text()) for mark in page.soup.select("table sup")}
    assert marks == set(range(1, len(legend) + 1))
    assert any(text.startswith("NotImplementedError") for text in legend)
