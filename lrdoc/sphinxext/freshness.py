"""Run gallery scripts again when what they run on has changed, and drop the pages of scripts that are gone.

sphinx-gallery compares a script with its own last version only; another OneFlow, or another way to trace or draw, changes its figures all the same.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from lrdoc import svg, worker

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STAMP = ".made-with"


def digest() -> str:
    """Return what identifies everything that figures come from, the scripts themselves apart."""
    drawn_by = (svg.STYLE, Path(__file__).with_name("scraper.py"))
    return hashlib.sha256(worker.digest().encode() + b"".join(path.read_bytes() for path in drawn_by)).hexdigest()


def refresh(scripts: Path, pages: Path, current: str) -> None:
    """Make sphinx-gallery forget, in the folder ``pages``, what was made with anything but ``current``, or from scripts that are gone."""
    for page in pages.glob("plot_*.py"):
        if not (scripts / page.name).exists():
            for left in pages.glob(f"{page.stem}.*"):
                left.unlink()
    stamp = pages / STAMP
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != current:
        for known in pages.glob("*.md5"):
            known.unlink()
        pages.mkdir(exist_ok=True)
        stamp.write_text(current, encoding="utf-8")


def _refresh_all(app: Sphinx) -> None:
    conf, docs = app.config.sphinx_gallery_conf, Path(app.srcdir)
    for scripts, pages in zip(conf["examples_dirs"], conf["gallery_dirs"], strict=True):
        refresh(docs / scripts, docs / pages, digest())


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _refresh_all, priority=100)  # before sphinx-gallery runs the scripts
