"""The site in a real browser."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.site.browsing import PHONE, opened
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


STUCK = """[...document.querySelectorAll('.table-wrapper, .math-wrapper, .katex-display, .highlight pre')]
    .filter(box => box.scrollWidth > box.clientWidth && box.tabIndex !== 0).length"""


def test_on_a_phone_no_page_scrolls_sideways_and_what_is_wider_scrolls_by_keyboard(
    browser: Browser, server: str, pages: list[str]
) -> None:
    with opened(browser, PHONE) as (page, _):
        wide, stuck = [], []
        for name in pages:
            page.goto(f"{server}/{name}")
            if page.evaluate(STUCK):
                stuck.append(name)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
                    wide.append((name, scheme))
        assert wide == []
        assert stuck == []


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
