"""What the built HTML says, read without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from lrdoc.sphinxext.site.stylesheets import STYLESHEET
from lrdoc.sphinxext.site.terms import FOLDERS, Term, terms
from tests.site.reading import soup

LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "use": "href"}


@cache
def anchors(path: Path) -> frozenset[str]:
    return frozenset(tag["id"] for tag in soup(path).find_all(id=True))


def links(path: Path) -> list[str]:
    return [tag["href"] for tag in soup(path).find_all("a", href=True)]


def is_broken(page: Path, href: str) -> bool:
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return False
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if target.is_dir() or not target.exists():
        return True
    if parts.fragment.startswith("explore?"):  # what an explorer or the playground shows
        return not soup(target).select("[data-lr-script]")
    return bool(parts.fragment) and target.suffix == ".html" and unquote(parts.fragment) not in anchors(target)


def test_every_internal_link_and_anchor_leads_somewhere(site: Path, pages: list[str]) -> None:
    broken = [f"{page}: {href}" for page in pages for href in links(site / page) if is_broken(site / page, href)]
    assert not broken


def test_the_root_of_the_site_leads_to_a_page(site: Path) -> None:
    root = site / "index.html"
    assert links(root)
    assert not [href for href in links(root) if is_broken(root, href)]


def loads(tag: Tag) -> str:
    return str(tag.get(LOADED[tag.name], ""))


def test_every_file_that_a_page_loads_is_part_of_the_site(site: Path, pages: list[str]) -> None:
    missing = []
    for page in pages:
        for tag in soup(site / page).find_all(list(LOADED)):
            parts = urlsplit(loads(tag))
            if parts.scheme == "data" or tag.get("rel") in (["canonical"], ["alternate"]) or not parts.path:
                continue
            if parts.netloc or not ((site / page).parent / unquote(parts.path)).exists():
                missing.append(f"{page}: {loads(tag)}")
    assert not missing


def test_every_file_that_a_stylesheet_loads_is_part_of_the_site(site: Path) -> None:
    missing = []
    for css in site.rglob("*.css"):
        for quoted in css.read_text(encoding="utf-8").split("url(")[1:]:
            url = quoted.split(")")[0].strip("\"'")
            if not url.startswith("data:") and not (css.parent / urlsplit(url).path).exists():
                missing.append(f"{css.relative_to(site)}: {url}")
    assert not missing


def test_a_page_asks_for_one_stylesheet_and_for_those_of_what_only_some_pages_have(
    site: Path, pages: list[str]
) -> None:
    of_some = {"explorer-still.css", "explorer.css", "playground.css", "katex.css"}
    for page in pages:
        links = [str(link["href"]) for link in soup(site / page).select("link[rel=stylesheet]")]
        names = [PurePosixPath(urlsplit(link).path).name for link in links]
        assert [name for name in names if name not in of_some] == [STYLESHEET], page


def test_no_page_holds_an_inline_style_or_script(site: Path, pages: list[str]) -> None:
    found = []
    for page in pages:
        tags = soup(site / page).find_all(True)
        found += [f"{page}: {tag.name} style" for tag in tags if tag.has_attr("style") or tag.name == "style"]
        found += [f"{page}: {tag}" for tag in tags if tag.name == "script" and not tag.has_attr("src")]
        found += [f"{page}: {name}" for tag in tags for name in tag.attrs if name.startswith("on")]
    assert not found


def test_every_block_says_of_which_language_it_is_so_that_what_runs_can_be_copied(site: Path, pages: list[str]) -> None:
    assert not [page for page in pages if soup(site / page).select(".highlight-default")]


def is_beside_its_name(image: Tag) -> bool:
    """Whether the image stands in a link or a card whose text says the same."""
    holder = image.find_parent(["a", "figure"]) or image.find_parent(class_="sphx-glr-thumbcontainer")
    return holder is not None and bool(holder.get_text(strip=True))


def test_every_image_has_a_text_alternative_unless_it_stands_beside_its_name(site: Path, pages: list[str]) -> None:
    silent = [
        f"{page}: {image.get('src')}"
        for page in pages
        for image in soup(site / page).find_all("img")
        if not str(image.get("alt", "")).strip() and not (image.has_attr("alt") and is_beside_its_name(image))
    ]
    assert not silent


def test_no_image_is_described_by_the_name_of_its_file(site: Path, pages: list[str]) -> None:
    named = [
        f"{page}: {image['alt']}"
        for page in pages
        for image in soup(site / page).find_all("img", alt=True)
        if image["alt"] in str(image["src"]) and image["alt"]
    ]
    assert not named


def test_every_page_states_its_language_and_a_title_of_its_own(site: Path, pages: list[str]) -> None:
    titles: dict[tuple[str, str], str] = {}
    for page in pages:
        html = soup(site / page).html
        assert html is not None, page
        assert html.get("lang"), page
        assert html.title is not None, page
        key = (page.split("/")[0], html.title.get_text())
        assert key not in titles, f"{page} and {titles[key]} have one title"
        titles[key] = page


def test_every_page_names_the_license_of_the_figures(site: Path, pages: list[str]) -> None:
    silent = [page for page in pages if not soup(site / page).select('a[rel~="license"]')]
    assert not silent


def test_formulas_come_with_mathml_for_screen_readers(site: Path, pages: list[str]) -> None:
    formulas = [tag for page in pages for tag in soup(site / page).select(".katex")]
    assert formulas
    assert all(tag.find("math") for tag in formulas)


def test_each_term_is_explained_at_its_first_use_on_a_page(site: Path, pages: list[str]) -> None:
    """Over all pages of the folders that explain, all terms and both languages."""
    unlinked = []
    for page in pages:
        _language, _, name = page.partition("/")
        if name.startswith(FOLDERS):
            texts = list(_read(soup(site / page)))
            for term in terms():
                first = next((text for text, code in texts if _uses(text, code, term)), None)
                if first and not first.find_parent("a") and f"{term.page}.html" != name:
                    unlinked.append(f"{page}: {first}")
    assert not unlinked


def _read(page: BeautifulSoup) -> Iterator[tuple[NavigableString, str | None]]:
    """Yield the texts of a page's paragraphs, each with the whole of the code that it is in, if it is in code."""
    for text in page.select_one("article").find_all(string=True):
        if text.find_parent("p") and not text.find_parent(["table", "figcaption", "summary", "pre"]):
            code = text.find_parent("code")
            yield text, code and code.get_text()


def _uses(text: str, code: str | None, term: Term) -> bool:
    return code in term.code if code is not None else re.search(term.words, text) is not None
