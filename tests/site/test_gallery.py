from __future__ import annotations

import itertools
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from sphinx_gallery.py_source_parser import split_code_and_text_blocks

from lrdoc import register
from lrdoc.describe.domain import Function
from lrdoc.sphinxext.site.comments import comments
from lrdoc.translation import catalogs
from lrdoc.translation.review import HAN
from tests.site.known import LANGUAGES
from tests.site.reading import soup

SWEPT = [
    (name, parameter)
    for name, found in register.entries().items()
    for parameter, domain in found.domains.items()
    if not isinstance(domain, Function)  # a function is its own label
]


@pytest.mark.parametrize(("name", "parameter"), SWEPT)
def test_the_gallery_shows_what_every_parameter_does(site: Path, name: str, parameter: str) -> None:
    figures = (site / "en" / "_images").glob(f"sphx_glr_plot_{name}_*.svg")
    labels = {label for path in figures for label in re.findall(rf"{parameter}=([^<]+)", path.read_text("utf-8"))}
    wanted = {str(value) for value in register.get(name).sweeps[parameter]}
    assert wanted <= labels, f"gallery/plot_{name}.py draws no panel of {parameter} for {wanted - labels}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_and_downloaded_of_a_script_has_no_text_alternatives(site: Path, language: str) -> None:
    folder = site / language
    for path in (folder / "gallery").glob("plot_*.html"):
        code = "".join(block.get_text() for block in soup(path).select(".highlight-Python, .highlight-python"))
        assert "alt=" in code if path.stem == "plot_practice" else "alt=" not in code, path
    downloads = list((folder / "_downloads").rglob("plot_*.py"))
    assert downloads
    for path in downloads:
        text = path.read_text(encoding="utf-8")
        assert "pip install" in text.split('"""')[1], path
        assert text.endswith("pyplot.show()\n"), path
        assert path.stem == "plot_practice" or "alt=" not in text, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_is_named_and_explained_as_the_page_it_leads_to(site: Path, language: str) -> None:
    folder = site / language / "gallery"
    cards = soup(folder / "index.html").select(".sphx-glr-thumbcontainer")
    assert len(cards) > len(register.entries())
    for card in cards:
        link, title = card.select_one("a"), card.select_one(".sphx-glr-thumbnail-title")
        assert link is not None
        assert title is not None
        article = soup(folder / str(link["href"])).select_one("article")
        assert article is not None
        first = article.select_one("section > p")
        assert first is not None
        assert str(card["title"]) == " ".join(first.get_text().split())
        assert title.get_text() == article.select_one("h1").find(string=True)  # type: ignore[union-attr]


def test_translators_are_spared_what_sphinx_gallery_repeats_for_every_script() -> None:
    root = Path(__file__).parents[2] / "docs" / "locale" / catalogs.LANGUAGE / "LC_MESSAGES" / "gallery"
    messages = [str(message.id) for path in root.rglob("*.po") for message in catalogs.read(path)]
    assert messages
    assert not [message for message in messages if ":download:" in message or message.startswith((":doc:", ":ref:"))]


def test_the_scripts_and_notebooks_of_chinese_pages_are_in_chinese(site: Path) -> None:
    english, chinese = (
        {path.name: path for path in (site / folder / "_downloads").rglob("plot_*.*")} for folder in ("en", "zh")
    )
    assert chinese.keys() == english.keys()
    for name in (name for name in chinese if name.endswith(".py")):
        text = chinese[name].read_text(encoding="utf-8")
        assert not [words for words in paragraphs(chinese[name]) if not re.search(HAN, words)], name
        notebook = json.loads(chinese[name.replace(".py", ".ipynb")].read_text(encoding="utf-8"))
        told = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
        assert told
        assert all(re.search(HAN, words) for words in told), name
        with zipfile.ZipFile(chinese[name.replace(".py", ".zip")]) as packed:
            assert packed.read(name).decode() == text


def paragraphs(path: Path) -> list[str]:
    """Return the paragraphs and comments of a script that have two words in a row, which names of code have not."""
    blocks = split_code_and_text_blocks(str(path))[1]
    texts = [part for kind, text, _line in blocks if kind == "text" for part in text.split("\n\n")]
    said = [said for kind, text, _line in blocks if kind == "code" for said in comments(text)]
    return [words for words in [*texts, *said] if re.search(r"[a-z]{2} [a-z]{2}", words)]


NUMBER = r"([+-]?[\d.]+)"
ROW = rf"^(\S.*?) {{2,}}{NUMBER} +{NUMBER} +{NUMBER}(?: +{NUMBER} +{NUMBER} to {NUMBER}.*)?$"


@dataclass(frozen=True)
class Result:
    """What a table says of one schedule, in percent: mean and spread of the accuracy, and the interval of the difference to cosine."""

    mean: float
    spread: float
    low: float
    high: float


def results(site: Path) -> list[dict[str, Result]]:
    """Return the two tables that the training script printed; cosine's own difference is 0."""
    page = soup(site / "en" / "gallery" / "plot_practice.html")
    tables = [re.findall(ROW, block.get_text(), re.MULTILINE) for block in page.select(".sphx-glr-script-out")]
    return [
        {
            name: Result(float(mean), float(spread), float(low or 0), float(high or 0))
            for name, mean, spread, _, _, low, high in rows
        }
        for rows in tables
        if len(rows) == 7
    ]


ENDING_SMALL = ("step", "cosine", "warmup + cosine", "chained")


def test_the_trainings_show_what_the_page_says_of_them(site: Path) -> None:
    # Other processors round other sums, which is as if the seeds were others: what is said must hold by more than an interval.
    large, small = results(site)
    few = [large[name] for name in ENDING_SMALL]
    assert large["constant"].mean + 2 < min(result.mean for result in few)
    assert large["constant"].spread > max(result.spread for result in few)
    assert all(-0.5 < large[name].low < large[name].high < 0.5 for name in ("warmup + cosine", "chained"))
    assert -1.5 < large["step"].low < large["step"].high < 0
    assert large["warm restarts"].high < large["step"].low
    assert small["constant"].high > 0.2
    assert small["constant"].low > -0.5
    assert small["step"].high < 0
    assert small["chained"].high < 0
    assert (
        sum(result.spread > abs(result.low + result.high) / 2 for found in (large, small) for result in found.values())
        > 8
    )


def test_with_the_smaller_rate_the_order_is_that_of_the_rate_handed_out(site: Path) -> None:
    page, (_, small) = soup(site / "en" / "gallery" / "plot_practice.html"), results(site)
    blocks = [block.get_text() for block in page.select(".sphx-glr-script-out")]
    (sums,) = [
        found for block in blocks if (found := re.findall(r"^(\S.*?) {2,}([\d.]+)  accuracy", block, re.MULTILINE))
    ]
    assert len(sums) == 7
    for (more, rate), (less, lower) in itertools.pairwise(sums):
        assert float(rate) >= float(lower)
        assert small[less].low < small[more].high  # no schedule is surely better than one that handed out more
