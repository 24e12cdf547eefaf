"""Puts the explorer's bundled scripts on the site."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from lrdoc.explorer.bundle import bundle, size

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LOGGER = logging.getLogger(__name__)


def put_on_site(app: Sphinx) -> None:
    """Copy the scripts and the licenses to the site's static files."""
    if app.builder.format != "html":
        return
    root = Path(app.confdir).parent
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    for path in sorted(bundle(root / "node_modules", root / ".cache" / "explorer").iterdir()):
        shutil.copy(path, static)
        LOGGER.info("%s: %s", path.name, size(path))


def setup(app: Sphinx) -> dict[str, Any]:
    """Bundle before pages are written."""
    app.connect("builder-inited", put_on_site)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
