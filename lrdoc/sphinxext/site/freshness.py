"""Run gallery scripts again when what they run on has changed, and drop the pages of scripts that are gone.

sphinx-gallery compares a script with its own last version only; another OneFlow, or another way to trace or draw, changes its figures all the same.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from lrdoc.figure import svg
from lrdoc.running.provenance import digest

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STAMPS = ".origins.json"


def origin(script: Path) -> str:
    """Return a digest of everything that determines a script's figures: its code, the modules that it imports, the style, OneFlow and Python."""
    code, style = script.read_text(encoding="utf-8"), svg.STYLE.read_text(encoding="utf-8")
    return digest(f"{code}\n{style!r}", "lrdoc.sphinxext.site.scraper")


def refresh(scripts: Path, pages: Path) -> None:
    """Remove from the folder ``pages`` what sphinx-gallery made of scripts that are gone, and its digests of scripts whose ``origin`` has changed, so that it runs them again."""
    for page in pages.glob("plot_*.py"):
        if not (scripts / page.name).exists():
            for left in pages.glob(f"{page.stem}.*"):
                left.unlink()
    stamps = pages / STAMPS
    before = json.loads(stamps.read_text(encoding="utf-8")) if stamps.exists() else {}
    now = {script.name: origin(script) for script in sorted(scripts.glob("plot_*.py"))}
    for name in now:
        if before.get(name) != now[name]:
            (pages / f"{name}.md5").unlink(missing_ok=True)
    pages.mkdir(exist_ok=True)
    stamps.write_text(json.dumps(now), encoding="utf-8")


def _refresh_all(app: Sphinx) -> None:
    conf, docs = app.config.sphinx_gallery_conf, Path(app.srcdir)
    for scripts, pages in zip(conf["examples_dirs"], conf["gallery_dirs"], strict=True):
        refresh(docs / scripts, docs / pages)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _refresh_all, priority=100)  # before sphinx-gallery runs the scripts
