from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from docutils import nodes

from lrdoc import recipes
from lrdoc.checks import traps
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.directives import traps as directive
from lrdoc.sphinxext.placeholders import measured

Build = Callable[..., Any]

WITHOUT = ("cyclic", "noam")
"""The recipes with which none of the usual mistakes matters: they do not end, begin above 0 and have no joint."""


def items(page: Any) -> list[str]:
    return [" ".join(item.get_text().split()) for item in page.soup.select("div.body li")]


def test_each_mistake_is_told_with_the_learning_rate_that_comes_of_it_and_where_to_read_on(build: Build) -> None:
    page = build("```{traps} warmup_cosine\n```")
    seen = traps.look(recipes.get("warmup_cosine"))
    too_soon, joined, at_0 = items(page)
    assert page.warnings == ""
    assert f"is {seen['rest']:.6g} in {seen['spent']} of {seen['updates']:,} updates" in too_soon
    joint = seen["joint"]
    assert f"at step {joint['step']} the learning rate is {joint['wrong']:.6g} in the place of 0.1" in joined
    assert at_0.startswith("A first update that changes nothing")
    links = [link["href"].partition("#")[2] for link in page.soup.select("div.body li a")]
    assert links == ["it-is-0-for-most-of-the-training", "it-jumps-at-the-milestone", "it-is-0-at-the-start"]


def test_what_falls_without_an_end_is_told_by_how_long_it_is_low(build: Build) -> None:
    (item,) = items(build("```{traps} multiplicative\n```"))
    seen = traps.look(recipes.get("multiplicative"))
    assert f"below a hundredth of its highest in {seen['low']} of {seen['updates']} updates" in item


SEEN = {"updates": 100, "spent": 0, "rest": 0.0, "low": 0, "first": 0.0, "joint": None}
"""A run that shows no mistake but that it begins at 0, which is told last."""


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        ({"spent": 51}, "is 0 in 51 of 100 updates"),
        ({"spent": 50}, ""),
        ({"spent": 51, "rest": 0.049}, "is 0.049 in 51 of 100 updates"),
        ({"spent": 51, "rest": 0.05}, ""),
        ({"low": 51}, "is below a hundredth of its highest in 51 of 100 updates"),
        ({"low": 50}, ""),
        ({"spent": 51, "rest": 0.05, "low": 51}, "is below a hundredth of its highest in 51 of 100 updates"),
    ],
)
def test_lengths_that_count_epochs_are_told_where_most_of_the_training_has_a_low_learning_rate(
    seen: dict[str, Any], told: str
) -> None:
    assert recipes.get("warmup_cosine").presets[0].base_lr == 0.1
    node = measured(name="warmup_cosine")
    (made,) = directive.trap_list(node, [Outcome(result={**SEEN, **seen})])
    *items, at_0 = (item.astext() for item in made.findall(nodes.list_item))
    assert at_0.startswith("A first update that changes nothing")
    assert [told in item for item in items] == ([True] if told else [])


def test_a_flag_that_must_not_be_set_is_told_as_such(build: Build) -> None:
    joined = items(build("```{traps} step_with_warmup\n```"))[1]
    assert joined.startswith("Parts joined with interval_rescaling=True: the milestones count from")


@pytest.mark.parametrize("name", WITHOUT)
def test_a_page_that_lists_mistakes_where_none_matters_is_refuted(build: Build, name: str) -> None:
    assert f"none of the usual mistakes matters for {name}" in build(f"```{{traps}} {name}\n```").warnings


def test_an_unknown_recipe_is_named(build: Build) -> None:
    assert "unknown recipe 'warmup'; known: cyclic, " in build("```{traps} warmup\n```").warnings
