"""Small real builds in Chinese in which a translation is missing: each kind of text is named, with its catalog, in a warning."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.locale import translators
from sphinx.util.docutils import docutils_namespace, patch_docutils

from lrdoc.figure import svg, sweep
from lrdoc.figure.training import Course, courses

TITLE, COPYRIGHT = "OneFlow learning-rate schedulers", "2026, the lrdoc authors"
SITE = {TITLE: "学习率调度器", COPYRIGHT: "2026，lrdoc 的作者"}
PAGE = {"A page": "一页", "It falls.": "它下降。", "More of it": "更多"}
SOURCE = """# A page

It falls.

```{lr-figure} /a.svg
```

```{toctree}
:caption: More of it

more
```
"""
ALT = "{panels} panels that stay at 0.1, with a=1 and with a=2."
FIGURE = {ALT: "{panels}张子图，都保持 0.1。"}
Build = Callable[..., str]


def write(path: Path, messages: dict[str, str]) -> None:
    catalog = Catalog("zh_CN")
    for message, translation in messages.items():
        catalog.add(message, translation)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog)


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Return a function that builds a page with a figure from these catalogs and returns the warnings."""
    docs = tmp_path / "docs"
    messages = docs / "locale" / "zh_CN" / "LC_MESSAGES"
    (docs / "_templates").mkdir(parents=True)
    (docs / "_templates" / "own.html").write_text('{{ _("Search this site") }}', "utf-8")
    (docs / "index.md").write_text(SOURCE, "utf-8")
    (docs / "more.md").write_text("# 更多\n", "utf-8")
    svg.save(sweep({"a=1": [0.1] * 3, "a=2": [0.1] * 3}, alt=ALT), docs / "a.svg")

    def build(catalogs: dict[str, dict[str, str]], *extensions: str, language: str = "zh_CN") -> str:
        for domain, translated in {
            "lrdoc": SITE,
            "figures": FIGURE,
            "index": PAGE,
            "more": {"更多": "更多"},
            **catalogs,
        }.items():
            if translated:
                write(messages / f"{domain}.po", translated)
        config = {
            "extensions": [
                "myst_parser",
                "lrdoc.sphinxext.site.fallback",
                "lrdoc.sphinxext.figure_image",
                "lrdoc.sphinxext.directives.figure",
                *extensions,
            ],
            "locale_dirs": ["locale"],
            "templates_path": ["_templates"],
            "html_additional_pages": {"own": "own.html"},
            "html_theme": "basic",
            "language": language,
        }
        translators.clear()  # as in a process of its own
        warnings = io.StringIO()
        with patch_docutils(), docutils_namespace():
            out = tmp_path / "html" / "zh"
            Sphinx(docs, None, out, tmp_path / "doctrees", "html", config, io.StringIO(), warnings).build()
        return warnings.getvalue()

    return build


# What the theme says and Sphinx 8 brings no Chinese for, besides what our own template says.
THEME = {"Logo of %s": "%s 的标志", "Link to this heading": "到此标题的链接"}
TEMPLATE = {"sphinx": {"Search this site": "搜索本站", **THEME}}


def test_where_all_is_translated_nothing_is_said(build: Build) -> None:
    assert build(TEMPLATE) == ""


def test_the_language_of_the_sources_needs_no_translation(build: Build) -> None:
    nothing: dict[str, dict[str, str]] = {"lrdoc": {}, "figures": {}, "index": {}}
    assert build(nothing, language="en") == ""


@pytest.mark.parametrize(
    ("catalogs", "domain", "message"),
    [
        ({"index": {"A page": "一页", "More of it": "更多"}}, "index", "It falls."),
        ({"index": {"It falls.": "它下降。", "More of it": "更多"}}, "index", "A page"),
        ({"index": {"A page": "一页", "It falls.": "它下降。"}}, "index", "More of it"),
        ({"index": {}}, "index", "It falls."),
        ({"figures": {"Another.": "另一个。"}}, "figures", ALT),
        ({"figures": {}}, "figures", ALT),
        ({"lrdoc": {TITLE: "学习率调度器"}}, "lrdoc", COPYRIGHT),
        ({"sphinx": THEME}, "sphinx", "Search this site"),
        ({"sphinx": {}}, "sphinx", "Link to this heading"),
    ],
)
def test_a_text_without_a_translation_is_named_with_its_catalog(
    build: Build, catalogs: dict[str, dict[str, str]], domain: str, message: str
) -> None:
    assert f"catalog {domain} has no translation of {message!r}" in build({**TEMPLATE, **catalogs})


def test_without_any_catalog_the_texts_of_a_page_are_named(build: Build) -> None:
    none: dict[str, dict[str, str]] = {"lrdoc": {}, "figures": {}, "index": {}, "more": {}}
    warnings = build(none)
    assert all(f"catalog index has no translation of {message!r}" in warnings for message in PAGE)


def test_a_word_of_the_explorer_without_a_translation_is_named(build: Build) -> None:
    warnings = build(TEMPLATE, "lrdoc.sphinxext.directives.explorer")
    assert "catalog lrdoc has no translation of 'this is not Python'" in warnings


def test_a_translation_with_a_placeholder_that_nothing_fills_is_named(build: Build) -> None:
    warnings = build({**TEMPLATE, "figures": {ALT: "{curves}条曲线，都保持 0.1。"}})
    assert "catalog figures: nothing fills {curves}" in warnings


def alts(folder: Path) -> list[str]:
    page = BeautifulSoup((folder / "index.html").read_text("utf-8"), "html.parser")
    return [str(image["alt"]) for image in page.select("img")]


def test_a_count_is_written_in_the_language_of_the_page_and_follows_the_figure(build: Build, tmp_path: Path) -> None:
    html, figure = tmp_path / "html" / "zh", tmp_path / "docs" / "a.svg"
    build(TEMPLATE)
    assert alts(html) == ["两张子图，都保持 0.1。"] * 2
    svg.save(sweep({f"a={number}": [0.1] * 3 for number in (1, 2, 3)}, alt=ALT), figure)
    build(TEMPLATE)
    assert alts(html) == ["三张子图，都保持 0.1。"] * 2
    build(TEMPLATE, language="en")
    assert alts(html) == ["Three panels that stay at 0.1, with a=1 and with a=2."] * 2


def test_an_accuracy_that_was_measured_stands_in_the_translation(build: Build, tmp_path: Path) -> None:
    template = "Learning rate, loss and accuracy; it ends at {warm_restarts}."
    for accuracy, shown in ((0.891, "89.1%"), (0.877, "87.7%")):
        measured = Course(np.full(4, 0.1), np.ones((1, 4)), np.array([[0.5, accuracy]]))
        svg.save(courses({"warm restarts": measured}, alt=template), tmp_path / "docs" / "a.svg")
        assert build({**TEMPLATE, "figures": {template: "最终为 {warm_restarts}。"}}) == ""
        assert alts(tmp_path / "html" / "zh") == [f"最终为 {shown}。"] * 2
