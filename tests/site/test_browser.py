"""The site in a real browser."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from lrdoc import register
from lrdoc.recipes import REGISTER
from tests.site.browsing import PHONE, opened
from tests.site.exploring import until
from tests.site.known import LANGUAGES


def visit(page: Page, url: str, pages: list[str], trouble: list[str]) -> list[str]:
    """Open every page; return what went wrong, each with its page, and requests to other hosts."""
    found: list[str] = []
    host = urlsplit(url).netloc
    page.on("request", lambda request: _note_other_host(request.url, host, trouble))
    for name in pages:
        page.goto(f"{url}/{name}", wait_until="load")
        found += [f"{name}: {text}" for text in trouble]
        trouble.clear()
    return found


def _note_other_host(url: str, host: str, trouble: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme != "data" and parts.netloc != host:
        trouble.append(f"asks another host: {url}")


def test_pages_open_from_a_server_without_trouble_and_ask_no_other_host(
    browser: Browser, server: str, pages: list[str]
) -> None:
    with opened(browser) as (page, trouble):
        assert not visit(page, server, pages, trouble)


def test_pages_open_from_a_folder_without_a_server(browser: Browser, site: Path, pages: list[str]) -> None:
    with opened(browser) as (page, trouble):
        assert not visit(page, site.as_uri(), pages, trouble)


UNFOLD = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true; })"
STUCK = """async () => {
    const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    for (const formula of document.querySelectorAll('div.math')) {
        formula.scrollIntoView({behavior: 'instant'}); // it is laid out when it comes near
        await frame();
    }
    await frame();
    await frame();
    return [...document.querySelectorAll('.table-wrapper, .math-wrapper, .katex-display, .highlight pre')]
        .filter(box => box.scrollWidth > box.clientWidth && box.tabIndex !== 0).length;
}"""


def test_on_a_phone_no_page_scrolls_sideways_and_what_is_wider_scrolls_by_keyboard(
    browser: Browser, server: str, pages: list[str]
) -> None:
    with opened(browser, PHONE) as (page, _):
        wide, stuck = [], []
        for name in pages:
            page.goto(f"{server}/{name}")
            page.evaluate(UNFOLD)
            if page.evaluate(STUCK):
                stuck.append(name)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
                    wide.append((name, scheme))
        assert wide == []
        assert stuck == []


def test_a_box_can_be_reached_by_keyboard_as_long_as_it_is_wider_than_it_shows(browser: Browser, server: str) -> None:
    with opened(browser, PHONE) as (page, _):
        page.goto(f"{server}/en/reference/cosine_annealing_warm_restarts.html")
        formula = page.locator(".katex-display").first
        folded = page.locator("details:not([open]) .highlight pre").filter(has_text="decay_rate").first
        assert formula.get_attribute("tabindex") is None
        formula.scroll_into_view_if_needed()
        until(page, "document.querySelector('.katex-display').tabIndex === 0")
        assert folded.get_attribute("tabindex") is None
        folded.evaluate("box => { box.id = 'folded'; box.style.width = '5em'; }")
        page.evaluate(UNFOLD)
        until(page, "document.getElementById('folded').tabIndex === 0")
        page.set_viewport_size({"width": 1600, "height": 800})
        until(page, "document.querySelector('.katex-display').tabIndex === -1")


BEFORE, AFTER = 100_000, 200_000
"""How many bytes a page may take, gzipped, before the explorer's scripts and with them."""
TOOL = re.compile(r"/(explorer|recipe|chooser)(-strings)?\.js$")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_with_an_explorer_is_small_until_a_reader_scrolls(
    browser: Browser, site: Path, server: str, language: str
) -> None:
    names = ["index", *(f"reference/{name}" for name in register.entries()), *(f"recipes/{name}" for name in REGISTER)]
    large = {}
    for name in names:
        with opened(browser, PHONE) as (page, _):
            asked = _asked(page)
            page.goto(f"{server}/{language}/{name}.html", wait_until="load")
            until(page, "window.lrdoc?.trace")
            sizes = {path: _sent(site / path.lstrip("/")) for path in asked}
        before = sum(size for path, size in sizes.items() if not TOOL.search(path))
        if before > BEFORE or sum(sizes.values()) > AFTER:
            large[name] = (before, sum(sizes.values()))
    assert not large


def _asked(page: Page) -> set[str]:
    """Return the paths of what a page asks for, which fill as it does."""
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).path))
    return asked


def _sent(file: Path) -> int:
    """Return how many bytes a host sends of a file: texts gzipped."""
    content = file.read_bytes()
    return len(gzip.compress(content)) if file.suffix in (".html", ".css", ".js", ".svg") else len(content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_theme_button_changes_the_theme_and_the_choice_lasts(browser: Browser, server: str, language: str) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    with opened(browser, color_scheme="dark") as (page, _):
        page.goto(f"{server}/{language}/index.html")
        dark = page.evaluate(background)
        page.locator(".theme-toggle-content button").click()
        light = page.evaluate(background)
        page.reload()
        assert page.evaluate(background) == light != dark


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_link_of_a_page_leads_past_its_navigation(browser: Browser, server: str, language: str) -> None:
    with opened(browser) as (page, _):
        page.goto(f"{server}/{language}/index.html")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#furo-main-content"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#furo-main-content"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_navigation_drawer_of_a_phone_opens_and_closes_by_keyboard(
    browser: Browser, server: str, language: str
) -> None:
    with opened(browser, PHONE) as (page, _):
        page.goto(f"{server}/{language}/index.html")
        assert not page.locator(".sidebar-brand").is_visible()
        page.keyboard.press("Tab")  # the link that skips the navigation
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "__navigation"
        page.keyboard.press("Space")
        page.wait_for_function("document.activeElement.closest('.sidebar-drawer') !== null")
        assert page.locator(".sidebar-brand").is_visible()
        page.keyboard.press("Escape")
        page.locator(".sidebar-brand").wait_for(state="hidden")
        assert page.evaluate("document.activeElement.id") == "__navigation"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_the_focus_is_outlined(browser: Browser, server: str, language: str) -> None:
    with opened(browser) as (page, _):
        page.goto(f"{server}/{language}/index.html")
        unseen = []
        for _step in range(12):
            page.keyboard.press("Tab")
            style = page.evaluate(
                "(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])(getComputedStyle(document.activeElement))"
            )
            if style[0] == "none" or style[1] == "0px":
                unseen.append(page.evaluate("document.activeElement.outerHTML"))
        assert not unseen


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("name", "card"), [("en/index.html", ".lr-card"), ("en/gallery/index.html", ".sphx-glr-thumbcontainer")]
)
def test_a_card_shows_the_thumbnail_of_the_theme_within_its_borders(
    browser: Browser, server: str, name: str, card: str, scheme: str
) -> None:
    script = """([card, scheme]) => [...document.querySelectorAll(card)].map(box => {
        const shown = [...box.querySelectorAll('img')].filter(image => image.offsetParent);
        const [outer, inner] = [box, shown[0]].map(element => element.getBoundingClientRect());
        return shown.length === 1 && shown[0].classList.contains(`only-${scheme}`) &&
            inner.left >= outer.left && inner.right <= outer.right &&
            inner.top >= outer.top && inner.bottom <= outer.bottom;
    })"""
    with opened(browser, color_scheme=scheme) as (page, _):
        page.goto(f"{server}/{name}")
        found = page.evaluate(script, [card, scheme])
        assert found
        assert all(found)


def test_search_finds_a_page(browser: Browser, server: str) -> None:
    with opened(browser) as (page, trouble):
        page.goto(f"{server}/en/search.html?q=StepLR")
        page.locator("#lr-search-hits a").first.wait_for()
        assert not trouble
