from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lrdoc import register
from lrdoc.describe.schedule import Schedule

Build = Callable[..., Any]


@pytest.mark.parametrize("name", register.entries())
def test_a_call_is_that_of_the_first_example(build: Build, name: str) -> None:
    page = build(f"Use this: {{call}}`{name}`")
    assert page.warnings == ""
    assert page.soup.select_one("code.lr-call").get_text() == Schedule.preset(register.get(name)).code()


def test_an_unknown_scheduler_is_named(build: Build) -> None:
    assert "unknown scheduler 'stair_lr'" in build("{call}`stair_lr`").warnings
