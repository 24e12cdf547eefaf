from __future__ import annotations

import random

import numpy as np
import oneflow.optim.lr_scheduler as installed
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdoc import register, trace
from lrdoc.describe.schedule import Schedule
from tests.drawing import drawn

STEP_DRIVEN = [name for name in register.entries() if name != "reduce_lr_on_plateau"]


@pytest.mark.parametrize("name", STEP_DRIVEN)
@given(rng=st.randoms(use_true_random=False))
def test_the_code_of_a_schedule_builds_the_same_scheduler(name: str, rng: random.Random) -> None:
    schedule = drawn(name, rng)
    written = eval(schedule.code(), {**vars(installed), "optimizer": trace.sgd(0.5)})
    np.testing.assert_array_equal(trace.eager(written, 40), trace.eager(schedule.build(trace.sgd(0.5)), 40))


def test_children_share_the_optimizer_of_their_parent() -> None:
    schedule = Schedule.preset(register.get("sequential_lr"))
    optimizer = trace.sgd(0.1)
    assert all(child.optimizer is optimizer for child in schedule.build(optimizer).schedulers)


def test_arguments_that_oneflow_refuses_raise_what_oneflow_raises() -> None:
    with pytest.raises(AssertionError, match="step_size must greater than zero, but got 0"):
        Schedule(register.get("step_lr"), {"step_size": 0}).build(trace.sgd())


def test_a_schedule_driven_by_a_metric_has_no_closed_form() -> None:
    with pytest.raises(ValueError, match="depends on a metric"):
        Schedule(register.get("reduce_lr_on_plateau")).exact(0.1, 0)


def test_a_composition_only_multiplies_if_all_its_parts_do() -> None:
    exponential, cosine = (
        Schedule(register.get("exponential_lr"), {"gamma": 0.9}),
        Schedule(register.get("cosine_decay_lr"), {"decay_steps": 3}),
    )
    assert Schedule(register.get("chained_scheduler"), {"schedulers": [exponential]}).only_multiplies
    assert not Schedule(register.get("chained_scheduler"), {"schedulers": [exponential, cosine]}).only_multiplies


def test_the_values_of_a_schedule_are_its_arguments_with_lists_taken_apart() -> None:
    child = Schedule(register.get("exponential_lr"), {"gamma": 0.9})
    parent = Schedule(
        register.get("sequential_lr"), {"schedulers": [child, child], "milestones": [3], "interval_rescaling": True}
    )
    assert list(parent.values()) == [child, child, 3, True]
    assert parent.children == [child, child]


def test_an_argument_that_is_left_out_has_its_default_in_the_closed_form_too() -> None:
    schedule = Schedule(register.get("warmup_lr"), {"warmup_iters": 4})
    lrs = trace.eager(schedule.build(trace.sgd(0.1)), 8)[:, 0]
    np.testing.assert_allclose([float(schedule.exact(0.1, at)) for at in range(8)], lrs, rtol=1e-12)
