"""A minimal real Sphinx build of one MyST page, for the tests of the directives."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.locale import translators
from sphinx.util.docutils import docutils_namespace, patch_docutils

EXTENSIONS = [
    "myst_parser",
    "lrdoc.sphinxext.placeholders",
    *(
        f"lrdoc.sphinxext.directives.{name}"
        for name in (
            "run",
            "console",
            "values",
            "edges",
            "formula",
            "fact",
            "parameters",
            "checks",
            "docstring",
            "nestings",
            "records",
            "tally",
            "thumbnails",
        )
    ),
]


@dataclass(frozen=True)
class Page:
    """A built page, the warnings that it caused, and what the build told besides."""

    soup: BeautifulSoup
    warnings: str
    told: str

    @property
    def text(self) -> str:
        """Everything that a reader sees, on one line."""
        return " ".join(self.soup.select_one("div.body").get_text().split())  # type: ignore[union-attr]

    def table(self) -> list[list[str]]:
        """The cells of the page's only table."""
        (table,) = self.soup.select("table")
        return [[" ".join(cell.get_text().split()) for cell in row.select("th, td")] for row in table.select("tr")]


@pytest.fixture(autouse=True)
def _no_language_left() -> Iterator[None]:
    """Forget the catalogs of a build, which Sphinx keeps for the life of the process."""
    yield
    translators.clear()


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of all builds, which share a cache of what was run."""
    return tmp_path_factory.mktemp("builds")


@pytest.fixture
def build(tmp_path: Path, builds: Path) -> Callable[..., Page]:
    """Return a function that builds a page from its MyST source."""

    def build(source: str, **settings: object) -> Page:
        docs, out = tmp_path / "docs", builds / tmp_path.name / "en"
        docs.mkdir(exist_ok=True)
        (docs / "index.md").write_text(f"# A page\n\n{source}\n", encoding="utf-8")
        warnings, told = io.StringIO(), io.StringIO()
        config = {"extensions": EXTENSIONS, "html_theme": "basic", "myst_enable_extensions": ["deflist"], **settings}
        with patch_docutils(), docutils_namespace():
            app = Sphinx(docs, None, out, tmp_path / "doctrees", "html", config, told, warnings)
            app.build()
        html = (out / "index.html").read_text(encoding="utf-8")
        return Page(BeautifulSoup(html, "html.parser"), warnings.getvalue(), told.getvalue())

    return build
