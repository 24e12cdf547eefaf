"""Draw the course of trainings: the learning rate, the training loss and the validation accuracy that came of it.

Shapes: learning rates ``(iterations,)``; losses ``(runs, iterations)``; accuracies ``(runs, epochs)``, one after each epoch.
With several runs the mean is drawn as a line, and a band from the lowest to the highest run behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import rc_params_from_file
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter
from numpy.typing import NDArray

from lrdoc.figure.curves import WIDTH, LearningRateFigure
from lrdoc.figure.svg import STYLE, checked_alt
from lrdoc.figure.wording import Wording, name

_COLOURS: list[str] = rc_params_from_file(STYLE)["axes.prop_cycle"].by_key()["color"]
_ROW_HEIGHT, _AROUND = 108, 60
_ROUND = [1, 2, 2.5, 5, 10]
"""The leading digits of tick distances."""
_SMOOTHED = 40
"""Parts of a training over each of which the losses of batches are averaged."""


@dataclass(frozen=True)
class Course:
    """What one or more trainings with one schedule measured.

    ``lrs`` has one row per run where the runs differ, as they do with a schedule that follows a metric.
    """

    lrs: NDArray[np.float64]
    losses: NDArray[np.float64]
    accuracies: NDArray[np.float64]


def courses(labelled: Mapping[str, Course], *, alt: str, among: Iterable[Course] | None = None) -> LearningRateFigure:
    """Draw each course as a column of three panels, learning rate, loss and accuracy; the rows share their axes.

    The axes have room for all courses ``among`` which these are, so that several figures can be compared.
    ``alt`` may say the mean accuracy at the end of a course by a placeholder of its label: ``{warm_restarts}`` for ``warm restarts``.
    Raises ``ValueError`` without a course or a text alternative.
    """
    if not labelled:
        raise ValueError("nothing to draw: pass at least one labelled course")
    described = Wording(checked_alt(alt), {name(label): _at_end(course) for label, course in labelled.items()})
    described.text()  # refused before anything is drawn, or not at all
    with plt.style.context(STYLE):
        size = (WIDTH / 96, (3 * _ROW_HEIGHT + _AROUND) / 96)
        figure = cast(LearningRateFigure, plt.figure(figsize=size, FigureClass=LearningRateFigure))
        grid = figure.subplots(3, len(labelled), sharex=True, sharey="row", squeeze=False)
        for column, (label, course) in zip(grid.T, labelled.items(), strict=True):
            column[0].set_title(label)
            _draw(column, course)
        _name_axes(grid[:, 0].tolist(), ("lr", "loss", "accuracy"))
        _frame(grid, list(among or labelled.values()))
        _finish(figure, grid)
    figure.set_label(described.template)
    figure.values = described.values
    figure.curves = tuple(np.atleast_2d(course.lrs)[0] for course in labelled.values())
    figure.labels = tuple(labelled)
    return figure


def _at_end(course: Course) -> str:
    return f"{course.accuracies[:, -1].mean():.1%}"


def _draw(column: Sequence[Axes], course: Course) -> None:
    top, middle, bottom = column
    iterations = course.losses.shape[1]
    for lrs in np.atleast_2d(course.lrs):
        top.step(np.arange(iterations), lrs, where="post", color=_COLOURS[0], linewidth=1.2)
    _band(middle, _smooth(np.arange(iterations)[np.newaxis])[0], _smooth(course.losses), _COLOURS[1])
    epochs = course.accuracies.shape[1]
    ends = (np.arange(epochs) + 1) * iterations / epochs - 1
    _band(bottom, ends, course.accuracies, _COLOURS[2], marker="." if epochs <= 30 else "")


def _smooth(runs: NDArray[Any]) -> NDArray[np.float64]:
    """Return the means over consecutive parts of the iterations, shape ``(runs, parts)``."""
    parts = np.array_split(np.arange(runs.shape[1]), min(_SMOOTHED, runs.shape[1]))
    return np.stack([runs[:, part].mean(axis=1) for part in parts], axis=1)


def _band(axes: Axes, at: NDArray[Any], runs: NDArray[np.float64], colour: str, marker: str = "") -> None:
    if len(runs) > 1:
        axes.fill_between(at, runs.min(axis=0), runs.max(axis=0), color=colour, alpha=0.3, linewidth=0)
    axes.plot(at, runs.mean(axis=0), color=colour, linewidth=1.2, marker=marker, markersize=4)


def _name_axes(first: Sequence[Axes], names: Sequence[str]) -> None:
    for axes, text in zip(first, names, strict=True):
        axes.set_ylabel(text, style="italic")


def _frame(grid: NDArray[Any], among: Sequence[Course]) -> None:
    """Let the rows of panels have room for all courses: the learning rate from 0, the loss on a log axis, the accuracy from the lowest of the second half."""
    grid[0][0].set_ylim(0, 1.05 * max(float(course.lrs.max()) for course in among) or 1.0)
    # From 0 the rise of the first epochs, which all courses share, would leave no room for what tells them apart.
    late = [course.accuracies[:, course.accuracies.shape[1] // 2 :] for course in among]
    low, high = min(float(each.min()) for each in late), max(float(course.accuracies.max()) for course in among)
    around = max(0.1 * (high - low), 0.005)
    grid[2][0].set_ylim(max(low - around, 0.0), high + around)
    losses = [_smooth(course.losses) for course in among]
    lowest, highest = min(float(each.min()) for each in losses), max(float(each.max()) for each in losses)
    axes = grid[1][0]
    axes.set_yscale("log")
    axes.set_ylim(max(lowest, 1e-6) / 1.5, highest * 1.5)


def _finish(figure: Figure, grid: NDArray[Any]) -> None:
    for axes in grid.ravel():
        axes.xaxis.set_major_locator(MaxNLocator(3 if grid.shape[1] > 1 else 6, integer=True, steps=_ROUND))
    for axes in grid[[0, 2]].ravel():
        axes.yaxis.set_major_locator(MaxNLocator(4, steps=_ROUND))
    for axes in grid[1]:
        axes.yaxis.set_major_locator(LogLocator(numticks=4))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: f"{value:g}"))
        axes.yaxis.set_minor_formatter(NullFormatter())
    figure.text(0.99, 0.01, "iteration", style="italic", ha="right", va="bottom")
    figure.subplots_adjust(left=0.15, right=0.97, bottom=0.13, top=0.93, wspace=0.12, hspace=0.16)
