"""Draw a curve with characters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BLOCKS = " ▁▂▃▄▅▆▇█"


def plot(lrs: NDArray[np.float64], width: int = 64, height: int = 8) -> str:
    """Return the learning rates as columns over ``width`` characters; each column shows the largest of its steps.

    The axis starts at 0, or at the lowest learning rate where that is negative.
    """
    columns = np.array([part.max() for part in np.array_split(lrs, min(width, len(lrs)))])
    bottom, top = min(0.0, float(lrs.min())), float(lrs.max())
    eighths = np.rint((columns - bottom) / ((top - bottom) or 1.0) * height * 8).astype(int)
    lines = ["".join(_BLOCKS[min(max(level - 8 * row, 0), 8)] for level in eighths) for row in reversed(range(height))]
    labels = [f"{top:.4g}", *[""] * (height - 2), f"{bottom:.4g}"]
    indent = max(map(len, labels))
    last = f"{len(lrs) - 1:,}"
    axis = f"{' ' * indent}  0{last:>{max(len(columns) - 1, len(last) + 1)}}  iteration"
    return "\n".join([*(f"{label:>{indent}} │{line}" for label, line in zip(labels, lines, strict=True)), axis])
