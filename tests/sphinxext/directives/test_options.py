from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import pytest

from lrdoc.practice import options as program

Build = Callable[..., Any]
Messages = Callable[..., list[str]]


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> argparse.ArgumentParser:
    """Return a parser that the directive reads in place of the program's, to be filled."""
    parser = argparse.ArgumentParser(prog="train")
    monkeypatch.setattr(program, "command_line", lambda: parser)
    return parser


def test_every_option_of_the_program_is_listed_with_a_meaning(build: Build) -> None:
    page = build("```{options}\n```")
    assert page.warnings == ""
    rows = [[cell.get_text().strip() for cell in row.select("td")] for row in page.soup.select("table tbody tr")]
    taken = {
        name
        for action in program.command_line()._actions
        for name in action.option_strings
        if not isinstance(action, argparse._HelpAction)
    }
    assert {option.split()[0] for option, _said in rows} == taken
    assert all(said for _option, said in rows)
    assert not [said for _option, said in rows if "%(" in said]


def test_every_option_of_a_comparison_is_listed_with_those_of_a_training_or_beside_them(build: Build) -> None:
    page = build("```{options} compare\n```")
    assert page.warnings == ""
    rows = [[cell.get_text().strip() for cell in row.select("td")] for row in page.soup.select("table tbody tr")]
    assert all(said for _option, said in rows)
    own = {option.split()[0] for option, _said in rows}
    assert {"CODE", "--recipe", "--seeds", "--jobs", "--dry-run", "--output"} <= own
    of_a_training = {name for action in program.command_line()._actions for name in action.option_strings}
    taken = {
        name
        for action in program.comparison_command_line()._actions
        for name in action.option_strings
        if action.help is not argparse.SUPPRESS
    }
    assert taken <= own | of_a_training
    assert "--lr" not in own  # it is the same for both


def test_another_command_is_an_error(build: Build) -> None:
    assert "the program has no command train; it has compare" in build("```{options} train\n```").warnings


def test_an_option_is_shown_as_it_is_written_with_its_default_beside_it(
    build: Build, parser: argparse.ArgumentParser
) -> None:
    group = parser.add_argument_group("what to train")
    group.add_argument("--lr", type=float, default=0.1, help="base learning rate; default: %(default)s")
    group.add_argument("--mode", choices=("eager", "graph"), default="eager", help="how")
    group.add_argument("--parts", metavar="LIST", default=("a", "b"), help="of %(prog)s; by name")
    group.add_argument("--resume", action="store_true", help="go on")
    named = group.add_argument("--by", metavar="NAME", help="by name; one of %(names)s")
    vars(named)["names"] = "first, second"
    group.add_argument("--hidden", help=argparse.SUPPRESS)
    assert build("```{options}\n```").table() == [
        ["What to train", "Meaning"],
        ["--lr LR = 0.1", "base learning rate"],
        ["--mode {eager,graph} = eager", "how"],
        ["--parts LIST = a,b", "of train; by name"],
        ["--resume", "go on"],
        ["--by NAME: first, second", "by name"],
    ]


def test_what_a_help_text_has_of_a_command_line_keeps_its_dashes_and_quotes(
    build: Build, parser: argparse.ArgumentParser
) -> None:
    parser.add_argument_group("what").add_argument("--by", help="with --dry-run: 'a=1, b=2', in flowvision's way")
    page = build("```{options}\n```")
    assert page.table()[1:] == [["--by BY", "with --dry-run: 'a=1, b=2', in flowvision’s way"]]
    assert [code.get_text() for code in page.soup.select("td code")] == ["--by BY", "--dry-run", "'a=1, b=2'"]


def test_the_options_of_a_subcommand_are_listed_under_its_name(build: Build, parser: argparse.ArgumentParser) -> None:
    find = parser.add_subparsers(title="commands").add_parser("find")
    find.add_argument("folder", help="where to look")
    text = build("```{options}\n```").text
    assert "find: positional arguments" in text
    assert "folder where to look" in text


def test_titles_and_meanings_are_messages_of_the_page(messages: Messages, parser: argparse.ArgumentParser) -> None:
    parser.add_argument_group("output").add_argument("--to", default="run", help="where; default: %(default)s")
    assert messages("```{options}\n```") == ["Output", "where"]
