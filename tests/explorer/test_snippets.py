"""Short pieces of Python in the styles that people use, through the engine, beside CPython with real OneFlow.

``snippets.txt`` holds them, each under a line with its name: classes, decorators, context managers, generators, containers, control flow.
What the engine does not understand is said so in the name: such a piece must not be drawn, and must not get a false error.
``noted.txt`` holds pieces in which it is taken to leave something as it is, and the reader is told so.
``training.txt`` holds short training scripts in the styles of many projects, which may make several schedulers and step them.
``metrics.txt`` holds pieces that step ReduceLROnPlateau; it is said of some that the code does not tell the metric.
``undrawn.txt`` holds pieces whose schedule depends on what a module that nobody has, ``mystery``, may have done.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from lrdoc.explorer import generate
from tests.explorer.test_programs import NODE, Case, answered, outcome

SNIPPETS = Path(__file__).with_name("snippets.txt")
BEFORE = """import oneflow as flow
from oneflow.optim.lr_scheduler import *
optimizer = flow.optim.SGD([flow.nn.Parameter(flow.zeros(1))], lr=0.1)
"""


UNDRAWN = Path(__file__).with_name("undrawn.txt")
NOTED = Path(__file__).with_name("noted.txt")


def pieces(path: Path, before: str = BEFORE) -> dict[str, str]:
    """Return the code of each piece of a file, by what stands above it."""
    _, *parts = re.split(r"^#### (.*)\n", path.read_text(encoding="utf-8"), flags=re.M)
    found = dict(zip(parts[::2], (before + code for code in parts[1::2]), strict=True))
    assert len(found) == len(parts) / 2
    return found


def snippets() -> dict[str, tuple[str, str]]:
    """Return what becomes of each snippet, and its code, by its name."""
    heads = {head: (head.removesuffix(" (not understood)"), code) for head, code in pieces(SNIPPETS).items()}
    found = {name: ("right" if name == head else "not understood", code) for head, (name, code) in heads.items()}
    assert len(found) == len(heads)
    return found


def cases(codes: Iterable[str]) -> list[Case]:
    return [{"code": code, "lr": 0.1, "steps": 30} for code in codes]


@pytest.fixture(scope="module")
def real() -> list[Case]:
    """Return what CPython with OneFlow makes of each snippet."""
    given = cases(code for _, code in snippets().values())
    return answered([sys.executable, "-m", "tests.explorer.program_side"], given)


def becoming(side: str, real: list[Case]) -> dict[str, tuple[str, str]]:
    """Return what becomes of each snippet, and how, where a script of this folder reads it."""
    generate.write()
    given = cases(code for _, code in snippets().values())
    found = answered([str(NODE), f"tests/explorer/{side}"], given)
    return {name: outcome(*pair, True) for name, *pair in zip(snippets(), real, found, strict=True)}


@pytest.fixture(scope="module")
def became(real: list[Case]) -> dict[str, tuple[str, str]]:
    """Return what becomes of each snippet in the playground, and how."""
    return becoming("engine_side.ts", real)


@pytest.mark.parametrize("name", snippets())
def test_a_snippet_is_drawn_as_cpython_runs_it_or_not_at_all(became: dict[str, tuple[str, str]], name: str) -> None:
    what, how = became[name]
    assert what == snippets()[name][0], how


def test_what_something_unknown_may_have_changed_is_not_drawn() -> None:
    generate.write()
    answers = answered([str(NODE), "tests/explorer/engine_side.ts"], cases(pieces(UNDRAWN).values()))
    assert [name for name, answer in zip(pieces(UNDRAWN), answers, strict=True) if answer["curves"]] == []
    assert all(answer["errors"] for answer in answers)


TRAINING = Path(__file__).with_name("training.txt")
BEFORE_TRAINING = """import oneflow as flow
import oneflow.nn as nn
from oneflow.optim.lr_scheduler import *
net = nn.Linear(2, 2)
"""


def trainings() -> list[tuple[str, str, str]]:
    """Return the name of each training, what becomes of it, and its code."""
    heads = pieces(TRAINING, BEFORE_TRAINING)
    marked = [(head, head.removesuffix(" (not understood)"), code) for head, code in heads.items()]
    return [(name, "right" if name == head else "not understood", code) for head, name, code in marked]


@pytest.fixture(scope="module")
def trained() -> list[Case]:
    """Return what CPython with OneFlow makes of each training, as a program of as many param groups as all schedulers have together."""
    given = [{**one, "alone": True, "metrics": [1.0]} for one in cases(code for _, _, code in trainings())]
    answers = answered([sys.executable, "-m", "tests.explorer.script_side"], given)
    return [
        {
            "lrs": [group for curve in answer["curves"] for group in curve["groups"]],
            "error": answer["error"] or next((curve["error"] for curve in answer["curves"] if curve["error"]), None),
        }
        for answer in answers
    ]


@pytest.mark.parametrize("side", ["engine_side.ts", "reference_side.ts"])
def test_a_training_is_drawn_as_cpython_runs_it_or_not_at_all(trained: list[Case], side: str) -> None:
    generate.write()
    given = [{**one, "metrics": [1.0]} for one in cases(code for _, _, code in trainings())]
    found = [
        outcome(*pair, True)
        for pair in zip(trained, answered([str(NODE), f"tests/explorer/{side}"], given), strict=True)
    ]
    told = [(name, what, how) for (name, _, _), (what, how) in zip(trainings(), found, strict=True)]
    if side == "engine_side.ts":
        assert [one for one, (_, wanted, _) in zip(told, trainings(), strict=True) if one[1] != wanted] == []
    assert [one for one in told if one[1] == "wrong"] == []


TOLD = {
    "returned": "scheduler = StepLR(optimizer, 3)\nreturn scheduler\n",
    "resumed": "scheduler = StepLR(optimizer, 3)\nscheduler.load_state_dict(flow.load('a'))\n",
    "rivals": "a = StepLR(optimizer, 3)\nb = ExponentialLR(optimizer, 0.9)\n",
}
"""Code that is drawn with a note, by the note's key."""


@pytest.mark.parametrize("side", ["engine_side.ts", "reference_side.ts"])
def test_what_a_curve_leaves_out_is_told_on_every_page(side: str) -> None:
    generate.write()
    answers = answered([str(NODE), f"tests/explorer/{side}"], cases(BEFORE + code for code in TOLD.values()))
    assert [[note["key"] for note in answer["notes"]] for answer in answers] == [[key] for key in TOLD]
    assert all(answer["curves"] and not answer["errors"] for answer in answers)


METRICS = Path(__file__).with_name("metrics.txt")


def test_it_is_told_where_the_code_has_metrics_of_its_own() -> None:
    generate.write()
    answers = answered([str(NODE), "tests/explorer/engine_side.ts"], cases(pieces(METRICS).values()))
    told = [[note["key"] for note in answer["notes"]] for answer in answers]
    assert told == [[] if name.endswith(" (unknown)") else ["metricsGiven"] for name in pieces(METRICS)]


def test_a_reference_page_leaves_metrics_of_the_code_to_the_playground() -> None:
    generate.write()
    given = [{**one, "metrics": [1.0]} for one in cases(pieces(METRICS).values())]
    answers = answered([str(NODE), "tests/explorer/reference_side.ts"], given)
    silent = [name for name, answer in zip(pieces(METRICS), answers, strict=True) if not answer["errors"]]
    assert [name for name in silent if not name.endswith(" (unknown)")] == [
        "parameter",
        "parameter by its name",
        "parameter left as it is",
        "alias",
    ]  # unseen there
    assert "val unknown (unknown)" in silent


@pytest.mark.parametrize("side", ["engine_side.ts", "reference_side.ts"])
def test_what_stands_after_a_return_is_not_run(side: str) -> None:
    generate.write()
    code = "n = 3\nif n > 2:\n    scheduler = StepLR(optimizer, n)\n    return scheduler\nscheduler = StepLR(optimizer, 9)\n"
    (answer,) = answered([str(NODE), f"tests/explorer/{side}"], cases([BEFORE + code]))
    (curve,) = answer["curves"]
    assert curve["lr"][3] < curve["lr"][2]


def test_what_something_unknown_is_taken_to_leave_as_it_is_is_told() -> None:
    generate.write()
    answers = answered([str(NODE), "tests/explorer/engine_side.ts"], cases(pieces(NOTED).values()))
    keys = [{note["key"] for note in answer["notes"]} for answer in answers]
    assert [name for name, found in zip(pieces(NOTED), keys, strict=True) if not found & {"handed", "handedAll"}] == []
    assert all(answer["curves"] for answer in answers)


def test_a_reference_page_draws_no_piece_wrong_but_leaves_it_to_the_playground(real: list[Case]) -> None:
    became = becoming("reference_side.ts", real)
    assert {name: how for name, (what, how) in became.items() if what == "wrong"} == {}
    assert Counter(what for what, _ in became.values())["right"] > len(became) / 5
    for path in (UNDRAWN, NOTED):
        answers = answered([str(NODE), "tests/explorer/reference_side.ts"], cases(pieces(path).values()))
        told = [not answer["curves"] or (path is NOTED and answer["errors"]) for answer in answers]
        assert [name for name, is_told in zip(pieces(path), told, strict=True) if not is_told] == []
