"""What it takes from the movement of a slider to the painted curve, in headless Chromium.

Opens the built site ("nox -s docs" first), moves a slider of an explorer many times, and reports percentiles: of StepLR's for 1,000 to 1,000,000 steps, of ReduceLROnPlateau's for 10,000.
A movement is made where a browser hands over movements of the pointer: at the beginning of a frame.
It ends when the frame is painted.
``engine`` is the part that computes, ``draw`` the part that draws; they are what the page itself reports as performance measures.
Ends with an error if 95 of 100 movements take longer than a frame.

``--than FOLDER`` names another build of the site (the folder ``html``) to compare with: its page is moved in turn with this one, so that what else the machine does slows both, and the ratio of the two is printed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

SITE = Path(__file__).parents[1] / "docs" / "_build" / "html"
MOVED = (
    ("step_lr", "gamma", 1_000),
    ("step_lr", "gamma", 10_000),
    ("step_lr", "gamma", 100_000),
    ("step_lr", "gamma", 1_000_000),
    ("reduce_lr_on_plateau", "factor", 10_000),
)
"""The explorer's page, the parameter whose slider is moved, and the number of steps."""
TURNS = 5
"""How often two builds take turns."""
FRAME = 1000 / 60
"""Milliseconds."""

MOVE = """async ([parameter, steps, movements]) => {
    const field = label => [...document.querySelectorAll('.lr-field')].find(one => one.querySelector('label').textContent === label);
    const set = (control, value) => { control.value = value; control.dispatchEvent(new Event('input', {bubbles: true})); };
    const frame = () => new Promise(requestAnimationFrame);
    const painted = () => new Promise(done => {
        const {port1, port2} = new MessageChannel();
        port1.onmessage = () => done(performance.now());
        port2.postMessage(null);
    });
    const parts = {'lrdoc:engine': 0, 'lrdoc:draw': 0};
    new PerformanceObserver(list => list.getEntries().forEach(({name, duration}) => { parts[name] += duration; }))
        .observe({entryTypes: ['measure']});
    set(field('steps').querySelector('[type=number]'), steps);
    const slider = field(parameter).querySelector('[type=range]');
    const found = {whole: [], engine: [], draw: []};
    for (let movement = 0; movement < movements; movement++) {
        await frame();
        await frame();
        parts['lrdoc:engine'] = parts['lrdoc:draw'] = 0;
        const start = performance.now();
        set(slider, slider.max * (0.2 + 0.6 * ((movement * 37) % 97) / 97));
        const end = await painted();
        await new Promise(done => setTimeout(done));
        found.whole.push(end - start);
        found.engine.push(parts['lrdoc:engine']);
        found.draw.push(parts['lrdoc:draw']);
    }
    return found;
}"""


def main() -> None:
    """Report every case, and compare with another build where one is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--movements", type=int, default=150)
    parser.add_argument("--than", type=Path, help="the folder html of another build")
    options = parser.parse_args()
    if not SITE.exists():
        sys.exit('The site is not built: run "nox -s docs" first.')
    sites = [SITE, options.than] if options.than else [SITE]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        slow = []
        for name, parameter, steps in MOVED:
            pages = [_opened(browser, site, name) for site in sites]
            found = _moved(pages, [parameter, steps], options.movements)
            p95 = [_percentile(one["whole"], 0.95) for one in found]
            for site, times in zip(sites, found, strict=True):
                print(f"{name:22}{steps:8,} steps   {_described(times)}   {'' if site == SITE else site}")
            if options.than:
                medians = [statistics.median(one["whole"]) for one in found]
                print(f"{'':22}ratio to the other: median {medians[0] / medians[1]:.2f}, p95 {p95[0] / p95[1]:.2f}")
            if p95[0] > FRAME:
                slow.append(
                    f"{name}, {steps:,} steps: 95 of 100 movements take up to {p95[0]:.1f} ms, more than a frame"
                )
            for page in pages:
                page.close()
        browser.close()
    if slow:
        sys.exit("\n".join(slow))


def _opened(browser: Browser, site: Path, name: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((site.resolve() / "en" / "reference" / f"{name}.html").as_uri())
    page.locator("[data-lr-script]").scroll_into_view_if_needed()
    page.locator(".lr-area canvas").wait_for()
    return page


def _moved(pages: Sequence[Page], what: list[str | int], movements: int) -> list[dict[str, list[float]]]:
    """Return, for each page, the milliseconds of every movement: of the whole, and of its parts."""
    found: list[dict[str, list[float]]] = [{} for _page in pages]
    turns = TURNS if len(pages) > 1 else 1
    for turn in range(turns + 1):
        for page, times in zip(pages, found, strict=True):
            page.bring_to_front()
            measured = page.evaluate(MOVE, [*what, movements // turns if turn else 10])
            if turn:  # the first one warms
                for part, values in measured.items():
                    times.setdefault(part, []).extend(values)
    return found


def _described(found: dict[str, list[float]]) -> str:
    parts = (
        f"{part}: median {statistics.median(values):6.2f} ms, p95 {_percentile(values, 0.95):6.2f} ms"
        for part, values in found.items()
    )
    return "   ".join(parts)


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def chromium() -> str | None:
    """Return the path of the browser, as the tests find it; ``None`` leaves it to Playwright."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


if __name__ == "__main__":
    main()
