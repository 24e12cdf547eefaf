from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdoc import register, trace
from lrdoc.describe import sample
from lrdoc.describe.schedule import Schedule
from tests.drawing import drawn

STEP_DRIVEN = [name for name in register.entries() if name != "reduce_lr_on_plateau"]


@pytest.mark.parametrize("name", STEP_DRIVEN)
@given(rng=st.randoms(use_true_random=False), stretch=st.sampled_from([1, 150]))
def test_every_sampled_schedule_is_accepted_and_runs(name: str, rng: random.Random, stretch: int) -> None:
    schedule = drawn(name, rng, stretch)
    assert len(trace.eager(schedule.build(trace.sgd(sample.base_lr(rng))), 60)) == 60


def test_the_corners_of_a_composition_include_its_children_s() -> None:
    child = Schedule(register.get("step_lr"), {"step_size": 7})
    parent = Schedule(register.get("sequential_lr"), {"schedulers": [child, child], "milestones": [20]})
    assert sample.corners(parent, 100) == {7, 20}


def test_the_corners_of_warm_restarts_are_the_restarts() -> None:
    restarts = Schedule(register.get("cosine_annealing_warm_restarts"), {"T_0": 10, "T_mult": 2})
    assert {10, 30, 70} <= sample.corners(restarts, 100)
    assert 150 not in sample.corners(restarts, 100)


@given(rng=st.randoms(use_true_random=False))
def test_schedules_known_to_differ_in_graph_mode_are_kept_apart(rng: random.Random) -> None:
    flags = sample.agreeing_in_graph(register.get("sequential_lr"), rng, inside=register.entries().values()).arguments[
        "interval_rescaling"
    ]
    assert isinstance(flags, bool) or all(later or not earlier for earlier, later in itertools.pairwise(flags))


def test_a_schedule_differs_in_graph_mode_if_one_inside_it_does() -> None:
    flags = {
        "schedulers": [Schedule(register.get("exponential_lr"))] * 3,
        "milestones": [2, 4],
        "interval_rescaling": [True, False],
    }
    inner = Schedule(register.get("sequential_lr"), flags)
    assert sample.departs_in_graph(inner)
    assert sample.departs_in_graph(Schedule(register.get("warmup_lr"), {"scheduler_or_optimizer": inner}))
    assert not sample.departs_in_graph(Schedule(register.get("warmup_lr"), {"scheduler_or_optimizer": None}))
