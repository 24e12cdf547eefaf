"""Draw the loss of a training against the learning rates that it went through."""

from __future__ import annotations

from typing import cast

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator
from numpy.typing import NDArray

from lrdoc.figure.curves import LOOKS, WIDTH, LearningRateFigure
from lrdoc.figure.svg import STYLE, alt_if_given

_HEIGHT = 260


def loss_by_rate(
    lrs: NDArray[np.float64],
    losses: NDArray[np.float64],
    means: NDArray[np.float64],
    ends: tuple[float, float] | None,
    *,
    alt: str | None = None,
) -> LearningRateFigure:
    """Draw the losses of batches as dots and their running means as a line, and mark the learning rates between ``ends``.

    Shapes: all ``(iterations,)``; learning rates are above 0.
    Raises ``ValueError`` for a text alternative that says nothing.
    """
    described = alt_if_given(alt)
    with plt.style.context(STYLE):
        size = (WIDTH / 96, _HEIGHT / 96)
        figure = cast(LearningRateFigure, plt.figure(figsize=size, FigureClass=LearningRateFigure))
        axes = figure.subplots()
        axes.plot(lrs, losses, linestyle="", marker=".", markersize=3, color=LOOKS[0].colour, alpha=0.5)
        axes.plot(lrs, means, color=LOOKS[1].colour, linewidth=1.6)
        if ends is not None:
            axes.axvspan(*ends, color=LOOKS[2].colour, alpha=0.2, linewidth=0)
        axes.set_xscale("log")
        # A loss that explodes would leave no room for what it did before.
        axes.set_ylim(0, 1.5 * max(float(means[: max(3, len(means) // 10)].max()), float(means.min())))
        axes.xaxis.set_major_locator(LogLocator(numticks=8))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: f"{value:g}"))
        axes.set_title("loss", style="italic")
        axes.set_xlabel("lr", style="italic", loc="right")
        figure.subplots_adjust(left=0.12, right=0.95, bottom=0.22, top=0.88)
    figure.set_label(described)
    return figure
