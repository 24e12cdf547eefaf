from __future__ import annotations

import numpy as np

from lrdoc.figure import loss_by_rate, svg

ALT = "The loss against the learning rate."


def test_the_loss_is_drawn_against_the_rate_with_the_range_marked() -> None:
    lrs, losses = np.geomspace(1e-6, 1, 50), np.linspace(4, 2, 50)
    marked, plain = (loss_by_rate(lrs, losses, losses, ends, alt=ALT).axes[0] for ends in ((1e-3, 1e-1), None))
    assert marked.get_xscale() == "log"
    assert len(marked.patches) == 1
    assert not plain.patches


def test_a_loss_that_explodes_leaves_room_for_what_it_did_before() -> None:
    losses = np.append(np.linspace(4, 2, 50), 1e30)
    axes = loss_by_rate(np.geomspace(1e-6, 1, 51), losses, losses, None, alt=ALT).axes[0]
    assert axes.get_ylim()[1] < 10


def test_it_can_be_shown_in_both_themes() -> None:
    figure = loss_by_rate(np.geomspace(1e-3, 1, 9), np.ones(9), np.ones(9), (0.01, 0.1), alt=ALT)
    assert ALT in svg.to_svg(figure, "dark")
