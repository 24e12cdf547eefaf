from __future__ import annotations

import numpy as np
import oneflow as flow

from lrdoc.practice.ema import Average


def layer() -> flow.nn.Module:
    return flow.nn.Sequential(flow.nn.Linear(2, 2), flow.nn.BatchNorm1d(2))


def set_all(model: flow.nn.Module, value: float) -> None:
    with flow.no_grad():
        for tensor in model.state_dict().values():
            tensor.copy_(tensor * 0 + value)


def values(model: flow.nn.Module) -> set[float]:
    return {value for tensor in model.state_dict().values() for value in tensor.numpy().ravel().tolist()}


def test_the_average_follows_its_recursion_and_first_forgets_fast() -> None:
    model = layer()
    set_all(model, 0.0)
    average, expected = Average(model, 0.5), np.float32(0)
    for update, value in enumerate([1.0, 3.0, -2.0, 4.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]):
        set_all(model, value)
        average.update()
        kept = min(0.5, (1 + update) / (10 + update))
        expected = np.float32(expected * kept) + np.float32(value * (1 - kept))
        with average.in_place():
            floats = model.state_dict()["0.weight"].numpy().copy()  # the array is the weight's own memory
        assert np.allclose(floats, expected, rtol=1e-6)


def test_the_weights_are_back_afterwards_with_the_statistics_of_batch_normalization() -> None:
    model = layer()
    average = Average(model, 0.9)
    set_all(model, 3.0)
    average.update()
    with average.in_place():
        assert 3.0 not in set(model.state_dict()["1.running_mean"].numpy().tolist())
    assert values(model) == {3.0}


def test_an_average_goes_on_from_its_state() -> None:
    straight, resumed = layer(), layer()
    set_all(straight, 0.0)
    average, other = Average(straight, 0.9), Average(resumed, 0.9)
    for value in (1.0, 2.0):
        set_all(straight, value)
        average.update()
    other.load(average.state())
    for model, found in ((straight, average), (resumed, other)):
        set_all(model, 7.0)
        found.update()
    with average.in_place(), other.in_place():
        assert values(straight) == values(resumed)
