"""What tracing costs beside the bare loop of ``scheduler.step()``, as a ratio within one run; at most 1.2 is promised, however many param groups the optimizer has.

The two run in turn, many times, and the shortest run of each counts: what other programs do to the processor's caches only lengthens a run.
What counts of a run is the processor time of its thread, not the time of day.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from lrdoc import register, trace
from lrdoc.describe.schedule import Schedule

STEPS, ROUNDS, PROMISED = 5_000, 40, 1.2
GROUPS = (1, 2, 4)


def bare(scheduler: Any) -> None:
    """Step as often as a trace of ``STEPS`` rows does."""
    step = scheduler.step
    for _ in range(STEPS - 1):
        step()


def seconds(run: Callable[[], object]) -> float:
    """Return the processor time that one run takes."""
    begun = time.thread_time()
    run()
    return time.thread_time() - begun


def ratio(name: str, groups: int) -> float:
    """Return the cost of tracing the first preset of a scheduler on that many param groups, relative to stepping it."""
    found = register.get(name)
    preset = found.presets[0]
    schedule = Schedule(found, preset.arguments)
    loops, traces = [], []
    for _ in range(ROUNDS):
        first, second = (schedule.build(trace.sgd(*[preset.base_lr] * groups)) for _ in range(2))
        loops.append(seconds(lambda scheduler=first: bare(scheduler)))
        traces.append(seconds(lambda scheduler=second: trace.eager(scheduler, STEPS)))
    return min(traces) / min(loops)


def main() -> None:
    """Print the ratio of every scheduler that steps without a metric; end with an error above the promise."""
    names = [name for name, found in register.entries().items() if found.presets[0].metrics is None]
    ratios = {(name, groups): ratio(name, groups) for name in names for groups in GROUPS}
    for (name, groups), value in ratios.items():
        print(f"{name:32} {groups} param group(s)  {value:.2f} × the bare loop")
    if max(ratios.values()) > PROMISED:
        sys.exit(f"tracing costs more than {PROMISED} times the bare loop")


if __name__ == "__main__":
    main()
