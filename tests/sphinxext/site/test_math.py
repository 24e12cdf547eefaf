from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lrdoc.sphinxext.site.math import FormulaError, Katex, stylesheet

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "node_modules" / "katex"


@pytest.fixture
def katex(tmp_path: Path) -> Iterator[Katex]:
    katex = Katex(PACKAGE, tmp_path / "cache")
    yield katex
    katex.close()


def test_a_formula_becomes_html_and_mathml(katex: Katex) -> None:
    html = katex.render(r"\eta_t", display=False)
    assert "<math" in html
    assert 'class="katex"' in html


def test_display_formulas_differ_from_inline_ones(katex: Katex) -> None:
    assert katex.render("x", display=True) != katex.render("x", display=False)


def test_a_formula_that_katex_does_not_understand_is_an_error_that_shows_it(katex: Katex) -> None:
    with pytest.raises(FormulaError, match="frac"):
        katex.render(r"\frac{1}", display=False)


def test_all_formulas_of_a_build_share_one_process(katex: Katex) -> None:
    katex.render("x", display=False)
    process = katex._process
    katex.render("y", display=False)
    assert katex._process is process


def test_a_formula_rendered_before_needs_no_process(katex: Katex, tmp_path: Path) -> None:
    html = katex.render("x", display=False)
    again = Katex(PACKAGE, tmp_path / "cache")
    assert again.render("x", display=False) == html
    assert again._process is None


def test_only_the_woff2_fonts_are_asked_for() -> None:
    css = '@font-face{src:url(a.woff2) format("woff2"),url(a.woff) format("woff"),url(a.ttf) format("truetype")}'
    assert stylesheet(css) == '@font-face{src:url(a.woff2) format("woff2")}'


def build(folder: Path, page: str) -> subprocess.CompletedProcess[str]:
    docs = folder / "docs"
    docs.mkdir()
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    (docs / "conf.py").write_text(
        "extensions = ['myst_parser', 'lrdoc.sphinxext.site.math']\nhtml_math_renderer = 'katex'\nmyst_enable_extensions = ['dollarmath']\n"
    )
    (docs / "index.md").write_text(page)
    command = [sys.executable, "-m", "sphinx", "-W", "-q", str(docs), str(folder / "html")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_way_of_writing_a_formula_is_rendered(tmp_path: Path) -> None:
    result = build(tmp_path, "# T\n\n$a$\n\n$$b$$\n\n```{math}\nc\n```\n\n{math}`d`\n")
    assert result.returncode == 0, result.stderr
    html = (tmp_path / "html" / "index.html").read_text(encoding="utf-8")
    assert html.count('class="katex"') == 4
    assert (tmp_path / "html" / "_static" / "katex" / "katex.css").exists()


def test_a_bad_formula_fails_the_build(tmp_path: Path) -> None:
    result = build(tmp_path, "# T\n\n$\\frac{1}$\n")
    assert result.returncode != 0
    assert "index.md" in result.stderr
    assert "frac" in result.stderr
