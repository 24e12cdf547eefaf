"""Small real builds whose place is known: what other sites show of a page."""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib.image
import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from lrdoc import recipes, register
from lrdoc.figure import card

PAGES = {
    "index": "# Home\n\nAll of them.\n",
    "reference/step_lr": "# `StepLR` &lt;here\n\nIt goes down & down.\nThen it stays.\n",
}


def build(root: Path, url: str) -> Path:
    docs = root / "docs"
    for name, text in PAGES.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / f"{name}.md").write_text(f"---\norphan: true\n---\n{text}", encoding="utf-8")
    names = ("languages", "sharing")
    config = {
        "extensions": ["myst_parser", *(f"lrdoc.sphinxext.site.{name}" for name in names)],
        "html_theme": "furo",
        "language": "en",
        "lrdoc_site_url": url,
    }
    with patch_docutils(), docutils_namespace():
        Sphinx(docs, None, root / "en", root / "doctrees", "html", config, io.StringIO(), io.StringIO()).build()
    return root / "en"


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("sharing"), "https://example.org/docs/")


def tags(page: Path) -> dict[str, str]:
    found = BeautifulSoup(page.read_text("utf-8"), "html.parser").select('meta[property^="og:"]')
    return {str(tag["property"]): str(tag["content"]) for tag in found}


def test_a_page_says_what_it_is_and_shows_its_own_curve(html: Path) -> None:
    found = tags(html / "reference" / "step_lr.html")
    assert found["og:title"] == "StepLR <here"
    assert found["og:description"] == "It goes down & down."
    assert found["og:url"] == "https://example.org/docs/en/reference/step_lr.html"
    assert found["og:image"] == "https://example.org/docs/en/_static/cards/step_lr.png"
    assert found["og:image:alt"] == "StepLR"
    assert found["og:locale"] == "en"


def test_a_page_about_no_single_schedule_shows_the_curve_of_the_home_page(html: Path) -> None:
    assert tags(html / "index.html")["og:image"].endswith("/cards/warmup_cosine.png")


def test_there_is_a_picture_of_each_scheduler_and_recipe_in_the_size_that_pages_say(html: Path) -> None:
    pictures = {path.stem: path for path in (html / "_static" / "cards").iterdir()}
    assert set(pictures) == {*register.entries(), *recipes.REGISTER}
    for path in pictures.values():
        assert matplotlib.image.imread(path).shape[:2] == (card.HEIGHT, card.WIDTH)
    assert len({path.read_bytes() for path in pictures.values()}) == len(pictures)


def test_where_the_place_is_not_known_nothing_is_said_or_drawn(tmp_path: Path) -> None:
    html = build(tmp_path, "")
    assert tags(html / "index.html") == {}
    assert not (html / "_static" / "cards").exists()
