"""The home page shows every scheduler, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from lrdoc import register
from tests.site.known import LANGUAGES


@pytest.fixture(scope="module", params=LANGUAGES)
def home(site: Path, request: pytest.FixtureRequest) -> BeautifulSoup:
    return BeautifulSoup((site / request.param / "index.html").read_text(encoding="utf-8"), "html.parser")


def cards(home: BeautifulSoup) -> list[Tag]:
    return home.select(".lr-grid .lr-card a")


def test_every_scheduler_has_one_card_that_leads_to_its_page(home: BeautifulSoup) -> None:
    targets = [str(card["href"]) for card in cards(home)]
    assert sorted(targets) == [f"reference/{name}.html" for name in sorted(register.entries())]


def test_a_card_is_named_by_its_class_alone(home: BeautifulSoup) -> None:
    names = {card.get_text(strip=True) for card in cards(home)}
    assert names == {found.cls.__name__ for found in register.entries().values()}
    assert all(image["alt"] == "" for card in cards(home) for image in card.select("img"))


def test_all_cards_are_in_one_grid_and_each_says_in_a_line_what_its_scheduler_does(home: BeautifulSoup) -> None:
    (grid,) = home.select(".lr-grid")
    lines = [line.get_text() for line in grid.select(".lr-card > p")]
    assert len(set(lines)) == len(register.entries())


def test_each_need_that_a_scheduler_serves_has_a_line_of_code(home: BeautifulSoup) -> None:
    needs = [need for need in home.select("#which-scheduler-for-which-need li") if "reference/" in str(need)]
    assert needs
    for need in needs:
        calls = [code.get_text() for code in need.select("code.lr-call")]
        assert [call.partition("(")[0] for call in calls] == [link.get_text() for link in need.select("a")]


def test_the_sidebar_begins_with_the_base_class_and_names_every_scheduler(home: BeautifulSoup) -> None:
    links = [str(link["href"]) for link in home.select(".sidebar-tree a") if "reference/" in str(link["href"])]
    assert links[0] == "reference/lr_scheduler.html"
    assert sorted(links[1:]) == [f"reference/{name}.html" for name in sorted(register.entries())]
