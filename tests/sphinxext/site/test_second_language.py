"""Small real builds in Chinese: what pages say about languages, and that they are built anew when words change."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

CATALOG = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\n'
WORDS = f'{CATALOG}msgid "OneFlow learning-rate schedulers"\nmsgstr "{{}}"\n'
PAGE = f'{CATALOG}msgid "It falls by 0.5. Then it stays."\nmsgstr "降低 0.5。然后不变。"\n'
Build = Callable[..., BeautifulSoup]


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    folder = tmp_path / "docs" / "locale" / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "index.po").write_text(PAGE, "utf-8")
    (folder / "lrdoc.po").write_text(WORDS.format("调度器"), "utf-8")
    return folder


@pytest.fixture
def build(tmp_path: Path, messages: Path) -> Build:
    """Return a function that builds a site of one page and returns that page."""
    docs = tmp_path / "docs"
    (docs / "index.md").write_text("# A page\n\nIt falls by 0.5.\nThen it stays.\n", "utf-8")

    def build(**settings: str) -> BeautifulSoup:
        config = {
            "extensions": ["myst_parser", "lrdoc.sphinxext.site.languages"],
            "locale_dirs": ["locale"],
            "html_theme": "furo",
            "language": "zh_CN",
            **settings,
        }
        with patch_docutils(), docutils_namespace():
            out = tmp_path / "html" / "zh"
            Sphinx(docs, None, out, tmp_path / "doctrees", "html", config, io.StringIO(), io.StringIO()).build()
        return BeautifulSoup((out / "index.html").read_text("utf-8"), "html.parser")

    return build


def alternates(page: BeautifulSoup) -> dict[str, str]:
    return {str(tag["hreflang"]): str(tag["href"]) for tag in page.select('link[rel="alternate"]')}


def test_a_page_names_its_language_and_is_described_by_its_first_sentence(build: Build) -> None:
    page = build()
    assert page.select_one("html")["lang"] == "zh-CN"  # type: ignore[index]
    assert page.select_one('meta[name="description"]')["content"] == "降低 0.5。"  # type: ignore[index]


def test_a_point_within_a_number_ends_no_sentence(build: Build) -> None:
    assert build(language="en").select_one('meta[name="description"]')["content"] == "It falls by 0.5."  # type: ignore[index]


def test_the_title_of_the_site_is_translated(build: Build) -> None:
    assert build().title.get_text().endswith("调度器")  # type: ignore[union-attr]


def test_where_the_site_is_known_alternates_are_whole_addresses(build: Build) -> None:
    page = build(lrdoc_site_url="https://example.org/docs/")
    assert alternates(page) == {
        "en": "https://example.org/docs/en/index.html",
        "zh-CN": "https://example.org/docs/zh/index.html",
        "x-default": "https://example.org/docs/index.html",
    }
    assert page.select_one('link[rel="canonical"]')["href"] == "https://example.org/docs/zh/index.html"  # type: ignore[index]


def test_elsewhere_alternates_are_found_from_the_page(build: Build) -> None:
    assert alternates(build())["en"] == "./../en/index.html"


@pytest.mark.parametrize("catalog", ["lrdoc", "shared", "figures", "sphinx"])
def test_pages_are_read_anew_when_words_of_no_single_page_change(
    build: Build, messages: Path, tmp_path: Path, catalog: str
) -> None:
    build()
    read = (tmp_path / "doctrees" / "index.doctree").stat().st_mtime_ns
    build()
    assert (tmp_path / "doctrees" / "index.doctree").stat().st_mtime_ns == read
    (messages / f"{catalog}.po").write_text(WORDS.format("别的"), "utf-8")
    build()
    assert (tmp_path / "doctrees" / "index.doctree").stat().st_mtime_ns > read


def test_a_page_finds_its_messages_in_the_catalogs_of_all_pages_as_well(build: Build, messages: Path) -> None:
    (messages / "shared.po").write_text(f'{CATALOG}msgid "A page"\nmsgstr "一页"\n', "utf-8")
    assert build().select_one("h1").find(string=True) == "一页"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["shared", "lrdoc"])
def test_a_page_without_a_catalog_of_its_own_finds_them_too(build: Build, messages: Path, name: str) -> None:
    (messages / "index.po").unlink()
    (messages / f"{name}.po").write_text(PAGE, "utf-8")
    assert "降低" in build().select_one("article").get_text()  # type: ignore[union-attr]


def test_a_page_does_not_find_its_messages_in_the_catalog_of_another(build: Build, messages: Path) -> None:
    (messages / "shared.po").write_text(f'{CATALOG}msgid "A page"\nmsgstr "一页"\n', "utf-8")
    (messages / "index.po").rename(messages / "first.po")  # read before the page that says the same
    docs = messages.parents[2]
    (docs / "first.md").write_text("# First\n\nIt falls by 0.5.\nThen it stays.\n", "utf-8")
    assert "It falls" in build().select_one("article").get_text()  # type: ignore[union-attr]
