from __future__ import annotations

import io

import matplotlib.image
import matplotlib.pyplot as plt
import numpy as np

from lrdoc.figure import card


def test_the_picture_of_a_link_has_its_size_and_is_the_same_each_time() -> None:
    lrs = np.linspace(0.1, 0, 50)
    made = card.card(lrs, "StepLR", "oneflow")
    assert matplotlib.image.imread(io.BytesIO(made)).shape[:2] == (card.HEIGHT, card.WIDTH)
    assert made == card.card(lrs, "StepLR", "oneflow")
    assert made != card.card(lrs[::-1], "StepLR", "oneflow")
    assert not plt.get_fignums()


def test_each_param_group_is_a_curve() -> None:
    lrs = np.linspace(0.1, 0, 50)
    assert card.card(np.column_stack([lrs, lrs / 2]), "StepLR", "") != card.card(lrs, "StepLR", "")
