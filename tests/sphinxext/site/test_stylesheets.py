from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from lrdoc.sphinxext.site.stylesheets import PARTS, STYLESHEET, join, linked

PAGE = """<head>
<link rel="stylesheet" type="text/css" href="../_static/pygments.css?v=1" />
<link rel="stylesheet" type="text/css" href="../_static/styles/furo.css?v=2" />
<link rel="stylesheet" type="text/css" href="../_static/explorer.css?v=3" />
<link rel="stylesheet" type="text/css" href="../_static/lrdoc.css?v=4" />
<link rel="icon" href="../_static/favicon.svg">
</head>
"""


def stylesheets(page: str) -> list[str]:
    return [str(link["href"]) for link in BeautifulSoup(page, "html.parser").select("link[rel=stylesheet]")]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder with a page and every part, which says its own name."""
    for part in PARTS:
        (tmp_path / "_static" / part).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "_static" / part).write_text(f"/* {part} */ p {{ --of: {part!r}; }}\n", encoding="utf-8")
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "a.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_one_link_stands_first_in_place_of_those_to_the_parts() -> None:
    assert stylesheets(linked(PAGE, "abc")) == ["../_static/site.css?v=abc", "../_static/explorer.css?v=3"]


def test_a_page_of_an_earlier_build_gets_the_version_of_this_one() -> None:
    assert linked(linked(PAGE, "abc"), "def") == linked(PAGE, "def")


@pytest.mark.parametrize(
    "page", ["", '<link rel="stylesheet" href="_static/pygments_css">', "<p>&lt;link href=_static/lrdoc.css&gt;</p>"]
)
def test_a_page_without_such_a_link_stays_as_it_is(page: str) -> None:
    assert linked(page, "abc") == page


def test_the_joint_stylesheet_holds_all_parts_in_their_order(site: Path) -> None:
    join(site)
    css = (site / "_static" / STYLESHEET).read_text(encoding="utf-8")
    assert re.findall(r'"(.*?)"', css) == list(PARTS)
    assert "/*" not in css  # shortened


def test_another_style_is_another_version(site: Path) -> None:
    found = []
    for text in ("a{top:0}", "b{top:0}", "a{top:0}"):
        (site / "_static" / PARTS[-1]).write_text(text, encoding="utf-8")
        join(site)
        found += stylesheets((site / "reference" / "a.html").read_text(encoding="utf-8"))[:1]
    assert found[0] == found[2] != found[1]
