"""Augmentations of a batch: images of shape ``(n, height, width, channels)`` and targets, a probability per class, of shape ``(n, classes)``.

Images may be of bytes or of floats; crop, flip and cutout keep their type, and mixup makes floats.
All of them draw from the generator that they are given and from nothing else: who seeds it alike gets the same batch again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Images: TypeAlias = NDArray[np.number[Any]]
Targets: TypeAlias = NDArray[np.float32]
Augmentation: TypeAlias = Callable[[Images, Targets, np.random.Generator], tuple[Images, Targets]]

_PADDING, _HOLE, _MIXUP_ALPHA = 4, 8, 0.2


def crop(images: Images, targets: Targets, generator: np.random.Generator) -> tuple[Images, Targets]:
    """Move each image by up to 4 pixels; what comes in at the edges is black."""
    count, height, width, channels = images.shape
    inside = slice(_PADDING, -_PADDING)
    padded = np.zeros((count, height + 2 * _PADDING, width + 2 * _PADDING, channels), images.dtype)
    padded[:, inside, inside] = images
    top, left = generator.integers(0, 2 * _PADDING + 1, (2, count))
    moved = np.empty_like(images)
    # Image by image: copying a rectangle is many times faster than gathering its pixels by their indices.
    for image, place, row, column in zip(moved, padded, top.tolist(), left.tolist(), strict=True):
        image[:] = place[row : row + height, column : column + width]
    return moved, targets


def flip(images: Images, targets: Targets, generator: np.random.Generator) -> tuple[Images, Targets]:
    """Mirror about half of the images."""
    mirrored = generator.random(len(images)) < 0.5
    flipped = images.copy()
    flipped[mirrored] = images[mirrored, :, ::-1]
    return flipped, targets


def cutout(images: Images, targets: Targets, generator: np.random.Generator) -> tuple[Images, Targets]:
    """Blacken a square of 8 pixels, around a random place, in each image."""
    count, height, width, _ = images.shape
    rows = np.abs(np.arange(height) - generator.integers(0, height, (count, 1))) <= _HOLE // 2
    columns = np.abs(np.arange(width) - generator.integers(0, width, (count, 1))) <= _HOLE // 2
    hole = rows[:, :, None] & columns[:, None, :]
    return np.where(hole[..., None], np.zeros_like(images[:1]), images), targets


def mixup(images: Images, targets: Targets, generator: np.random.Generator) -> tuple[Images, Targets]:
    """Blend each image, and its targets, with those of another of the batch."""
    share = np.float32(generator.beta(_MIXUP_ALPHA, _MIXUP_ALPHA))
    others = generator.permutation(len(images))
    return share * images + (1 - share) * images[others], share * targets + (1 - share) * targets[others]


AUGMENTATIONS: Mapping[str, Augmentation] = {"crop": crop, "flip": flip, "cutout": cutout, "mixup": mixup}
"""By the name on the command line; applied in the order in which they are named."""
