from __future__ import annotations

import pytest

from lrdoc.practice import resuming
from lrdoc.practice.plan import Plan

ADVICE = ". Resume it with those, or choose another --output"
SAVED = {"schedule": "StepLR(optimizer, 5)", "epochs": 2, "lr": 0.1}


def refusal(code: str, **now: object) -> str | None:
    epochs = int(str(now.get("epochs", 2)))
    saved = {**SAVED, "schedule": code}
    return resuming.refusal(saved, {**saved, **now}, Plan(code, 0.1, epochs, 4))


def test_the_same_training_goes_on() -> None:
    assert refusal("CosineDecayLR(optimizer, total_steps)") is None


@pytest.mark.parametrize(
    "code",
    ["StepLR(optimizer, 5)", "ReduceLROnPlateau(optimizer)", "MultiStepLR(optimizer, [3 * steps_per_epoch])"],
)
def test_a_schedule_that_does_not_know_the_length_may_be_made_longer(code: str) -> None:
    assert refusal(code, epochs=4) is None


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("CosineDecayLR(optimizer, total_steps)", "total_steps, which was 8 and would be 16"),
        ("LambdaLR(optimizer, lambda step: 1 - step / total_steps)", "total_steps, which was 8"),
        ("StepLR(optimizer, epochs)", "epochs, which was 2 and would be 4"),
        ("ConstantLR(optimizer, 1.0, total_steps)", "with more epochs it would have been another one from the start"),
    ],
)
def test_a_schedule_that_names_the_length_may_not(code: str, said: str) -> None:
    assert said in (refusal(code, epochs=4) or "")


@pytest.mark.parametrize(
    ("code", "epochs"), [("StepLR(optimizer, gamma=1e-1, step_size=5)", 2), ("StepLR(optimizer, 5.0)", 4)]
)
def test_a_schedule_may_be_spelled_otherwise(code: str, epochs: int) -> None:
    saved = {**SAVED, "schedule": "StepLR(optimizer, 5)"}
    assert resuming.refusal(saved, {**saved, "schedule": code, "epochs": epochs}, Plan(code, 0.1, epochs, 4)) is None


def test_a_schedule_that_named_the_length_may_be_made_longer_with_the_number_in_its_place() -> None:
    saved = {**SAVED, "schedule": "CosineDecayLR(optimizer, total_steps)"}
    code = "CosineDecayLR(optimizer, decay_steps=8)"
    assert resuming.refusal(saved, {**saved, "schedule": code, "epochs": 4}, Plan(code, 0.1, 4, 4)) is None


@pytest.mark.parametrize(
    ("code", "further", "said"),
    [
        ("StepLR(optimizer, 6)", {}, "schedule was 'StepLR(optimizer, 5)': step_size of StepLR was 5 and would be 6"),
        (
            "StepLR(optimizer, 6)",
            {"epochs": 4},
            "schedule was 'StepLR(optimizer, 5)': step_size of StepLR was 5 and would be 6",
        ),
        ("StepLR(optimizer, 5.0)", {"seed": 1}, "seed was None"),
    ],
)
def test_of_another_schedule_what_differs_is_named(code: str, further: dict[str, int], said: str) -> None:
    now = {**SAVED, "schedule": code, **further}
    assert (
        resuming.refusal(SAVED, now, Plan(code, 0.1, int(str(now["epochs"])), 4))
        == f"had other options: {said}{ADVICE}"
    )


def test_a_saved_schedule_that_is_not_read_any_more_is_named() -> None:
    saved = {**SAVED, "schedule": "AnotherLR(optimizer)"}
    said = resuming.refusal(saved, SAVED, Plan("StepLR(optimizer, 5)", 0.1, 2, 4))
    assert "had a schedule that can't be read: 'AnotherLR' is neither" in (said or "")


def test_a_training_is_not_made_shorter_nor_another_one() -> None:
    assert refusal("StepLR(optimizer, 5)", epochs=1) == f"had other options: epochs was 2{ADVICE}"
    assert refusal("StepLR(optimizer, 5)", epochs=4, lr=0.2) == f"had other options: epochs was 2; lr was 0.1{ADVICE}"
    assert refusal("StepLR(optimizer, 5)", processes=2) == f"had other options: processes was None{ADVICE}"
