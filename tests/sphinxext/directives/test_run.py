from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Build = Callable[..., Any]


def block(code: str, **options: str) -> str:
    lines = "\n".join(f":{key}: {value}" for key, value in options.items())
    return f"```{{run}}\n{lines}\n\n{code}\n```"


def test_the_real_output_stands_below_the_code(build: Build) -> None:
    page = build(block("print(6 * 7)"))
    assert page.warnings == ""
    assert page.soup.select_one(".lr-output").get_text().strip() == "42"
    assert "print(6 * 7)" in page.text


def test_code_without_output_leaves_nothing_below_it(build: Build) -> None:
    assert not build(block("x = 1")).soup.select(".lr-output")


def test_an_exception_that_the_page_does_not_expect_is_a_warning_with_its_line(build: Build) -> None:
    warnings = build(block("x = 1\nraise ValueError('too much')")).warnings
    assert "line 2" in warnings
    assert "ValueError: too much" in warnings


def test_an_expected_exception_is_shown_with_its_real_text(build: Build) -> None:
    page = build(block("raise ValueError('too much')", raises="ValueError"))
    assert page.warnings == ""
    assert page.soup.select_one(".lr-output").get_text().strip() == "ValueError: too much"


@pytest.mark.parametrize("code", ["x = 1", "raise KeyError('x')"])
def test_an_expected_exception_that_does_not_come_is_a_warning(build: Build, code: str) -> None:
    assert "was to end with ValueError" in build(block(code, raises="ValueError")).warnings


def test_an_abort_of_the_process_can_be_expected_and_leaves_the_build_alive(build: Build) -> None:
    page = build(block("import os; os.abort()", raises="process aborted"))
    assert page.warnings == ""
    assert "process aborted: SIGABRT" in page.text


def test_a_claim_that_holds_is_silent(build: Build) -> None:
    page = build(block("x = 2", check="x == 2"))
    assert page.warnings == ""
    assert "assert" not in page.text


def test_a_claim_that_does_not_hold_is_a_warning_that_names_it(build: Build) -> None:
    assert "check failed: x == 3" in build(block("x = 2", check="x == 3")).warnings


def test_each_line_of_a_check_is_a_claim(build: Build) -> None:
    source = "```{run}\n---\ncheck: |\n  x == 2\n  x == 3\n---\nx = 2\n```"
    assert "check failed: x == 3" in build(source).warnings


def test_what_has_run_is_not_run_again_by_another_build(build: Build) -> None:
    source = block("import uuid; print(uuid.uuid4())")
    assert build(source).text == build(source + "\n\nOne more sentence.").text.replace(" One more sentence.", "")
