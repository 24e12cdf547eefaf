"""What is ported to OneFlow, run by real OneFlow, beside what its originals were recorded to do."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import oneflow as flow
import pytest
from oneflow.optim import lr_scheduler

from lrdoc.explorer import originals, ported

RECORD = json.loads(originals.RECORD.read_text(encoding="utf-8"))
TRANSLATED = {
    "PolynomialLR(optimizer, total_iters=30, power=2.0)": "PolynomialLR(optimizer, decay_batch=30, end_learning_rate=0.0, power=2.0)",
    "PolynomialLR(optimizer)": "PolynomialLR(optimizer, decay_batch=5, end_learning_rate=0.0)",
}
"""Calls of what OneFlow has under the same name with other arguments."""


def rates(call: str) -> list[float]:
    """Return the learning rates of a call in OneFlow."""
    optimizer = flow.optim.SGD([flow.nn.Parameter(flow.zeros(1))], lr=originals.BASE_LR, momentum=0.9)
    names: dict[str, Any] = {**vars(lr_scheduler), **vars(ported), "optimizer": optimizer}
    names["BASE"] = ported.PyTorchScheduler
    exec(originals.CLASSES, names)
    scheduler = eval(TRANSLATED.get(call, call), names)
    found = [optimizer.param_groups[0]["lr"]]
    while len(found) < originals.STEPS:
        scheduler.step()
        found.append(optimizer.param_groups[0]["lr"])
    return found


def test_all_calls_are_recorded() -> None:
    assert tuple(RECORD["recordings"]) == originals.CALLS


@pytest.mark.parametrize("call", originals.CALLS)
def test_what_is_ported_gives_the_learning_rates_of_its_original(call: str) -> None:
    np.testing.assert_allclose(rates(call), RECORD["recordings"][call], rtol=1e-9, atol=1e-12)


def test_one_cycle_ends_with_its_steps_as_its_original_does() -> None:
    optimizer = flow.optim.SGD([flow.nn.Parameter(flow.zeros(1))], lr=0.1)
    scheduler = ported.OneCycleLR(optimizer, 0.5, total_steps=2)
    scheduler.step()
    scheduler.step()
    with pytest.raises(ValueError, match="OneCycleLR has 2 steps"):
        scheduler.step()


def test_groups_have_values_of_their_own() -> None:
    groups = [{"params": [flow.nn.Parameter(flow.zeros(1))], "lr": lr} for lr in (0.1, 0.2)]
    optimizer = flow.optim.SGD(groups)
    ported.OneCycleLR(optimizer, [0.5, 1.0], total_steps=9)
    np.testing.assert_allclose([group["lr"] for group in optimizer.param_groups], [0.02, 0.04])
