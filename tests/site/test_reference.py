"""The reference pages lead with what readers come for: the live figure, a training loop, and what proves them folded below."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import Tag
from playwright.sync_api import Browser, Page, Route, ViewportSize

from lrdoc import register
from tests.site.browsing import LAPTOP, PHONE, lent, opened
from tests.site.exploring import SEEN, SET, WINDOWS, box, moved, until
from tests.site.known import LANGUAGES
from tests.site.reading import soup

ROOT = Path(__file__).parents[2]
NAMES = sorted(register.entries())
SCREEN = LAPTOP["height"]
TOPS = "() => [...document.querySelectorAll('article h2')].map(head => head.getBoundingClientRect().top + scrollY)"


def article(site: Path, language: str, name: str) -> Tag:
    """Return a page's content."""
    (found,) = soup(site / language / "reference" / f"{name}.html").select("article")
    return found


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_begins_with_its_sentence_its_live_figure_and_a_training_loop(
    site: Path, language: str, name: str
) -> None:
    page = article(site, language, name)
    place = page.select_one("[data-lr-explorer]")
    assert place is not None
    assert place["data-lr-explorer"] == name
    before = [one.name for one in place.find_previous_siblings(True)]
    assert before == ["p", "h1"]
    assert place.select_one(".lr-stage img")["alt"]  # type: ignore[index]
    first = page.select_one("h2")
    assert first is not None
    assert "for step in range" in first.find_parent("section").get_text()  # type: ignore[union-attr]


@pytest.mark.parametrize("name", NAMES)
def test_what_was_tried_at_the_limits_comes_last_and_is_folded(site: Path, name: str) -> None:
    page = article(site, "en", name)
    last = page.select("h2")[-1].find_parent("section")
    assert last is not None
    assert last["id"] == "beyond-the-valid-range"
    assert [table for table in last.select("table") if table.find_parent("details") is None] == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_folded_has_a_line_that_opens_it_and_something_to_open(site: Path, language: str, name: str) -> None:
    for fold in article(site, language, name).select("details.lr-folded"):
        line, *rest = fold.find_all(True, recursive=False)
        assert line.name == "summary"
        assert line.get_text(strip=True)
        assert rest


def answers(page: Tag) -> set[str]:
    """Return the names of the answers that a page links to."""
    links = (str(link["href"]) for link in page.select('a[href*="/answers/"]'))
    return {Path(link.partition("#")[0]).stem for link in links}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_related_pages_of_every_scheduler_hold_the_answers_to_what_its_readers_ask(
    site: Path, language: str
) -> None:
    for name in [*NAMES, "lr_scheduler"]:
        related = article(site, language, name).select_one("#versions-and-related-pages")
        assert related is not None
        assert answers(related), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_linked_from_a_reference_page(site: Path, language: str) -> None:
    linked = set().union(*(answers(article(site, language, name)) for name in [*NAMES, "lr_scheduler"]))
    assert linked == {path.stem for path in (ROOT / "docs" / "answers").glob("*.md")} - {"index"}


def test_a_laptop_reader_reaches_the_training_loop_within_two_screens(browser: Browser, site: Path) -> None:
    with opened(browser) as (page, _):
        for name in NAMES:
            page.goto(f"{site.as_uri()}/en/reference/{name}.html")
            assert page.evaluate(TOPS)[0] <= 2 * SCREEN, name


LONG = {"warmup_lr", "sequential_lr", "reduce_lr_on_plateau"}
"""Pages that have more to say."""
RELATED = "() => document.getElementById('versions-and-related-pages').getBoundingClientRect().top + scrollY"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_laptop_reader_reaches_the_related_pages_within_six_screens_or_ten(
    browser: Browser, site: Path, language: str
) -> None:
    with opened(browser) as (page, _):
        far = {}
        for name in NAMES:
            page.goto(f"{site.as_uri()}/{language}/reference/{name}.html")
            screens = page.evaluate(RELATED) / SCREEN
            if screens > (10 if name in LONG else 6):
                far[name] = round(screens, 1)
        assert far == {}


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_nothing_moves_when_an_explorer_comes_alive(browser: Browser, server: str, size: ViewportSize) -> None:
    for language, name in [*(("en", name) for name in NAMES), ("zh", "warmup_lr")]:
        with opened(browser, size) as (page, _):
            assert moved(page, f"{server}/{language}/reference/{name}.html") == [], name


@pytest.mark.parametrize("size", WINDOWS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_chart_stays_in_sight_while_any_slider_is_moved(
    browser: Browser, server: str, size: tuple[int, int]
) -> None:
    with opened(browser, {"width": size[0], "height": size[1]}) as (page, _):
        for name in ("step_lr", "warmup_lr", "reduce_lr_on_plateau"):
            page.goto(f"{server}/en/reference/{name}.html")
            page.locator(".lr-area canvas").wait_for()
            assert set(map(tuple, page.evaluate(SEEN))) == {(True, True)}, name


def held_back(page: Page) -> list[Route]:
    """Keep the explorer's script from being loaded; return the list of what waits for it, which fills as the page asks."""
    waiting: list[Route] = []
    page.route("**/explorer.js", lambda route: waiting.append(route))
    return waiting


def let_go(page: Page, waiting: list[Route]) -> None:
    """Let the script come once the page has asked for it, and wait for the explorer.

    Not from within the page: Playwright would wait there for an answer that only its own waiting loop can give.
    """
    while not waiting:
        page.wait_for_timeout(10)
    waiting.pop().continue_()
    page.locator(".lr-area canvas").wait_for()


def test_what_a_reader_sets_before_the_script_has_come_is_not_lost(browser: Browser, server: str) -> None:
    with opened(browser) as (page, _):
        waiting = held_back(page)
        page.goto(f"{server}/en/reference/step_lr.html", wait_until="domcontentloaded")  # the loader has run by then
        slider = page.get_by_role("slider", name="gamma", exact=True)
        slider.evaluate(SET, "89")
        slider.focus()
        let_go(page, waiting)
        reached = box(page, "gamma").input_value()
        assert slider.input_value() == "89"
        assert reached != "0.5"  # as in the example
        assert f"gamma={reached})" in page.locator("textarea.lr-code").input_value()
        assert page.evaluate("document.activeElement.getAttribute('type')") == "range"


def test_a_button_that_a_reader_presses_before_the_script_has_come_is_pressed_then(
    browser: Browser, server: str
) -> None:
    with opened(browser) as (page, trouble):
        waiting = held_back(page)
        page.goto(f"{server}/en/reference/step_lr.html#explore?code=nothing", wait_until="domcontentloaded")
        page.get_by_role("button", name="Reset").click()
        let_go(page, waiting)
        assert page.locator(".lr-problems li").count() == 0
        assert page.evaluate("document.activeElement.localName") == "button"
        assert not trouble


def test_what_a_reader_sets_before_the_loader_has_run_is_not_lost(browser: Browser, server: str) -> None:
    with opened(browser) as (page, _):
        loader: list[Route] = []
        page.route("**/loader.js*", lambda route: loader.append(route))
        waiting = held_back(page)
        page.goto(f"{server}/en/reference/step_lr.html", wait_until="commit")
        slider = page.get_by_role("slider", name="gamma", exact=True)
        slider.evaluate(SET, "89")
        box(page, "steps").fill("70")
        while not loader:
            page.wait_for_timeout(10)
        loader.pop().continue_()
        let_go(page, waiting)
        assert slider.input_value() == "89"
        assert f"gamma={box(page, 'gamma').input_value()})" in page.locator("textarea.lr-code").input_value()
        assert box(page, "gamma").input_value() != "0.5"  # as in the example
        assert box(page, "steps").input_value() == "70"


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_buttons_below_the_chart_stand_in_two_rows_on_a_laptop(
    browser: Browser, server: str, language: str
) -> None:
    with opened(browser) as (page, _):
        for name in ("reference/step_lr", "playground"):
            page.goto(f"{server}/{language}/{name}.html")
            page.locator(".lr-area canvas").wait_for()
            buttons = page.locator(".lr-toolbar :is(button, select):visible")
            tops = buttons.evaluate_all("all => all.map(one => Math.round(one.getBoundingClientRect().top))")
            assert len(tops) == 11
            assert len(set(tops)) == 2, name


def test_an_explorer_that_nobody_has_touched_shows_its_example_to_the_last_digit(browser: Browser, server: str) -> None:
    with opened(browser) as (page, _):
        waiting = held_back(page)
        for name in NAMES:
            page.goto(f"{server}/en/reference/{name}.html", wait_until="domcontentloaded")
            before = page.locator(".lr-number").evaluate_all("boxes => boxes.map(box => box.getAttribute('value'))")
            assert None not in before
            let_go(page, waiting)
            after = page.locator(".lr-number").evaluate_all("boxes => boxes.map(box => box.value)")
            assert json.dumps(after) == json.dumps(before), name


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_call_above_a_table_is_read_to_its_end(browser: Browser, site: Path, size: ViewportSize) -> None:
    cut = """() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true;
        return [...document.querySelectorAll('article table')]
            .flatMap(table => [...(table.closest('.table-wrapper') ?? table).previousElementSibling?.querySelectorAll('pre') ?? []])
            .filter(call => call.scrollWidth > call.clientWidth).map(call => call.textContent);
    }"""
    with lent(browser, size) as (page, _):
        for language, name in [*(("en", name) for name in NAMES), ("zh", "sequential_lr")]:
            page.goto((site / language / "reference" / f"{name}.html").as_uri())
            assert page.evaluate(cut) == [], name


def test_a_link_to_something_folded_opens_it(each_browser: Browser, server: str) -> None:
    with opened(each_browser) as (page, _):
        page.goto(f"{server}/en/reference/step_lr.html")
        page.evaluate("document.querySelector('details pre').id = 'folded-target'")
        page.evaluate("location.hash = 'folded-target'")
        until(page, "document.getElementById('folded-target').closest('details').open")


def test_paper_shows_what_is_folded(browser: Browser, site: Path) -> None:
    with opened(browser) as (page, _):
        page.goto(f"{site.as_uri()}/en/reference/step_lr.html")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details:not([open])").count() == 0
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("details[open]").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_contents_is_seen_on_a_laptop_and_nothing_is_wider_than_the_window(
    browser: Browser, site: Path, language: str
) -> None:
    for width in (1249, 1280, 1312, 1313):
        with opened(browser, {"width": width, "height": 800}) as (page, _):
            page.goto(f"{site.as_uri()}/{language}/reference/step_lr.html")
            contents = page.locator(".toc-drawer a:visible").first.bounding_box()
            assert contents is not None
            assert contents["x"] + contents["width"] <= width
            assert page.evaluate("document.documentElement.scrollWidth") <= width
