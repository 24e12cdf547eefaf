"""The policy itself, and a small real build with the site's templates."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from lrdoc.sphinxext.site.policy import DIRECTIVES, POLICY

TEMPLATES = Path(__file__).parents[3] / "docs" / "_templates"


def build(root: Path, policy: str = POLICY) -> Path:
    """Build a site of two pages with the site's templates; return its folder."""
    docs = root / "docs"
    docs.mkdir(exist_ok=True)
    for name in ("index", "other"):
        if not (docs / f"{name}.rst").exists():
            (docs / f"{name}.rst").write_text(f":orphan:\n\n{name}\n=====\n", "utf-8")
    config = {
        "extensions": ["lrdoc.sphinxext.site.policy"],
        "html_theme": "furo",
        "language": "zh_CN",  # Sphinx has a translation for its scripts
        "templates_path": [str(TEMPLATES)],
        "html_additional_pages": {"search": "search.html"},
        "html_context": {"own_language": {"folder": "zh"}},  # which lrdoc.sphinxext.site.languages gives to templates
        "lrdoc_policy": policy,
    }
    with patch_docutils(), docutils_namespace():
        Sphinx(docs, None, root / "html", root / "doctrees", "html", config, io.StringIO(), io.StringIO()).build()
    return root / "html"


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("policy"))


def soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text("utf-8"), "html.parser")


def test_nothing_is_granted_but_the_sites_own_files() -> None:
    granted = {source for sources in DIRECTIVES.values() for source in sources.split()}
    assert granted == {"'none'", "'self'", "data:", "file:"}
    assert DIRECTIVES["default-src"] == DIRECTIVES["base-uri"] == "'none'"
    assert [name for name, sources in DIRECTIVES.items() if "data:" in sources] == ["img-src"]
    assert [name for name, sources in DIRECTIVES.items() if "file:" in sources] == ["form-action"]


def test_every_kind_of_page_carries_the_policy_first_of_all(html: Path) -> None:
    for name in ("index", "other", "search"):
        first = soup(html / f"{name}.html").select_one("head > *")
        assert first is not None
        assert first.attrs == {"http-equiv": "Content-Security-Policy", "content": POLICY}


def test_pages_load_no_script_that_is_run_as_text_or_that_nothing_uses(html: Path) -> None:
    loaded = {Path(str(script["src"]).partition("?")[0]).name for script in soup(html / "index.html").select("script")}
    assert loaded == {"theme.js", "documentation_options.js", "doctools.js", "furo.js"}


def test_another_policy_has_every_page_written_anew(tmp_path: Path) -> None:
    page = build(tmp_path) / "other.html"
    page.write_text("old", "utf-8")
    build(tmp_path)
    assert page.read_text("utf-8") == "old"
    build(tmp_path, policy="default-src 'self'")
    assert page.read_text("utf-8") != "old"
