from __future__ import annotations

import numpy as np
import pytest

from lrdoc.figure import svg
from lrdoc.figure.training import Course, courses

ALT = "Learning rate, loss and accuracy of a training."


def course(lr: float = 0.1, runs: int = 3, iterations: int = 120, scale: float = 1.0) -> Course:
    losses = scale * np.linspace(2, 0.1, iterations) * (1 + np.arange(runs)[:, None] / 10)
    accuracies = np.linspace(0.1, 0.9, 5) * np.ones((runs, 1))
    return Course(np.full(iterations, lr), losses, accuracies)


def test_a_course_is_a_column_of_three_panels() -> None:
    figure = courses({"one": course(), "two": course()}, alt=ALT)
    assert len(figure.axes) == 6
    assert [axes.get_title(loc="left") for axes in figure.axes[:2]] == ["one", "two"]


def test_the_panels_show_learning_rate_mean_loss_and_mean_accuracy() -> None:
    shown = course()
    top, middle, bottom = courses({"": shown}, alt=ALT).axes
    assert np.array_equal(top.lines[0].get_ydata(), shown.lrs)
    assert np.asarray(middle.lines[0].get_ydata()).mean() == pytest.approx(shown.losses.mean(), rel=0.01)
    assert np.allclose(bottom.lines[0].get_ydata(), shown.accuracies.mean(axis=0))


def test_the_accuracy_stands_at_the_end_of_its_epoch() -> None:
    bottom = courses({"": course()}, alt=ALT).axes[2]
    assert np.allclose(bottom.lines[0].get_xdata(), [23, 47, 71, 95, 119])


def test_a_band_reaches_from_the_lowest_to_the_highest_run() -> None:
    middle = courses({"": course()}, alt=ALT).axes[1]
    heights = middle.collections[0].get_paths()[0].vertices[:, 1]
    assert heights.max() / 1.2 == pytest.approx(heights[np.isclose(heights, heights.max() / 1.2)][0])


def test_one_run_has_no_band() -> None:
    assert not any(axes.collections for axes in courses({"": course(runs=1)}, alt=ALT).axes)


def test_learning_rates_that_differ_from_run_to_run_are_all_drawn() -> None:
    shown = course()
    differing = Course(np.stack([shown.lrs, shown.lrs / 2, shown.lrs / 4]), shown.losses, shown.accuracies)
    assert len(courses({"": differing}, alt=ALT).axes[0].lines) == 3


def test_figures_among_the_same_courses_have_the_same_axes() -> None:
    both = {"low": course(0.1), "high": course(0.3, scale=5)}
    limits = [
        [axes.get_ylim() for axes in courses({name: both[name]}, alt=ALT, among=both.values()).axes] for name in both
    ]
    assert limits[0] == limits[1]
    assert limits[0][0][1] > 0.3


def test_the_accuracies_near_1_get_more_room_than_on_an_even_axis() -> None:
    accuracies = np.array([[0.1, 0.5, 0.91, 0.93, 0.95], [0.2, 0.6, 0.90, 0.94, 0.96]])
    axes = courses({"": Course(course().lrs, course(runs=2).losses, accuracies)}, alt=ALT).axes[2]
    low, lower, upper, high = axes.transData.transform([(0, at) for at in (*axes.get_ylim(), 0.90, 0.96)])[
        [0, 2, 3, 1], 1
    ]
    assert low < lower < upper < high
    assert (upper - lower) / (high - low) > 3 * (0.96 - 0.90) / (0.96 - 0.1)


def test_a_figure_can_be_shown_in_both_themes_with_its_text_alternative() -> None:
    figure = courses({"one": course()}, alt=ALT)
    assert ALT in svg.to_svg(figure, "dark")


def test_the_thumbnail_is_drawn_from_the_learning_rates() -> None:
    assert np.array_equal(courses({"one": course()}, alt=ALT).curves[0], course().lrs)


def test_an_accuracy_of_nothing_can_be_drawn() -> None:
    shown = course()
    svg.to_svg(courses({"": Course(shown.lrs * 0, shown.losses, shown.accuracies * 0)}, alt=ALT))


def test_nothing_to_draw_and_nothing_to_say_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        courses({}, alt=ALT)
    with pytest.raises(ValueError, match="alt text"):
        courses({"": course()}, alt="")
