"""What explorers show before their script has come, as Node writes it."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ExtensionError

from lrdoc import recipes, register
from lrdoc.explorer import strings
from lrdoc.explorer.prerender import FIGURE, prerendered


def test_every_scheduler_and_recipe_has_its_controls_its_code_and_a_place_for_its_figure() -> None:
    found = prerendered(strings.texts())
    assert found.keys() == {*register.entries(), *recipes.REGISTER, *recipes.GUIDES, "playground", "chooser"}
    for name, entry in {**register.entries(), **recipes.entries()}.items():
        html = found[name]
        assert html.count(FIGURE) == 1
        soup = BeautifulSoup(html, "html.parser")
        labels = {label.get_text() for label in soup.select("label")}
        assert {*entry.domains, "lr", "steps"} <= labels
        assert entry.cls.__name__ in soup.select("textarea")[0].get_text()


SLIDERS = {
    "libai": {"warmup_factor", "warmup_iters", "decay_steps", "alpha"},
    "layerwise_decay": {"total_steps", "warmup_steps"},
    "plateau_warmup": {"start_factor", "total_iters", "factor", "patience", "cooldown"},
}
"""Arguments of the first example of each page that readers move."""


@pytest.mark.parametrize("page", recipes.GUIDES)
def test_a_page_with_examples_of_its_own_has_its_first_one_and_a_choice_of_the_others(page: str) -> None:
    soup = BeautifulSoup(prerendered(strings.texts())[page], "html.parser")
    labels = {label.get_text() for label in soup.select("label")}
    assert {*recipes.guides()[page].examples[0].names, *SLIDERS[page], "steps"} <= labels
    offered = [option.get_text() for option in soup.select(".lr-examples option")]
    assert offered[1:] == [one.label for one in recipes.guides()[page].examples]
    assert soup.select_one("textarea").get_text() == recipes.guides()[page].examples[0].code


def test_nothing_in_it_needs_a_style_that_the_policy_forbids() -> None:
    for html in prerendered(strings.texts()).values():
        assert not re.search(r"<[^>]* style=|<style|<script|<[^>]* on[a-z]+=", html)


def test_a_text_that_is_missing_ends_the_build_by_its_name() -> None:
    with pytest.raises(ExtensionError, match="baseLr"):
        prerendered({key: text for key, text in strings.texts().items() if key != "baseLr"})
