"""The search, with queries that readers type, in a real browser and without a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import tomli
from playwright.sync_api import Browser, Page

from lrdoc import register
from tests.site.known import LANGUAGES

QUERIES = tomli.loads(Path(__file__).with_name("queries.toml").read_text(encoding="utf-8"))
QUESTIONS = tomli.loads(Path(__file__).with_name("questions.toml").read_text(encoding="utf-8"))
FIRST, AMONG_THREE = 0.8, 0.98
"""The shares of the queries whose page comes first, and among the first three, at least."""

FOREIGN = {"en": "余弦退火", "zh": "cosine annealing"}
"""By language, a query in the other one."""

HITS = "[...document.querySelectorAll('#lr-search-hits > li > a')].map(link => link.getAttribute('href'))"
OFFERED = "[...document.querySelectorAll('#lr-search-other:not([hidden]) a')].map(link => link.getAttribute('href'))"
TYPE = """query => {
    const box = document.querySelector(".lr-search input");
    box.value = query;
    box.dispatchEvent(new Event("input"));
}"""
ASK = f"queries => queries.map(query => {{ ({TYPE})(query); return {HITS}; }})"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def hits(page: Page, site: Path, language: str, query: str) -> list[str]:
    page.goto(f"{site.as_uri()}/{language}/search.html?q={quote(query)}")
    return found(page)


def found(page: Page) -> list[str]:
    return names(page.evaluate(HITS))


def names(links: list[str]) -> list[str]:
    return [link.removesuffix(".html") for link in links]


def found_by(page: Page, queries: Iterable[str]) -> dict[str, list[str]]:
    """Type each query; return the pages that it finds."""
    asked = list(queries)
    return {query: names(links) for query, links in zip(asked, page.evaluate(ASK, asked), strict=True)}


def offered(page: Page) -> list[str]:
    """Wait until pages of the other language are offered, and return them."""
    page.locator("#lr-search-other a").first.wait_for()
    return [str(link) for link in page.evaluate(OFFERED)]


@pytest.mark.parametrize("language", QUERIES)
def test_queries_find_their_pages(each_browser: Browser, site: Path, language: str) -> None:
    page = each_browser.new_page()
    # Once the other language's data is there, results come at once.
    page.goto(f"{site.as_uri()}/{language}/search.html?q={quote(FOREIGN[language])}")
    offered(page)
    ranks = {}
    for query, pages in found_by(page, QUERIES[language]).items():
        at = [place for place, name in enumerate(pages) if name in QUERIES[language][query]]
        ranks[query] = at[0] + 1 if at else None
    page.close()
    later = {query: rank for query, rank in ranks.items() if rank != 1}
    missed = {query: rank for query, rank in later.items() if rank is None or rank > 3}
    assert len(missed) <= (1 - AMONG_THREE) * len(ranks), missed
    assert len(later) <= (1 - FIRST) * len(ranks), later


@pytest.mark.parametrize("language", QUESTIONS)
def test_each_question_finds_its_answer_first_or_second(page: Page, site: Path, language: str) -> None:
    page.goto(f"{site.as_uri()}/{language}/search.html")
    missed = {
        question: pages[:2]
        for question, pages in found_by(page, QUESTIONS[language]).items()
        if not set(QUESTIONS[language][question]) & set(pages[:2])
    }
    assert not missed


@pytest.mark.parametrize("asked", [QUERIES, QUESTIONS])
def test_sixty_are_asked_in_each_language(asked: dict[str, dict[str, list[str]]]) -> None:
    assert all(len(asked[language]) >= 60 for language in ("en", "zh"))


@pytest.mark.parametrize("language", QUERIES)
def test_the_name_of_a_class_finds_its_page_first(page: Page, site: Path, language: str) -> None:
    page.goto(f"{site.as_uri()}/{language}/search.html")
    wanted = {entry.cls.__name__: f"reference/{entry.name}" for entry in register.entries().values()}
    assert {name: pages[0] for name, pages in found_by(page, wanted).items()} == wanted


@pytest.mark.parametrize(
    ("language", "query", "wanted"),
    [
        ("en", "余弦退火", "../zh/reference/cosine_annealing_lr.html"),
        ("en", "断点续训", "../zh/reference/lr_scheduler.html#saving-and-resuming"),
        ("zh", "cosine annealing", "../en/reference/cosine_annealing_lr.html"),
        ("zh", "which scheduler should I use", "../en/index.html#which-scheduler-for-which-need"),
    ],
)
def test_a_query_in_the_other_language_is_offered_its_page(
    each_browser: Browser, site: Path, language: str, query: str, wanted: str
) -> None:
    page = each_browser.new_page()
    page.goto(f"{site.as_uri()}/{language}/search.html?q={quote(query)}")
    assert wanted in offered(page)
    page.locator("#lr-search-other a").first.click()
    page.wait_for_function("!location.pathname.endsWith('search.html')")
    assert page.evaluate("document.documentElement.lang") != LANGUAGES[language]
    page.close()


def test_a_query_of_which_this_language_has_no_word_finds_the_pages_that_the_other_has(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/en/search.html?q={quote('断点续训')}")
    offered(page)
    assert found(page)[0] == "reference/lr_scheduler"


def test_where_one_language_alone_was_built_the_search_goes_on(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.route("**/zh/_static/search-data.js", lambda route: route.abort())
    page.goto(f"{server}/en/search.html?q={quote('余弦退火 StepLR')}")
    page.locator("#lr-search-hits > li").first.wait_for()
    assert found(page)[0] == "reference/step_lr"
    assert page.evaluate(OFFERED) == []
    page.close()


@pytest.mark.parametrize("query", ["restart_limit", "StepLR", "scheduler.step()", "T_mult=2"])
def test_names_of_code_are_of_no_language(page: Page, site: Path, query: str) -> None:
    for language in QUERIES:
        assert hits(page, site, language, query)
        assert page.evaluate(OFFERED) == []


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
    page.wait_for_load_state()
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
