from __future__ import annotations

from collections.abc import Callable
from typing import Any

Build = Callable[..., Any]


def block(commands: str, **options: object) -> str:
    lines = "\n".join(f":{key}: {value}" for key, value in options.items())
    return f"```{{console}}\n{lines}\n\n{commands}\n```"


def test_each_command_stands_above_what_it_printed(build: Build) -> None:
    page = build(block("$ echo one\n$ echo two"))
    assert page.warnings == ""
    assert page.text.endswith("$ echo one one $ echo two two")


def test_a_command_on_two_lines_is_shown_as_it_was_written(build: Build) -> None:
    page = build(block("$ echo one \\\n    two"))
    assert page.soup.select_one(".lr-code").get_text().strip() == "$ echo one \\\n    two"
    assert page.soup.select_one(".lr-output").get_text().strip() == "one two"


def test_a_command_that_prints_nothing_leaves_nothing_below_it(build: Build) -> None:
    assert not build(block("$ true")).soup.select(".lr-output")


def test_a_failure_that_the_page_does_not_expect_is_a_warning(build: Build) -> None:
    assert "command 1 was to end with status 0; it ended with 2" in build(block("$ ls --no-such-option")).warnings


def test_only_the_last_command_may_fail_as_expected(build: Build) -> None:
    assert build(block("$ true\n$ false", status=1)).warnings == ""
    assert "command 1 was to end with status 0" in build(block("$ false\n$ false", status=1)).warnings
    assert "command 1 was to end with status 1; it ended with 0" in build(block("$ true", status=1)).warnings


def test_a_claim_about_the_output_is_checked(build: Build) -> None:
    assert build(block("$ echo one", shows="one")).warnings == ""
    assert "the output was to hold 'two'" in build(block("$ echo one", shows="two")).warnings


def test_a_line_that_is_no_command_is_an_error(build: Build) -> None:
    assert "'one' is no command" in build(block("$ echo one\none")).warnings


SCRIPT = "```{script} hello.py\nprint('hello')\n```\n\n"


def test_a_script_is_shown_and_found_by_the_sessions_that_name_it(build: Build) -> None:
    page = build(SCRIPT + block("$ python hello.py\n$ ls"))
    assert page.warnings == ""
    assert page.text.endswith("print('hello') $ python hello.py hello $ ls hello.py")


def test_a_script_is_no_file_of_the_sessions_that_do_not_name_it(build: Build) -> None:
    assert not build(SCRIPT + block("$ ls")).soup.select(".lr-output")
