"""What a text alternative says in numbers, a figure has to show."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lrdoc.figure.alt import check, unnamed

STAIRS = np.repeat([0.1, 0.05, 0.025], 10)
TENT = np.r_[np.linspace(0.01, 0.1, 11), np.linspace(0.09, 0.0, 10), np.zeros(5)]
COSINE = 0.05 * (1 + np.cos(np.pi * np.arange(41) / 20))


@pytest.mark.parametrize(
    "alt",
    [
        "A staircase without numbers, in two drops.",
        "It starts at 0.1 and is halved at steps 10 and 20, to 0.05 and 0.025.",
        "It is 0.1 until step 9, 0.05 until step 19 and 0.025 to the end.",
        "It has 0.05 at step 10, and 0.025 at step 20.",
        "It comes to 0.05 and 0.025 at steps 10 and 20.",
        "It has levels of 10 steps, over 30 steps.",
        "From step 0 on it holds up to step 9.",
        "With gamma=0.5 it halves, as 0.5 is the factor.",
    ],
)
def test_what_the_figure_shows_may_be_said(alt: str) -> None:
    check(alt, {"gamma=0.5": STAIRS})


@pytest.mark.parametrize(
    ("alt", "named"),
    [
        ("It starts at 0.2.", "says 0.2, but the figure has no such step, value or label"),
        ("It is halved at step 11.", "says step 11, but no curve begins a course there"),
        ("It is halved at steps 10 and 21.", "says step 21, but"),
        ("It is halved at step 9.", "says step 9, but"),
        ("It is 0.1 until step 10.", "says 0.1 at step 10, but no curve comes to it there, only to 0.05"),
        ("It holds up to step 10.", "says step 10, but no curve ends a course there"),
        ("It has 0.05 at step 20.", "says 0.05 at step 20, but no curve comes to it there, only to 0.025"),
        ("It has 0.05 at step 14.", "says 0.05 at step 14"),
        ("It has 0.05 and 0.02 at steps 10 and 20.", "says 0.02 at step 20"),
        ("It has 0.05 at step 99.", "says 0.05 at step 99, but no curve comes to it there, only to an end before"),
        ("It has levels of 11 steps.", "says 11, but"),
        ("It runs over 31 steps.", "says 31, but"),
        ("With gamma=0.6 it falls.", "says gamma=0.6, but no label does"),
        ("With gamma=0.55 it falls.", "says gamma=0.55, but no label does"),
        ("With T_0=0.5 it falls.", "says T_0=0.5, but no label does"),
    ],
)
def test_a_number_that_the_figure_does_not_bear_out_is_named(alt: str, named: str) -> None:
    with pytest.raises(ValueError, match="the text alternative") as raised:
        check(alt, {"gamma=0.5": STAIRS})
    assert named in str(raised.value)
    assert alt in str(raised.value)


def test_what_a_single_curve_is_made_of_may_be_counted() -> None:
    check("Seven levels of a hundred steps each.", {"": STAIRS})


FOUR = {f"step_size={size}": np.repeat([0.1, 0.05, 0.025, 0.0125], size) for size in (2, 5, 10, 20)}
FIVE = {**FOUR, "step_size=25": np.repeat([0.1, 0.05], 25)}


@pytest.mark.parametrize(
    "alt",
    [
        "Four staircases that start at 0.1.",
        "The same four on another axis.",
        "Below it, four learning rates.",
        "In each of the four small panels it falls.",
    ],
)
def test_a_count_that_the_figure_does_not_bear_out_is_refused(alt: str) -> None:
    check(alt, FOUR)
    with pytest.raises(ValueError, match=r"[Ff]our.*the figure has 5; a placeholder, \{panels\}"):
        check(alt, FIVE)


def test_counts_of_other_things_are_left_alone() -> None:
    check("Four staircases, with three drops and two levels each.", FOUR)


def test_what_is_said_of_all_curves_must_hold_for_each() -> None:
    check("It starts at 0.1 in all; all end at 0.0125.", FOUR)
    with pytest.raises(ValueError, match=r"0\.0125 of all"):
        check("It starts at 0.1 in all; all end at 0.0125.", FIVE)


@pytest.mark.parametrize(
    "alt",
    [
        "With step_size=2 it falls fast; step_size=5 is slower; with step_size=10 and 20 it hardly moves.",
        "With 2, 5, 10, and 20 it falls ever more slowly.",
        "With step_size=2, 5, 10 and 20 it falls ever more slowly.",
        "It falls with 2, with 5, with 10, with 20.",
    ],
)
def test_a_value_that_is_added_to_a_sweep_is_missed_in_its_text_alternative(alt: str) -> None:
    assert unnamed(f"{alt} It is at 0.025 after 25 steps.", FOUR) == []
    assert unnamed(f"{alt} It is at 0.025 after 25 steps.", FIVE) == ["step_size=25"]


@pytest.mark.parametrize("label", ["step_size=2", "step_size=20"])
def test_a_value_is_not_named_by_a_longer_one(label: str) -> None:
    assert unnamed("With step_size=25, 0.2 and 200 it falls.", [label]) == [label]


def test_lists_are_named_whole_and_labels_that_are_no_argument_need_no_name() -> None:
    labels = ["milestones=[2, 5]", "milestones=[]", "flag=True", "StepLR", "0.95 ** step"]
    assert unnamed("With milestones=[2, 5] and [] it falls, and flag=True.", labels) == []
    assert unnamed("With [2] and [5] it falls.", labels) == ["milestones=[2, 5]", "milestones=[]", "flag=True"]


def test_an_argument_inside_a_label_may_be_quoted_alone() -> None:
    check("With cooldown=5 as well it is lower.", {"+ cooldown=5": STAIRS})


def test_a_part_of_a_list_in_a_label_is_a_number_of_the_figure() -> None:
    check("With [3] alone, and with 3 and 7, it falls.", {"milestones=[3, 7]": STAIRS})


def test_a_bend_is_the_last_step_of_one_course_and_the_first_of_the_next() -> None:
    check("It climbs up to step 10, falls from step 10 on until step 20, and stays at 0 from step 20 on.", {"": TENT})


@pytest.mark.parametrize("step", [9, 11, 15, 19])
def test_a_step_within_a_course_is_refused(step: int) -> None:
    with pytest.raises(ValueError, match=f"step {step}, but no curve begins"):
        check(f"It bends at step {step}.", {"": TENT})


def test_the_turning_points_of_a_smooth_curve_are_found() -> None:
    check("It falls to 0 at step 20 and is back at 0.1 at step 40.", {"": COSINE})
    with pytest.raises(ValueError, match="step 21"):
        check("It turns at step 21.", {"": COSINE})


def test_almost_nothing_may_be_called_0_but_no_more() -> None:
    check("It falls almost to 0.", {"": np.linspace(0.1, 0.001, 9)})
    with pytest.raises(ValueError, match="says 0,"):
        check("It falls almost to 0.", {"": np.linspace(0.1, 0.005, 9) + 0.001})


def test_curves_in_the_same_axes_meet_and_part() -> None:
    curves = {"a": np.linspace(0.0, 0.1, 11), "b": np.full(11, 0.045)}
    check("They cross at step 5.", curves, together=True)
    with pytest.raises(ValueError, match="step 5"):
        check("They cross at step 5.", curves)
    with pytest.raises(ValueError, match="step 4"):
        check("They cross at step 4.", curves, together=True)


def test_the_metric_is_part_of_the_figure() -> None:
    metrics = np.r_[np.linspace(1.0, 0.5, 6), np.full(24, 0.5)]
    check("The metric falls to 0.5 by step 5.", {"lr": STAIRS}, metrics)
    with pytest.raises(ValueError, match=r"says 0\.5 at step 5"):
        check("The metric falls to 0.5 by step 5.", {"lr": STAIRS})


levels = st.lists(st.tuples(st.integers(2, 12), st.integers(1, 500)), min_size=2, max_size=6)


@given(levels)
def test_every_edge_of_any_staircase_may_be_told_and_no_other_step(drawn: list[tuple[int, int]]) -> None:
    assume(all(one != other for (_, one), (_, other) in itertools.pairwise(drawn)))
    stairs = np.concatenate([np.full(length, height / 1000) for length, height in drawn])
    edges = [int(step) for step in np.flatnonzero(np.diff(stairs)) + 1]
    check(f"It changes at steps {', '.join(map(str, edges))}.", {"": stairs})
    for edge in edges:
        check(
            f"It comes to {stairs[edge]:g} at step {edge} and was at {stairs[edge - 1]:g} until step {edge - 1}.",
            {"": stairs},
        )
    for step in set(range(1, len(stairs) - 1)) - set(edges):
        with pytest.raises(ValueError, match=f"says step {step}, but no curve begins"):
            check(f"It changes at step {step}.", {"": stairs})


@given(st.floats(1e-4, 1.0), st.integers(1, 6))
def test_a_value_may_be_rounded_but_not_changed(value: float, digits: int) -> None:
    text = f"{value:.{digits}f}"
    assume(float(text) > 0 and abs(float(text) - value) <= 0.04 * value)
    flat = {"": np.full(5, value)}
    check(f"It stays at {text}.", flat)
    with pytest.raises(ValueError, match="the text alternative says"):
        check(f"It stays at {float(text) * 1.5:.{digits + 3}f}.", flat)
