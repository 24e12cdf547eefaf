"""Draw what a comparison of schedules found: their courses in the same axes, and by how much each differs from the first.

A difference is given as its mean, and the ends of its interval where it has one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Tuple, Union, cast

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from lrdoc.figure.curves import LOOKS, WIDTH, LearningRateFigure
from lrdoc.figure.svg import STYLE, alt_if_given
from lrdoc.figure.training import Course, band, scale_accuracy, smooth

if TYPE_CHECKING:
    from typing import TypeAlias

Interval: TypeAlias = Union[Tuple[float, float, float], Tuple[float]]
"""Mean, and lower and upper end, as differences of accuracies."""

MOST = len(LOOKS)
"""How many schedules can be told apart in the same axes."""

_PANEL, _ROW, _AROUND = 120, 24, 130


def overlaid(
    labelled: Mapping[str, Course], intervals: Mapping[str, Interval], *, alt: str | None = None
) -> LearningRateFigure:
    """Draw learning rate, loss and accuracy of all courses in three panels, and below them their differences to the first.

    Raises ``ValueError`` for no course or more than can be told apart, and for a text alternative that says nothing.
    """
    if not 0 < len(labelled) <= MOST:
        raise ValueError(f"from 1 to {MOST} courses can be told apart in the same axes, got {len(labelled)}")
    heights = [_PANEL] * 3 + [_ROW * len(intervals) + 30] * bool(intervals)
    figure = _new(sum(heights) + _AROUND + 20 * len(labelled), alt)
    with plt.style.context(STYLE):
        panels = figure.subplots(len(heights), 1, gridspec_kw={"height_ratios": heights}, squeeze=False)[:, 0].tolist()
        for (label, course), look in zip(labelled.items(), LOOKS):
            _draw(panels, label, course, look.colour, look.dashes)
        _finish(panels[:3], labelled)
        if intervals:
            _draw_intervals(panels[3], intervals)
            panels[3].set_title("difference of accuracy at the end, in points")
        figure.legend(*panels[0].get_legend_handles_labels(), loc="lower left", bbox_to_anchor=(0.1, 0.0), ncol=1)
        bottom = (20 * len(labelled) + 34) / figure.bbox.height
        figure.subplots_adjust(left=0.15, right=0.97, bottom=bottom, top=1 - 24 / figure.bbox.height, hspace=0.55)
    figure.curves = tuple(np.atleast_2d(course.lrs)[0] for course in labelled.values())
    figure.labels = tuple(labelled)
    return figure


def differences(panels: Mapping[str, Mapping[str, Interval]], *, alt: str | None = None) -> LearningRateFigure:
    """Draw differences side by side, one panel of them for each label.

    Raises ``ValueError`` for nothing to draw, and for a text alternative that says nothing.
    """
    if not panels or not all(panels.values()):
        raise ValueError("nothing to draw: pass at least one panel of differences")
    figure = _new(_ROW * max(map(len, panels.values())) + _AROUND + 20, alt)
    with plt.style.context(STYLE):
        grid = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0].tolist()
        for axes, (label, intervals) in zip(grid, panels.items()):
            _draw_intervals(axes, intervals)
            axes.set_title(label)
        figure.text(0.99, 0.01, "points", style="italic", ha="right", va="bottom")
        figure.subplots_adjust(left=0.3, right=0.97, bottom=44 / figure.bbox.height, top=0.86, wspace=0.12)
    return figure


def _new(height: int, alt: str | None) -> LearningRateFigure:
    described = alt_if_given(alt)
    with plt.style.context(STYLE):
        size = (WIDTH / 96, height / 96)
        figure = cast(LearningRateFigure, plt.figure(figsize=size, FigureClass=LearningRateFigure))
    figure.set_label(described)
    return figure


def _draw(
    panels: list[Axes], label: str, course: Course, colour: str, dashes: str | tuple[float, tuple[float, ...]]
) -> None:
    top, middle, bottom = panels[:3]
    iterations = np.arange(course.losses.shape[1])
    for run, lrs in enumerate(np.atleast_2d(course.lrs)):
        name = "_nolegend_" if run else label
        top.step(iterations, lrs, where="post", color=colour, linestyle=dashes, linewidth=1.2, label=name)
    band(middle, smooth(iterations[np.newaxis])[0], smooth(course.losses), colour, dashes=dashes)
    band(bottom, course.ends, course.accuracies, colour, dashes=dashes)


def _finish(panels: list[Axes], labelled: Mapping[str, Course]) -> None:
    top, middle, bottom = panels
    top.set_ylim(bottom=min(0, min(float(course.lrs.min()) for course in labelled.values())))
    middle.set_yscale("log")
    middle.yaxis.set_major_locator(LogLocator(numticks=4))
    middle.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: f"{value:g}"))
    middle.yaxis.set_minor_formatter(NullFormatter())
    scale_accuracy([bottom], np.concatenate([np.ravel(course.accuracies) for course in labelled.values()]))
    for axes, name in zip(panels, ("lr", "loss", "accuracy")):
        axes.set_title(name, style="italic")
        axes.set_xlim(top.get_xlim())
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        axes.tick_params(labelbottom=axes is bottom)
    bottom.set_xlabel("iteration", style="italic", loc="right")


def _draw_intervals(axes: Axes, intervals: Mapping[str, Interval]) -> None:
    """Draw a dot for each mean, and a line from end to end of its interval, from top to bottom."""
    axes.axvline(0, color="#8b949e", linewidth=0.8)
    for row, interval in enumerate(intervals.values()):
        mean, *ends = (100 * value for value in interval)
        axes.plot([mean], [row], marker="o", markersize=5, color=LOOKS[0].colour)
        if ends:
            axes.plot(ends, [row, row], color=LOOKS[0].colour, linewidth=1.6)
    axes.set_yticks(range(len(intervals)), list(intervals))
    axes.set_ylim(len(intervals) - 0.5, -0.5)
    axes.xaxis.set_major_locator(MaxNLocator(5))
