from __future__ import annotations

import numpy as np
import pytest

from lrdoc.practice.augment import AUGMENTATIONS, Images, Targets, crop, cutout, flip, mixup


@pytest.fixture
def batch() -> tuple[Images, Targets]:
    images = np.random.default_rng(0).uniform(0.1, 1, (200, 32, 32, 3)).astype(np.float32)
    return images, np.eye(10, dtype=np.float32)[np.arange(200) % 10]


@pytest.mark.parametrize("name", AUGMENTATIONS)
def test_the_same_generator_gives_the_same_batch(name: str, batch: tuple[Images, Targets]) -> None:
    one, other, third = (AUGMENTATIONS[name](*batch, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert all(map(np.array_equal, one, other))
    assert not all(map(np.array_equal, one, third))


@pytest.mark.parametrize("name", AUGMENTATIONS)
def test_shapes_types_and_the_original_stay(name: str, batch: tuple[Images, Targets]) -> None:
    before = [part.copy() for part in batch]
    after = AUGMENTATIONS[name](*batch, np.random.default_rng(0))
    assert [(part.shape, part.dtype) for part in after] == [(part.shape, part.dtype) for part in batch]
    assert all(map(np.array_equal, before, batch))


def test_crop_moves_each_image_by_at_most_four_pixels(batch: tuple[Images, Targets]) -> None:
    images, _ = batch
    moved, _ = crop(*batch, np.random.default_rng(0))
    padded = np.pad(images, ((0, 0), (4, 4), (4, 4), (0, 0)))
    places = [(top, left) for top in range(9) for left in range(9)]
    found = [
        [place for place in places if np.array_equal(whole[place[0] :, place[1] :][:32, :32], part)]
        for whole, part in zip(padded, moved, strict=True)
    ]
    assert all(len(matches) == 1 for matches in found)
    assert len({matches[0] for matches in found}) > 40


def test_flip_mirrors_about_half_of_the_images(batch: tuple[Images, Targets]) -> None:
    flipped, _ = flip(*batch, np.random.default_rng(0))
    mirrored = sum(map(np.array_equal, flipped, batch[0][:, :, ::-1]))
    assert mirrored + sum(map(np.array_equal, flipped, batch[0])) == 200
    assert 70 < mirrored < 130


def test_cutout_blackens_one_square(batch: tuple[Images, Targets]) -> None:
    cut, _ = cutout(*batch, np.random.default_rng(0))
    black = (cut == 0).all(axis=3)
    assert np.array_equal(cut[~black], batch[0][~black])
    assert black.sum(axis=(1, 2)).max() == 81
    assert black.sum(axis=(1, 2)).min() >= 25


def test_mixup_blends_images_and_targets_alike(batch: tuple[Images, Targets]) -> None:
    ordered = np.sort(batch[0].reshape(200, -1).mean(axis=1))
    images, targets = mixup(*batch, np.random.default_rng(3))
    assert np.allclose(targets.sum(axis=1), 1)
    assert images.mean() == pytest.approx(ordered.mean(), rel=1e-5)
    assert (np.count_nonzero(targets, axis=1) <= 2).all()
    assert (np.count_nonzero(targets, axis=1) == 2).any()
