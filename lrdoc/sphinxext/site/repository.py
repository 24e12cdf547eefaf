"""Where the sources of the site, and of each page, can be seen and edited."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

EDIT = "edit/main"
"""What GitHub puts between a repository's address and a file that is to be edited."""


def link(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Tell the template where the repository is, and the page's source in it; nothing where ``lrdoc_repository_url`` is not set."""
    repository = app.config.lrdoc_repository_url.rstrip("/")
    context["repository_url"] = repository
    source = _source(Path(app.confdir).parent, page, app.config.language)
    context["edit_url"] = f"{repository}/{EDIT}/{source}" if repository and source else ""


def _source(root: Path, page: str, language: str) -> str | None:
    """Return the file, below ``root``, that the words of a page are written in: in another language its catalog, of the gallery the script."""
    catalog = f"docs/locale/{language}/LC_MESSAGES/{page}.po"
    script = f"{page}.py" if page.startswith("gallery/") else f"docs/{page}.md"
    found = (name for name in (catalog, script) if (root / name).is_file())
    return next(found, None)


def setup(app: Sphinx) -> None:
    app.add_config_value("lrdoc_repository_url", "", "html")
    app.connect("html-page-context", link)
