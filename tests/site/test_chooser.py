"""The chooser on its two pages: what it says, writes and draws, in a real browser."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Locator, Page

from lrdoc.explorer import strings
from tests.site.browsing import PHONE, lent, violations
from tests.site.exploring import FRAMES, changes, until
from tests.site.known import LANGUAGES
from tests.site.reading import soup

PAGES = ("index.html", "recipes/index.html")


def choose(page: Page, address: str) -> Locator:
    """Open a page and have its chooser loaded."""
    page.goto(address)
    chooser = page.locator("[data-lr-chooser]")
    chooser.scroll_into_view_if_needed()
    chooser.locator(".lr-area canvas").wait_for()
    return chooser


def total(chooser: Locator) -> str:
    return chooser.locator(".lr-total").inner_text()


def code(chooser: Locator) -> str:
    return chooser.locator("textarea").input_value()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_the_chooser_from_the_first_and_its_links_lead_somewhere(
    site: Path, language: str, path: str
) -> None:
    file = site / language / path
    page = soup(file)
    chooser = page.select_one("[data-lr-chooser]")
    assert chooser is not None
    assert chooser.select_one("img[alt]") is not None
    assert len(chooser.select("option")) == len(strings.SHAPES) + 2 + 3
    links = [str(link["href"]).partition("#")[0] for link in chooser.select("a[href]") if link.find("img") is None]
    table = [str(link["href"]) for link in page.select(".lr-still a")]
    assert len(links) == 2
    assert len(table) == 8
    for link in (*links, *table):
        assert (file.parent / link).resolve().is_file(), link


@pytest.mark.parametrize(("language", "end"), [("en", ": "), ("zh", "：")])
@pytest.mark.parametrize("path", PAGES)
def test_the_link_to_the_recipe_follows_the_colon_as_the_language_has_it(
    site: Path, language: str, end: str, path: str
) -> None:
    page = soup(site / language / path)
    (hint,) = page.select("[data-lr-chooser] .lr-hint:has(a)")
    (link,) = hint.select("a")
    assert hint.get_text().endswith(f"{end}{link.get_text()}")


def test_the_code_the_counts_and_the_curve_follow_the_keyboard(browser: Browser, server: str) -> None:
    with lent(browser) as (page, trouble):
        chooser = choose(page, f"{server}/en/index.html")
        assert total(chooser).startswith("7,820 calls of scheduler.step(): 20 epochs × 391 updates.")

        def type_all() -> None:
            chooser.get_by_label("Epochs", exact=True).focus()
            for value in ("3", "1000", "64", "2", "3"):
                page.keyboard.press("Control+a")
                page.keyboard.type(value)
                page.keyboard.press("Tab")
            page.evaluate(FRAMES)

        assert changes(
            page,
            type_all,
            lambda page: str(page.evaluate("document.querySelectorAll('.lr-area canvas')[1].toDataURL()")),
        )
        # 500 images of each process are 8 batches, and these 3 updates.
        assert total(chooser).startswith("9 calls of scheduler.step(): 3 epochs × 3 updates.")
        assert "epochs, images, batch_size = 3, 1000, 64" in code(chooser)
        assert "DistributedSampler" in code(chooser)
        chooser.get_by_label("Mode").select_option("graph")
        page.evaluate(FRAMES)
        # A graph takes 192 images at once, and leaves out the rest.
        assert total(chooser).startswith("6 calls of the graph")
        assert chooser.get_by_role("switch").is_disabled()
        assert not trouble


def test_each_choice_has_the_fields_that_it_needs(browser: Browser, server: str) -> None:
    with lent(browser) as (page, _trouble):
        chooser = choose(page, f"{server}/en/recipes/index.html")
        shown = {}
        for shape in strings.SHAPES:
            chooser.get_by_label("After the warmup").select_option(shape)
            page.evaluate(FRAMES)
            labels = (
                "Left at the end, in %",
                "Length of the fall, in % of the training",
                "Falls to a tenth after these epochs",
            )
            shown[shape] = [chooser.get_by_label(label).is_visible() for label in labels]
        assert shown.pop("stable") == [True, True, False]
        assert shown.pop("steps") == [False, False, True]
        assert shown.pop("cosine") == shown.pop("linear") == [True, False, False]
        assert all(not any(fields) for fields in shown.values())


def test_what_is_wrong_is_said_where_it_is(browser: Browser, server: str) -> None:
    with lent(browser) as (page, trouble):
        chooser = choose(page, f"{server}/en/index.html")
        epochs = chooser.get_by_label("Epochs", exact=True)
        epochs.fill("2.5")
        until(page, "document.querySelector('[data-lr-chooser]').innerText.includes('An integer from 1 to 100000')")
        assert epochs.get_attribute("aria-invalid") == "true"
        assert "20 epochs" in total(chooser)
        epochs.fill("4")
        chooser.get_by_label("Warmup", exact=True).fill("101")
        until(page, "document.querySelector('[data-lr-chooser]').innerText.includes('warmup_steps is an int from 0')")
        chooser.get_by_label("Images in the training set").fill("10")
        chooser.get_by_role("switch").check()
        until(page, "document.querySelector('[data-lr-chooser]').innerText.includes('There is no update')")
        assert not trouble


def test_a_training_of_millions_of_steps_is_drawn_where_a_formula_has_its_curve(browser: Browser, server: str) -> None:
    with lent(browser) as (page, trouble):
        chooser = choose(page, f"{server}/en/index.html")
        chooser.get_by_label("Images in the training set").fill("10000000")
        until(page, "document.querySelector('.lr-total').innerText.startsWith('1,562,500 calls')")
        assert chooser.locator("p.lr-problem[aria-live]").inner_text() == ""
        chooser.get_by_label("After the warmup").select_option("one_cycle")
        until(page, "document.querySelector('[data-lr-chooser]').innerText.includes('drawn up to 1,000,000 steps')")
        assert not trouble


def test_the_playground_draws_the_code(browser: Browser, server: str) -> None:
    with lent(browser) as (page, trouble):
        chooser = choose(page, f"{server}/en/recipes/index.html")
        chooser.get_by_label("Epochs", exact=True).fill("4")
        chooser.get_by_label("After the warmup").select_option("one_cycle")
        page.evaluate(FRAMES)
        address = chooser.get_by_role("link", name="Open in the playground").get_attribute("href")
        page.goto(urljoin(page.url, str(address)))
        page.locator(".lr-area canvas").wait_for()
        until(page, "document.querySelector('.lr-summary').innerText.includes('at step 1563')")
        assert page.locator(".lr-problems li").count() == 0
        assert not trouble


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_moves_when_the_script_comes_and_nothing_is_wider_than_a_phone(
    browser: Browser, site: Path, language: str, path: str
) -> None:
    with lent(browser, PHONE) as (page, trouble):
        page.goto((site / language / path).as_uri())
        size = "document.querySelector('[data-lr-chooser]').getBoundingClientRect().height"
        before = page.evaluate(size)
        page.locator("[data-lr-chooser]").scroll_into_view_if_needed()
        page.locator("[data-lr-chooser] .lr-area canvas").wait_for()
        assert page.evaluate(size) == pytest.approx(before, abs=1)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert not trouble
        assert not violations(page, "[data-lr-chooser]")  # last: what looks for them breaks the policy itself


def test_without_javascript_there_is_a_table(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "en" / "recipes" / "index.html").as_uri())
    assert page.locator(".lr-still table").is_visible()
    assert not page.locator("[data-lr-chooser] fieldset").first.is_visible()
    assert page.locator("[data-lr-chooser] img").first.is_visible()
    context.close()
