"""PyTorch, as the pages compare with it: the calls beside ``:torch:``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from lrdoc.checks.record import Source, main

_COMPARED = re.compile(r"^:torch: (.+)$", re.MULTILINE)


def calls(page: Path) -> list[str]:
    """Return the PyTorch constructor calls that a page compares, sorted."""
    return sorted(set(_COMPARED.findall(page.read_text(encoding="utf-8"))))


PYTORCH = Source("pytorch", "torch", 40, calls)

if __name__ == "__main__":
    main(PYTORCH, sys.argv)
