from __future__ import annotations

import inspect
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from lrdoc import recipes
from lrdoc.checks import recipe_records
from lrdoc.practice import program
from lrdoc.practice.constructor import recipe_names

Build = Callable[..., Any]


@pytest.mark.parametrize("name", recipes.REGISTER)
def test_a_page_shows_the_function_s_own_source_and_how_it_is_called(build: Build, name: str) -> None:
    page = build(f"```{{recipe}} {name}\n```")
    assert page.warnings == ""
    (shown,) = (block.get_text() for block in page.soup.select("pre"))
    assert inspect.getsource(recipes.REGISTER[name]) in shown
    assert shown.rstrip().splitlines()[-1].startswith(f"scheduler = {name}(optimizer, ")
    assert "lrdoc" not in shown


def test_what_is_called_can_be_said(build: Build) -> None:
    page = build("```{recipe} in_graph\nscheduler = in_graph(other, steps=9)\n```")
    assert page.soup.select_one("pre").get_text().rstrip().endswith("\n\nscheduler = in_graph(other, steps=9)")


def test_an_unknown_recipe_is_named(build: Build) -> None:
    assert "unknown recipe 'warmup'; known: cyclic, " in build("```{recipe} warmup\n```").warnings


def test_the_link_to_the_playground_holds_the_code_that_the_page_shows(build: Build) -> None:
    page = build("```{recipe} one_cycle\n```\n\n```{recipe-links} one_cycle\n```", pages={"playground": "# P"})
    shown = page.soup.select_one("pre").get_text()
    link = next(str(one["href"]) for one in page.soup.select("a") if "#explore" in str(one["href"]))
    address, _mark, state = link.partition("#explore?")
    assert address == "playground.html"
    assert parse_qs(state) == {"code": [shown], "lr": ["0.5"], "steps": ["100"]}


def test_a_page_with_examples_of_its_own_has_a_link_for_each_with_all_that_it_is_shown_with(build: Build) -> None:
    for name, guide in recipes.guides().items():
        page = build(f"```{{recipe-links}} {name}\n```", pages={"playground": "# P"})
        assert page.warnings == ""
        links = {
            link.get_text(): str(link["href"]) for link in page.soup.select("a") if "#explore" in str(link["href"])
        }
        assert list(links) == [one.label for one in guide.examples]
        for one in guide.examples:
            state = {key: value for key, (value,) in parse_qs(links[one.label].partition("#explore?")[2]).items()}
            assert (state.pop("code"), state.pop("steps")) == (f"{one.code}\n", str(one.steps))
            assert tuple(map(float, state.pop("metric", "").split(",") if one.metrics else [])) == (one.metrics or ())
            assert {key: float(value) for key, value in state.items()} == {
                f"name.{key}": value for key, value in one.names.items()
            }


def test_the_command_names_the_recipe_and_the_sources_are_links(build: Build) -> None:
    page = build("```{recipe-links} noam\n```")
    assert '--recipe noam --parameters "d_model=512, warmup_steps=40"' in page.text
    assert [link.get_text() for link in page.soup.select("a.external")] == ["arxiv.org/abs/1706.03762"]


def test_every_command_is_taken_as_it_stands(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = build("\n\n".join(f"```{{recipe-links}} {name}\n```" for name in recipe_names()))
    monkeypatch.chdir(tmp_path)
    commands = [block.get_text().removeprefix("$ ").replace("\\\n", "") for block in page.soup.select("pre")]
    assert [shlex.split(command)[-1] for command in commands] == recipe_names()
    for command in commands:
        assert program.main([*shlex.split(command)[3:], "--dry-run"]) == 0, command
        assert "warning:" not in capsys.readouterr().out, command


def test_formula_arguments_and_values_of_a_recipe_are_shown_as_those_of_a_scheduler(build: Build) -> None:
    page = build("```{values} warmup_linear\n:at: 0-1 10 100\n```")
    assert page.warnings == ""
    assert page.table() == [["step", "0", "1", "10", "100"], ["lr", "0", "0.01", "0.1", "0"]]
    page = build("```{parameters} poly\ntotal_steps\n: How many.\n\npower\n: How.\n```")
    assert page.warnings == ""
    assert "int ≥ 1" in page.text
    assert "= 0.9" in page.text


def test_a_sentence_about_a_recipe_names_its_original(build: Build) -> None:
    page = build("{sentence}`recipe_original.warmup_linear`")
    assert page.warnings == ""
    assert re.search(r"get_linear_schedule_with_warmup of transformers 5\.\S+ was run with 220 sets", page.text)


def test_the_call_of_the_original_is_shown_as_it_was_run(build: Build) -> None:
    originals = {name: trial.original for name, trial in recipe_records.TRIALS.items() if trial.original}
    page = build("\n\n".join(f"{{sentence}}`recipe_original.{name}`" for name in originals))
    assert page.warnings == ""
    shown = [paragraph.select("code")[-1].get_text() for paragraph in page.soup.select("div.body p")]
    assert dict(zip(originals, shown, strict=True)) == originals
