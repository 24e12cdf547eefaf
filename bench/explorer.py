"""What it takes from the movement of a slider to the painted curve, in headless Chromium.

Opens the built site ("nox -s docs" first), moves a slider of StepLR's explorer many times, and reports percentiles for 1,000, 10,000 and 100,000 steps.
A movement is made where a browser hands over movements of the pointer: at the beginning of a frame.
It ends when the frame is painted.
``engine`` is the part that computes, ``draw`` the part that draws; they are what the page itself reports as performance measures.
Ends with an error if 95 of 100 movements at 1,000 steps take longer than a frame.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PAGE = Path(__file__).parents[1] / "docs" / "_build" / "html" / "en" / "reference" / "step_lr.html"
FRAME = 1000 / 60
"""Milliseconds."""

MOVE = """async ([steps, movements]) => {
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
    const slider = field('gamma').querySelector('[type=range]');
    const found = {whole: [], engine: [], draw: []};
    for (let movement = 0; movement < movements; movement++) {
        await frame();
        await frame();
        parts['lrdoc:engine'] = parts['lrdoc:draw'] = 0;
        const start = performance.now();
        set(slider, 0.2 + 0.8 * ((movement * 37) % 97) / 97);
        const end = await painted();
        await new Promise(done => setTimeout(done));
        found.whole.push(end - start);
        found.engine.push(parts['lrdoc:engine']);
        found.draw.push(parts['lrdoc:draw']);
    }
    return found;
}"""


def main() -> None:
    """Report the three sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--movements", type=int, default=150)
    movements = parser.parse_args().movements
    if not PAGE.exists():
        sys.exit('The site is not built: run "nox -s docs" first.')
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(PAGE.as_uri())
        page.locator("[data-lr-script]").scroll_into_view_if_needed()
        page.locator(".lr-stage canvas").wait_for()
        slowest = {steps: _measure(page, steps, movements) for steps in (1_000, 10_000, 100_000)}
        browser.close()
    if slowest[1_000] > FRAME:
        sys.exit(f"1,000 steps: 95 of 100 movements take up to {slowest[1_000]:.1f} ms, more than a frame")


def _measure(page: Page, steps: int, movements: int) -> float:
    """Print one line; return the 95th percentile of the whole, in milliseconds."""
    page.evaluate(MOVE, [steps, 10])  # warm
    found = page.evaluate(MOVE, [steps, movements])
    parts = []
    for name, values in found.items():
        parts.append(f"{name}: median {statistics.median(values):6.2f} ms, p95 {_percentile(values, 0.95):6.2f} ms")
    print(f"{steps:7,} steps   " + "   ".join(parts))
    return _percentile(found["whole"], 0.95)


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


if __name__ == "__main__":
    main()
