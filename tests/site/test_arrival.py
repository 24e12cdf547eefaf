"""A page that arrives in pieces, as over a slow connection, shows nothing that moves when the next piece comes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.site.browsing import LAPTOP, PHONE, opened
from tests.site.exploring import moved
from tests.site.serving import Handler, served

PAUSE = 0.02
"""Seconds between two pieces: a frame, so that the browser can show what it has."""
FINE, COARSE = 4, 60
"""Tags in a piece, before the first section and after it."""


def pieces(html: str) -> Iterator[str]:
    """Cut a page at tags: finely up to its first section, as its live figure stands above that."""
    head, body = html.split("<body", 1)
    top, rest = body.split("<h2", 1)
    yield head
    for part, size in (("<body" + top, FINE), ("<h2" + rest, COARSE)):
        tags = re.split(r"(?=<[a-z])", part)
        yield from ("".join(tags[at : at + size]) for at in range(0, len(tags), size))


class _Slow(Handler):
    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a page in pieces, and any other file at once."""
        if not self.path.endswith(".html"):
            super().copyfile(source, outputfile)
            return
        for piece in pieces(source.read().decode()):
            outputfile.write(piece.encode())
            time.sleep(PAUSE)


@pytest.fixture(scope="module")
def slow(site: Path) -> Iterator[str]:
    """Serve the site with pages in pieces; return its address."""
    with served(site, _Slow) as address:
        yield address


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize(
    "page_name", ["en/index", "zh/playground", "zh/recipes/one_cycle", "zh/recipes/libai", "en/reference/warmup_lr"]
)
def test_nothing_moves_while_a_page_arrives(browser: Browser, slow: str, page_name: str, size: ViewportSize) -> None:
    with opened(browser, size) as (page, _):
        assert moved(page, f"{slow}/{page_name}.html") == []
