from __future__ import annotations

import argparse
import inspect
import re
import shlex
from dataclasses import replace

import pytest

from lrdoc import recipes
from lrdoc.describe.schedule import Schedule
from lrdoc.practice import inputs, range_test
from lrdoc.practice.augment import AUGMENTATIONS
from lrdoc.practice.constructor import recipe_names, schedulers
from lrdoc.practice.options import command_line, comparison_command_line, parse, parse_comparison
from lrdoc.practice.plan import Plan
from tests.practice.conftest import ROOT


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("--epochs 2 --stop-after 7", "--epochs 2 --resume"),
        ("--stop-after=7 --epochs 2", "--epochs 2 --resume"),
        ("--sto 7 --lr 0.1", "--lr 0.1 --resume"),
        ("--resume --stop-after 9", "--resume"),
        ("", "--resume"),
        ("--schedule 'StepLR(optimizer, 3)' --step-per epoch", "--schedule 'StepLR(optimizer, 3)' --step-per epoch --resume"),
    ],
)  # fmt: skip
def test_the_command_that_goes_on_is_the_one_given_without_its_stop(arguments: str, expected: str) -> None:
    options = parse(shlex.split(arguments))
    assert options.command(resume=True) == f"python -m lrdoc.practice {expected}"
    again = parse(shlex.split(options.command(resume=True))[3:])
    assert again.resume
    assert again.stop_after is None
    assert again.identity == options.identity


def test_the_command_is_the_one_given() -> None:
    assert parse(["--epochs", "2"]).command() == "python -m lrdoc.practice --epochs 2"


def test_several_processes_are_started_by_the_launcher() -> None:
    command = parse(["--epochs", "2"]).command(2, resume=True)
    assert command == "python -m oneflow.distributed.launch --nproc_per_node 2 -m lrdoc.practice --epochs 2 --resume"


def test_the_help_names_all_that_is_given_by_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")  # in a narrower terminal, names are broken
    with pytest.raises(SystemExit, match="0"):
        parse(["--help"])
    said = capsys.readouterr().out.split()
    named = (*schedulers(), *recipe_names(), *AUGMENTATIONS, *range_test.CODE)
    assert {name for name in named if not {name, f"{name},", f"{name};"} & set(said)} == set()


@pytest.mark.parametrize("option", ["--output", "--data"])
def test_a_folder_without_a_name_is_refused(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    for read in (parse, lambda given: parse_comparison(["compare", *given])):
        with pytest.raises(SystemExit, match="2"):
            read([option, ""])
        assert f"argument {option}: must name a folder; . is the current one" in capsys.readouterr().err


def names(parser: argparse.ArgumentParser) -> set[str]:
    return {name for action in parser._actions for name in action.option_strings}


def test_the_page_names_the_options_that_a_resumed_training_may_have_otherwise() -> None:
    page = (ROOT / "docs" / "practice.md").read_text(encoding="utf-8")
    (named,) = re.findall(r"must have the options of the one that was stopped, but for (.*)\.$", page, re.MULTILINE)
    of_data = {"data", "archive", "archive_md5", "download", "tiny"}
    of_the_schedule = {"scheduler", "recipe", "parameters", "range_test", "lr_base_size"}  # told as schedule and lr
    of_the_call = {"help", "dry_run", "plot", "output", "resume"}
    told = {*parse([]).identity, *of_data, *of_the_schedule, *of_the_call}
    others = {action.option_strings[-1] for action in command_line()._actions if action.dest not in told}
    assert set(re.findall(r"`(--[a-z-]+)`", named)) == others


def test_the_page_names_the_options_of_a_training_that_a_comparison_does_not_take() -> None:
    page = (ROOT / "docs" / "practice.md").read_text(encoding="utf-8")
    (named,) = re.findall(r"takes the options of a training as well, but for (.*)\.$", page, re.MULTILINE)
    assert set(re.findall(r"`(.*?)`", named)) == names(command_line()) - names(comparison_command_line())


def test_one_seed_is_not_taken_for_a_number_of_seeds(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_comparison(["compare", "StepLR(optimizer, 3)", "StepLR(optimizer, 4)", "--seed", "3"])
    assert "unrecognized arguments: --seed 3; --seeds is how many" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["compares", "a", "b"], ["Compare", "a"], ["--tiny", "compare", "a", "b"]])
def test_a_comparison_that_is_not_asked_for_first_is_pointed_at(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parse(arguments)
    assert "compare comes before all options" in capsys.readouterr().err


@pytest.mark.parametrize("found", [command_line(), comparison_command_line()])
def test_the_help_names_no_option_that_the_command_does_not_take(found: argparse.ArgumentParser) -> None:
    told = " ".join(action.help or "" for action in found._actions)
    assert {*re.findall(r"--[a-z][a-z0-9-]+", told)} <= names(found)


def planned(*given: str) -> Plan:
    """Return the plan of the second schedule of a comparison."""
    comparison = parse_comparison(["compare", "StepLR(optimizer, 7)", *given, "--epochs", "6"])
    return inputs.plan(replace(comparison.options, schedule=comparison.schedules[1]), images=160)


FOLLOWING = ("optimizer", "total_steps", "epochs")
"""What a recipe that is given by its name gets from the program."""


def needs_arguments(name: str) -> bool:
    function = recipes.REGISTER.get(name)
    parameters = inspect.signature(function).parameters.values() if function else ()
    return any(one.default is one.empty and one.name not in FOLLOWING for one in parameters)


@pytest.mark.parametrize("name", [name for name in recipe_names() if not needs_arguments(name)])
def test_a_recipe_is_compared_by_its_name(name: str) -> None:
    assert planned("--recipe", name).steps > 0


@pytest.mark.parametrize("name", [name for name in recipe_names() if needs_arguments(name)])
def test_a_recipe_that_needs_arguments_is_compared_as_code(name: str) -> None:
    with pytest.raises(ValueError, match="missing a required argument"):
        planned("--recipe", name)
    assert planned(Schedule.preset(recipes.get(name)).code()).steps > 0


@pytest.mark.parametrize("further", [["--resume"], ["--resum"]])
def test_a_comparison_is_resumed_by_its_own_command(further: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_comparison(["compare", "StepLR(optimizer, 3)", "StepLR(optimizer, 4)", *further])
    assert "given again, goes on where it stopped" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("names", "said"),
    [("crop,none", "none stands alone"), ("crop,crop", "each once"), ("cropp", "unknown: cropp; known: crop, flip")],
)
def test_augmentations_are_known_names_each_once(names: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--augment", names])
    assert said in capsys.readouterr().err
