"""What the tests of the explorer and the playground do with a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

SET = "(control, value) => { control.value = value; control.dispatchEvent(new Event('input', {bubbles: true})); }"
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
MOVE = """async (slider, value) => {
    const go = async position => {
        slider.value = position;
        slider.dispatchEvent(new Event('input', {bubbles: true}));
        await new Promise(requestAnimationFrame);
        return Number(slider.getAttribute('aria-valuetext'));
    };
    let [low, high] = [0, Number(slider.max)];
    while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if (await go(middle) < value) low = middle + 1; else high = middle;
    }
    await go(low);
}"""
SHIFTS = """() => {
    window.lrShifts = [];
    new PerformanceObserver(list => {
        for (const {value, sources} of list.getEntries()) {
            lrShifts.push(`${value}: ${sources.map(({node}) => node?.className || node?.nodeName).join()}`);
        }
    }).observe({type: 'layout-shift', buffered: true});
}"""
"""Keep in `lrShifts` what has moved on a page, and how far, from the beginning on."""
HAND_OVER = """() => {
    const make = URL.createObjectURL;
    window.lrSaved = new Promise(done => {
        URL.createObjectURL = blob => {
            URL.createObjectURL = make;
            blob.arrayBuffer().then(content => done(Array.from(new Uint8Array(content))));
            return make.call(URL, blob);
        };
    });
}"""
TYPE_AT_ONCE = """(control, text) => {
    control.focus();
    control.select();
    for (const key of text) document.execCommand('insertText', false, key);
}"""
"""Type in a control without letting the page draw between the keys, as where it is slow."""
MOVE_AT_ONCE = """(slider, positions) => {
    for (const position of positions) {
        slider.value = position;
        slider.dispatchEvent(new Event('input', {bubbles: true}));
    }
}"""
COMPOSE = """stages => {
    let at = document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const tell = (type, data) => at.dispatchEvent(new CompositionEvent(type, {data, bubbles: true, composed: true}));
    tell('compositionstart', '');
    let before = '';
    for (const data of stages) {
        tell('compositionupdate', data);
        for (const _character of before) getSelection().modify('extend', 'backward', 'character');
        document.execCommand('insertText', false, data);
        before = data;
    }
    tell('compositionend', before);
}"""
COUNT_RUNS = """() => {
    window.lrRuns = 0;
    new PerformanceObserver(list => { window.lrRuns += list.getEntriesByName('lrdoc:engine').length; })
        .observe({entryTypes: ['measure']});
}"""
WINDOWS = ((1280, 800), (1366, 625), (375, 600), (640, 400))
"""Width and height; the last is a laptop's at 200 percent."""
SEEN = """() => [...document.querySelectorAll('.lr-explorer [type=range]')].map(slider => {
    slider.scrollIntoView({block: 'center', behavior: 'instant'});
    const {top, bottom} = document.querySelector('.lr-area .lr-plot').getBoundingClientRect();
    return [top >= 0, bottom <= innerHeight];
})"""
"""For each slider, whether the top and the bottom of the chart are in sight where it is moved."""
PICTURE = "() => document.querySelector('.lr-area canvas').toDataURL()"


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
        return sum(block["count"] for function in self._functions() for block in function["ranges"])

    def calls_since_last(self, name: str) -> int:
        """Return how often the functions and methods with a name were called since this was asked last."""
        return sum(function["ranges"][0]["count"] for function in self._functions() if function["functionName"] == name)

    def _functions(self) -> list[dict[str, Any]]:
        scripts = self._session.send("Profiler.takePreciseCoverage")["result"]
        return [function for script in scripts if "/_static/" in script["url"] for function in script["functions"]]


def explore(page: Page, address: str) -> Page:
    """Open a page and have its explorer loaded."""
    page.goto(address)
    page.locator("[data-lr-script]").scroll_into_view_if_needed()
    page.locator(".lr-area canvas").wait_for()
    return page


def slide(page: Page, label: str, position: float) -> None:
    """Move the slider with this label to a position: 0 is its first notch, 1 the next."""
    page.get_by_role("slider", name=label, exact=True).evaluate(SET, str(position))
    page.evaluate(FRAMES)


def move(page: Page, label: str, value: float) -> None:
    """Move the slider with this label to the first of its notches that is not below ``value``."""
    page.get_by_role("slider", name=label, exact=True).evaluate(MOVE, value)
    page.evaluate(FRAMES)


def moved(page: Page, address: str) -> list[str]:
    """Open a page; return what has moved on it until its explorer has come alive."""
    page.add_init_script(f"({SHIFTS})()")
    page.goto(address)
    page.locator(".lr-area canvas").first.wait_for()
    page.evaluate("new Promise(done => setTimeout(done, 100))")  # what has been shown is reported
    found: list[str] = page.evaluate("window.lrShifts")
    return found


def type_number(page: Page, label: str, value: float | str) -> None:
    """Type into the number box with this label, in place of what it holds."""
    box(page, label).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(str(value))
    expect(box(page, label)).to_have_value(str(value))
    page.evaluate(FRAMES)


def box(page: Page, label: str) -> Locator:
    """Return the number box with this label."""
    return page.get_by_role("spinbutton", name=label, exact=True)


def code(page: Page) -> Locator:
    """Return the box that holds the code."""
    return page.locator("textarea.lr-code")


def load(page: Page, code: str) -> None:
    """Have the page show this code, as a link does."""
    page.evaluate("code => { location.hash = `#explore?code=${encodeURIComponent(code)}`; }", code)
    page.evaluate(FRAMES)


def values(page: Page) -> list[list[str]]:
    """Return the rows of the CSV that the page saves, its head first."""
    return [line.split(",") for line in saved(page, "CSV").decode().splitlines()]


def saved(page: Page, kind: str) -> bytes:
    """Return the file that a button saves, as the page hands it to the browser."""
    page.evaluate(HAND_OVER)
    page.get_by_role("button", name=f"Save as {kind}").click()
    return bytes(page.evaluate("window.lrSaved"))


def picture(page: Page) -> str:
    """Return what the chart shows, as an image in text."""
    page.evaluate(FRAMES)
    return str(page.evaluate(PICTURE))


def changes(page: Page, act: Callable[[], Any], look: Callable[[Page], str] = picture) -> bool:
    """Tell whether ``act`` changes what the chart shows."""
    before = look(page)
    act()
    return look(page) != before


def compose(page: Page, stages: Sequence[str]) -> None:
    """Put text into what has the focus as an input method does: each stage replaces the one before, the last one stays."""
    if page.context.browser is not None and page.context.browser.browser_type.name == "chromium":
        session = page.context.new_cdp_session(page)
        for stage in stages:
            session.send(
                "Input.imeSetComposition", {"text": stage, "selectionStart": len(stage), "selectionEnd": len(stage)}
            )
        session.send("Input.insertText", {"text": stages[-1]})
    else:
        page.evaluate(COMPOSE, list(stages))  # WebDriver BiDi knows no input methods
    page.evaluate(FRAMES)


def counted_runs(page: Page) -> Callable[[], int]:
    """Return a function that tells how often the page has had code run since now."""
    page.evaluate(COUNT_RUNS)
    return lambda: int(page.evaluate("new Promise(done => setTimeout(() => done(window.lrRuns)))"))
