"""The search, with queries that readers type, in a real browser and without a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import tomli
from playwright.sync_api import Browser, Page

QUERIES = tomli.loads(Path(__file__).with_name("queries.toml").read_text(encoding="utf-8"))
ASKED = [(language, query, wanted) for language, known in QUERIES.items() for query, wanted in known.items()]
HITS = "[...document.querySelectorAll('#lr-search-hits > li > a')].map(link => link.getAttribute('href'))"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def hits(page: Page, site: Path, language: str, query: str) -> list[str]:
    page.goto(f"{site.as_uri()}/{language}/search.html?q={quote(query)}")
    return [str(link).removesuffix(".html") for link in page.evaluate(HITS)]


@pytest.mark.parametrize(("language", "query", "wanted"), ASKED, ids=[f"{where}-{query}" for where, query, _ in ASKED])
def test_a_query_finds_its_page_among_the_first_three(
    page: Page, site: Path, language: str, query: str, wanted: list[str]
) -> None:
    found = hits(page, site, language, query)
    assert set(found[:3]) & set(wanted), found[:5]


def test_twenty_queries_are_asked_in_each_language() -> None:
    assert all(len(QUERIES[language]) >= 20 for language in ("en", "zh"))


@pytest.mark.parametrize("language", QUERIES)
def test_the_results_follow_what_is_typed(page: Page, site: Path, language: str) -> None:
    page.goto(f"{site.as_uri()}/{language}/search.html")
    page.locator(".lr-search input").fill("restart_limit")
    page.locator("#lr-search-hits mark").first.wait_for()
    assert "restart_limit" in page.locator("#lr-search-hits mark").all_text_contents()
    page.locator(".lr-search input").fill("")
    assert page.evaluate(HITS) == []


@pytest.mark.parametrize("language", QUERIES)
def test_a_hit_leads_to_the_place_that_says_it(page: Page, site: Path, language: str) -> None:
    page.goto(f"{site.as_uri()}/{language}/search.html?q={quote('Expected positive integer T_0')}")
    page.locator("#lr-search-hits li li a").first.click()
    page.wait_for_function("location.hash !== ''")
    assert page.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null")
    assert "Expected positive integer T_0" in page.content()


@pytest.mark.parametrize(
    "query", ["<img src=x onerror=alert(1)>", "__proto__ constructor", "(((", "%", "\\", "x" * 5000]
)
def test_a_hostile_query_is_looked_for_and_nothing_else(page: Page, site: Path, query: str) -> None:
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    hits(page, site, "en", query)
    assert page.evaluate("document.querySelectorAll('#lr-search-hits img').length") == 0
    assert page.locator("#lr-search-status").text_content()
    assert not trouble


def test_a_query_that_finds_nothing_says_so(page: Page, site: Path) -> None:
    assert hits(page, site, "en", "zzzzqqqq") == []
    assert page.locator("#lr-search-status").text_content() == page.locator("#lr-search-status").get_attribute(
        "data-none"
    )
