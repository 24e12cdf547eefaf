"""Every page in two languages: nothing missing in either, nothing left of the other."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import tomli
from bs4 import BeautifulSoup, NavigableString, Tag
from playwright.sync_api import Browser, Page

from lrdoc import recipes, register
from lrdoc.translation.review import HAN
from tests.site.known import LANGUAGES
from tests.site.reading import soup

GLOSSARY = Path(__file__).parents[2] / "docs" / "locale" / "glossary.toml"
PARAMETERS = {
    *(name for found in register.entries().values() for name in found.signature.parameters),
    *(name for guide in recipes.guides().values() for one in guide.examples for name in one.names),
}
LATIN = tomli.loads(GLOSSARY.read_text(encoding="utf-8"))["latin"]
CODE = ["code", "pre", "script", "style", "math", "kbd", "samp", "textarea", "option"]
BLOCKS = ["p", "li", "dt", "dd", "td", "th", "h1", "h2", "h3", "h4", "title", "a", "button", "label", "div", "span"]
SPOKEN = ["alt", "title", "aria-label", "placeholder", "data-none", "data-found", "data-example"]
WORD = re.compile(r"[A-Za-z]?[a-z]+(?:['’-][a-z]+)*")
MISSET = re.compile(
    rf"{HAN} +{HAN}|{HAN}[,;:?!](?!//)|[，。；：、（“] +(?=\S)| +[，。；：、）”]|{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}"
)
"""Where Chinese is set as Latin text is, or the other way round: marks of half width, a space too many or too few."""
RUN = re.compile(r"[A-Za-z][\w.'’=-]*(?:[ ,;:]+[A-Za-z][\w.'’=-]*)*")


def texts(page: BeautifulSoup) -> list[str]:
    """Return what a page says outside of code in its own language: visible text by block, and what browsers show or speak."""
    blocks: dict[int, list[str]] = {}
    for string in page.find_all(string=True):
        if type(string) is NavigableString and string.strip() and not is_apart(string):
            blocks.setdefault(id(string.find_parent(BLOCKS)), []).append(string)
    spoken = [tag[name] for tag in page.find_all(True) for name in SPOKEN if tag.get(name) and not is_apart(tag)]
    described = [tag["content"] for tag in page.find_all("meta", attrs={"name": "description"})]
    return [" ".join("".join(parts).split()) for parts in [*blocks.values(), *([one] for one in [*spoken, *described])]]


def is_apart(part: NavigableString | Tag) -> bool:
    """Tell whether something is code, a formula, or says itself that it is in the other language, or that it is not to be translated."""
    holder = part if isinstance(part, Tag) else part.parent
    assert holder is not None
    whole = holder.find_parent("html")
    return any(
        tag.name in CODE
        or "katex" in tag.get("class", [])
        or tag.get("translate") == "no"
        or (tag.has_attr("lang") and tag is not whole)
        for tag in (holder, *holder.parents)
    )


def english(text: str) -> str:
    """Return the English of a Chinese page's text: three words in a row, or any word of a text without Chinese; empty if there is none."""
    most = 2 if re.search(HAN, text) else 0
    for phrase in LATIN["phrases"]:
        text = text.replace(phrase, "·")
    runs = [[word for word in re.split(r"[ ,;:]+", run) if is_word(word)] for run in RUN.findall(text)]
    return "; ".join(" ".join(words) for words in runs if len(words) > most)


def is_word(text: str) -> bool:
    return WORD.fullmatch(text) is not None and text.lower() not in {*LATIN["words"], *PARAMETERS}


def prose(page: BeautifulSoup) -> list[str]:
    """Return what a page says in paragraphs, headings, cells and lists, one Latin letter in the place of each piece of code."""
    found = []
    for block in page.select(":is(p, h1, h2, h3, h4, td, th, dt, dd, summary, label):not(.lr-card *)"):
        parts = [part for part in block.find_all(string=True) if type(part) is NavigableString]
        said = ("\n" if part.find_parent(class_="lr-call") else "x" if is_apart(part) else part for part in parts)
        found += "".join(re.sub(r"\s+", " ", one) if one != "\n" else one for one in said).split("\n")
    described = [str(tag["content"]) for tag in page.find_all("meta", attrs={"name": "description"})]
    return [*found, *described]


def below(pages: list[str], folder: str) -> list[str]:
    return [page.partition("/")[2] for page in pages if page.startswith(f"{folder}/")]


def test_every_page_exists_in_both_languages_at_the_same_path(pages: list[str]) -> None:
    assert below(pages, "en") == below(pages, "zh")
    assert len(below(pages, "en")) > len(register.entries())


def test_headings_have_the_same_anchors_in_both_languages(site: Path, pages: list[str]) -> None:
    def anchors(page: str) -> list[str]:
        return [tag["id"] for tag in soup(site / page).select("section[id], article [id]")]

    differing = [name for name in below(pages, "en") if anchors(f"en/{name}") != anchors(f"zh/{name}")]
    assert not differing


def test_no_chinese_page_holds_an_english_sentence(site: Path, pages: list[str]) -> None:
    found = {
        f"{page}: {left!r} in {text!r}"
        for page in pages
        if page.startswith("zh/")
        for text in texts(soup(site / page))
        if (left := english(text))
    }
    assert not found, f"{len(found)} texts; names that stay Latin belong into glossary.toml:\n" + "\n".join(
        sorted(found)
    )


def test_no_english_page_holds_chinese(site: Path, pages: list[str]) -> None:
    found = {
        f"{page}: {text!r}"
        for page in pages
        if page.startswith("en/")
        for text in texts(soup(site / page))
        if re.search(HAN, text)
    }
    assert not found


def test_chinese_is_set_with_its_own_marks_and_a_space_beside_latin_alone(site: Path, pages: list[str]) -> None:
    found = {
        f"{page}: {text[max(0, at.start() - 9) : at.end() + 9]!r}"
        for page in pages
        if page.startswith("zh/")
        for text in map(str.strip, prose(soup(site / page)))
        for at in MISSET.finditer(text)
    }
    assert not found, f"{len(found)} places:\n" + "\n".join(sorted(found))


@pytest.mark.parametrize("text", ["用 x的值", "页面 配方", "循环学习率: x", "下载： 图", "学习率 ，", "共20步"])
def test_chinese_that_is_set_wrongly_is_seen(text: str) -> None:
    assert MISSET.search(text)


@pytest.mark.parametrize("text", ["用 x 的值", "第 20 步：0.1，“x”（如 1）", "StepLR: x, y", "5% 以内"])
def test_chinese_that_is_set_well_is_let_pass(text: str) -> None:
    assert not MISSET.search(text)


@pytest.mark.parametrize(
    "text", ["Next", "Toggle site navigation", "图中 the learning rate falls 到 0", "Holds the rate.", "Home"]
)
def test_english_left_in_a_chinese_page_is_seen(text: str) -> None:
    assert english(text)


@pytest.mark.parametrize("text", ["StepLR", "StepLR 把学习率乘以 gamma", "0.1 ×3", "int ≥ 0", "OneFlow", "下一页"])
def test_names_and_chinese_are_no_english(text: str) -> None:
    assert not english(text)


def test_pages_say_their_language_and_where_the_others_are(site: Path, pages: list[str]) -> None:
    for page in pages:
        folder, _, name = page.partition("/")
        head = soup(site / page)
        assert head.html is not None
        assert head.html["lang"] == LANGUAGES[folder], page
        alternates = {tag["hreflang"]: tag["href"] for tag in head.select('link[rel="alternate"][hreflang]')}
        assert alternates.keys() == {"en", "zh-CN", "x-default"}, page
        for other, tag in LANGUAGES.items():
            address = str(alternates[tag])
            assert address.endswith(f"/{other}/{name}"), page
            # Where the site is known, addresses are whole.
            assert urlsplit(address).scheme or (site / page).parent.joinpath(address).exists(), page


def test_pages_have_titles_and_descriptions_of_their_own(site: Path, pages: list[str]) -> None:
    for folder in LANGUAGES:
        said: dict[str, str] = {}
        for page in (page for page in pages if page.startswith(f"{folder}/") and not page.endswith("search.html")):
            (tag,) = soup(site / page).select('meta[name="description"]')
            content = str(tag["content"])
            assert len(content) > 10, f"{page}: {content}"
            kept = said.setdefault(content, page)
            same = {"reference", "gallery"} == {kept.split("/")[1], page.split("/")[1]}
            assert kept == page or same, f"{page} and {kept} are described alike"


def test_every_page_leads_to_itself_in_the_other_language(site: Path, pages: list[str]) -> None:
    for page in pages:
        folder, _, name = page.partition("/")
        other = "zh" if folder == "en" else "en"
        switches = soup(site / page).select("a.lr-language")
        assert len(switches) == 2, page  # one for wide windows, one for narrow ones
        for switch in switches:
            assert (site / page).parent.joinpath(str(switch["href"])).resolve() == (site / other / name).resolve()
            assert switch["lang"] == switch["hreflang"] == LANGUAGES[other]
            assert switch.get_text() == {"en": "English", "zh": "中文"}[other]


def wait_for_heading(page: Page, anchor: str) -> None:
    """Wait until the page has scrolled to a heading."""
    page.wait_for_function("id => Math.abs(document.getElementById(id).getBoundingClientRect().top) < 100", arg=anchor)


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_switch_is_reached_by_keyboard_and_keeps_the_heading(
    browser: Browser, server: str, width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{server}/en/reference/step_lr.html#graph-mode")
    wait_for_heading(page, "graph-mode")
    switch = page.locator("a.lr-language").filter(visible=True)
    assert switch.count() == 1
    assert "English" not in switch.inner_text()
    page.locator(".skip-to-content").focus()
    for _press in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "lr-language":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh/reference/step_lr.html#graph-mode")
    page.close()


def test_the_switch_leads_to_the_heading_that_is_being_read(browser: Browser, server: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{server}/zh/reference/step_lr.html")
    page.evaluate("document.getElementById('formula').scrollIntoView()")
    wait_for_heading(page, "formula")
    page.locator("a.lr-language").filter(visible=True).click()
    page.wait_for_url("**/en/reference/step_lr.html#formula")
    page.close()


def test_at_the_top_of_a_page_the_switch_leads_to_the_top(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.goto(f"{server}/zh/reference/step_lr.html")
    page.locator("a.lr-language").filter(visible=True).click()
    page.wait_for_url("**/en/reference/step_lr.html")
    page.close()


def test_the_switch_works_without_javascript(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/en/concepts/combining.html")
    page.locator("a.lr-language").filter(visible=True).click()
    assert page.url.endswith("/zh/concepts/combining.html")
    context.close()


@pytest.mark.parametrize(
    ("locale", "folder"), [("zh-CN", "zh"), ("zh-TW", "zh"), ("en-GB", "en"), ("de-DE", "en"), ("zh", "zh")]
)
def test_the_root_follows_the_browsers_language(browser: Browser, server: str, locale: str, folder: str) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(f"{server}/")
    page.wait_for_url(f"**/{folder}/index.html")
    context.close()


def test_the_root_remembers_the_language_that_the_switch_chose(browser: Browser, server: str) -> None:
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto(f"{server}/en/index.html")
    page.locator("a.lr-language").filter(visible=True).click()
    page.wait_for_url("**/zh/index.html")
    page.goto(f"{server}/")
    page.wait_for_url("**/zh/index.html")
    context.close()


def test_the_root_and_the_switch_work_where_the_browser_keeps_nothing(browser: Browser, server: str) -> None:
    context = browser.new_context(locale="zh-CN")
    context.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})")
    page = context.new_page()
    page.goto(f"{server}/")
    page.wait_for_url("**/zh/index.html")
    page.locator("a.lr-language").filter(visible=True).click()
    page.wait_for_url("**/en/index.html")
    context.close()


def test_the_root_offers_both_languages_without_javascript(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/")
    assert page.get_by_role("link").all_inner_texts() == ["English", "中文"]
    page.get_by_role("link", name="中文").click()
    assert page.url.endswith("/zh/index.html")
    context.close()


def test_the_root_opens_from_a_folder_without_a_server(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.wait_for_url("**/en/index.html")
    page.close()
