"""The sources of records: PyTorch, and an earlier OneFlow; which calls of a page are recorded of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from lrdoc import register
from lrdoc.checks.records import Source
from lrdoc.describe.schedule import Schedule

_PYTORCH = re.compile(r"^:torch: (.+)$", re.MULTILINE)
_EARLIER = re.compile(r"^:earlier: (.+)$", re.MULTILINE)


def pytorch_calls(page: Path) -> list[str]:
    """Return the constructor calls of PyTorch that a page shows, sorted."""
    return sorted(set(_PYTORCH.findall(page.read_text(encoding="utf-8"))))


def earlier_calls(page: Path) -> list[str]:
    """Return the constructor calls of OneFlow of a page: those that its scheduler's examples make, and those that it shows itself, sorted."""
    shown = _EARLIER.findall(page.read_text(encoding="utf-8"))
    return sorted({*shown, *(examples(page.stem) if page.stem in register.entries() else [])})


def examples(name: str) -> list[str]:
    """Return the constructor calls of a scheduler's presets, and of its first preset with each value of its sweeps."""
    found = register.get(name)
    start = found.presets[0].arguments
    varied = [{**start, key: value} for key, values in found.sweeps.items() for value in values]
    given = [*(preset.arguments for preset in found.presets), *varied]
    return list(dict.fromkeys(Schedule(found, arguments).code() for arguments in given))


PYTORCH = Source("pytorch", "torch", 40, pytorch_calls)
EARLIER = Source("earlier", "oneflow", 100, earlier_calls)
SOURCES: Mapping[str, Source] = {source.name: source for source in (PYTORCH, EARLIER)}
