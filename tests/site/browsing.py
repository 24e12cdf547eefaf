"""Tabs of a real browser for the tests of the built site: their sizes, what goes wrong in them, and axe-core's verdict."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, ViewportSize

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_VIOLATIONS = """async within => (await axe.run(within, {
        resultTypes: ['violations'],
        rules: {'target-size': {enabled: true}}, // which axe-core leaves out unless it is asked for
    })).violations
    .map(({id, nodes}) => `${id}: ${nodes.map(node => node.html).slice(0, 3).join(' | ')}`)"""

PHONE: ViewportSize = {"width": 375, "height": 800}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}


@contextmanager
def opened(browser: Browser, size: ViewportSize = LAPTOP, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """Open a tab of a browser profile that nobody has used; also return what goes wrong in it, as long as it is open."""
    context = browser.new_context(viewport=size, **options)
    page = context.new_page()
    trouble = _watched(page)
    yield page, trouble
    context.close()


@contextmanager
def lent(browser: Browser, size: ViewportSize = LAPTOP) -> Iterator[tuple[Page, list[str]]]:
    """Lend the one tab of a browser that is kept open, with nothing in it; also return what goes wrong in it from now on.

    To load a page into it takes a third of what a new tab takes.
    It is for tests that change neither the tab itself, as by listening to it or having it print, nor what the browser stores.
    """
    page, trouble = _kept(browser)
    page.goto("about:blank")  # an address that differs after its # alone would load nothing
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="light")
    page.mouse.move(0, 0)
    trouble.clear()
    yield page, trouble


@cache
def _kept(browser: Browser) -> tuple[Page, list[str]]:
    page = browser.new_context(viewport=LAPTOP).new_page()
    return page, _watched(page)


def _watched(page: Page) -> list[str]:
    """Return a list that fills with what goes wrong in a tab."""
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("requestfailed", lambda request: _note_failure(request, trouble))
    return trouble


_LEFT = ("net::ERR_ABORTED", "NS_BINDING_ABORTED")
"""What happens to what still loads when the next page is opened, as Chromium and Firefox say it."""


def _note_failure(request: Request, trouble: list[str]) -> None:
    if request.failure not in _LEFT:
        trouble.append(f"{request.failure}: {request.url}")


def violations(page: Page, within: str = "html") -> list[str]:
    """Return what axe-core finds wrong within what a selector selects, each with the elements concerned.

    The page is at its top, where nothing lies under the chart: it stays in view, and would leave of a control that scrolls under it less than a target's size.
    """
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_VIOLATIONS, within)
    return found
