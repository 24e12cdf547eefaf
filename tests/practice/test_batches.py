from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lrdoc.practice.augment import AUGMENTATIONS
from lrdoc.practice.batches import Batches
from lrdoc.practice.data import Dataset, Split

EVERYTHING = tuple(AUGMENTATIONS)


def test_an_epoch_takes_every_image_at_most_once(dataset: Dataset) -> None:
    batches = Batches(dataset, size=10, seed=0)
    seen = np.concatenate([batches.indices(iteration) for iteration in range(batches.per_epoch)])
    assert len(seen) == len(set(seen.tolist())) == 60


def test_epochs_differ_in_their_order_and_so_do_seeds(dataset: Dataset) -> None:
    orders = {
        tuple(Batches(dataset, size=64, seed=seed).indices(epoch).tolist()) for seed in range(3) for epoch in range(3)
    }
    assert len(orders) == 9


def test_a_batch_depends_on_the_seed_and_the_iteration_alone(dataset: Dataset) -> None:
    straight, resumed = (Batches(dataset, 16, seed=3, augmentations=EVERYTHING) for _ in range(2))
    for iteration in range(6):
        straight.training(iteration)
    for one, other in zip(straight.training(6), resumed.training(6), strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("processes", [2, 4])
def test_processes_share_out_the_batch_that_one_would_take(dataset: Dataset, processes: int) -> None:
    alone = Batches(dataset, 16, seed=3, augmentations=EVERYTHING, label_smoothing=0.1)
    shares = [replace(alone, share=(rank, processes)).training(5) for rank in range(processes)]
    for whole, parts in zip(alone.training(5), zip(*shares, strict=True), strict=True):
        together = np.empty_like(whole)
        for rank, part in enumerate(parts):
            together[rank::processes] = part
        assert np.array_equal(together, whole)


def test_processes_share_out_the_validation(dataset: Dataset) -> None:
    labels = [
        label
        for rank in range(2)
        for _, part in Batches(dataset, 10, seed=0, share=(rank, 2)).validation()
        for label in part.tolist()
    ]
    assert sorted(labels) == sorted(dataset.test.labels.tolist())


def test_images_are_standardized_by_the_training_images(dataset: Dataset) -> None:
    images, _ = Batches(dataset, size=64, seed=0).training(0)
    assert images.shape == (64, 3, 32, 32)
    assert np.abs(images.mean(axis=(0, 2, 3))).max() < 1e-5
    assert np.abs(images.std(axis=(0, 2, 3)) - 1).max() < 1e-5


def test_targets_are_probabilities_that_label_smoothing_flattens(dataset: Dataset) -> None:
    _, hard = Batches(dataset, 16, seed=0).training(0)
    _, soft = Batches(dataset, 16, seed=0, label_smoothing=0.2).training(0)
    assert hard.max(axis=1).tolist() == [1.0] * 16
    assert np.allclose(soft.sum(axis=1), 1)
    assert np.allclose(soft, 0.8 * hard + 0.2 / 100)


@pytest.mark.parametrize(("size", "processes", "said"), [(65, 1, "larger than the 64"), (10, 4, "shared out equally")])
def test_sizes_that_do_not_fit_are_refused(dataset: Dataset, size: int, processes: int, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Batches(dataset, size, seed=0, share=(0, processes))


def test_a_data_set_of_one_colour_can_be_standardized() -> None:
    grey = Split(np.full((4, 32, 32, 3), 128, np.uint8), np.zeros(4, np.int64))
    images, _ = Batches(Dataset(grey, grey, ("a",)), 4, seed=0).training(0)
    assert np.isfinite(images).all()
