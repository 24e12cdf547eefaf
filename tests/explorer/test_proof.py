"""The engine, in a real browser on the bundle that readers get, against real OneFlow in eager mode.

What is compared is all that ``window.lrdoc.trace`` says: the learning rate of every step, and where OneFlow raises an exception its class, its text and the step.
Left out, and why:

- lambdas that put a power, a logarithm, a cosine and the like into ``//``, ``%``, ``sin`` or ``cos`` (``expressions.rational``): libraries of mathematics differ in the last digit, and these turn that into any difference;
- the addresses of objects in messages, which no two runs share;
- what follows once the learning rate is no real number (a complex one, a string): OneFlow goes on with it, the engine says so and ends the curve.
"""

from __future__ import annotations

import json
import math
import os
import queue
import random
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from lrdoc import register
from tests.drawing import drawn
from tests.explorer import expressions

ROOT = Path(__file__).parents[2]
SIDE = Path(__file__).with_name("oneflow_side.py")
SCHEDULES, LAMBDAS, WRONG = 20_000, 10_000, 12_000
BATCH = 500
"""Cases that a process answers at a time."""
RELATIVE, RELATIVE_OF_ARITHMETIC = 1e-9, 1e-12

Case = dict[str, Any]
"""A piece of code with what it runs on, or what became of it."""

TRACE = """cases => JSON.stringify(cases.map(({code, ...options}) => {
    const {curves, errors} = lrdoc.trace(code, options);
    return {errors, curves: curves.map(({lr}) => lr.map(value => Number.isFinite(value) ? value : String(value)))};
}))"""


@pytest.fixture(scope="module")
def page(browser: Browser, server: str) -> Iterator[Page]:
    """Open a page of the site with the explorer's script."""
    page = browser.new_page()
    page.goto(f"{server}/en/index.html")
    page.add_script_tag(url=f"{server}/en/_static/explorer.js")
    yield page
    page.close()


class OneFlow:
    """Real OneFlow in as many processes as there are processors; importing it takes longer than many cases."""

    def __init__(self, count: int) -> None:
        quiet = {**os.environ, "OMP_NUM_THREADS": "1"}
        pipe = subprocess.PIPE
        command = [sys.executable, str(SIDE)]
        self._sides = [
            subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, bufsize=1, env=quiet) for _ in range(count)
        ]
        self._free: queue.SimpleQueue[subprocess.Popen[str]] = queue.SimpleQueue()
        for side in self._sides:
            self._free.put(side)

    def answers(self, batches: Iterable[list[Case]]) -> Iterator[list[Case]]:
        """Yield what OneFlow makes of each batch, in their order."""
        with ThreadPoolExecutor(len(self._sides)) as pool:
            yield from pool.map(self._answer, batches)

    def _answer(self, cases: list[Case]) -> list[Case]:
        side = self._free.get()
        assert side.stdin is not None
        assert side.stdout is not None
        print(json.dumps(cases), file=side.stdin, flush=True)
        answers: list[Case] = json.loads(side.stdout.readline())
        self._free.put(side)
        return answers

    def end(self) -> None:
        """End the processes."""
        for side in self._sides:
            side.communicate()


@pytest.fixture(scope="module")
def oneflow() -> Iterator[OneFlow]:
    """Start real OneFlow."""
    started = OneFlow(os.cpu_count() or 1)
    yield started
    started.end()


def compared(page: Page, oneflow: OneFlow, cases: list[Case]) -> Iterator[tuple[Case, Case, Case]]:
    """Yield every case, what OneFlow makes of it, and what the engine does; the page computes while OneFlow does."""
    batches = [cases[start : start + BATCH] for start in range(0, len(cases), BATCH)]
    for batch, real in zip(batches, oneflow.answers(batches), strict=True):
        yield from zip(batch, real, json.loads(page.evaluate(TRACE, batch)), strict=True)


def differs(case: Case, real: Case, engine: Case) -> str | None:
    """Return in what the engine differs from OneFlow, if it does."""
    lrs, verdict = expected(real)
    said = [re.sub("becomes .*, ", "becomes ", error["message"]) for error in engine["errors"]]
    if said != verdict:
        return f"OneFlow: {verdict}, engine: {said}"
    drawn = [float(lr) for lr in engine["curves"][0]] if engine["curves"] else []
    if len(drawn) != len(lrs):
        return f"OneFlow has {len(lrs)} learning rates, the engine {len(drawn)}"
    allowed = RELATIVE_OF_ARITHMETIC if case.get("exact") else RELATIVE
    steps = (step for step, pair in enumerate(zip(lrs, drawn, strict=True)) if apart(*pair) > allowed)
    step = next(steps, None)
    return None if step is None else f"at step {step} OneFlow has {lrs[step]!r}, the engine {drawn[step]!r}"


def expected(real: Case) -> tuple[list[float], list[str]]:
    """Return the learning rates and the messages that the engine should have."""
    lrs = real["lrs"]
    for step, lr in enumerate(lrs):
        if isinstance(lr, str):  # the name of a type
            return lrs[:step], [f"the learning rate becomes {'a complex number' if lr == 'complex' else 'no number'}"]
    return lrs, [] if real["error"] is None else [re.sub(" at 0x[0-9a-f]+", "", real["error"])]


def apart(real: float, drawn: float) -> float:
    """Return the relative difference."""
    if real == drawn or (math.isnan(real) and math.isnan(drawn)):
        return 0.0
    return abs(real - drawn) / abs(real) if real and math.isfinite(real) else math.inf


def mismatches(page: Page, oneflow: OneFlow, cases: list[Case]) -> list[str]:
    """Return every case in which the two differ, with the difference."""
    found = ((case, differs(case, real, engine)) for case, real, engine in compared(page, oneflow, cases))
    return [f"{case['code']}, lr={case['lr']!r}: {difference}" for case, difference in found if difference is not None]


def test_every_valid_schedule_is_drawn_as_oneflow_steps_it(page: Page, oneflow: OneFlow) -> None:
    cases = list(expressions.schedules(1, SCHEDULES))
    assert not mismatches(page, oneflow, cases)
    assert sum(code["code"].count("optimizer") > 1 for code in cases) > SCHEDULES / 5  # nested ones


def test_python_lambdas_are_drawn_as_python_computes_them(page: Page, oneflow: OneFlow) -> None:
    assert not mismatches(page, oneflow, list(expressions.lambdas(2, LAMBDAS)))


def test_wrong_and_odd_arguments_get_the_verdict_that_oneflow_gives(page: Page, oneflow: OneFlow) -> None:
    assert not mismatches(page, oneflow, list(expressions.wrong(3, WRONG)))


def test_restarts_come_at_the_steps_at_which_oneflow_restarts(page: Page, oneflow: OneFlow) -> None:
    # Every restart below the steps that a float holds, T_mult from 2 to 50: the two steps before it, its own and the next.
    starts = [
        (first, mult, first * (mult**k - 1) // (mult - 1))
        for first in (1, 7)
        for mult in range(2, 51)
        for k in range(2, 50)
    ]
    cases = [
        {
            "code": f"SequentialLR(optimizer, [CosineAnnealingWarmRestarts(optimizer, {first}, {mult})], [], last_step={start - 3})",
            "lr": 1.0,
            "steps": 4,
        }
        for first, mult, start in starts
        if 3 <= start < 2**50
    ]
    assert len(cases) > 1000
    assert not mismatches(page, oneflow, cases)


def test_ten_thousand_steps_are_as_right_as_a_hundred(page: Page, oneflow: OneFlow) -> None:
    rng = random.Random(4)
    stretched = [drawn(name, rng, 100) for name in register.entries() if name != "reduce_lr_on_plateau"]
    assert not mismatches(page, oneflow, [{"code": one.code(), "lr": 0.1, "steps": 10_000} for one in stretched])
