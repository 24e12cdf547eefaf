"""An earlier OneFlow, as the pages compare with it: the examples of every scheduler, and the calls beside ``:earlier:``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from lrdoc.checks.record import Run, Source, attempt, main
from lrdoc.describe import entry
from lrdoc.describe.schedule import Schedule

_COMPARED = re.compile(r"^:earlier: (.+)$", re.MULTILINE)


def calls(page: Path) -> list[str]:
    """Return the constructor calls of a page: those that its scheduler's examples make, and those that it shows itself, sorted."""
    shown = _COMPARED.findall(page.read_text(encoding="utf-8"))
    return sorted({*shown, *(examples(page.stem) if page.stem in entry.entries() else [])})


def examples(name: str) -> list[str]:
    """Return the constructor calls of a scheduler's presets, and of its first preset with each value of its sweeps."""
    found = entry.get(name)
    start = found.presets[0].schedule.arguments
    varied = [{**start, key: value} for key, values in found.sweeps.items() for value in values]
    schedules = [*(preset.schedule for preset in found.presets), *(Schedule(name, arguments) for arguments in varied)]
    return list(dict.fromkeys(schedule.code() for schedule in schedules))


EARLIER = Source("earlier", "oneflow", 100, calls)


def runs(name: str) -> dict[str, Run]:
    """Return, by call, what a scheduler's examples come to in the installed OneFlow."""
    return {call: attempt(EARLIER.package, call, EARLIER.steps) for call in examples(name)}


if __name__ == "__main__":
    main(EARLIER, sys.argv)
