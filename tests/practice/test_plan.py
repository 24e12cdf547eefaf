from __future__ import annotations

import numpy as np
import pytest

from lrdoc.practice.plan import Plan, refusal_in_graph


def test_a_schedule_stepped_per_epoch_holds_its_learning_rate_through_each_epoch() -> None:
    lrs = Plan("StepLR(optimizer, 1, gamma=0.5)", 1.0, 3, 4, "epoch").lrs()
    assert lrs.tolist() == [1.0] * 4 + [0.5] * 4 + [0.25] * 4


def test_a_schedule_stepped_per_iteration_changes_within_an_epoch() -> None:
    assert Plan("StepLR(optimizer, 2, gamma=0.5)", 1.0, 1, 4).lrs().tolist() == [1.0, 1.0, 0.5, 0.5]


def test_names_count_the_steps_of_the_scheduler() -> None:
    assert Plan("", 0.1, 3, 4).names == {"steps_per_epoch": 4, "epochs": 3, "total_steps": 12}
    assert Plan("", 0.1, 3, 4, "epoch").names == {"steps_per_epoch": 1, "epochs": 3, "total_steps": 3}


def test_a_schedule_that_follows_a_metric_is_shown_as_it_falls_at_the_earliest() -> None:
    lrs = Plan("ReduceLROnPlateau(optimizer, patience=1, factor=0.5)", 1.0, 6, 1, "epoch").lrs()
    assert lrs.tolist() == [1.0, 1.0, 1.0, 0.5, 0.5, 0.25]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("CosineAnnealingLR(optimizer, T_max=0)", "OneFlow refuses the schedule: ZeroDivisionError"),
        ("StepLR(optimizer, 0)", "OneFlow refuses the schedule"),
        ("LambdaLR(optimizer, lambda step: 1e308 * 10 ** step)", "not a finite number"),
    ],
)
def test_what_oneflow_refuses_is_refused_before_training(code: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Plan(code, 0.1, 3, 4).lrs()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("WarmupLR(ChainedScheduler([StepLR(optimizer, 3)]), warmup_iters=2)", "ChainedScheduler can't stand inside WarmupLR"),
        ("SequentialLR(optimizer, [StepLR(optimizer, 3), ChainedScheduler([StepLR(optimizer, 3)])], [2])", "ChainedScheduler can't stand inside SequentialLR"),
    ],
)  # fmt: skip
def test_a_refusal_without_a_text_is_explained(code: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"OneFlow refuses the schedule: \w+") as refused:
        Plan(code, 0.1, 3, 4).lrs()
    assert said in str(refused.value)


def test_a_function_that_fails_is_not_blamed_on_oneflow() -> None:
    with pytest.raises(
        ValueError, match=r"^lambda step: 1 / \(step - 500\) has no value at step 500: .*division by zero"
    ):
        Plan("LambdaLR(optimizer, lambda step: 1 / (step - 500))", 0.1, 6, 100).lrs()


REFUSED = {
    "noam(optimizer, d_model=16, warmup_steps=5)": "train with --mode eager, or give a graph of your own recipes.in_graph",
    "StepLR(optimizer, total_steps / 3)": "A graph takes whole numbers as int alone, as // and int(...) give them",
    "ReduceLROnPlateau(optimizer)": "Graph mode refuses ReduceLROnPlateau",
    "ChainedScheduler([StepLR(optimizer, 3), ExponentialLR(optimizer, 0.9)])": "not supported in graph mode",
    "CosineAnnealingLR(optimizer, T_max=10, eta_min=0.2)": "ends the process",
    "SequentialLR(optimizer, [StepLR(optimizer, 3), StepLR(optimizer, 2), StepLR(optimizer, 1)], milestones=[4, 2])": (
        "other learning rates than eager mode"
    ),
}


@pytest.mark.parametrize(("code", "said"), REFUSED.items())
def test_what_graph_mode_cannot_do_is_found_by_asking_it(code: str, said: str) -> None:
    assert said in (refusal_in_graph(Plan(code, 0.1, 2, 10)) or "")


LATE = {
    "CosineAnnealingWarmRestarts(optimizer, T_0=100, T_mult=3)": (
        "at 99 of 13,000 steps, first at step 12101: 3.76071e-09 instead of 0.1"
    ),
    "SequentialLR(optimizer, [StepLR(optimizer, 100), StepLR(optimizer, 100), StepLR(optimizer, 100)], [5100, 5200],"
    " interval_rescaling=[True, False])": "first at step 5200: 0.01 instead of 1e-53",
    "SequentialLR(optimizer, [StepLR(optimizer, 5000), CosineAnnealingLR(optimizer, 9000, eta_min=0.2)], [7000])": (
        "ends the process with this schedule, at step 7000"
    ),
    "WarmupLR(CosineAnnealingLR(optimizer, 9000, eta_min=0.2), warmup_iters=7000, warmup_prefix=True)": (
        "ends the process with this schedule, at step 7001"
    ),
}


@pytest.mark.parametrize(("code", "said"), LATE.items())
def test_every_step_of_a_training_is_compared(code: str, said: str) -> None:
    assert said in (refusal_in_graph(Plan(code, 0.1, 13, 1000)) or "")


def test_modes_that_part_after_the_end_of_a_training_are_the_same_for_it() -> None:
    assert refusal_in_graph(Plan(next(iter(LATE)), 0.1, 12, 1000)) is None


def test_what_graph_mode_can_do_is_not_refused() -> None:
    code = "WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=5)"
    assert refusal_in_graph(Plan(code, 0.1, 2, 10)) is None


def test_graph_mode_does_not_step_per_epoch() -> None:
    assert "--step-per iteration" in (refusal_in_graph(Plan("StepLR(optimizer, 3)", 0.1, 2, 10, "epoch")) or "")


def test_learning_rates_are_those_of_the_real_scheduler() -> None:
    lrs = Plan("CosineDecayLR(optimizer, decay_steps=total_steps)", 0.1, 2, 50).lrs()
    assert np.allclose(lrs, 0.05 * (1 + np.cos(np.pi * np.arange(100) / 100)), rtol=1e-12, atol=1e-17)
