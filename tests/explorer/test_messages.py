from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

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
