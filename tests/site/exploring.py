"""What the tests of the explorer and the playground do with a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page

SET = "(control, value) => { control.value = value; control.dispatchEvent(new Event('input', {bubbles: true})); }"
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
PICTURE = "() => document.querySelector('.lr-stage canvas').toDataURL()"


def until(page: Page, condition: str) -> None:
    """Wait until a JavaScript expression holds; the page's policy forbids Playwright's own way, which evaluates text there."""
    page.evaluate(f"""async () => {{
        const start = performance.now();
        while (!(await ({condition}))) {{
            if (performance.now() - start > 300_000) throw new Error('it never held');
            await new Promise(done => setTimeout(done, 10));
        }}
    }}""")


class Work:
    """Counts a page's work in a way that neither the processor nor its load changes: how often the functions, branches and loops of the explorer's scripts are entered."""

    def __init__(self, page: Page) -> None:
        """Begin to count; to be called before the page is opened."""
        self._session = page.context.new_cdp_session(page)
        self._session.send("Profiler.enable")
        self._session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})

    def since_last(self) -> int:
        """Return the work since this was asked last."""
        scripts = self._session.send("Profiler.takePreciseCoverage")["result"]
        functions = [function for script in scripts if "/_static/" in script["url"] for function in script["functions"]]
        return sum(block["count"] for function in functions for block in function["ranges"])


def explore(page: Page, address: str) -> Page:
    """Open a page and have its explorer loaded."""
    page.goto(address)
    page.locator("[data-lr-script]").scroll_into_view_if_needed()
    page.locator(".lr-stage canvas").wait_for()
    return page


def move(page: Page, label: str, position: float) -> None:
    """Move the slider with this label to a position."""
    page.get_by_role("slider", name=label, exact=True).evaluate(SET, str(position))
    page.evaluate(FRAMES)


def type_number(page: Page, label: str, value: float | str) -> None:
    """Type into the number box with this label."""
    box(page, label).fill(str(value))
    page.evaluate(FRAMES)


def box(page: Page, label: str) -> Locator:
    """Return the number box with this label."""
    return page.get_by_role("spinbutton", name=label, exact=True)


def code(page: Page) -> Locator:
    """Return the box that holds the code."""
    return page.locator("textarea.lr-code")


def values(page: Page) -> list[list[str]]:
    """Return the rows of the CSV that the page saves, its head first."""
    return [line.split(",") for line in saved(page, "CSV").decode().splitlines()]


def saved(page: Page, kind: str) -> bytes:
    """Return the file that a button saves."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"Save as {kind}").click()
    path = waiting.value.path()
    return path.read_bytes()


def picture(page: Page) -> str:
    """Return what the chart shows, as an image in text."""
    page.evaluate(FRAMES)
    return str(page.evaluate(PICTURE))


def changes(page: Page, act: Callable[[], Any], look: Callable[[Page], str] = picture) -> bool:
    """Tell whether ``act`` changes what the chart shows."""
    before = look(page)
    act()
    return look(page) != before
