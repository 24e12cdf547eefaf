"""Draw learning rates.

A learning-rate array has shape ``(steps,)`` or ``(steps, groups)``; row ``t`` is what update ``t`` used.
It is a sequence, not a function of time: each value is drawn as a level that holds from its step to the next, with a dot on it where there is room.
A jump is therefore a vertical edge, never a slope.

Every function takes ``alt``, the text alternative: the shape, from where to where, where it changes, what happens at the end.
A figure without one can be looked at, but no page shows it (`lrdoc.figure.svg.to_svg`).
``{curves}`` in it stands for how many curves there are, ``{panels}`` for how many panels of learning rates, as a word.
A number or a count in it that the figure does not bear out raises ``ValueError`` (`lrdoc.figure.alt`), and so does a placeholder that stands for nothing.
Each raises ``ValueError`` for learning rates that can't be drawn truthfully (empty, non-finite, not real numbers, or not positive on a log axis), naming the first bad step.
The figures are pyplot's, in the site's style; nothing outside them changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import rc_params_from_file
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import ConnectionPatch
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter
from numpy.typing import ArrayLike, NDArray

from lrdoc.figure import alt as alternative
from lrdoc.figure.alt import Levels
from lrdoc.figure.svg import STYLE, alt_if_given
from lrdoc.figure.wording import Value, Wording

if TYPE_CHECKING:
    from typing import TypeAlias

Steps: TypeAlias = NDArray[np.intp]

WIDTH = 504
"""Of a figure, in CSS pixels; 343 of them are left on a phone 375 wide."""

_CHARACTER = 8
"""The width to reckon with for one character of a label, in CSS pixels."""
_LEGEND_KEY = 12
"""What a legend takes beside each label, for its piece of line and the gaps, in characters."""
_ROUND = [1, 2, 2.5, 5, 10]
"""The leading digits of tick distances."""
_MARGIN = 6
"""Between text and the figure's edge, in CSS pixels."""


class LearningRateFigure(Figure):
    """A figure that remembers what it shows.

    ``curves`` are its learning rates, of which a thumbnail can be drawn, ``labels`` their labels, and ``values`` what fills the placeholders of its text alternative.
    """

    curves: tuple[Levels, ...] = ()
    labels: tuple[str, ...] = ()
    values: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True)
class Look:
    """How one curve is told from the others, also without colour."""

    colour: str
    dashes: str | tuple[float, tuple[float, ...]]
    marker: str
    hollow: bool

    @property
    def points(self) -> dict[str, Any]:
        """How its dots look, as arguments of matplotlib's ``plot``."""
        return {"marker": self.marker, "markerfacecolor": "none" if self.hollow else self.colour}


_COLOURS: list[str] = rc_params_from_file(STYLE)["axes.prop_cycle"].by_key()["color"]
LOOKS = (
    Look(_COLOURS[0], "-", "o", hollow=False),
    Look(_COLOURS[1], (0, (5, 1.5)), "s", hollow=True),
    Look(_COLOURS[2], (0, (1.5, 1.2)), "^", hollow=False),
    Look(_COLOURS[3], (0, (6, 1.5, 1.5, 1.5)), "D", hollow=True),
    Look(_COLOURS[4], (0, (9, 3)), "v", hollow=False),
)


def curve(lrs: ArrayLike, *, alt: str | None = None, log: bool = False) -> LearningRateFigure:
    """Draw one schedule; several param groups become several curves."""
    levels = _checked_lrs(lrs, log=log)
    groups = levels.shape[1]
    names = [f"param_groups[{index}]" for index in range(groups)] if groups > 1 else [""]
    return _one_axes(dict(zip(names, levels.T)), alt=alt, log=log)


def compare(curves: Mapping[str, ArrayLike], *, alt: str | None = None, log: bool = False) -> LearningRateFigure:
    """Draw up to five labelled schedules of one param group each in the same axes."""
    levels = _checked_curves(curves, log=log)
    return _one_axes(levels, alt=alt, log=log)


def sweep(
    panels: Mapping[str, ArrayLike], *, alt: str | None = None, columns: int | None = None, log: bool = False
) -> LearningRateFigure:
    """Draw one small panel per value of a parameter, all on the same axes.

    The label, such as ``gamma=0.5``, stands above its panel.
    ``columns`` arranges two parameters as rows and columns; without it the labels decide how many fit.
    """
    levels = _checked_curves(panels, log=log)
    described = _described(alt, levels, "panels")
    alternative.check(described.text(), levels)
    wide = _columns(levels) if columns is None else columns
    if wide < 1:
        raise ValueError(f"columns must be at least 1, got {wide}")
    rows = ceil(len(levels) / wide)
    with _new_figure(described, 80 + 128 * rows, levels) as figure:
        grid = figure.subplots(rows, wide, sharex=True, sharey=True, squeeze=False).ravel().tolist()
        for axes, (label, values) in zip(grid, levels.items()):
            axes.set_title(label)
            _draw(axes, values, LOOKS[0], _marked(values, WIDTH / wide))
        for axes in grid[len(levels) :]:
            axes.remove()
        for axes in figure.axes[-wide:]:
            axes.xaxis.set_tick_params(labelbottom=True)
        _frame(grid[0], levels.values(), log=log, ticks=5 if wide < 3 else 3)
        _name(figure, "lr", "step")
        _arrange(figure, rows, wide, top=46)
    return figure


def plateau(
    metrics: ArrayLike, lrs: ArrayLike | Mapping[str, ArrayLike], *, alt: str | None = None, log: bool = False
) -> LearningRateFigure:
    """Draw a metric above the learning rates that follow from it, sharing the step axis.

    ``lrs`` is one array, or labelled arrays for one panel each; ``metrics`` has shape ``(steps,)``, one number per step.
    Below one metric, a line joins each drop of the learning rate with the metric that caused it, that of the step before.
    With several panels, a vertical line marks each step from which a lower learning rate is used.
    """
    levels = _checked_curves(lrs if isinstance(lrs, Mapping) else {"": lrs}, log=log)
    series = _checked_metrics(metrics, levels)
    described = _described(alt, levels, "panels")
    alternative.check(described.text(), levels, series)
    with _new_figure(described, 200 + 110 * len(levels), levels) as figure:
        heights = [1.5, *[1.0] * len(levels)]
        top, *panels = figure.subplots(1 + len(levels), 1, sharex=True, gridspec_kw={"height_ratios": heights})
        _draw_metrics(top, series)
        for axes, (label, values) in zip(panels, levels.items()):
            axes.sharey(panels[0])
            axes.set_title(label or "lr")
            _draw(axes, values, LOOKS[0], _marked(values, WIDTH))
            if len(levels) == 1:
                _join_reductions(top, series, axes, values)
            else:
                _mark_reductions(axes, values)
        _frame(panels[0], levels.values(), log=log, ticks=3)
        _name(figure, "", "step")
        _arrange(figure, 1 + len(levels), 1, top=26)
    return figure


def thumbnail(*lrs: ArrayLike, alt: str) -> LearningRateFigure:
    """Draw up to three bare curves, without text."""
    curves = [values for array in lrs for values in _checked_lrs(array).T][:3]
    named = {str(index): values for index, values in enumerate(curves)}
    with _new_figure(_described(alt, named, "curves"), 100, named, width=160) as figure:
        draw_bare(figure.add_axes((0.03, 0.05, 0.94, 0.9)), curves, linewidth=2.2)
    return figure


def draw_bare(axes: Axes, curves: Sequence[Levels], linewidth: float) -> None:
    """Draw curves, at most as many as there are looks, without axes or text."""
    for values, look in zip(curves, LOOKS):
        axes.plot(*_treads(values), color=look.colour, linewidth=linewidth, clip_on=False)
    _frame(axes, curves, log=False, ticks=3)
    axes.set_axis_off()


# What is drawn.


def _one_axes(curves: Mapping[str, Levels], *, alt: str | None, log: bool) -> LearningRateFigure:
    if len(curves) > len(LOOKS):
        raise ValueError(f"at most {len(LOOKS)} curves can be told apart, got {len(curves)}: leave some out, or sweep")
    described = _described(alt, curves, "curves")
    alternative.check(described.text(), curves, together=True)
    columns = min(len(curves), _fitting(curves, extra=_LEGEND_KEY))
    legend_height = 22 * ceil(len(curves) / columns) if len(curves) > 1 else 0
    with _new_figure(described, 264 + legend_height, curves) as figure:
        axes = figure.subplots()
        for index, (look, (label, values)) in enumerate(zip(LOOKS, curves.items())):
            _draw(axes, values, look, _marked(values, WIDTH, sparse=len(curves) > 1, offset=index))
            axes.plot([], [], color=look.colour, linestyle=look.dashes, label=label, **look.points)
        _frame(axes, curves.values(), log=log, ticks=5)
        _name(figure, "lr", "step")
        _arrange(figure, 1, 1, top=28 + legend_height)
        if legend_height:
            # Above the axes, where there is no data to cover.
            figure.legend(loc="upper left", bbox_to_anchor=(0.06, 1), ncol=columns)
    return figure


def _draw(axes: Axes, values: Levels, look: Look, marked: Steps) -> None:
    """Draw the levels of one curve, and dots on the steps in ``marked``."""
    dotted = len(marked) == len(values)
    axes.plot(
        *_treads(values), color=look.colour, linestyle="-" if dotted else look.dashes, linewidth=0.9 if dotted else None
    )
    axes.plot(marked, values[marked], linestyle="", color=look.colour, clip_on=False, zorder=3, **look.points)


def _treads(values: Levels) -> tuple[Levels, Levels]:
    """Return the corners of the path on which each value holds until the next step."""
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    ends = np.r_[starts[1:], len(values)]
    return np.column_stack([starts, ends]).ravel(), np.repeat(values[starts], 2)


def _marked(values: Levels, width: float, *, sparse: bool = False, offset: int = 0) -> Steps:
    """Return the steps that get a dot: all where there is room, else none or, to tell curves apart, a few."""
    steps = np.arange(len(values))
    if len(values) * 6 <= width - 60:
        return steps
    stride = ceil(len(values) / 8)
    return steps[stride * (offset + 1) // 6 :: stride] if sparse else steps[:0]


def _draw_metrics(axes: Axes, metrics: Levels) -> None:
    axes.plot(
        metrics, color=_COLOURS[4], linewidth=0.8, marker="." if len(_marked(metrics, WIDTH)) else "", markersize=5
    )
    axes.yaxis.set_major_locator(MaxNLocator(4, steps=_ROUND))
    axes.yaxis.set_major_formatter(FuncFormatter(_plain))
    axes.set_title("metrics")


def _reductions(values: Levels) -> Steps:
    """Return the steps from which a lower learning rate is used."""
    return np.flatnonzero(np.diff(values) < 0) + 1


def _mark_reductions(axes: Axes, values: Levels) -> None:
    for step in _reductions(values):
        axes.axvline(step, color=_COLOURS[1], linestyle=(0, (3, 2)), linewidth=1.0, zorder=1)


def _join_reductions(top: Axes, metrics: Levels, axes: Axes, values: Levels) -> None:
    """Draw a line from the metric that caused a lower learning rate to the drop, across the space between the axes."""
    look: dict[str, Any] = {"color": _COLOURS[1], "linestyle": (0, (3, 2)), "linewidth": 1.0, "zorder": 1}
    for step in _reductions(values).tolist():
        cause, drop = (step - 1, metrics[step - 1]), (step, values[step - 1])
        top.plot(*cause, color=_COLOURS[1], marker="o", markersize=5, clip_on=False)
        top.figure.add_artist(ConnectionPatch(cause, drop, top.transData, axes.transData, **look))


def _frame(axes: Axes, curves: Iterable[Levels], *, log: bool, ticks: int) -> None:
    """Set limits and ticks: whole steps, and learning rates from 0 unless logarithmic."""
    values = list(curves)
    steps = max(map(len, values))
    axes.set_xlim(-0.015 * steps, 1.015 * steps)
    axes.xaxis.set_major_locator(MaxNLocator(ticks + 1 if ticks > 3 else ticks, integer=True, steps=_ROUND))
    axes.xaxis.set_major_formatter(FuncFormatter(_plain))
    low, high = min(float(each.min()) for each in values), max(float(each.max()) for each in values)
    if log:
        axes.set_yscale("log")
        axes.set_ylim(low / 1.5, high * 1.5)
        axes.yaxis.set_minor_formatter(NullFormatter())
    else:
        room = 0.07 * (max(high, 0) - min(low, 0)) or 1.0
        axes.set_ylim(min(low - room, 0) if low < 0 else 0, max(high, 0) + room)
        axes.yaxis.set_major_locator(MaxNLocator(ticks, steps=_ROUND))
    axes.yaxis.set_major_formatter(FuncFormatter(_plain))


def _plain(value: float, _position: int | None = None) -> str:
    return f"{value:.10g}"


def _name(figure: Figure, vertical: str, horizontal: str) -> None:
    """Name the axes in the corners of the figure, where that takes no width from the data."""
    x, y = _MARGIN / WIDTH, _MARGIN / figure.bbox.height
    figure.text(x, 1 - y, vertical, style="italic", ha="left", va="top")
    figure.text(1 - x, y, horizontal, style="italic", ha="right", va="bottom")


def _arrange(figure: Figure, rows: int, columns: int, top: float) -> None:
    """Place the axes by the lengths, in pixels, of the labels around them.

    Reckoned, not measured: readers see the text in their own fonts.
    """
    width, height = WIDTH, figure.bbox.height
    last = figure.axes[-1]
    left, right = 12 + _CHARACTER * _longest(last.get_yticks()), 2 + _CHARACTER / 2 * _longest(last.get_xticks())
    bottom, gap, title = 44, 16, 30
    panel_width = (width - left - right - gap * (columns - 1)) / columns
    panel_height = (height - top - bottom - title * (rows - 1)) / rows
    figure.subplots_adjust(
        left=left / width,
        right=1 - right / width,
        bottom=bottom / height,
        top=1 - top / height,
        wspace=gap / panel_width,
        hspace=title / panel_height,
    )


def _longest(ticks: Iterable[float]) -> int:
    return max(len(_plain(tick)) for tick in ticks)


def _columns(panels: Iterable[str]) -> int:
    labels = list(panels)
    return min(2 if len(labels) == 4 else 3, len(labels), _fitting(labels))


def _fitting(labels: Iterable[str], extra: int = 1) -> int:
    """Return how many labels, each with room for ``extra`` characters more, fit side by side."""
    longest = max(map(len, labels)) + extra
    return max(1, int((WIDTH - 40) / (_CHARACTER * longest)))


@contextmanager
def _new_figure(
    described: Wording, height: int, curves: Mapping[str, Levels], width: int = WIDTH
) -> Iterator[LearningRateFigure]:
    """Open a figure in the site's style; close it again if drawing fails, so that nothing half drawn is shown."""
    with plt.style.context(STYLE):
        figure = cast(LearningRateFigure, plt.figure(figsize=(width / 96, height / 96), FigureClass=LearningRateFigure))
        try:
            yield figure
        except BaseException:
            plt.close(figure)
            raise
    figure.set_label(described.template)
    figure.values = described.values
    figure.curves, figure.labels = tuple(curves.values()), tuple(curves)


def _described(alt: str | None, curves: Mapping[str, Levels], what: str) -> Wording:
    """Return the text alternative of a figure of these curves, whose number is called ``what`` in it."""
    return Wording(alt_if_given(alt), {what: len(curves)})


# What is refused.


def _checked_curves(curves: Mapping[str, ArrayLike], *, log: bool) -> dict[str, Levels]:
    if not curves:
        raise ValueError("nothing to draw: pass at least one labelled array of learning rates")
    return {label: _one_group(label, _checked_lrs(lrs, label, log=log)) for label, lrs in curves.items()}


def _one_group(label: str, levels: Levels) -> Levels:
    if levels.shape[1] != 1:
        raise ValueError(f"{_of(label)} hold {levels.shape[1]} param groups: choose one, as in lrs[:, 0]")
    return levels[:, 0]


def _checked_lrs(lrs: ArrayLike, label: str = "", *, log: bool = False) -> Levels:
    """Return learning rates as float64 of shape ``(steps, groups)``."""
    levels = _real(lrs, _of(label))
    if levels.ndim == 1:
        levels = levels[:, np.newaxis]
    if levels.ndim != 2 or levels.size == 0:
        raise ValueError(
            f"{_of(label)} must have shape (steps,) or (steps, groups), none of them 0; got {np.shape(lrs)}"
        )
    _check(np.isfinite(levels), levels, label, "trace fewer steps, or mend what makes the scheduler diverge")
    if log:
        _check(levels > 0, levels, label, "a log axis has no place for it: use log=False")
    return levels


def _checked_metrics(metrics: ArrayLike, curves: Mapping[str, Levels]) -> Levels:
    series = _real(metrics, "metrics")
    for label, levels in curves.items():
        if series.shape != levels.shape:
            raise ValueError(
                f"metrics must be one number per step: {_of(label)} have {len(levels)} steps, metrics the shape {series.shape}"
            )
    if not np.isfinite(series).all():
        step = int(np.flatnonzero(~np.isfinite(series))[0])
        raise ValueError(f"metrics at step {step} are {series[step]}: end the series before it")
    return series


def _real(numbers: ArrayLike, name: str) -> Levels:
    array = np.asarray(numbers)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must be real numbers, got an array of {array.dtype}: convert it to floats first")
    return array.astype(np.float64)


def _check(good: NDArray[np.bool_], levels: Levels, label: str, remedy: str) -> None:
    if not good.all():
        step, group = (int(index) for index in np.argwhere(~good)[0])
        raise ValueError(f"{_of(label)} are {levels[step, group]} at step {step} in param_groups[{group}]: {remedy}")


def _of(label: str) -> str:
    return f"the learning rates of {label!r}" if label else "the learning rates"
