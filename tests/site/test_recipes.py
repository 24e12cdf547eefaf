"""The pages of the recipes, in a real browser and as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from lrdoc import recipes, trace
from lrdoc.describe.schedule import Schedule
from tests.site.browsing import opened
from tests.site.exploring import box, code, explore, type_number, until, values
from tests.site.known import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_recipe_has_a_card_that_leads_to_its_page_and_a_place_in_the_sidebar(site: Path, language: str) -> None:
    page = BeautifulSoup((site / language / "recipes" / "index.html").read_text(encoding="utf-8"), "html.parser")
    cards = {str(link["href"]) for link in page.select(".lr-card a")}
    beside = {str(link["href"]) for link in page.select(".sidebar-tree a")}
    for name in recipes.REGISTER:
        assert f"{name}.html" in cards
        assert f"{name}.html" in beside


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_begins_with_its_sentence_and_its_live_figure(site: Path, language: str) -> None:
    for name in recipes.REGISTER:
        html = (site / language / "recipes" / f"{name}.html").read_text(encoding="utf-8")
        place = BeautifulSoup(html, "html.parser").select_one("article [data-lr-explorer]")
        assert place is not None
        assert place["data-lr-explorer"] == name
        assert [one.name for one in place.find_previous_siblings(True)] == ["p", "h1"]
        assert place.select_one("img[alt]") is not None


def test_the_live_figure_has_the_recipe_s_own_arguments_and_follows_them(browser: Browser, server: str) -> None:
    with opened(browser) as (page, trouble):
        explore(page, f"{server}/en/recipes/warmup_linear.html")
        type_number(page, "total_steps", 60)
        type_number(page, "warmup_steps", 20)
        written = "".join(code(page).input_value().split())
        assert "warmup_linear(optimizer,total_steps=60,warmup_steps=20,)" in written
        real = trace.eager(recipes.warmup_linear(trace.sgd(0.1), total_steps=60, warmup_steps=20), 101)[:, 0]
        assert [float(row[1]) for row in values(page)[1:]] == pytest.approx(real.tolist())
        type_number(page, "warmup_steps", 61)
        until(page, "document.querySelector('.lr-explorer').innerText.includes('warmup_steps is an int from 0')")
        assert box(page, "warmup_steps").get_attribute("aria-invalid") == "true"
        assert not trouble


@pytest.mark.parametrize("name", ["one_cycle", "warmup_stable_decay"])
def test_the_link_opens_the_recipe_s_code_in_the_playground_which_draws_it(
    browser: Browser, server: str, name: str
) -> None:
    with opened(browser) as (page, trouble):
        page.goto(f"{server}/en/recipes/{name}.html")
        page.locator('a[href*="playground.html#explore"]').click()
        page.locator(".lr-area canvas").wait_for()
        preset = recipes.get(name).presets[0]
        real = trace.eager(Schedule.preset(recipes.get(name)).build(trace.sgd(preset.base_lr)), preset.steps)[:, 0]
        until(page, "window.lrdoc?.trace")
        assert [float(row[1]) for row in values(page)[1:]] == pytest.approx(real.tolist())
        assert not trouble
