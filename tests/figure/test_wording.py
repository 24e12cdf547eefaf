"""A text alternative says what its figure shows, in every language, however the figure changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from lrdoc import figure
from lrdoc.figure import svg
from lrdoc.figure.training import Course, courses
from lrdoc.figure.wording import Wording, name

FLAT = [0.1] * 5


@pytest.mark.parametrize(("count", "english", "chinese"), [(2, "Two", "两"), (5, "Five", "五"), (13, "13", "13")])
def test_a_count_is_a_word_of_the_language(count: int, english: str, chinese: str) -> None:
    wording = Wording("{panels} panels.", {"panels": count})
    assert wording.text() == f"{english} panels."
    assert wording.text("{panels}张子图。", "zh_CN") == f"{chinese}张子图。"


def test_a_count_is_capitalized_where_a_sentence_begins_and_nowhere_else() -> None:
    wording = Wording("It falls. {panels} panels; {panels} again, by 0.5 {panels} times.", {"panels": 3})
    assert wording.text() == "It falls. Three panels; three again, by 0.5 three times."


def test_a_placeholder_that_nothing_fills_is_refused_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"nothing fills \{curves\}.*there is \{panels\}"):
        figure.sweep({"a=1": FLAT}, alt="{curves} curves that stay.")
    with pytest.raises(ValueError, match=r"nothing fills \{other\}"):
        courses({"a": Course(np.ones(3), np.ones((1, 3)), np.ones((1, 1)))}, alt="It ends at {other}.")
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    "drawn",
    [
        lambda alt: figure.curve(np.ones((5, 3)), alt=alt.format("{curves}")),
        lambda alt: figure.compare(dict.fromkeys("abc", FLAT), alt=alt.format("{curves}")),
        lambda alt: figure.sweep(dict.fromkeys("abc", FLAT), alt=alt.format("{panels}")),
        lambda alt: figure.plateau(FLAT, dict.fromkeys("abc", FLAT), alt=alt.format("{panels}")),
    ],
)
def test_every_kind_of_figure_knows_how_much_it_shows(drawn: Callable[[str], Figure], tmp_path: Path) -> None:
    path, dark = svg.save(drawn("{} of them, all level."), tmp_path / "a.svg")
    assert svg.alt_of(path) == svg.alt_of(dark) == "Three of them, all level."


def test_a_measured_accuracy_is_no_part_of_what_is_translated(tmp_path: Path) -> None:
    templates = set()
    for accuracy in (0.891, 0.877):
        course = Course(np.full(4, 0.1), np.ones((2, 4)), np.array([[0.5, accuracy - 0.01], [0.5, accuracy + 0.01]]))
        path, _ = svg.save(
            courses({"warm restarts": course}, alt="Mean at the end: {warm_restarts}."), tmp_path / "a.svg"
        )
        assert svg.alt_of(path) == f"Mean at the end: {accuracy:.1%}."
        templates.add(svg.wording_of(path).template)
    assert templates == {"Mean at the end: {warm_restarts}."}


def test_a_plain_text_alternative_is_its_own_template(tmp_path: Path) -> None:
    path, _ = svg.save(figure.curve(FLAT, alt="A level of 0.1 & nothing < more."), tmp_path / "a.svg")
    assert svg.wording_of(path) == Wording("A level of 0.1 & nothing < more.")
    assert "data-" not in path.read_text("utf-8")


def test_the_name_of_a_placeholder_is_a_word() -> None:
    assert [name(label) for label in ("step", "warm restarts", "warmup + cosine")] == [
        "step", "warm_restarts", "warmup_cosine",
    ]  # fmt: skip
