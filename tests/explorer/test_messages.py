from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import pytest
from oneflow.optim.lr_scheduler import ExponentialLR, ReduceLROnPlateau, StepLR

from lrdoc import trace
from lrdoc.explorer import generate
from lrdoc.explorer.messages import MESSAGES, translated

ENGINE = Path(generate.__file__).parent / "engine"


def test_the_engine_says_every_message_and_no_other() -> None:
    # TypeScript itself refuses a key that there is not.
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in ENGINE.rglob("*.ts") if path.parent.name != "generated"
    )
    said = set(re.findall(r'"(\w+)"', code))
    assert set(MESSAGES) <= said


def test_messages_are_english_where_the_build_has_no_other_language() -> None:
    assert translated() == dict(MESSAGES)


def test_what_oneflow_lacks_is_told_of_the_version_that_is_described_as_1_0_0_has_more() -> None:
    lacking = [message for message in MESSAGES.values() if message.startswith("OneFlow") and " has no {" in message]
    assert len(lacking) == 2
    assert all(message.startswith(f"OneFlow {version('oneflow')} has no ") for message in lacking)


def test_a_scheduler_writes_over_what_its_rival_has_set_or_goes_on_from_it_as_the_note_says() -> None:
    optimizer = trace.sgd(0.1)
    steps, plateau = StepLR(optimizer, step_size=1, gamma=0.5), ReduceLROnPlateau(optimizer, factor=0.1, patience=-1)
    decay = ExponentialLR(optimizer, gamma=0.9)
    found = []
    for step in (steps.step, lambda: plateau.step(1.0), decay.step):
        step()
        found.append(optimizer.param_groups[0]["lr"])
    assert found == pytest.approx([0.05, 0.05 * 0.1, 0.09])
    assert "writes over what the other has set or, as ReduceLROnPlateau does, goes on from it" in MESSAGES["rivals"]
