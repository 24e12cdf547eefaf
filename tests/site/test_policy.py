"""The Content-Security-Policy in a real browser, on a server that sends no header of its own and from a folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from lrdoc.sphinxext.site.policy import META
from tests.site.browsing import lent, opened
from tests.site.exploring import FRAMES, explore, move, saved, type_number
from tests.site.known import KINDS, LANGUAGES


@pytest.fixture(scope="module", params=["http", "file"])
def address(request: pytest.FixtureRequest, site: Path) -> str:
    """Return where the site is: on a server, then in a folder."""
    return str(request.getfixturevalue("server")) if request.param == "http" else site.as_uri()


# What pages carry


def test_every_page_carries_the_policy_before_anything_that_it_governs(site: Path) -> None:
    pages = [path for path in site.rglob("*.html") if "_static" not in path.parts]
    assert {path.parent for path in pages} > {site, *(site / language for language in LANGUAGES)}
    begins = re.compile(rf"<!doctype html>\s*<html[^>]*>\s*<head>\s*{re.escape(META)}")
    texts = {str(path.relative_to(site)): path.read_text(encoding="utf-8") for path in pages}
    assert [name for name, text in texts.items() if not begins.match(text)] == []
    assert [name for name, text in texts.items() if text.count("<meta http-equiv") != 1] == []


# What it forbids


class Attempt(NamedTuple):
    """Something that a page is made to do, and whether it has had an effect; the two are JavaScript."""

    directive: str
    does: str
    had_effect: str


FOREIGN = "https://example.org"
ATTEMPTS = {
    "inline script": Attempt("script-src-elem", "add('script', {textContent: 'window.ran = true'})", "window.ran"),
    "event handler": Attempt(
        "script-src-attr", "add('p', {}).setAttribute('onclick', 'window.ran = true'); it.click()", "window.ran"
    ),
    "javascript: address": Attempt(
        "script-src-elem", "add('a', {href: 'javascript:window.ran = true'}).click()", "window.ran"
    ),
    "eval": Attempt("script-src", "try { eval('window.ran = true') } catch {}", "window.ran"),
    "timer with text": Attempt("script-src", "setTimeout('window.ran = true')", "window.ran"),
    "script of another host": Attempt("script-src-elem", f"add('script', {{src: '{FOREIGN}/x.js'}})", "window.ran"),
    "data: script": Attempt("script-src-elem", "add('script', {src: 'data:,window.ran=true'})", "window.ran"),
    "inline style": Attempt(
        "style-src-elem",
        "add('style', {textContent: 'body { opacity: 0.5 }'})",
        "getComputedStyle(document.body).opacity != 1",
    ),
    "style attribute": Attempt(
        "style-src-attr",
        "document.body.setAttribute('style', 'opacity: 0.5')",
        "getComputedStyle(document.body).opacity != 1",
    ),
    "stylesheet of another host": Attempt(
        "style-src-elem", f"add('link', {{rel: 'stylesheet', href: '{FOREIGN}/x.css'}})", "it.sheet"
    ),
    "image of another host": Attempt("img-src", f"add('img', {{src: '{FOREIGN}/x.png'}})", "it.naturalWidth"),
    "font of another host": Attempt(
        "font-src",
        f"it = new FontFace('x', 'url({FOREIGN}/x.woff2)'); document.fonts.add(it); it.load().catch(() => 0)",
        "it.status == 'loaded'",
    ),
    "connection": Attempt(
        "connect-src", f"fetch('{FOREIGN}').then(() => window.ran = true).catch(() => 0)", "window.ran"
    ),
    "connection to the site": Attempt(
        "connect-src", "fetch(location.href).then(() => window.ran = true).catch(() => 0)", "window.ran"
    ),
    "frame": Attempt("frame-src", f"add('iframe', {{src: '{FOREIGN}'}})", "it.contentDocument?.title"),
    "plugin": Attempt("object-src", f"add('object', {{data: '{FOREIGN}/x.svg'}})", "it.contentDocument"),
    "media": Attempt("media-src", f"add('audio', {{src: '{FOREIGN}/x.mp3'}}).load()", "it.duration > 0"),
    "worker": Attempt(
        "worker-src",
        "new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))).onmessage = () => window.ran = true",
        "window.ran",
    ),
    "form": Attempt("form-action", f"add('form', {{action: '{FOREIGN}'}}).submit()", "location.host == 'example.org'"),
    "base address": Attempt("base-uri", f"add('base', {{href: '{FOREIGN}'}})", "document.baseURI.includes('example')"),
}
# A timer calls the attempt: what the debugger calls, as Playwright does, may run text.
TRY = """([does, directive]) => new Promise((done, fail) => {
    window.it = undefined;
    const add = (tag, properties) => document.body.appendChild(window.it = Object.assign(document.createElement(tag), properties));
    addEventListener('securitypolicyviolation', event => event.effectiveDirective === directive && done(event.blockedURI));
    setTimeout(() => fail(new Error('no violation was seen')), 60_000);
    setTimeout(DOES);
})"""


@pytest.mark.parametrize("name", ATTEMPTS)
def test_what_the_policy_does_not_grant_has_no_effect_and_is_reported(
    browser: Browser, address: str, name: str
) -> None:
    attempt = ATTEMPTS[name]
    with lent(browser) as (page, _):
        page.goto(f"{address}/404.html")  # the policy is the same on every page, and this is the smallest
        page.evaluate(TRY.replace("DOES", f"() => {{ {attempt.does} }}"), [attempt.does, attempt.directive])
        assert not page.evaluate(attempt.had_effect)


# What it leaves in peace


def change_the_theme(page: Page) -> None:
    """Go through the three themes."""
    for _click in range(3):
        page.locator(".theme-toggle-content button").click()


def unfold(page: Page) -> None:
    """Open whatever is folded, and see the page to its end."""
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    page.evaluate("document.querySelectorAll('article img').forEach(image => image.loading = 'eager')")
    page.keyboard.press("End")
    page.evaluate(FRAMES)


def use_explorer(page: Page) -> None:
    """Move, type, read, play, pin, copy and save."""
    explore(page, page.url)
    type_number(page, "steps", 30)
    move(page, "lr", 0.3)
    page.locator(".lr-stage").hover()
    for name in ("Log scale", "Pin curve", "Play", "Copy code", "Copy link"):
        page.get_by_role("button", name=name).click()
        page.evaluate(FRAMES)
    for kind in ("CSV", "SVG", "PNG"):
        assert saved(page, kind)
    page.get_by_role("button", name="Reset").click()


def use_playground(page: Page) -> None:
    """Write code that is not understood, be told so, complete a name, and choose an example."""
    use_explorer(page)
    editor = page.get_by_role("textbox", name="Code")
    editor.focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("scheduler = StepLR(optimizer, step_size=open('x'))")
    page.locator(".cm-lintRange-error").first.hover()
    expect(page.locator(".cm-tooltip-lint")).to_be_visible()
    page.locator(".lr-examples select").select_option("0")
    page.evaluate(FRAMES)


def use_metric(page: Page) -> None:
    """Choose a metric."""
    use_explorer(page)
    page.get_by_label("series").select_option("flat")
    page.evaluate(FRAMES)


def use_search(page: Page) -> None:
    """Ask on the page."""
    page.locator(".lr-search input").fill("warmup")
    page.locator("#lr-search-hits a").first.wait_for()


def use_chooser(page: Page) -> None:
    """Change a number, a choice and the mode, and copy the code."""
    chooser = page.locator("[data-lr-chooser]")
    chooser.scroll_into_view_if_needed()
    chooser.locator(".lr-area canvas").wait_for()
    chooser.get_by_label("Epochs", exact=True).fill("3")
    chooser.get_by_label("After the warmup").select_option("steps")
    chooser.get_by_label("Mode").select_option("graph")
    chooser.get_by_role("button", name="Copy code").click()
    chooser.get_by_role("button", name="Copied").wait_for()


USES: dict[str, Callable[[Page], None]] = {
    "home": use_chooser,
    "playground": use_playground,
    "reference": use_explorer,
    "composition": use_explorer,
    "metric": use_metric,
    "search": use_search,
}


@pytest.fixture
def quiet(browser: Browser) -> Iterator[Page]:
    """Open a tab in which no violation, no error and no warning may be seen."""
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as (page, trouble):  # type: ignore[arg-type]
        page.add_init_script(
            "addEventListener('securitypolicyviolation', event => console.error(event.effectiveDirective, event.blockedURI))"
        )
        yield page
        assert trouble == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_used_in_both_languages_without_a_violation_or_a_message(
    quiet: Page, address: str, kind: str
) -> None:
    page = quiet
    page.goto(f"{address}/en/{KINDS[kind]}.html")
    change_the_theme(page)
    USES.get(kind, unfold)(page)
    page.pdf()
    page.locator(".lr-language:visible").first.click()
    page.wait_for_url("**/zh/**")
    change_the_theme(page)
    unfold(page)


def test_the_search_of_any_page_leads_to_the_answers(quiet: Page, address: str) -> None:
    quiet.goto(f"{address}/en/reference/step_lr.html")
    quiet.keyboard.press("/")
    quiet.keyboard.type("StepLR")
    quiet.keyboard.press("Enter")
    quiet.wait_for_url("**/search.html?q=StepLR*")
    quiet.locator("#lr-search-hits a").first.click()
    quiet.wait_for_url("**/reference/**")


def test_the_root_leads_on(quiet: Page, address: str) -> None:
    quiet.goto(f"{address}/index.html")
    quiet.wait_for_url("**/en/index.html")
