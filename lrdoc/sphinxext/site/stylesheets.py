"""Joins the stylesheets that every page has into one, once the pages are written, and has esbuild shorten it.

A page is drawn when it has all of its stylesheets: on a phone each further file takes longer than what is in it, and what does not fit into the first packets takes a round trip more.
Those that only some pages have, of formulas and explorers, stay files of their own, and come after it.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lrdoc.running import node

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STYLESHEET = "site.css"
PARTS = (
    "pygments.css",
    "styles/furo.css",
    "copybutton.css",
    "inline.css",
    "sg_gallery.css",
    "styles/furo-extensions.css",
    "lrdoc.css",
)
"""In the order in which pages would link them: what comes later prevails."""
ESBUILD = node.PACKAGES / "esbuild" / "bin" / "esbuild"
LATE = 900
"""After furo and ``inline``, which write two of the parts at the end of a build."""
_LINK = re.compile(
    rf'<link\b[^>]* href="([^"]*)_static/(?:{"|".join(map(re.escape, (*PARTS, STYLESHEET)))})(?:\?[^"]*)?"[^>]*>\s*'
)


def linked(page: str, version: str) -> str:
    """Return a page with one link in place of those to the parts, or of that to an earlier version."""
    first = _LINK.search(page)
    if first is None:
        return page
    link = f'<link rel="stylesheet" type="text/css" href="{first[1]}_static/{STYLESHEET}?v={version}">\n'
    return page[: first.start()] + link + _LINK.sub("", page[first.start() :])


def join(site: Path) -> None:
    """Write the joint stylesheet of the folder ``site``, and link it from all pages below.

    Pages that this build left alone get its version too: what the browser has kept of an earlier one is not asked for again.
    Raises ``NodeError`` where esbuild is missing or fails.
    """
    static = site / "_static"
    css = "\n".join((static / part).read_text(encoding="utf-8") for part in PARTS)
    css = node.run(ESBUILD, "--minify", "--loader=css", "--charset=utf8", given=css)
    (static / STYLESHEET).write_text(css, encoding="utf-8")
    version = hashlib.sha256(css.encode()).hexdigest()[:8]
    for path in sorted(site.rglob("*.html")):
        before = path.read_text(encoding="utf-8")
        after = linked(before, version)
        if after != before:
            path.write_text(after, encoding="utf-8")


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Join the stylesheets once all pages and parts are written."""
    if exception is None and app.builder.format == "html":
        join(Path(app.outdir))


def setup(app: Sphinx) -> dict[str, Any]:
    """Join at the very end of a build."""
    app.connect("build-finished", finish, priority=LATE)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
