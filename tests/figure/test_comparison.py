from __future__ import annotations

import numpy as np
import pytest

from lrdoc.figure import Course, differences, overlaid, svg

ALT = "What a comparison of schedules found."


def course(lr: float = 0.1, end: float = 0.9, runs: int = 3) -> Course:
    losses = np.linspace(2, 0.1, 120) * (1 + np.arange(runs)[:, None] / 10)
    return Course(np.full(120, lr), losses, np.linspace(0.1, end, 6) * np.ones((runs, 1)))


def test_courses_share_three_panels_and_a_fourth_shows_the_differences() -> None:
    figure = overlaid({"A one": course(), "B two": course(0.2)}, {"B": (0.01, -0.01, 0.03)}, alt=ALT)
    top, middle, bottom, apart = figure.axes
    assert [line.get_ydata()[0] for line in top.lines] == [0.1, 0.2]
    assert len(middle.lines) == len(bottom.lines) == 2
    mean = next(line for line in apart.lines if line.get_marker() == "o")
    interval = next(line for line in apart.lines if len(line.get_xdata()) == 2 and line.get_xdata()[0] == -1)
    assert mean.get_xdata() == pytest.approx([1])
    assert list(interval.get_xdata()) == pytest.approx([-1, 3])
    assert [label.get_text() for label in apart.get_yticklabels()] == ["B"]


def test_a_difference_of_one_seed_has_no_interval() -> None:
    figure = overlaid({"A": course(runs=1), "B": course(runs=1)}, {"B": (0.01,)}, alt=ALT)
    assert [line.get_marker() for line in figure.axes[3].lines] == ["None", "o"]


def test_curves_are_told_apart_by_colour_and_by_dashes() -> None:
    figure = overlaid({str(number): course() for number in range(5)}, {}, alt=ALT)
    assert len({line.get_color() for line in figure.axes[2].lines}) == 5
    assert len({str(line._dash_pattern) for line in figure.axes[2].lines}) == 5
    with pytest.raises(ValueError, match="from 1 to 5 courses"):
        overlaid({str(number): course() for number in range(6)}, {}, alt=ALT)


@pytest.mark.parametrize("end", [0.02, 0.5, 0.9, 0.97, 0.9999, 1.0])
def test_the_axis_of_accuracies_has_room_for_all_and_ticks_at_round_numbers(end: float) -> None:
    axes = overlaid({"A": course(end=end)}, {}, alt=ALT).axes[2]
    heights = [axes.transData.transform((0, accuracy))[1] for accuracy in (0.1, end)]
    assert axes.bbox.y0 <= min(heights) < max(heights) <= axes.bbox.y1
    low, high = axes.get_ylim()
    labels = [axes.yaxis.get_major_formatter()(tick, None) for tick in axes.get_yticks() if low <= tick <= high]
    assert len(labels) >= 2
    assert all(len(label) <= 6 for label in labels)


def test_equal_distances_halve_the_errors() -> None:
    axes = overlaid({"A": course(end=0.97)}, {}, alt=ALT).axes[2]
    heights = [axes.transData.transform((0, accuracy))[1] for accuracy in (0.8, 0.9, 0.95)]
    assert heights[2] - heights[1] == pytest.approx(heights[1] - heights[0])


def test_differences_stand_side_by_side_and_from_top_to_bottom() -> None:
    panels = {"lr=0.3": {"one": (-0.2, -0.3, -0.1), "two": (0.1, 0.0, 0.2)}, "lr=0.1": {"one": (0.0, -0.1, 0.1)}}
    figure = differences(panels, alt=ALT)
    assert [axes.get_title(loc="left") for axes in figure.axes] == list(panels)
    dots = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [(float(dot.get_xdata()[0]), int(dot.get_ydata()[0])) for dot in dots] == [(-20, 0), (10, 1)]
    assert figure.axes[0].yaxis_inverted()


def test_each_can_be_shown_in_both_themes() -> None:
    for figure in (
        overlaid({"A": course(), "B": course()}, {"B": (0.0, -0.1, 0.1)}, alt=ALT),
        differences({"": {"one": (0.0,)}}, alt=ALT),
    ):
        assert ALT in svg.to_svg(figure, "dark")


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        differences({}, alt=ALT)
    with pytest.raises(ValueError, match="from 1 to 5"):
        overlaid({}, {}, alt=ALT)
