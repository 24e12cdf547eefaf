"""The Sphinx extension of the site: one module per part, each with a setup() of its own."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up every module of this package that is an extension."""
    for module in sorted(iter_modules(__path__, f"{__name__}."), key=lambda module: module.name):
        if hasattr(import_module(module.name), "setup"):
            app.setup_extension(module.name)
    return {"parallel_read_safe": False, "parallel_write_safe": False}
