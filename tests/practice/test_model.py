from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import oneflow as flow
import pytest

from lrdoc.practice import model as models


def outputs(model: Any) -> Any:
    return model(flow.tensor(np.random.default_rng(1).random((2, 3, 32, 32), dtype=np.float32))).numpy()


def test_the_same_seed_gives_the_same_weights() -> None:
    one, other, third = (models.create("small", 100, seed).eval() for seed in (1, 1, 2))
    assert np.array_equal(outputs(one), outputs(other))
    assert not np.array_equal(outputs(one), outputs(third))


def test_a_small_image_keeps_its_size_through_the_stem_of_a_resnet() -> None:
    model = models.create("resnet18", 10, 0)
    assert model.maxpool(model.conv1(flow.zeros(1, 3, 32, 32))).shape[2:] == (32, 32)


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(ValueError, match="Unknown model"):
        models.create("resnet1999", 100, 0)


def test_a_model_that_is_too_deep_for_small_images_is_refused_without_harm(tmp_path: Path) -> None:
    assert "can't be used on images of 32 by 32" in (models.refusal("inception_v3", 100, tmp_path) or "")


def test_a_model_that_pools_small_images_to_nothing_is_refused(tmp_path: Path) -> None:
    assert "its outputs are no finite numbers" in (models.refusal("alexnet", 100, tmp_path) or "")


@pytest.mark.parametrize("name", ["squeezenet1_1", "shufflenet_v2_x0_5", "small"])
def test_a_model_that_fits_is_not_refused(tmp_path: Path, name: str) -> None:
    assert models.refusal(name, 100, tmp_path) is None


def test_the_small_model_gives_a_score_for_each_class_and_learns() -> None:
    model = models.create("small", 7, 0)
    images = flow.tensor(np.random.default_rng(0).random((14, 3, 32, 32), dtype=np.float32))
    labels = flow.tensor(np.arange(14) % 7)
    optimizer = flow.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    losses = []
    for _ in range(30):
        loss = flow.nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    assert outputs(model).shape == (2, 7)
    assert losses[-1] < losses[0] / 2


@pytest.mark.parametrize(("name", "drawing"), [("squeezenet1_1", True), ("small", False)])
def test_whether_a_model_draws_random_numbers_is_found_by_running_it(name: str, drawing: bool) -> None:
    model = models.create(name, 100, 0)
    before = {key: tensor.numpy().copy() for key, tensor in model.state_dict().items()}
    assert models.draws(model) is drawing
    assert all(np.array_equal(before[key], tensor.numpy()) for key, tensor in model.state_dict().items())


class LeavesOut(flow.nn.Module):  # type: ignore[misc]  # OneFlow ships no types
    """Leaves its layer out once in a million times."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = flow.nn.Linear(32, 4)

    def forward(self, images: Any) -> Any:
        return self.layer(images.mean(dim=(1, 2))) * (flow.rand(1) > 1e-6)


def test_what_is_drawn_seldom_is_found_as_well() -> None:
    assert models.draws(LeavesOut())


def test_dropout_draws_the_same_for_the_same_update() -> None:
    model = models.create("squeezenet1_1", 100, 0)
    found = []
    for update in (5, 5, 6):
        models.Randomness(model).seed(0, update, 0)
        found.append(outputs(model))
    assert np.array_equal(found[0], found[1])
    assert not np.array_equal(found[0], found[2])


def test_the_seed_of_oneflow_alone_does_not_reach_dropout() -> None:
    model = models.create("squeezenet1_1", 100, 0)
    found = []
    for _ in range(2):
        flow.manual_seed(5)
        found.append(outputs(model))
    assert not np.array_equal(*found)
