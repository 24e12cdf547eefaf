"""Draw the course of trainings: the learning rate, the training loss and the validation accuracy that came of it.

Shapes: learning rates ``(iterations,)``; losses ``(runs, iterations)``; accuracies ``(runs, epochs)``, one after each epoch.
With several runs the mean is drawn as a line, and a band from the lowest to the highest run behind it.
The axis of accuracies is logarithmic in what is missing to 1: from 0.9 to 0.95 is as far as from 0.8 to 0.9, as each halves the errors.
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
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, MaxNLocator, NullFormatter, NullLocator
from numpy.typing import NDArray

from lrdoc.figure.curves import WIDTH, LearningRateFigure
from lrdoc.figure.svg import STYLE, alt_if_given
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

    @property
    def ends(self) -> NDArray[np.float64]:
        """The last iteration of every epoch, shape ``(epochs,)``."""
        epochs = self.accuracies.shape[1]
        ends: NDArray[np.float64] = (np.arange(epochs) + 1) * self.losses.shape[1] / epochs - 1
        return ends


def courses(
    labelled: Mapping[str, Course], *, alt: str | None = None, among: Iterable[Course] | None = None
) -> LearningRateFigure:
    """Draw each course as a column of three panels, learning rate, loss and accuracy; the rows share their axes.

    The axes have room for all courses ``among`` which these are, so that several figures can be compared.
    ``alt`` may say the mean accuracy at the end of a course by a placeholder of its label: ``{warm_restarts}`` for ``warm restarts``.
    Raises ``ValueError`` without a course, and for a text alternative that says nothing.
    """
    if not labelled:
        raise ValueError("nothing to draw: pass at least one labelled course")
    described = Wording(alt_if_given(alt), {name(label): _at_end(course) for label, course in labelled.items()})
    described.text()  # refused before anything is drawn, or not at all
    with plt.style.context(STYLE):
        size = (WIDTH / 96, (3 * _ROW_HEIGHT + _AROUND) / 96)
        figure = cast(LearningRateFigure, plt.figure(figsize=size, FigureClass=LearningRateFigure))
        grid = figure.subplots(3, len(labelled), sharex=True, sharey="row", squeeze=False)
        for column, (label, course) in zip(grid.T, labelled.items()):
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
    band(middle, smooth(np.arange(iterations)[np.newaxis])[0], smooth(course.losses), _COLOURS[1])
    epochs = course.accuracies.shape[1]
    band(bottom, course.ends, course.accuracies, _COLOURS[2], marker="." if epochs <= 30 else "")


def smooth(runs: NDArray[Any]) -> NDArray[np.float64]:
    """Return the means over consecutive parts of the iterations, shape ``(runs, parts)``."""
    parts = np.array_split(np.arange(runs.shape[1]), min(_SMOOTHED, runs.shape[1]))
    return np.stack([runs[:, part].mean(axis=1) for part in parts], axis=1)


def band(
    axes: Axes,
    at: NDArray[Any],
    runs: NDArray[np.float64],
    colour: str,
    marker: str = "",
    dashes: str | tuple[float, tuple[float, ...]] = "-",
) -> None:
    """Draw the mean of runs, and behind it the range from the lowest to the highest."""
    if len(runs) > 1:
        axes.fill_between(at, runs.min(axis=0), runs.max(axis=0), color=colour, alpha=0.3, linewidth=0)
    axes.plot(at, runs.mean(axis=0), color=colour, linestyle=dashes, linewidth=1.2, marker=marker, markersize=4)


def _name_axes(first: Sequence[Axes], names: Sequence[str]) -> None:
    for axes, text in zip(first, names):
        axes.set_ylabel(text, style="italic")


def _frame(grid: NDArray[Any], among: Sequence[Course]) -> None:
    """Let the rows of panels have room for all courses: the learning rate from 0, the loss on a log axis."""
    top, middle, _ = grid[:, 0]
    top.set_ylim(0, 1.05 * max(float(course.lrs.max()) for course in among) or 1.0)
    losses = [smooth(course.losses) for course in among]
    lowest, highest = min(float(each.min()) for each in losses), max(float(each.max()) for each in losses)
    middle.set_yscale("log")
    middle.set_ylim(max(lowest, 1e-6) / 1.5, highest * 1.5)
    scale_accuracy(grid[2], np.concatenate([np.ravel(course.accuracies) for course in among]))


_LEAST_ERROR = 1e-4
_ACCURACIES = np.array([0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999])
"""Where ticks may stand."""


def _halvings(accuracy: NDArray[np.float64]) -> NDArray[np.float64]:
    halvings: NDArray[np.float64] = -np.log2(np.maximum(1 - accuracy, _LEAST_ERROR))
    return halvings


def _accuracy(halvings: NDArray[np.float64]) -> NDArray[np.float64]:
    accuracy: NDArray[np.float64] = 1.0 - np.power(2.0, -halvings)
    return accuracy


def scale_accuracy(axes: Iterable[Axes], accuracies: NDArray[np.float64]) -> None:
    """Make vertical axes logarithmic in what is missing to an accuracy of 1, with room for all ``accuracies``."""
    low, high = _halvings(np.array([accuracies.min(), accuracies.max()]))
    room = 0.08 * (high - low) or 0.1
    limits = _accuracy(np.array([max(low - room, 0), high + room]))
    ticks = _ACCURACIES[(limits[0] <= _ACCURACIES) & (limits[1] >= _ACCURACIES)]
    for each in axes:
        each.set_yscale("function", functions=(_halvings, _accuracy))
        each.set_ylim(*limits)
        each.yaxis.set_major_locator(FixedLocator(ticks.tolist()) if len(ticks) > 2 else MaxNLocator(4, steps=_ROUND))
        each.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: f"{value:g}"))
        each.yaxis.set_minor_locator(NullLocator())


def _finish(figure: Figure, grid: NDArray[Any]) -> None:
    for axes in grid.ravel():
        axes.xaxis.set_major_locator(MaxNLocator(3 if grid.shape[1] > 1 else 6, integer=True, steps=_ROUND))
    for axes in grid[0]:
        axes.yaxis.set_major_locator(MaxNLocator(4, steps=_ROUND))
    for axes in grid[1]:
        axes.yaxis.set_major_locator(LogLocator(numticks=4))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: f"{value:g}"))
        axes.yaxis.set_minor_formatter(NullFormatter())
    figure.text(0.99, 0.01, "iteration", style="italic", ha="right", va="bottom")
    figure.subplots_adjust(left=0.15, right=0.97, bottom=0.13, top=0.93, wspace=0.12, hspace=0.16)
