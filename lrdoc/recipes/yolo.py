"""The schedules of the YOLO family: a line or half a cosine to a small part of the learning rate, stepped by the epoch."""

from __future__ import annotations

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import CosineDecayLR, LinearLR


def yolo(
    optimizer: Optimizer, *, epochs: int, min_lr_ratio: float = 0.01, cosine: bool = False
) -> CosineDecayLR | LinearLR:
    """Fall from the optimizer's learning rate to a part of it; ``step()`` is called once an epoch.

    ``epochs`` is the number of epochs, at least 1; after it the learning rate stays.
    ``min_lr_ratio`` (``lrf`` in YOLO) is the part of the learning rate that is left at the end, from 0 to 1.
    ``cosine`` (``cos_lr`` in YOLO) is True for half a cosine, which YOLOv5 calls one-cycle, False for a line.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (hasattr(epochs, "__index__") and epochs >= 1):
        raise ValueError(f"epochs is an int of at least 1, not {epochs!r}")
    if not (hasattr(min_lr_ratio, "__float__") and 0 <= min_lr_ratio <= 1):
        raise ValueError(f"min_lr_ratio is a number from 0 to 1, not {min_lr_ratio!r}")
    if cosine not in (True, False):
        raise ValueError(f"cosine is True or False, not {cosine!r}")
    if cosine:
        return CosineDecayLR(optimizer, decay_steps=epochs, alpha=min_lr_ratio)
    return LinearLR(optimizer, start_factor=1.0, end_factor=min_lr_ratio, total_iters=epochs)
