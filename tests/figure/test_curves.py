"""What is drawn: every value, at its step, without anything between."""

import re

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.patches import ConnectionPatch
from matplotlib.text import Text

from lrdoc import figure
from lrdoc.figure import curves, svg

ALT = "A staircase of three levels, each half as high as the one before."
STAIRS = np.repeat([0.1, 0.05, 0.025], 10)

rates = st.floats(-1e6, 1e6, allow_subnormal=False)
shapes = st.tuples(st.integers(1, 90)) | st.tuples(st.integers(1, 90), st.integers(1, 5))
finite = arrays(np.float64, shapes, elements=rates)
few = settings(max_examples=25, deadline=None)


def paths(axes):
    """Return the corners of the curves, without the dots on them."""
    return [line.get_xydata() for line in axes.lines if line.get_linestyle() != "None" and len(line.get_xdata()) > 1]


def dots(axes):
    return [line.get_xydata() for line in axes.lines if line.get_linestyle() == "None" and len(line.get_xdata())]


def texts(drawn):
    drawn.draw_without_rendering()
    return {text.get_text() for text in drawn.findobj(Text) if text.get_text() and text.get_visible()}


# The sequence.


@few
@given(finite)
def test_any_finite_learning_rates_are_drawn(lrs):
    groups = 1 if lrs.ndim == 1 else lrs.shape[1]
    drawn = figure.curve(lrs, alt=ALT)
    assert svg.to_svg(drawn)
    assert len(paths(drawn.axes[0])) == groups
    plt.close("all")


@few
@given(arrays(np.float64, st.integers(1, 300), elements=rates))
def test_a_path_holds_every_value_from_its_step_to_the_next(lrs):
    (path,) = paths(figure.curve(lrs, alt=ALT).axes[0])
    across, up = np.diff(path, axis=0).T
    assert not np.any((across != 0) & (up != 0)), "a slope, where there are only levels and edges"
    middles = np.arange(len(lrs)) + 0.5
    assert np.array_equal(np.interp(middles, *path.T), lrs)
    plt.close("all")


@pytest.mark.parametrize(("steps", "dotted"), [(1, True), (10, True), (60, True), (1000, False)])
def test_there_is_a_dot_on_every_value_where_there_is_room(steps, dotted):
    lrs = np.linspace(0.1, 0, steps)
    drawn = dots(figure.curve(lrs, alt=ALT).axes[0])
    assert [len(each) for each in drawn] == ([steps] if dotted else [])
    if dotted:
        assert np.array_equal(drawn[0][:, 1], lrs)


def test_long_curves_are_told_apart_by_dots_on_real_values():
    lrs = {name: np.linspace(0.1, 0, 1000) ** power for name, power in (("a", 1), ("b", 2))}
    for each, values in zip(dots(figure.compare(lrs, alt=ALT).axes[0]), lrs.values(), strict=True):
        assert 5 <= len(each) <= 10
        assert np.array_equal(values[each[:, 0].astype(int)], each[:, 1])


# The axes.


def test_learning_rates_start_at_zero():
    assert figure.curve([0.1, 0.09], alt=ALT).axes[0].get_ylim()[0] == 0


def test_negative_learning_rates_are_seen():
    low, high = figure.curve([0.1, -0.2], alt=ALT).axes[0].get_ylim()
    assert low < -0.2
    assert high > 0.1


def test_zero_throughout_is_drawn_on_the_axis():
    assert figure.curve([0.0] * 5, alt=ALT).axes[0].get_ylim() == (0, 1)


@pytest.mark.parametrize("steps", [1, 2, 3, 7, 50, 1234])
def test_steps_are_whole_numbers(steps):
    drawn = figure.curve(np.full(steps, 0.1), alt=ALT)
    drawn.draw_without_rendering()
    labels = [label.get_text() for label in drawn.axes[0].get_xticklabels()]
    assert labels
    assert all(re.fullmatch(r"-?\d+", label) for label in labels)


def test_a_logarithmic_axis_is_labelled_by_plain_numbers():
    drawn = figure.curve(np.geomspace(0.1, 1e-5, 30), alt=ALT, log=True)
    assert drawn.axes[0].get_yscale() == "log"
    assert {"0.1", "0.001", "1e-05"} <= texts(drawn)


def test_panels_share_their_axes():
    drawn = figure.sweep({"gamma=0.5": STAIRS, "gamma=0.1": STAIRS[:20] / 2}, alt=ALT)
    assert len({axes.get_xlim() for axes in drawn.axes}) == len({axes.get_ylim() for axes in drawn.axes}) == 1


# The words.


@pytest.mark.parametrize(
    "drawn",
    [
        lambda: figure.curve(STAIRS, alt=ALT),
        lambda: figure.curve(np.column_stack([STAIRS, STAIRS]), alt=ALT),
        lambda: figure.compare({"gamma=0.5": STAIRS, "gamma=0.9": STAIRS}, alt=ALT),
        lambda: figure.sweep({"gamma=0.5": STAIRS, "gamma=0.9": STAIRS}, alt=ALT),
        lambda: figure.plateau([1] * 30, STAIRS, alt=ALT),
        lambda: figure.plateau([1] * 30, {"gamma=0.5": STAIRS}, alt=ALT),
    ],
)
def test_only_names_of_the_code_and_numbers_are_written(drawn):
    words = r"lr|step|metrics|gamma=0\.[59]|param_groups\[[01]\]|-?[\d.]+(e-?\d+)?"
    assert [text for text in texts(drawn()) if not re.fullmatch(words, text)] == []


def test_a_thumbnail_has_no_text():
    assert "<text" not in svg.to_svg(figure.thumbnail(STAIRS, alt=ALT))


@pytest.mark.parametrize("lrs", [STAIRS, [0.1, 0.0, 0.0], [0.1, -0.1, -0.1]])
def test_the_curves_of_a_thumbnail_are_not_cut_at_its_edges(lrs):
    drawn = figure.thumbnail(lrs, alt=ALT)
    (line,) = drawn.axes[0].lines
    half = line.get_linewidth() / 2 * drawn.dpi / 72
    extent = line.get_path().get_extents(line.get_transform()).padded(half)
    assert not line.get_clip_on()
    assert drawn.bbox.x0 <= extent.x0 < extent.x1 <= drawn.bbox.x1
    assert drawn.bbox.y0 <= extent.y0 < extent.y1 <= drawn.bbox.y1


def test_the_varied_value_stands_above_its_panel():
    drawn = figure.sweep({"gamma=0.5": STAIRS, "gamma=0.1": STAIRS}, alt=ALT)
    assert [axes.get_title(loc="left") for axes in drawn.axes] == ["gamma=0.5", "gamma=0.1"]


@pytest.mark.parametrize("names", [("a", "b"), ("interval_rescaling=True", "interval_rescaling=False"), tuple("abcde")])
def test_a_legend_covers_no_data_and_fits(names):
    drawn = figure.compare(dict.fromkeys(names, STAIRS), alt=ALT)
    drawn.draw_without_rendering()
    legend = drawn.legends[0].get_window_extent()
    assert not legend.overlaps(drawn.axes[0].get_window_extent())
    assert legend.x1 <= drawn.bbox.x1
    assert legend.y1 <= drawn.bbox.y1 + 1


@pytest.mark.parametrize("lrs", [STAIRS, STAIRS * 1e-7, STAIRS * 1e6, np.full(100_000, 12345.678)])
def test_no_label_leaves_the_figure(lrs):
    for drawn in (figure.curve(lrs, alt=ALT), figure.sweep({str(i): lrs for i in range(3)}, alt=ALT)):
        drawn.draw_without_rendering()
        boxes = [text.get_window_extent() for axes in drawn.axes for text in axes.get_yticklabels()]
        assert all(box.x0 >= 0 for box in boxes)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 9])
def test_every_value_gets_a_panel(count):
    assert len(figure.sweep({f"gamma=0.{i}": STAIRS for i in range(count)}, alt=ALT).axes) == count


def test_two_parameters_are_rows_and_columns():
    panels = {f"step_size={s}, gamma={g}": STAIRS for s in (5, 10, 20) for g in (0.5, 0.9)}
    drawn = figure.sweep(panels, alt=ALT, columns=2)
    assert drawn.axes[0].get_subplotspec().get_gridspec().get_geometry() == (3, 2)


def test_five_curves_differ_without_colour():
    lines = figure.compare(dict.fromkeys("abcde", STAIRS), alt=ALT).axes[0].lines
    looks = {(line.get_marker(), line.get_markerfacecolor() == "none") for line in lines if line.get_label() in "abcde"}
    assert len(looks) == 5


# Plateaus.


def test_each_reduction_is_joined_to_the_metric_before_it():
    metrics = np.linspace(1, 2, 30)
    drawn = figure.plateau(metrics, STAIRS, alt=ALT)
    top, bottom = drawn.axes
    joins = [artist for artist in drawn.artists if isinstance(artist, ConnectionPatch)]
    assert [join.xy1 for join in joins] == [(9, metrics[9]), (19, metrics[19])]
    assert [join.xy2 for join in joins] == [(10, STAIRS[9]), (20, STAIRS[19])]
    assert all((join.coords1, join.coords2) == (top.transData, bottom.transData) for join in joins)
    marks = [line for line in top.lines if line.get_marker() == "o"]
    assert [(*line.get_xdata(), *line.get_ydata()) for line in marks] == [join.xy1 for join in joins]


def test_in_each_of_several_panels_a_reduction_is_marked_at_the_step_that_uses_it():
    drawn = figure.plateau(np.ones(30), {"a": STAIRS, "b": STAIRS}, alt=ALT)
    for axes, steps in zip(drawn.axes, (set(), {10, 20}, {10, 20}), strict=True):
        assert {line.get_xdata()[0] for line in axes.lines if list(line.get_ydata()) == [0, 1]} == steps


def test_the_metric_stands_above_and_shares_the_steps():
    top, bottom = figure.plateau(np.ones(30), STAIRS, alt=ALT).axes
    assert top.get_position().y0 > bottom.get_position().y1
    assert top.get_xlim() == bottom.get_xlim()


# Refusals.


@few
@given(finite, st.data(), st.sampled_from([np.nan, np.inf, -np.inf]))
def test_a_learning_rate_that_is_not_finite_is_named(lrs, data, bad):
    place = tuple(data.draw(st.integers(0, size - 1)) for size in lrs.shape)
    lrs[place] = bad
    step, group = (*place, 0)[:2]
    with pytest.raises(ValueError, match=rf"at step {step} in param_groups\[{group}\]: trace fewer steps"):
        figure.curve(lrs, alt=ALT)


def test_a_message_names_the_label():
    with pytest.raises(ValueError, match=r"learning rates of 'gamma=2' are inf at step 1"):
        figure.compare({"gamma=1": [1, 1], "gamma=2": [1, np.inf]}, alt=ALT)


@pytest.mark.parametrize("bad", [[], [[]], np.ones((2, 2, 2)), 0.1])
def test_wrong_shapes_are_refused(bad):
    with pytest.raises(ValueError, match=r"shape \(steps,\) or \(steps, groups\)"):
        figure.curve(bad, alt=ALT)


@pytest.mark.parametrize("bad", [[1j], ["0.1"], [None], [True]])
def test_what_is_not_a_real_number_is_refused(bad):
    with pytest.raises(TypeError, match="must be real numbers"):
        figure.curve(bad, alt=ALT)


@pytest.mark.parametrize("lr", [0.0, -0.1])
def test_a_logarithmic_axis_refuses_what_has_no_place_on_it(lr):
    with pytest.raises(ValueError, match=r"at step 1 .*log=False"):
        figure.curve([0.1, lr], alt=ALT, log=True)


@pytest.mark.parametrize("metrics", [[1.0], np.ones((30, 1)), np.ones(31)])
def test_metrics_must_fit_the_steps(metrics):
    with pytest.raises(ValueError, match="one number per step"):
        figure.plateau(metrics, STAIRS, alt=ALT)


def test_metrics_must_be_finite():
    with pytest.raises(ValueError, match="metrics at step 3 are nan"):
        figure.plateau([1, 1, 1, np.nan, 1], np.ones(5), alt=ALT)


def test_several_groups_are_not_mixed_with_several_curves():
    with pytest.raises(ValueError, match=r"'a' hold 2 param groups: choose one"):
        figure.compare({"a": np.ones((5, 2))}, alt=ALT)


def test_more_curves_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="at most 5"):
        figure.compare(dict.fromkeys("abcdef", STAIRS), alt=ALT)


def test_more_groups_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="at most 5"):
        figure.curve(np.ones((3, 6)), alt=ALT)


@pytest.mark.parametrize("draw", [figure.compare, figure.sweep])
def test_nothing_is_not_drawn(draw):
    with pytest.raises(ValueError, match="nothing to draw"):
        draw({}, alt=ALT)


def test_columns_must_be_positive():
    with pytest.raises(ValueError, match="columns must be at least 1"):
        figure.sweep({"a": STAIRS}, alt=ALT, columns=0)


@pytest.mark.parametrize("alt", ["", "\n", "curve"])
def test_a_figure_must_be_described(alt):
    with pytest.raises(ValueError, match="alt text"):
        figure.curve(STAIRS, alt=alt)


def test_a_figure_without_a_description_can_be_looked_at_but_no_page_shows_it() -> None:
    drawn = figure.curve([0.1, 0.2])
    with pytest.raises(ValueError, match="needs alt text"):
        svg.to_svg(drawn)


def test_a_refused_figure_leaves_nothing_open():
    with pytest.raises(ValueError, match="alt text"):
        figure.sweep({"a": STAIRS}, alt="")
    assert plt.get_fignums() == []


def test_drawing_changes_no_setting_of_matplotlib():
    before = dict(mpl.rcParams)
    svg.to_svg(figure.curve(STAIRS, alt=ALT))
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("count", [2, 3, 4, 5])
@pytest.mark.parametrize("length", [4, 8, 10, 12, 16, 24, 40])
def test_no_label_of_a_comparison_reaches_beyond_the_figure(count: int, length: int) -> None:
    labels = [f"{index}{'warmup_iters=10, ' * 4}"[:length] for index in range(count)]
    drawn = figure.compare({label: [0.1, 0.2] for label in labels}, alt="Some levels, side by side.")
    (legend,) = drawn.legends
    assert legend.get_window_extent().x1 <= drawn.bbox.x1


# The text alternative.


@pytest.mark.parametrize(
    "draw",
    [
        lambda alt: figure.curve(STAIRS, alt=alt),
        lambda alt: figure.compare({"a": STAIRS, "b": STAIRS}, alt=alt),
        lambda alt: figure.sweep({"a": STAIRS, "b": STAIRS}, alt=alt),
        lambda alt: figure.plateau(np.ones(30), STAIRS, alt=alt),
    ],
)
def test_a_wrong_number_in_the_text_alternative_is_refused_before_anything_is_drawn(draw):
    draw("A staircase from 0.1 that falls at steps 10 and 20.")
    drawn = plt.get_fignums()
    with pytest.raises(ValueError, match="says step 21, but no curve begins a course there"):
        draw("A staircase from 0.1 that falls at steps 10 and 21.")
    assert plt.get_fignums() == drawn


def test_a_number_of_the_metric_may_be_said():
    figure.plateau(np.repeat([0.7, 0.4], 15), STAIRS, alt="The metric falls from 0.7 to 0.4 at step 15.")


# What goes wrong in between.


def test_a_figure_whose_drawing_fails_is_closed(monkeypatch):
    def fail(*_arguments, **_options):
        raise RuntimeError

    monkeypatch.setattr(curves, "_frame", fail)
    with pytest.raises(RuntimeError):
        figure.curve(STAIRS, alt=ALT)
    assert plt.get_fignums() == []


def test_each_param_group_is_drawn_under_its_own_name():
    lrs = np.column_stack([STAIRS, 2 * STAIRS])
    axes = figure.curve(lrs, alt=ALT).axes[0]
    colours = {line.get_label(): line.get_color() for line in axes.lines if line.get_label().startswith("param_groups")}
    drawn = {line.get_color(): line.get_ydata()[0] for line in axes.lines if len(line.get_xdata()) > 1}
    assert {name: drawn[colour] for name, colour in colours.items()} == {"param_groups[0]": 0.1, "param_groups[1]": 0.2}
