"""The batch of every iteration, as a function of the seed and the iteration alone.

So a training that is resumed goes on with the batch that it would have seen, and several processes share out the very batches that one would take.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from lrdoc.practice.augment import AUGMENTATIONS, Images, Targets
from lrdoc.practice.data import Dataset, Split
from lrdoc.practice.plan import per_epoch

Inputs: TypeAlias = NDArray[np.float32]
"""Standardized images of shape ``(n, channels, height, width)``."""


@dataclass(frozen=True)
class Batches:
    """Batches of ``size`` training images; ``share`` is (rank, processes), and each gets an equal part of every batch."""

    dataset: Dataset
    size: int
    seed: int
    augmentations: tuple[str, ...] = ()
    label_smoothing: float = 0.0
    share: tuple[int, int] = (0, 1)
    _orders: dict[int, NDArray[np.int64]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for sizes that don't fit."""
        processes = self.share[1]
        per_epoch(len(self.dataset.train.labels), self.size)
        if self.size % processes:
            raise ValueError(f"a batch of {self.size} can't be shared out equally among {processes} processes")

    @cached_property
    def _standard(self) -> tuple[Inputs, Inputs]:
        """The factor and the summand, shape ``(3, 1, 1)``, that give each channel of the training images mean 0 and standard deviation 1."""
        parts = np.array_split(self.dataset.train.images, 50)  # not at once: 50,000 images take memory
        counts = np.sum([_channel_counts(part) for part in parts], axis=0)
        shares, values = counts / counts.sum(1, keepdims=True), np.arange(256) / 255
        mean = shares @ values
        deviation = np.maximum(np.sqrt(shares @ values**2 - mean**2), 1e-6)
        factor, summand = 1 / (255 * deviation), -mean / deviation
        return factor.astype(np.float32)[:, None, None], summand.astype(np.float32)[:, None, None]

    @property
    def per_epoch(self) -> int:
        """How many whole batches an epoch has; the few images left over change from epoch to epoch."""
        return per_epoch(len(self.dataset.train.labels), self.size)

    def indices(self, iteration: int) -> NDArray[np.int64]:
        """Return which training images make up the batch of an iteration, for all processes together."""
        epoch, within = divmod(iteration, self.per_epoch)
        return self._order(epoch)[within * self.size : (within + 1) * self.size]

    def _order(self, epoch: int) -> NDArray[np.int64]:
        """Return the order of the training images in an epoch; that of the last epoch asked for is kept."""
        if epoch not in self._orders:
            order = np.random.default_rng([self.seed, 0, epoch]).permutation(len(self.dataset.train.labels))
            self._orders.clear()
            self._orders[epoch] = order
        return self._orders[epoch]

    def training(self, iteration: int) -> tuple[Inputs, Targets]:
        """Return this process's part of a batch: images ``(n, 3, 32, 32)`` and target probabilities ``(n, classes)``."""
        chosen = self.indices(iteration)
        images: Images = self.dataset.train.images[chosen]
        targets = self._targets(self.dataset.train.labels[chosen])
        generator = np.random.default_rng([self.seed, 1, iteration])
        for name in self.augmentations:
            images, targets = AUGMENTATIONS[name](images, targets, generator)
        rank, processes = self.share
        return self._standardized(images[rank::processes]), targets[rank::processes]

    def validation(self) -> Iterator[tuple[Inputs, NDArray[np.int64]]]:
        """Yield this process's part of the test images, unchanged, with their labels."""
        rank, processes = self.share
        split = Split(self.dataset.test.images[rank::processes], self.dataset.test.labels[rank::processes])
        for start in range(0, len(split.labels), self.size):
            part = slice(start, start + self.size)
            yield self._standardized(split.images[part]), split.labels[part]

    def _targets(self, labels: NDArray[np.int64]) -> Targets:
        classes = len(self.dataset.classes)
        hard = np.eye(classes, dtype=np.float32)[labels]
        return hard * np.float32(1 - self.label_smoothing) + np.float32(self.label_smoothing / classes)

    def _standardized(self, images: Images) -> Inputs:
        factor, summand = self._standard
        # Bytes are moved to where the model reads them before they become floats, which are four times as large.
        standardized = np.ascontiguousarray(images.transpose(0, 3, 1, 2)).astype(np.float32)
        standardized *= factor
        standardized += summand
        return standardized


def _channel_counts(images: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return how often each value occurs in each channel, shape ``(3, 256)``."""
    return np.stack([np.bincount(images[..., channel].ravel(), minlength=256) for channel in range(3)])
