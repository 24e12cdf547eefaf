from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lrdoc.explorer import limits

Build = Callable[..., Any]


def test_a_limit_is_the_constant_of_the_engine(build: Build) -> None:
    page = build("Up to {limit}`steps`, or {limit}`in_turn`.")
    assert page.warnings == ""
    assert page.soup.select_one("p").get_text() == f"Up to {limits.MOST_STEPS:,}, or {limits.MOST_IN_TURN:,}."
