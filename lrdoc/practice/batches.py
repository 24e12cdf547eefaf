"""The batch of every iteration, as a function of the seed and the iteration alone.

So a training that is resumed goes on with the batch that it would have seen, and several processes share out the very batches that one would take.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lrdoc.practice.augment import AUGMENTATIONS, Images, Targets
from lrdoc.practice.data import Dataset, Split
from lrdoc.practice.plan import per_epoch


@dataclass(frozen=True)
class Batches:
    """Batches of ``size`` training images; ``share`` is (rank, processes), and each gets an equal part of every batch."""

    dataset: Dataset
    size: int
    seed: int
    augmentations: tuple[str, ...] = ()
    label_smoothing: float = 0.0
    share: tuple[int, int] = (0, 1)

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for sizes that don't fit."""
        processes = self.share[1]
        per_epoch(len(self.dataset.train.labels), self.size)
        if self.size % processes:
            raise ValueError(f"a batch of {self.size} can't be shared out equally among {processes} processes")

    @cached_property
    def _statistics(self) -> tuple[Images, Images]:
        """Mean and standard deviation of each channel of the training images, which every image is standardized by."""
        parts = np.array_split(self.dataset.train.images, 50)  # not at once: 50,000 images take memory
        counts = np.sum([_channel_counts(part) for part in parts], axis=0)
        shares, values = counts / counts.sum(1, keepdims=True), np.arange(256) / 255
        mean = shares @ values
        deviation = np.sqrt(shares @ values**2 - mean**2)
        return mean.astype(np.float32), np.maximum(deviation, 1e-6).astype(np.float32)

    @property
    def per_epoch(self) -> int:
        """How many whole batches an epoch has; the few images left over change from epoch to epoch."""
        return per_epoch(len(self.dataset.train.labels), self.size)

    def indices(self, iteration: int) -> NDArray[np.int64]:
        """Return which training images make up the batch of an iteration, for all processes together."""
        epoch, within = divmod(iteration, self.per_epoch)
        order = np.random.default_rng([self.seed, 0, epoch]).permutation(len(self.dataset.train.labels))
        return order[within * self.size : (within + 1) * self.size]

    def training(self, iteration: int) -> tuple[Images, Targets]:
        """Return this process's part of a batch: images ``(n, 3, 32, 32)`` and target probabilities ``(n, classes)``."""
        chosen = self.indices(iteration)
        images = self.dataset.train.images[chosen].astype(np.float32) / 255
        targets = self._targets(self.dataset.train.labels[chosen])
        generator = np.random.default_rng([self.seed, 1, iteration])
        for name in self.augmentations:
            images, targets = AUGMENTATIONS[name](images, targets, generator)
        rank, processes = self.share
        return self._standardized(images[rank::processes]), targets[rank::processes]

    def validation(self) -> Iterator[tuple[Images, NDArray[np.int64]]]:
        """Yield this process's part of the test images, unchanged, with their labels."""
        rank, processes = self.share
        split = Split(self.dataset.test.images[rank::processes], self.dataset.test.labels[rank::processes])
        for start in range(0, len(split.labels), self.size):
            part = slice(start, start + self.size)
            yield self._standardized(split.images[part].astype(np.float32) / 255), split.labels[part]

    def _targets(self, labels: NDArray[np.int64]) -> Targets:
        classes = len(self.dataset.classes)
        hard = np.eye(classes, dtype=np.float32)[labels]
        return hard * np.float32(1 - self.label_smoothing) + np.float32(self.label_smoothing / classes)

    def _standardized(self, images: Images) -> Images:
        mean, deviation = self._statistics
        return np.ascontiguousarray(((images - mean) / deviation).transpose(0, 3, 1, 2))


def _channel_counts(images: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return how often each value occurs in each channel, shape ``(3, 256)``."""
    return np.stack([np.bincount(images[..., channel].ravel(), minlength=256) for channel in range(3)])
