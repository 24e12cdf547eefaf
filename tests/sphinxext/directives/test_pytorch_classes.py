from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lrdoc.explorer import pytorch

Build = Callable[..., Any]

EXPECTED = {
    "StepLR": ["step_size, gamma", "", ""],
    "PolynomialLR": ["power", "total_iters → decay_batch", "end_learning_rate=0.0, cycle"],
    "ChainedScheduler": ["schedulers", "optimizer → —", ""],
    "OneCycleLR": ["recipe one_cycle", "", ""],
    "CyclicLR": ["recipe cyclic", "", ""],
    "MultiplicativeLR": ["recipe multiplicative", "", ""],
    "SWALR": ["recipe swalr", "", ""],
}
"""By class of PyTorch, the cells of its row."""


def test_every_scheduler_of_pytorch_has_a_row_that_tells_what_becomes_of_its_arguments(build: Build) -> None:
    page = build("```{pytorch-classes}\n```")
    assert page.warnings == ""
    _head, *rows = page.table()
    found = {name: cells for name, *cells in rows}
    assert len(rows) == len(found)
    assert found.keys() == {*pytorch.schedulers(), "SWALR"} - {"LRScheduler"}
    assert {name: found[name] for name in EXPECTED} == EXPECTED


def test_a_class_leads_to_what_its_page_says_of_pytorch_and_a_missing_one_to_its_recipe(build: Build) -> None:
    rows = build("```{pytorch-classes}\n```").soup.select("table tbody tr")
    links = {row.td.get_text(): row.a["href"] for row in rows}
    assert links["StepLR"] == "reference/step_lr.html#coming-from-pytorch"
    assert links["OneCycleLR"] == "recipes/one_cycle.html"
    assert links["MultiplicativeLR"] == "recipes/multiplicative.html"
