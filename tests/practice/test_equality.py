from __future__ import annotations

import random

import pytest

from lrdoc import recipes, register
from lrdoc.describe import sample
from lrdoc.practice.constructor import read
from lrdoc.practice.equality import differences

NAMES = {"steps_per_epoch": 4, "epochs": 5, "total_steps": 20}


def found(before: str, now: str) -> list[str]:
    return differences(read(before, NAMES), read(now, NAMES), NAMES["total_steps"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("StepLR(optimizer, 5)", "flow.optim.lr_scheduler.StepLR(optimizer=optimizer, step_size=epochs, gamma=1e-1)"),
        ("StepLR(optimizer, 5)", "torch.optim.lr_scheduler.StepLR(optimizer, 5.0, verbose=False)"),
        ("CosineDecayLR(optimizer, 20)", "from oneflow.optim import lr_scheduler\nlr_scheduler.CosineDecayLR(optimizer, alpha=0, decay_steps=total_steps)"),
        ("MultiStepLR(optimizer, [4, 12])", "MultiStepLR(optimizer, gamma=0.1, milestones=[steps_per_epoch * e for e in (1, 3)])"),
        ("WarmupLR(optimizer, warmup_iters=3)", "s = WarmupLR(optimizer, 1 / 3, 3)"),
        (
            "WarmupLR(StepLR(optimizer, 5), warmup_iters=3)",
            "inner = StepLR(optimizer, step_size=5)\nscheduler = WarmupLR(inner, warmup_iters=3, warmup_prefix=False)",
        ),
        (
            "SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, 5)], [3], interval_rescaling=True)",
            "torch.optim.lr_scheduler.SequentialLR(optimizer, milestones=[3], schedulers=[LinearLR(optimizer, end_factor=1), StepLR(optimizer, 5)])",
        ),
        (
            "SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, 5)], [3], interval_rescaling=[True])",
            "SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, 5)], [3], interval_rescaling=True)",
        ),
        ("LambdaLR(optimizer, lambda step: 1 - step / 20)", "LambdaLR(optimizer, lambda epoch, n=total_steps: 1 - epoch / n)"),
        ("warmup_cosine(optimizer, total_steps=20)", "recipes.warmup_cosine(optimizer, total_steps=total_steps)"),
        ("inverse_sqrt(optimizer, warmup_steps=5)", "inverse_sqrt(optimizer, warmup_steps=5, timescale=5)"),
        ("ReduceLROnPlateau(optimizer)", "ReduceLROnPlateau(optimizer, 'min', factor=0.1, patience=10)"),
    ],
)  # fmt: skip
def test_a_schedule_is_the_same_however_it_is_spelled(one: str, other: str) -> None:
    assert found(one, other) == found(other, one) == []


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("StepLR(optimizer, 5)", "StepLR(optimizer, 6, 0.2)", ["step_size of StepLR was 5 and would be 6", "gamma of StepLR was 0.1 and would be 0.2"]),
        ("StepLR(optimizer, 5)", "ExponentialLR(optimizer, 0.9)", ["ExponentialLR would stand where StepLR was"]),
        ("MultiStepLR(optimizer, [4])", "MultiStepLR(optimizer, [4, 8])", ["milestones of MultiStepLR was [4] and would be [4, 8]"]),
        (
            "WarmupLR(StepLR(optimizer, 5), warmup_iters=3)",
            "WarmupLR(StepLR(optimizer, 7), warmup_iters=3)",
            ["step_size of StepLR was 5 and would be 7"],
        ),
        (
            "WarmupLR(optimizer, warmup_iters=3)",
            "WarmupLR(StepLR(optimizer, 7), warmup_iters=3)",
            ["scheduler_or_optimizer of WarmupLR was left out and would be StepLR(optimizer, step_size=7)"],
        ),
        (
            "ChainedScheduler([LinearLR(optimizer), StepLR(optimizer, 5)])",
            "ChainedScheduler([LinearLR(optimizer), StepLR(optimizer, 5), StepLR(optimizer, 9)])",
            ["schedulers of ChainedScheduler, at position 2, was left out and would be StepLR(optimizer, step_size=9)"],
        ),
        (
            "SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, 5)], [3])",
            "SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, 5)], [3], interval_rescaling=True)",
            ["interval_rescaling of SequentialLR was [False] and would be [True]"],
        ),
        (
            "LambdaLR(optimizer, lambda step: 1 / (1 + step))",
            "LambdaLR(optimizer, lambda step: 1 / (1 + step) if step < 19 else 0)",
            ["lr_lambda of LambdaLR was 0.05 at step 19 and would be 0.0"],
        ),
        ("LambdaLR(optimizer, lambda step: 1 / (8 - step))", "LambdaLR(optimizer, lambda step: 1 / (8 - step) if step < 8 else 1.0)", ["lr_lambda of LambdaLR was without a value at step 8 and would be 1.0"]),
        ("warmup_cosine(optimizer, total_steps=20)", "warmup_cosine(optimizer, total_steps=20, warmup_steps=3)", ["warmup_steps of warmup_cosine was 0 and would be 3"]),
    ],
)  # fmt: skip
def test_what_differs_is_named(before: str, now: str, said: list[str]) -> None:
    assert found(before, now) == said


def test_every_schedule_is_the_same_as_its_own_code_read_again_and_another_one_is_not() -> None:
    rng = random.Random(0)
    entries = list(register.entries().values())
    drawn = [sample.schedule(entry, rng, inside=entries) for entry in entries for _ in range(8)]
    read_again = [read(schedule.code(), {}) for schedule in drawn]
    for schedule, again in zip(drawn, read_again, strict=True):
        assert differences(again, read(schedule.code(), {}), 50) == []
    codes = [schedule.code() for schedule in drawn]
    for at, other in enumerate(read_again):
        if codes[at] != codes[0]:
            assert differences(read_again[0], other, 50)


def test_every_recipe_is_the_same_with_its_defaults_written_out() -> None:
    for name in recipes.REGISTER:
        entry = recipes.get(name)
        preset = entry.presets[0].arguments
        plain = read(f"{name}(optimizer, {', '.join(f'{key}={value!r}' for key, value in preset.items())})", {})
        whole = {key: value for key, value in entry.completed(preset).items() if key in entry.domains}
        given = read(f"{name}(optimizer, {', '.join(f'{key}={value!r}' for key, value in whole.items())})", {})
        assert differences(plain, given, 50) == []
