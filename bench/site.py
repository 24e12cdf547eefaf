"""Where the time of building the site goes, environment ready; and what the second language and a rebuild cost.

Builds the checkout's pages into a temporary folder: all of it in English, then in Chinese, then in English again with nothing changed and with one page edited.
Only the first may run examples or code of pages: a later build that does ends with an error.
"""

from __future__ import annotations

import multiprocessing
import shutil
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).parents[1]
LANGUAGES = {"en": "en", "zh": "zh_CN"}


def build(root: Path, folder: str = "en") -> dict[str, float]:
    """Build the site in one language; return the seconds that each stage took."""
    docs = root / "docs"
    begun = time.perf_counter()
    import_module("oneflow")
    started = time.perf_counter()
    seconds = {"import OneFlow": started - begun}
    app = Sphinx(
        docs,
        docs,
        root / "_build" / "html" / folder,
        root / "_build" / "doctrees" / folder,
        "html",
        {"language": LANGUAGES[folder]},
        status=None,
        warning=sys.stderr,
    )
    # The examples run while the application is made, before an event of ours could be heard.
    seconds["examples"] = time.perf_counter() - started
    read: list[float] = []
    app.connect("env-check-consistency", lambda *_: read.append(time.perf_counter()))
    before = time.perf_counter()
    app.build()
    after = time.perf_counter()
    between = read[0] if read else before
    return seconds | {"read": between - before, "write": after - between, "whole": after - begun}


def build_apart(root: Path, folder: str = "en") -> dict[str, float]:
    """Build in a new process, as a user does: Sphinx leaves its extensions registered in the old one."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(build, (root, folder))


def runs(root: Path) -> set[tuple[str, int]]:
    """Return what examples and code of pages left below ``root``, figures and outcomes, with the time it was written."""
    left = [*(root / "docs" / "gallery" / "images").glob("*.svg"), *(root / "_build" / "cache").iterdir()]
    return {(path.name, path.stat().st_mtime_ns) for path in left}


def report(name: str, seconds: dict[str, float]) -> None:
    """Print one line of the table."""
    print(f"{name:20}" + "".join(f"{stage}: {value:6.2f} s   " for stage, value in seconds.items()))


def main() -> None:
    """Build, build the second language, rebuild, edit a page and rebuild."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        ignored = shutil.ignore_patterns("_build", "__pycache__")
        shutil.copytree(ROOT / "docs", root / "docs", ignore=lambda at, names: {*ignored(at, names), *_generated(at)})
        shutil.copytree(ROOT / "gallery", root / "gallery", ignore=ignored)
        (root / "node_modules").symlink_to(ROOT / "node_modules")
        report("all of it, English", build_apart(root))
        before = runs(root)
        report("the second language", build_apart(root, "zh"))
        report("nothing changed", build_apart(root))
        page = root / "docs" / "reference" / "step_lr.md"
        page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
        report("one page edited", build_apart(root))
        if runs(root) != before:
            sys.exit("a later build ran examples or code that had not changed")


def _generated(folder: str) -> set[str]:
    return {"gallery"} if Path(folder) == ROOT / "docs" else set()


if __name__ == "__main__":
    main()
