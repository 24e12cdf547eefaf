"""The Markdown beside each page, and the list of it, as they are built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lrdoc.sphinxext.site.twins import LIST
from tests.site.known import KINDS, LANGUAGES
from tests.site.reading import soup
from tests.site.test_pages import is_broken

LISTED = re.compile(r"^- \[(.+?)\]\((\S+)\.md\): (.+)$", re.MULTILINE)
WITHOUT_SOURCE = {"search.html"}


def twin(page: Path) -> str:
    return page.with_name(f"{page.name}.md").read_text(encoding="utf-8")


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_page_has_a_twin_of_its_title_that_its_head_names(site: Path, pages: list[str]) -> None:
    found = [site / page for page in pages if Path(page).name not in WITHOUT_SOURCE]
    assert found
    for page in found:
        title = soup(page).select_one("article h1")
        assert title is not None
        words = title.get_text().removesuffix("#")
        assert squeezed(re.sub(r"[\\`]", "", twin(page).splitlines()[0])) == squeezed(f"# {words}"), page
        link = soup(page).select_one('link[rel="alternate"][type="text/markdown"]')
        assert link is not None
        assert link["href"] == f"{page.name}.md", page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_twin_has_all_code_headings_and_table_cells_of_its_page_and_no_control(site: Path, language: str) -> None:
    for name in KINDS.values():
        page = site / language / f"{name}.html"
        if page.name in WITHOUT_SOURCE:
            continue
        article = soup(page).select_one("article")
        assert article is not None
        text = twin(page)
        for block in article.select("pre"):
            if block.find_parent(class_="lr-explorer") is None:
                assert block.get_text().strip("\n") in text, (page, block.get_text())
        plain = squeezed(re.sub(r"[\\`*]", "", text))
        for heading in article.select(":is(h2, h3):not(.lr-explorer *, :has(.katex))"):
            words = re.sub(r"[\\`*]", "", heading.get_text().removesuffix("#"))
            assert squeezed(words) in plain, (page, words)
        assert not re.search(r"</?(div|span|p|button|input|select)\b", text), page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_names_every_page_once_by_title_and_first_sentence(
    site: Path, pages: list[str], language: str
) -> None:
    folder = site / language
    text = (folder / LIST).read_text(encoding="utf-8")
    listed = {address: (title, said) for title, address, said in LISTED.findall(text)}
    ours = {page.removeprefix(f"{language}/") for page in pages if page.startswith(f"{language}/")} - WITHOUT_SOURCE
    assert len(LISTED.findall(text)) == len(listed)
    assert listed.keys() == ours
    for address, (title, said) in listed.items():
        assert not is_broken(folder / LIST, f"{address}.md")
        heading = soup(folder / address).select_one("article h1")
        assert heading is not None
        assert title == heading.get_text().removesuffix("#")
        described = soup(folder / address).select_one('meta[name="description"]')
        assert described is not None
        assert str(described["content"]).endswith(said)


def test_the_list_at_the_root_leads_to_those_of_the_languages(site: Path) -> None:
    text = (site / LIST).read_text(encoding="utf-8")
    assert re.findall(r"\]\((\S+)\)", text) == [f"{language}/{LIST}" for language in LANGUAGES]
