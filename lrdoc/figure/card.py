"""A curve as the picture of a link, which other sites show where a page's address is shared."""

from __future__ import annotations

import io

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike

from lrdoc.figure.curves import draw_bare
from lrdoc.figure.svg import BACKGROUND, STYLE, closing

WIDTH, HEIGHT = 1200, 630
"""In pixels: what the sites that show such pictures ask for."""
_DPI = 192  # text of twice the size that it has in a page: the picture is mostly shown at half its size


def card(lrs: ArrayLike, name: str, place: str) -> bytes:
    """Return a PNG file that shows learning rates of shape ``(steps,)`` or ``(steps, groups)`` under a ``name``, and below it the ``place`` that has it.

    The same arguments give the same bytes.
    """
    curves = np.atleast_2d(np.asarray(lrs, dtype=float).T)
    buffer = io.BytesIO()
    with plt.style.context(STYLE), closing(plt.figure(figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI)) as figure:
        figure.text(0.05, 0.93, name, size=20, weight="bold", va="top")
        figure.text(0.05, 0.8, place, size=11, va="top")
        draw_bare(figure.add_axes((0.05, 0.07, 0.9, 0.6)), list(curves), linewidth=3)
        figure.savefig(buffer, format="png", facecolor=BACKGROUND["light"], metadata={"Software": None})
    return buffer.getvalue()
