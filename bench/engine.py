"""What the explorer's engine takes, alone: from a piece of code to its learning rates, in headless Chromium.

The first preset of every scheduler, parsed and computed anew each time, for 1,000, 10,000 and 100,000 steps; the medians in milliseconds.
The last row is a scheduler of a class of the code's own, which has no closed form, so that OneFlow's code is interpreted at every step.
"""

from __future__ import annotations

from pathlib import Path

from explorer import chromium
from playwright.sync_api import sync_playwright

from lrdoc import register
from lrdoc.describe.schedule import Schedule
from lrdoc.explorer.bundle import bundle

ROOT = Path(__file__).parents[1]
STEPS = (1_000, 10_000, 100_000)
ROUNDS = 15
INTERPRETED = "class Own(StepLR):\n    pass\nscheduler = Own(optimizer, step_size=10)"

MEASURE = """([code, metrics, steps, rounds]) => {
    const times = Array.from({length: rounds}, () => {
        const begun = performance.now();
        const {errors} = lrdoc.trace(code, {steps, metrics});
        if (errors.length > 0) throw new Error(errors[0].message);
        return performance.now() - begun;
    });
    return times.sort((a, b) => a - b)[rounds >> 1];
}"""


def main() -> None:
    """Print one row per scheduler."""
    script = bundle(ROOT / "node_modules", ROOT / ".cache" / "explorer") / "explorer.js"
    presets = {name: (found, found.presets[0]) for name, found in register.entries().items()}
    codes = {
        name: (Schedule(found, preset.arguments).code(), preset.metrics or [])
        for name, (found, preset) in presets.items()
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.add_script_tag(path=script)
        for name, (code, metrics) in {**codes, "interpreted": (INTERPRETED, [])}.items():
            medians = [page.evaluate(MEASURE, [code, list(metrics), steps, ROUNDS]) for steps in STEPS]
            columns = zip(STEPS, medians, strict=True)
            print(f"{name:32}" + "".join(f"{steps:>8,} steps: {median:6.2f} ms" for steps, median in columns))
        browser.close()


if __name__ == "__main__":
    main()
