from __future__ import annotations

import posixpath
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sphinx.util.inventory import InventoryFile

Build = Callable[..., Any]
BASE = {"reference/lr_scheduler": "# The base class"}


def test_the_signature_is_the_installed_one(build: Build) -> None:
    page = build("```{signature} step_lr\n```")
    assert "oneflow.optim.lr_scheduler.StepLR( optimizer: Optimizer, step_size: int, gamma: float = 0.1, " in page.text


def test_parameters_get_their_range_and_default(build: Build) -> None:
    page = build("```{parameters} step_lr\nstep_size\n: How long.\n\ngamma\n: How much.\n```", pages=BASE)
    assert page.warnings == ""
    assert "step_sizeint ≥ 1 How long. gamma0 < float = 0.1 How much." in page.text


def test_other_sites_can_link_to_the_class_and_to_each_parameter(
    run_sphinx: Callable[..., tuple[Path, str, str]],
) -> None:
    source = "```{signature} step_lr\n```\n\n```{parameters} step_lr\nstep_size\n: How long.\n\ngamma\n: How much.\n```"
    out, _warnings, _told = run_sphinx(source, "html", BASE)
    with (out / "objects.inv").open("rb") as file:
        found = InventoryFile.load(file, "", posixpath.join)
    page = BeautifulSoup((out / "index.html").read_text("utf-8"), "html.parser")
    name = "oneflow.optim.lr_scheduler.StepLR"
    assert set(found["py:class"]) == {name}
    assert set(found["py:attribute"]) == {f"{name}.step_size", f"{name}.gamma"}
    for item in (*found["py:class"].values(), *found["py:attribute"].values()):
        assert page.find(id=item[2].partition("#")[2]) is not None


@pytest.mark.parametrize("terms", [["gamma"], ["gamma", "step_size"], ["step_size", "gamma", "momentum"]])
def test_parameters_that_the_installed_class_does_not_take_in_this_order_are_an_error(
    build: Build, terms: list[str]
) -> None:
    listed = "\n\n".join(f"{term}\n: Something." for term in terms)
    assert (
        "step_lr takes step_size, gamma, in this order" in build(f"```{{parameters}} step_lr\n{listed}\n```").warnings
    )


@pytest.mark.parametrize(
    ("name", "terms", "said"),
    [
        ("exponential_lr", ["gamma"], "optimizer, last_step and verbose are those of the base class"),
        (
            "warmup_lr",
            ["scheduler_or_optimizer", "warmup_factor", "warmup_iters", "warmup_method", "warmup_prefix"],
            "> last_step and verbose are those of the base class",
        ),
    ],
)
def test_below_the_parameters_a_link_leads_to_those_of_the_base_class(
    build: Build, name: str, terms: list[str], said: str
) -> None:
    listed = "\n\n".join(f"{term}\n: It says >" for term in terms)
    page = build(f"```{{parameters}} {name}\n{listed}\n```", pages=BASE)
    assert page.warnings == ""
    assert said in page.text
    assert page.soup.select_one('a[href="reference/lr_scheduler.html"]')


def test_a_class_without_these_parameters_has_no_such_link(build: Build) -> None:
    assert (
        "those of the base class" not in build("```{parameters} chained_scheduler\nschedulers\n: The links.\n```").text
    )
