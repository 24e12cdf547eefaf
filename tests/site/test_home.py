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


def test_the_sidebar_begins_with_the_base_class_and_names_every_scheduler(home: BeautifulSoup) -> None:
    links = [str(link["href"]) for link in home.select(".sidebar-tree a") if "reference/" in str(link["href"])]
    assert links[0] == "reference/lr_scheduler.html"
    assert sorted(links[1:]) == [f"reference/{name}.html" for name in sorted(register.entries())]
