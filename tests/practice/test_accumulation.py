from __future__ import annotations

import numpy as np
import oneflow as flow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdoc.practice import modes
from lrdoc.practice.accumulation import parts


@given(st.integers(1, 200).flatmap(lambda size: st.tuples(st.just(size), st.integers(1, size))))
def test_parts_make_up_the_batch_and_none_is_empty(sizes: tuple[int, int]) -> None:
    size, count = sizes
    found = list(parts(np.arange(size), np.arange(size) * 2, count))
    assert len(found) == count
    assert np.concatenate([images for images, _, _ in found]).tolist() == list(range(size))
    assert all((images * 2 == targets).all() for images, targets, _ in found)
    assert [share * size for _, _, share in found] == pytest.approx([len(images) for images, _, _ in found])
    lengths = [len(images) for images, _, _ in found]
    assert max(lengths) - min(lengths) <= 1
    assert min(lengths) >= 1


@pytest.mark.parametrize("count", [2, 3, 10])
def test_the_parts_of_a_batch_move_the_weights_as_the_whole_batch_does(count: int) -> None:
    rng = np.random.default_rng(0)
    images = flow.tensor(rng.random((10, 6), dtype=np.float32))
    targets = flow.tensor(np.eye(4, dtype=np.float32)[rng.integers(0, 4, 10)])
    first = rng.random((4, 6), dtype=np.float32)
    found = []
    for accumulated in (1, count):
        layer = flow.nn.Linear(6, 4, bias=False)
        layer.weight.data.copy_(flow.tensor(first))
        optimizer = flow.optim.SGD(layer.parameters(), lr=0.5)
        scheduler = flow.optim.lr_scheduler.StepLR(optimizer, 10)
        update = modes.Eager(layer, optimizer, scheduler, modes.Gradient(accumulated)).update(images, targets)
        found.append((update.loss.item(), layer.weight.numpy().copy()))
    (loss, weights), (loss_of_parts, weights_of_parts) = found
    assert loss_of_parts == pytest.approx(loss, rel=1e-5)
    assert np.allclose(weights_of_parts, weights, atol=1e-6)
    assert not np.allclose(weights, first)
