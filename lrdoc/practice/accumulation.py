"""Gradient accumulation: the gradient of a batch as the sum of those of its parts, each of which takes less memory.

An update is still one update on one batch, so neither the number of iterations nor the schedule depends on how many parts there are.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any


def parts(images: Any, targets: Any, count: int) -> Iterator[tuple[Any, Any, float]]:
    """Yield a batch in ``count`` parts of about equal size, each with its share of the batch, by which its mean loss counts."""
    images_in_all = len(targets)
    bounds = [images_in_all * part // count for part in range(count + 1)]
    for start, end in itertools.pairwise(bounds):
        yield images[start:end], targets[start:end], (end - start) / images_in_all
