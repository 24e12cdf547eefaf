"""The Sphinx extension of the site: ``directives`` are what pages call, ``site`` is what makes a site of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PARTS = (
    "figure_image",
    "links",
    "placeholders",
    "directives.call",
    "directives.checks",
    "directives.console",
    "directives.docstring",
    "directives.edges",
    "directives.explorer",
    "directives.fact",
    "directives.figure",
    "directives.fold",
    "directives.formula",
    "directives.install",
    "directives.limit",
    "directives.nestings",
    "directives.options",
    "directives.parameters",
    "directives.pictures",
    "directives.pytorch_classes",
    "directives.recipe",
    "directives.records",
    "directives.run",
    "directives.sentence",
    "directives.tally",
    "directives.thumbnails",
    "directives.traps",
    "directives.values",
    "site.bundle",
    "site.comments",
    "site.downloads",
    "site.fallback",
    "site.freshness",
    "site.gallery",
    "site.icon",
    "site.inline",
    "site.languages",
    "site.math",
    "site.navigation",
    "site.pictures",
    "site.policy",
    "site.repository",
    "site.search",
    "site.sharing",
    "site.standalone",
    "site.stylesheets",
    "site.terms",
    "site.thumbnails",
    "site.twins",
)
"""The modules that have a setup() of their own."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up every part."""
    for part in PARTS:
        app.setup_extension(f"{__name__}.{part}")
    return {"parallel_read_safe": False, "parallel_write_safe": False}
