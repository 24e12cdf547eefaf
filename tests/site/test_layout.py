"""Phones and paper, in both languages: nothing cut, nothing torn, nothing to click on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.site.known import KINDS, LANGUAGES

PHONE = 375
PAPER = 718  # A4 less Chromium's margins, in CSS pixels
OUTSIDE = """boxes => {
    const seen = element => element.checkVisibility({visibilityProperty: true}) && element.getClientRects().length;
    const own = element => [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    return [...document.querySelectorAll('article *, .mobile-header *, footer *')]
        .filter(element => own(element) && seen(element) && !element.closest(boxes))
        .filter(element => [...element.getClientRects()].some(box => box.left < -1 || box.right > innerWidth + 1))
        .map(element => element.outerHTML.slice(0, 100));
}"""
CLIPPED = """() => [...document.querySelectorAll('article h1, article h2, article p, article td, .mobile-header .brand, figure')]
    .filter(element => getComputedStyle(element).overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1)
    .map(element => element.outerHTML.slice(0, 100))"""
HIDDEN_FROM_SIGHT = (
    ".skip-to-content, .headerlink, noscript, .sphx-glr-thumbcontainer a, .visually-hidden, .katex-mathml"
)
SCROLLING = f"{HIDDEN_FROM_SIGHT}, .table-wrapper, .math-wrapper, pre, .lr-scroll, .katex-display, .math"
TO_CLICK = "button, .lr-language, .sidebar-drawer, .toc-drawer, .mobile-header, .related-pages, .headerlink"


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": PHONE, "height": 800})
    yield page
    page.close()


@pytest.fixture(scope="module")
def paper(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": PAPER, "height": 1000}, color_scheme="dark")
    page.emulate_media(media="print")
    yield page
    page.close()


@pytest.fixture(params=[f"{language}/{kind}" for language in LANGUAGES for kind in KINDS])
def path(request: pytest.FixtureRequest) -> str:
    language, _, kind = request.param.partition("/")
    return f"{language}/{KINDS[kind]}.html"


def test_no_text_is_cut_on_a_phone(phone: Page, site: Path, path: str) -> None:
    phone.goto(f"{site.as_uri()}/{path}")
    assert phone.evaluate(OUTSIDE, SCROLLING) == []
    assert phone.evaluate(CLIPPED) == []


def test_no_text_is_cut_on_paper(paper: Page, site: Path, path: str) -> None:
    paper.goto(f"{site.as_uri()}/{path}")
    assert paper.evaluate(OUTSIDE, HIDDEN_FROM_SIGHT) == []


def test_paper_shows_all_lines_of_the_code_of_an_explorer(paper: Page, site: Path, path: str) -> None:
    paper.goto(f"{site.as_uri()}/{path}")
    boxes = "[...document.querySelectorAll('textarea.lr-code')].filter(box => box.checkVisibility())"
    assert paper.evaluate(f"{boxes}.filter(box => box.scrollHeight > box.clientHeight).map(box => box.value)") == []


def test_paper_shows_nothing_to_click_and_no_dark_background(paper: Page, site: Path, path: str) -> None:
    paper.goto(f"{site.as_uri()}/{path}")
    paper.evaluate("document.body.dataset.theme = 'dark'")
    assert paper.locator(TO_CLICK).filter(visible=True).count() == 0
    assert paper.locator("img.only-dark").filter(visible=True).count() == 0
    paint = "selector => [...document.querySelectorAll(selector)].map(part => getComputedStyle(part).backgroundColor)"
    for colour in set(paper.evaluate(paint, "body, article, .content, pre, div.highlight, td, th")):
        channels = [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")]
        assert min(channels[:3]) > 200 or channels[3:] == [0], colour


def test_links_are_seen_to_be_links_on_paper(paper: Page, site: Path) -> None:
    paper.goto(f"{site.as_uri()}/en/concepts/combining.html")
    lines = "[...document.querySelectorAll('article p a')].map(a => getComputedStyle(a).textDecorationLine)"
    assert set(paper.evaluate(lines)) == {"underline"}


def test_no_figure_is_torn_by_the_end_of_a_sheet(paper: Page, site: Path, path: str) -> None:
    paper.goto(f"{site.as_uri()}/{path}")
    kept = (
        "[...document.querySelectorAll('article img, article table')].map(part => getComputedStyle(part).breakInside)"
    )
    assert set(paper.evaluate(kept)) <= {"avoid"}


def test_a_formula_is_printed_whether_or_not_its_fonts_have_come(paper: Page, site: Path) -> None:
    paper.goto(f"{site.as_uri()}/en/reference/cosine_annealing_warm_restarts.html")
    fonts = "[...document.fonts].filter(font => font.family.startsWith('KaTeX'))"
    assert set(paper.evaluate(f"{fonts}.map(font => font.display)")) == {"swap"}
    paper.emulate_media(media="print")
    assert paper.evaluate("getComputedStyle(document.querySelector('div.math')).contentVisibility") == "visible"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_printed(paper: Page, site: Path, language: str) -> None:
    paper.goto(f"{site.as_uri()}/{language}/reference/cosine_annealing_warm_restarts.html")
    printed = paper.pdf(format="A4")
    assert 3 <= printed.count(b"/Type /Page\n") <= 40


@pytest.mark.parametrize("selector", ["h1", "p", "h2", ".katex .cjk_fallback", ".sidebar-tree .caption"])
def test_chinese_is_drawn_with_chinese_forms(browser: Browser, site: Path, selector: str) -> None:
    page = browser.new_page()
    page.goto(f"{site.as_uri()}/zh/{'index' if selector == 'h1' else 'reference/warmup_lr'}.html")
    page.locator(selector).first.scroll_into_view_if_needed()  # a formula is drawn when it comes near
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = [font["familyName"] for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]]
    assert fonts
    assert not [font for font in fonts if font.endswith((" JP", " KR", " TC", " HK"))], fonts
    page.close()
