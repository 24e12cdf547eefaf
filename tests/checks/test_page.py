"""What the page on how the site is checked says of the checks, held to them and to the other pages."""

from __future__ import annotations

import json
import random
import re

import pytest

from lrdoc import register
from lrdoc.checks import closed_form, graph_mode, recorder
from lrdoc.checks.sources import PYTORCH
from lrdoc.describe import formula, sample
from lrdoc.describe.schedule import Schedule
from tests.conftest import ROOT

DOCS = ROOT / "docs"
PAGE = (DOCS / "concepts" / "checked.md").read_text(encoding="utf-8")
PAGES = {
    path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8")
    for path in DOCS.rglob("*.md")
    if "_build" not in path.parts
}


def sentence(words: str) -> str:
    """Return the one line of the page that holds some words."""
    (found,) = [line for line in PAGE.splitlines() if words in line]
    return found


def linked(line: str) -> set[str]:
    """Return the pages that a line links to; a folder's page stands for the folder."""
    return {target.removeprefix("../").removesuffix("/index.md") for target in re.findall(r"\]\((.*?)\)", line)}


def test_every_scheduler_but_reduce_lr_on_plateau_has_a_formula() -> None:
    assert "Each scheduler but `ReduceLROnPlateau` has a formula" in PAGE
    without = {found.cls.__name__ for found in register.entries().values() if not found.closed_form}
    assert without == {"ReduceLROnPlateau"}


def test_the_formula_is_evaluated_with_as_many_digits_as_the_page_says() -> None:
    assert int(re.findall(r"(\d+) digits", sentence("formula is evaluated"))[0]) == formula.DIGITS


def drawn(name: str) -> list[tuple[str, float, int]]:
    found = register.get(name)
    runs = closed_form._runs(found, random.Random(found.name), register.entries().values())
    return [(schedule.code(), base, steps) for schedule, base, steps in runs]


@pytest.mark.parametrize("name", ["step_lr", "sequential_lr"])
def test_the_same_parameter_sets_are_drawn_each_time(name: str) -> None:
    assert "from the same seeds in every build" in PAGE
    assert drawn(name) == drawn(name)


def test_the_steps_that_the_page_names_are_compared() -> None:
    assert "the first three and the last, every step that an argument names with its neighbours" in PAGE
    milestones = Schedule(register.get("multi_step_lr"), {"milestones": [20, 40], "gamma": 0.5})
    named = {0, 1, 2, 19, 20, 21, 39, 40, 41, 129}
    compared = closed_form._chosen_steps(milestones, 130, random.Random(1))
    assert named < set(compared), "and some steps at random"
    assert len(compared) < 130

    assert "the first twenty restarts with their neighbours" in PAGE
    restarts = Schedule(register.get("cosine_annealing_warm_restarts"), {"T_0": 10})
    compared = closed_form._chosen_steps(restarts, 1000, random.Random(1))
    assert {10 * at + shift for at in range(1, 21) for shift in (-1, 0, 1)} <= set(compared)


@pytest.mark.parametrize("name", ["cosine_annealing_lr", "cosine_annealing_warm_restarts"])
def test_no_eta_min_is_drawn_above_the_base_learning_rates_of_graph_mode(name: str) -> None:
    assert "The base learning rates lie above every `eta_min` that is drawn" in PAGE
    rng = random.Random(1)
    ends = [sample.schedule(register.get(name), rng).arguments["eta_min"] for _ in range(2000)]
    assert max(ends) < min(graph_mode._BASE_LR)


def test_pytorch_is_compared_from_the_base_learning_rate_and_over_more_steps_than_are_shown() -> None:
    line = sentence("Both frameworks start from a base learning rate of")
    assert f"a base learning rate of {recorder.BASE_LR}, and more steps are compared than are shown" in line
    blocks = [
        block for page in PAGES.values() for block in re.findall(r"^```\{pytorch\}\n(.*?)^```", page, re.M | re.S)
    ]
    shown = [int(steps) for block in blocks for steps in re.findall(r":steps: (\d+)", block)]
    assert len(shown) > 50
    assert max(shown) < PYTORCH.steps
    recorded = [
        recording
        for path in (DOCS / PYTORCH.name).glob("*_lr.json")
        for recording in json.loads(path.read_text(encoding="utf-8"))["recordings"].values()
    ]
    assert {len(recording["lrs"]) for recording in recorded if "error" not in recording} == {PYTORCH.steps}


def test_continuous_integration_makes_the_records_anew_and_compares() -> None:
    assert "the continuous integration makes it anew and compares" in PAGE
    assert re.search(r"nox -s records -- --check", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))


def test_the_page_names_where_two_processes_train() -> None:
    starting = {page for page, text in PAGES.items() if "--nproc_per_node" in text}
    assert {"answers" if page.startswith("answers/") else page for page in starting} == linked(
        sentence("train on two processes")
    )


LENGTHS = (
    r"\bsteps?\b ?(?:=|<=) ?(\d[\d_]*)",
    r":shows: ([\d,]+) steps of the scheduler",
    r"\(train_iter, .*?== \((\d+)",
)
"""How pages write the length of a run: in code, in what a command shows, and as what a configuration comes to."""


def test_the_page_names_where_longer_runs_are() -> None:
    longer = {
        page
        for page, text in PAGES.items()
        if any(
            int(number.replace(",", "")) > graph_mode.LONG_STEPS
            for length in LENGTHS
            for number in re.findall(length, text)
        )
        and ("import oneflow" in text or "```{console}" in text)
    }
    assert linked(sentence("Runs that are longer than")) == longer
