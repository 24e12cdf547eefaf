"""What the built pages hold, read without a browser."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup


@cache
def soup(path: Path) -> BeautifulSoup:
    """Return what a page holds; it is parsed once for all tests, so none may change it."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
