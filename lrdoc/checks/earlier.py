"""An earlier OneFlow, as the pages compare with it: the examples of every scheduler, and the calls beside ``:earlier:``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from lrdoc import register
from lrdoc.checks.record import Source, main
from lrdoc.describe.schedule import Schedule

_COMPARED = re.compile(r"^:earlier: (.+)$", re.MULTILINE)


def calls(page: Path) -> list[str]:
    """Return the constructor calls of a page: those that its scheduler's examples make, and those that it shows itself, sorted."""
    shown = _COMPARED.findall(page.read_text(encoding="utf-8"))
    return sorted({*shown, *(examples(page.stem) if page.stem in register.entries() else [])})


def examples(name: str) -> list[str]:
    """Return the constructor calls of a scheduler's presets, and of its first preset with each value of its sweeps."""
    found = register.get(name)
    start = found.presets[0].arguments
    varied = [{**start, key: value} for key, values in found.sweeps.items() for value in values]
    given = [*(preset.arguments for preset in found.presets), *varied]
    return list(dict.fromkeys(Schedule(found, arguments).code() for arguments in given))


EARLIER = Source("earlier", "oneflow", 100, calls)


if __name__ == "__main__":
    main(EARLIER, sys.argv)
