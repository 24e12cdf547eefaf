from __future__ import annotations

import numpy as np
import oneflow as flow
import pytest

from lrdoc.practice.precision import FIRST_SCALE, GROWTH_INTERVAL, LossScale


def gradient(scale: LossScale, factor: float) -> tuple[bool, float]:
    """Return whether the gradient of ``factor * weight`` was finite, and what it was after it was unscaled."""
    weight = flow.nn.Parameter(flow.ones(3))
    scale.scaled((weight * factor).sum()).backward()
    finite = scale.unscale([weight, flow.nn.Parameter(flow.ones(1))])  # the second has no gradient
    return finite, float(weight.grad.numpy()[0])


def test_a_finite_gradient_comes_back_as_it_was() -> None:
    assert gradient(LossScale(), 0.25) == (True, 0.25)


@pytest.mark.parametrize("factor", [1e38, float("inf"), float("nan")])  # the first overflows by the scale alone
def test_a_gradient_that_overflows_halves_the_scale_and_counts_as_skipped(factor: float) -> None:
    scale = LossScale()
    assert gradient(scale, factor)[0] is False
    assert (scale.state()["scale"], scale.skipped) == (FIRST_SCALE / 2, 1)


def test_the_scale_doubles_after_many_good_updates_and_an_overflow_begins_the_count_anew() -> None:
    scale = LossScale()
    scale.load({"scale": 8.0, "good": GROWTH_INTERVAL - 1, "skipped": 4})
    gradient(scale, 1.0)
    assert scale.state() == {"scale": 16.0, "good": 0, "skipped": 4}
    scale.load({"scale": 8.0, "good": GROWTH_INTERVAL - 1, "skipped": 4})
    gradient(scale, np.inf)
    assert scale.state() == {"scale": 4.0, "good": 0, "skipped": 5}
