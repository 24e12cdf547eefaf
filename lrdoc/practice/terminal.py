"""Draw a curve with characters."""

from __future__ import annotations

import shutil

import numpy as np
from numpy.typing import NDArray

_BLOCKS = " ▁▂▃▄▅▆▇█"
_UNIT = "  iteration"
_WIDEST, _NARROWEST = 64, 8


def plot(lrs: NDArray[np.float64], width: int | None = None, height: int = 8) -> str:
    """Return the learning rates as columns over ``width`` characters, by default as many as the terminal has room for, up to 64; each column shows the largest of its steps.

    The axis starts at 0, or at the lowest learning rate where that is negative.
    """
    bottom, top = min(0.0, float(lrs.min())), float(lrs.max())
    labels = [f"{top:.4g}", *[""] * (height - 2), f"{bottom:.4g}"]
    indent = max(map(len, labels))
    if width is None:
        room = shutil.get_terminal_size().columns - indent - len(" │") - len(_UNIT)
        width = min(_WIDEST, max(_NARROWEST, room))
    columns = np.array([part.max() for part in np.array_split(lrs, min(width, len(lrs)))])
    eighths = np.rint((columns - bottom) / ((top - bottom) or 1.0) * height * 8).astype(int)
    lines = ["".join(_BLOCKS[min(max(level - 8 * row, 0), 8)] for level in eighths) for row in reversed(range(height))]
    last = f"{len(lrs) - 1:,}"
    axis = f"{' ' * indent}  0{last:>{max(len(columns) - 1, len(last) + 1)}}{_UNIT}"
    return "\n".join([*(f"{label:>{indent}} │{line}" for label, line in zip(labels, lines, strict=True)), axis])
