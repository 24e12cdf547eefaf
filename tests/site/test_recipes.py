"""The pages of the recipes, in a real browser and as files."""

from __future__ import annotations

import re
from pathlib import Path

import oneflow as flow
import pytest
from oneflow.optim.lr_scheduler import LinearLR, ReduceLROnPlateau, StepLR, WarmupLR
from playwright.sync_api import Browser

from lrdoc import recipes, trace
from lrdoc.describe.guide import STEPS
from lrdoc.describe.schedule import Schedule
from lrdoc.recipes.described.plateau_warmup import LOSSES
from lrdoc.translation.review import HAN
from tests.site.browsing import LAPTOP, PHONE, lent, opened
from tests.site.exploring import FRAMES, box, code, explore, moved, type_number, until, values
from tests.site.known import LANGUAGES
from tests.site.reading import soup
from tests.sphinxext.directives.test_traps import WITHOUT


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_recipe_has_a_card_that_leads_to_its_page_and_a_place_in_the_sidebar(site: Path, language: str) -> None:
    page = soup(site / language / "recipes" / "index.html")
    cards = {str(link["href"]) for link in page.select(".lr-card a")}
    beside = {str(link["href"]) for link in page.select(".sidebar-tree a")}
    for name in recipes.REGISTER:
        assert f"{name}.html" in cards
        assert f"{name}.html" in beside


def test_what_a_chinese_sentence_leads_to_follows_its_colon_without_a_space(site: Path) -> None:
    for name in (*recipes.REGISTER, *recipes.GUIDES):
        page = soup(site / "zh" / "recipes" / f"{name}.html")
        assert [text for one in page.select("article p") if "： " in (text := one.get_text())] == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_begins_with_its_sentence_and_its_live_figure(site: Path, language: str) -> None:
    for name in (*recipes.REGISTER, *recipes.GUIDES):
        place = soup(site / language / "recipes" / f"{name}.html").select_one("article [data-lr-explorer]")
        assert place is not None
        assert place["data-lr-explorer"] == name
        assert [one.name for one in place.find_previous_siblings(True)] == ["p", "h1"]
        assert place.select_one("img[alt]") is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_tells_of_the_usual_mistakes_with_its_recipe(site: Path, language: str) -> None:
    for name in {*recipes.REGISTER, *recipes.GUIDES} - set(WITHOUT):
        told = soup(site / language / "recipes" / f"{name}.html").select_one("#common-mistakes")
        assert told is not None, name
        assert told.select_one('a[href^="../answers/wrong_rate.html#"]'), name


def test_the_live_figure_has_the_recipe_s_own_arguments_and_follows_them(browser: Browser, server: str) -> None:
    with lent(browser) as (page, trouble):
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
    with lent(browser) as (page, trouble):
        page.goto(f"{server}/en/recipes/{name}.html")
        page.locator('a[href*="playground.html#explore"]').click()
        page.locator(".lr-area canvas").wait_for()
        preset = recipes.get(name).presets[0]
        real = trace.eager(Schedule.preset(recipes.get(name)).build(trace.sgd(preset.base_lr)), preset.steps)[:, 0]
        until(page, "window.lrdoc?.trace")
        assert [float(row[1]) for row in values(page)[1:]] == pytest.approx(real.tolist())
        assert not trouble


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_recipes_has_a_figure_that_is_told_in_words_and_leads_to_its_gallery_script(
    site: Path, language: str
) -> None:
    for path in sorted((site / language / "recipes").glob("*.html")):
        if path.stem in ("index", "in_graph"):  # a list, and what is done to a schedule
            continue
        page = soup(path)
        told = [str(image["alt"]) for image in page.select("article img.only-light")]
        assert told, path.stem
        assert all(re.search(HAN, words) is not None for words in told) is (language == "zh"), path.stem
        assert page.select_one(f'article a[href="../gallery/plot_{path.stem}.html"]') is not None, path.stem


def test_each_of_libai_s_builders_can_be_chosen_and_has_sliders_for_both_schedulers(
    browser: Browser, server: str
) -> None:
    with lent(browser) as (page, trouble):
        explore(page, f"{server}/en/recipes/libai.html")
        examples = page.get_by_label("Example", exact=True)
        for builder in recipes.guides()["libai"].examples:
            examples.select_option(label=builder.label)
            page.evaluate(FRAMES)
            assert code(page).input_value() == builder.code
            assert len(values(page)) == STEPS + 1
        examples.select_option(label="WarmupStepLR")
        type_number(page, "step_size", 20)
        type_number(page, "warmup_iters", 5)
        main = StepLR(trace.sgd(0.1), step_size=20, gamma=0.5)
        real = trace.eager(WarmupLR(main, warmup_factor=0.001, warmup_iters=5), STEPS)[:, 0]
        assert [float(row[1]) for row in values(page)[1:]] == pytest.approx(real.tolist())
        assert not trouble


def test_layer_wise_decay_has_a_curve_for_each_group_and_they_follow_the_decay(browser: Browser, server: str) -> None:
    with lent(browser) as (page, trouble):
        explore(page, f"{server}/en/recipes/layerwise_decay.html")
        type_number(page, "decay", 0.5)
        type_number(page, "warmup_steps", 20)
        layers = [flow.nn.Linear(1, 1) for _layer in range(4)]
        optimizer = flow.optim.SGD(recipes.layerwise_groups(layers, lr=0.1, decay=0.5))
        real = trace.eager(recipes.warmup_cosine(optimizer, total_steps=100, warmup_steps=20), STEPS)
        drawn = [[float(lr) for lr in row[1:]] for row in values(page)[1:]]
        assert drawn == [pytest.approx(row) for row in real.tolist()]
        assert not trouble


def test_plateau_with_warmup_has_sliders_for_the_warmup_and_the_plateau_and_a_metric(
    browser: Browser, server: str
) -> None:
    with lent(browser) as (page, trouble):
        explore(page, f"{server}/en/recipes/plateau_warmup.html")
        type_number(page, "total_iters", 3)
        type_number(page, "factor", 0.25)
        type_number(page, "patience", 1)
        type_number(page, "cooldown", 2)
        optimizer = trace.sgd(0.1)
        warmup = LinearLR(optimizer, start_factor=0.2, total_iters=3)
        plateau = ReduceLROnPlateau(optimizer, factor=0.25, patience=1, cooldown=2)
        real = []
        for epoch, loss in enumerate(LOSSES):
            real.append(optimizer.param_groups[0]["lr"])
            warmup.step() if epoch < 3 else plateau.step(loss)
        assert [float(row[1]) for row in values(page)[1:]] == pytest.approx(real)
        type_number(page, "factor", 1.5)
        until(page, "document.querySelector('.lr-explorer').innerText.includes('Factor should be < 1.0.')")
        type_number(page, "factor", 0.25)
        assert [float(row[1]) for row in values(page)[1:]] == pytest.approx(real)
        assert not trouble


@pytest.mark.parametrize("name", recipes.GUIDES)
def test_each_example_of_a_page_has_a_link_that_opens_it_in_the_playground_with_the_same_curves(
    browser: Browser, server: str, name: str
) -> None:
    with lent(browser) as (page, trouble):
        explore(page, f"{server}/en/recipes/{name}.html")
        drawn = values(page)
        links = page.locator('a[href*="playground.html#explore"]')
        assert links.all_inner_texts() == [one.label for one in recipes.guides()[name].examples]
        links.first.click()
        page.locator(".lr-area canvas").wait_for()
        until(page, "window.lrdoc?.trace")
        assert values(page) == drawn
        assert not trouble


@pytest.mark.parametrize("width", [LAPTOP["width"], PHONE["width"]])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_moves_when_the_explorer_of_several_schedules_comes_alive(
    browser: Browser, server: str, language: str, width: int
) -> None:
    for name in recipes.GUIDES:
        # So high that what stands below the explorer is in sight: its elements are new ones, so only that can be seen to move.
        with opened(browser, {"width": width, "height": 4_000}) as (page, _):
            assert moved(page, f"{server}/{language}/recipes/{name}.html") == [], name
