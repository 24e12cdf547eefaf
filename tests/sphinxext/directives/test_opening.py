from __future__ import annotations

from collections.abc import Callable
from typing import Any

Build = Callable[..., Any]

OPENING = "```{run}\n:opens: start\n\nvalue = 'from the opening'\n```\n\n"


def test_code_goes_on_from_the_piece_that_it_names_and_shows_its_own_lines_only(build: Build) -> None:
    page = build(OPENING + "```{run}\n:after: start\n\nprint(value.upper())\n```")
    assert page.warnings == ""
    assert page.soup.select_one(".lr-output").get_text().strip() == "FROM THE OPENING"
    assert page.text.count("from the opening") == 1


def test_an_opening_may_go_on_from_another(build: Build) -> None:
    second = "```{run}\n:opens: more\n:after: start\n\nmore = value.split()\n```\n\n"
    page = build(OPENING + second + "```{run}\n:after: more\n\nprint(more[0])\n```")
    assert page.soup.select_one(".lr-output").get_text().strip() == "from"


def test_code_that_names_no_opening_stands_alone(build: Build) -> None:
    assert "NameError" in build(OPENING + "```{run}\nprint(value)\n```").warnings


def test_an_opening_that_does_not_exist_is_named_with_those_that_do(build: Build) -> None:
    page = build(OPENING + "```{run}\n:after: other\n\nprint(1)\n```")
    assert "no code above opens 'other'; there is: start" in page.warnings
