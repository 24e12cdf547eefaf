"""The Content-Security-Policy of every page: which files it may load, and from where.

It stands in a ``meta`` element, as the site is a folder of files that any server hands out, or none.
The same policy serves pages opened from a folder: there Chromium, Firefox and WebKit take all files for ``'self'``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DIRECTIVES = {
    # Connections, frames, workers, media, plugins and whatever else has no line of its own: the site uses none.
    "default-src": "'none'",
    # The files in _static. Neither a script in the page nor a text that is run as one.
    "script-src": "'self'",
    # The files in _static. Styles that scripts set one by one, and the sheets that the editor adopts, need no source.
    "style-src": "'self'",
    # The figures; furo's icons and the editor's underlines are data: addresses in stylesheets.
    "img-src": "'self' data:",
    # KaTeX's fonts.
    "font-src": "'self'",
    # The search. Firefox does not take a folder's files for 'self' here; a page from a server can't submit to file: anyhow.
    "form-action": "'self' file:",
    # No page has a base element; an injected one would turn every relative address to another host.
    "base-uri": "'none'",
}
"""What each kind of thing may be loaded from; the last two do not fall back to ``default-src``."""

POLICY = "; ".join(f"{directive} {sources}" for directive, sources in DIRECTIVES.items())
META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
"""The element, which governs what comes after it: templates put it first in ``head``."""


def offer(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Give the element to the template of a page."""
    context["content_security_policy"] = META


def setup(app: Sphinx) -> None:
    app.add_config_value("lrdoc_policy", POLICY, "html")  # another policy has every page written anew
    app.connect("html-page-context", offer)
