from __future__ import annotations

import pytest

from lrdoc.practice import mistakes
from lrdoc.practice.plan import Plan, StepPer

COUNTED_IN_EPOCHS = "is it counted in epochs"
COUNTED_IN_ITERATIONS = "is the schedule counted in iterations"
LONG_WARMUP = "it ends before the warmup does"
BEYOND = "lies beyond the end"
RISES = "the cosine rises again"


def found(code: str, step_per: StepPer, epochs: int = 90, iterations_per_epoch: int = 200) -> list[str]:
    return mistakes.find(Plan(code, 0.1, epochs, iterations_per_epoch, step_per))


WRONG = [
    ("CosineDecayLR(optimizer, decay_steps=90)", "iteration", COUNTED_IN_EPOCHS),
    ("PolynomialLR(optimizer, 90)", "iteration", COUNTED_IN_EPOCHS),
    ("MultiStepLR(optimizer, [30, 60, 80])", "iteration", COUNTED_IN_EPOCHS),
    ("StepLR(optimizer, 30)", "iteration", COUNTED_IN_EPOCHS),
    ("ExponentialLR(optimizer, gamma=0.95)", "iteration", COUNTED_IN_EPOCHS),
    ("LambdaLR(optimizer, lambda epoch: 0.95 ** epoch)", "iteration", COUNTED_IN_EPOCHS),
    ("CosineAnnealingLR(optimizer, T_max=90)", "iteration", COUNTED_IN_EPOCHS),
    ("CosineAnnealingWarmRestarts(optimizer, T_0=10, T_mult=2)", "iteration", COUNTED_IN_EPOCHS),
    ("WarmupLR(CosineDecayLR(optimizer, 90), warmup_iters=5)", "iteration", COUNTED_IN_EPOCHS),
    ("CosineDecayLR(optimizer, decay_steps=18000)", "epoch", COUNTED_IN_ITERATIONS),
    ("StepLR(optimizer, 6000)", "epoch", COUNTED_IN_ITERATIONS),
    ("MultiStepLR(optimizer, [6000, 12000])", "epoch", COUNTED_IN_ITERATIONS),
    ("ExponentialLR(optimizer, gamma=0.9998)", "epoch", COUNTED_IN_ITERATIONS),
    ("WarmupLR(CosineDecayLR(optimizer, 18000), warmup_iters=500)", "epoch", LONG_WARMUP),
    ("WarmupLR(optimizer, warmup_iters=90)", "epoch", LONG_WARMUP),
    ("LinearLR(optimizer, start_factor=0.1, total_iters=100)", "epoch", LONG_WARMUP),
    ("WarmupLR(optimizer, warmup_iters=20000)", "iteration", LONG_WARMUP),
    ("LinearLR(optimizer, start_factor=0.1, total_iters=1e999)", "epoch", LONG_WARMUP),
    ("MultiStepLR(optimizer, [30, 60, 90])", "epoch", "milestone 90 " + BEYOND),
    ("WarmupLR(MultiStepLR(optimizer, [30, 60, 120]), warmup_iters=5)", "epoch", "milestone 120 " + BEYOND),
    (
        "SequentialLR(optimizer, [LinearLR(optimizer), ExponentialLR(optimizer, 0.9)], milestones=[95])",
        "epoch",
        "milestone 95 " + BEYOND,
    ),
    ("CosineAnnealingLR(optimizer, T_max=60)", "epoch", RISES),
    ("WarmupLR(CosineAnnealingLR(optimizer, T_max=60), warmup_iters=5, warmup_prefix=True)", "epoch", RISES),
    ("CosineAnnealingLR(optimizer, T_max=12000)", "iteration", RISES),
]


@pytest.mark.parametrize(("code", "step_per", "warning"), WRONG)
def test_a_usual_mistake_is_found(code: str, step_per: StepPer, warning: str) -> None:
    assert any(warning in sentence for sentence in found(code, step_per))


GOOD = [
    ("CosineDecayLR(optimizer, decay_steps=total_steps)", "iteration"),
    ("CosineDecayLR(optimizer, decay_steps=total_steps)", "epoch"),
    ("CosineDecayLR(optimizer, decay_steps=60)", "epoch"),
    ("PolynomialLR(optimizer, total_steps, 0.001, 2.0)", "iteration"),
    ("CosineAnnealingLR(optimizer, T_max=total_steps)", "iteration"),
    ("CosineAnnealingLR(optimizer, T_max=total_steps)", "epoch"),
    ("CosineAnnealingLR(optimizer, T_max=total_steps - 1, eta_min=0.001)", "epoch"),
    ("CosineAnnealingWarmRestarts(optimizer, T_0=10, T_mult=2)", "epoch"),
    ("CosineAnnealingWarmRestarts(optimizer, T_0=10 * steps_per_epoch)", "iteration"),
    ("CosineAnnealingWarmRestarts(optimizer, T_0=steps_per_epoch)", "iteration"),
    ("StepLR(optimizer, 30)", "epoch"),
    ("StepLR(optimizer, 1e999)", "epoch"),
    ("StepLR(optimizer, 30 * steps_per_epoch)", "iteration"),
    ("StepLR(optimizer, 100, gamma=0.98)", "iteration"),
    ("MultiStepLR(optimizer, [30, 60, 80])", "epoch"),
    ("MultiStepLR(optimizer, [30, 60, 89])", "epoch"),
    ("MultiStepLR(optimizer, [6000, 12000])", "iteration"),
    ("ExponentialLR(optimizer, gamma=0.95)", "epoch"),
    ("ExponentialLR(optimizer, gamma=0.9998)", "iteration"),
    ("LambdaLR(optimizer, lambda step: min((step + 1) ** -0.5, (step + 1) * 1000 ** -1.5))", "iteration"),
    ("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=1000)", "iteration"),
    ("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=50)", "iteration"),
    ("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=5)", "epoch"),
    ("WarmupLR(CosineAnnealingLR(optimizer, T_max=total_steps - 5), warmup_iters=5, warmup_prefix=True)", "epoch"),
    ("WarmupLR(ExponentialLR(optimizer, 0.9998), warmup_iters=50)", "iteration"),
    ("WarmupLR(optimizer, warmup_iters=50)", "iteration"),
    ("WarmupLR(optimizer, warmup_iters=5)", "epoch"),
    ("ConstantLR(optimizer, factor=0.1, total_iters=5)", "epoch"),
    ("ChainedScheduler([LinearLR(optimizer, 0.1, total_iters=5), ExponentialLR(optimizer, 0.95)])", "epoch"),
    ("SequentialLR(optimizer, [LinearLR(optimizer), ExponentialLR(optimizer, 0.95)], milestones=[5])", "epoch"),
    ("ReduceLROnPlateau(optimizer, patience=5)", "epoch"),
]


@pytest.mark.parametrize(("code", "step_per"), GOOD)
def test_a_good_schedule_raises_no_alarm(code: str, step_per: StepPer) -> None:
    assert found(code, step_per) == []


@pytest.mark.parametrize("code", ["CosineDecayLR(optimizer, total_steps)", "StepLR(optimizer, 30)"])
def test_where_an_epoch_is_one_iteration_epochs_and_iterations_are_the_same(code: str) -> None:
    assert found(code, "iteration", iterations_per_epoch=1) == []
