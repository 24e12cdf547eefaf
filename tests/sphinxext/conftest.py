"""A minimal real Sphinx build of one MyST page, for the tests of the directives."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.locale import translators
from sphinx.util.docutils import docutils_namespace, patch_docutils

from lrdoc.translation import catalogs

EXTENSIONS = [
    "myst_parser",
    "lrdoc.sphinxext.figure_image",
    "lrdoc.sphinxext.links",
    "lrdoc.sphinxext.placeholders",
    "lrdoc.sphinxext.site.repository",
    *(
        f"lrdoc.sphinxext.directives.{name}"
        for name in (
            "call",
            "fold",
            "limit",
            "run",
            "sentence",
            "console",
            "values",
            "edges",
            "formula",
            "fact",
            "options",
            "parameters",
            "pytorch_classes",
            "checks",
            "docstring",
            "install",
            "nestings",
            "recipe",
            "records",
            "tally",
            "thumbnails",
            "traps",
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


@pytest.fixture(autouse=True)
def _as_outside_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let builds tell of a missing record in passing, wherever the tests run: the pages of tests have none."""
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of all builds, which share a cache of what was run."""
    return tmp_path_factory.mktemp("builds")


@pytest.fixture
def run_sphinx(tmp_path: Path, builds: Path) -> Callable[..., tuple[Path, str, str]]:
    """Return a function that builds a page from its MyST source, beside other pages by name; it returns the folder of the output, the warnings, and what the build told besides."""

    def run_sphinx(
        source: str, builder: str, pages: Mapping[str, str] | None = None, **settings: object
    ) -> tuple[Path, str, str]:
        docs, out = tmp_path / "docs", builds / tmp_path.name / builder
        others = {name: f"---\norphan: true\n---\n{text}\n" for name, text in (pages or {}).items()}
        for name, text in {**others, "index": f"# A page\n\n{source}\n"}.items():
            (docs / name).parent.mkdir(parents=True, exist_ok=True)
            (docs / f"{name}.md").write_text(text, encoding="utf-8")
        warnings, told = io.StringIO(), io.StringIO()
        config = {"extensions": EXTENSIONS, "html_theme": "basic", "myst_enable_extensions": ["deflist"], **settings}
        with patch_docutils(), docutils_namespace():
            Sphinx(docs, None, out, tmp_path / f"doctrees-{builder}", builder, config, told, warnings).build()
        return out, warnings.getvalue(), told.getvalue()

    return run_sphinx


@pytest.fixture
def build(run_sphinx: Callable[..., tuple[Path, str, str]]) -> Callable[..., Page]:
    """Return a function that builds a page from its MyST source."""

    def build(source: str, **settings: object) -> Page:
        out, warnings, told = run_sphinx(source, "html", **settings)
        return Page(BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser"), warnings, told)

    return build


@pytest.fixture
def messages(run_sphinx: Callable[..., tuple[Path, str, str]]) -> Callable[..., list[str]]:
    """Return a function that returns what a page, from its MyST source, has for translators, without its title."""

    def messages(source: str, **settings: object) -> list[str]:
        out, _warnings, _told = run_sphinx(source, "gettext", **settings)
        found = [str(message.id) for message in catalogs.translatable(catalogs.read(out / "index.pot"))]
        return found[1:]

    return messages
