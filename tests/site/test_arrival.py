"""A page that arrives in pieces, as over a slow connection, shows nothing that moves when the next piece comes."""

from __future__ import annotations

import functools
import http.server
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.site.browsing import LAPTOP, PHONE, opened
from tests.site.exploring import SHIFTS

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


class _Slow(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Keep the test's output to what the test says."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.suffix != ".html":
            super().do_GET()
            return
        self.send_response(http.HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        for piece in pieces(path.read_text(encoding="utf-8")):
            self.wfile.write(piece.encode())
            time.sleep(PAUSE)


@pytest.fixture(scope="module")
def slow(site: Path) -> Iterator[str]:
    """Serve the site with pages in pieces; return its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Slow, directory=site)) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize(
    "page_name", ["en/index", "zh/playground", "zh/recipes/one_cycle", "zh/recipes/libai", "en/reference/warmup_lr"]
)
def test_nothing_moves_while_a_page_arrives(browser: Browser, slow: str, page_name: str, size: dict[str, int]) -> None:
    with opened(browser, size) as (page, _):
        page.add_init_script(f"({SHIFTS})()")
        page.goto(f"{slow}/{page_name}.html")
        page.locator(".lr-explorer canvas").first.wait_for()
        page.evaluate("new Promise(done => setTimeout(done, 100))")  # what has been shown is reported
        assert page.evaluate("window.lrShifts") == []
