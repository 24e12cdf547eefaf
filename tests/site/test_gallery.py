from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from lrdoc import entry
from lrdoc.domain import Function

SWEPT = [
    (name, parameter)
    for name, found in entry.entries().items()
    for parameter, domain in found.domains.items()
    if not isinstance(domain, Function)  # a function is its own label
]


@pytest.mark.parametrize(("name", "parameter"), SWEPT)
def test_the_gallery_shows_what_every_parameter_does(site: Path, name: str, parameter: str) -> None:
    figures = (site / "en" / "_images").glob(f"sphx_glr_plot_{name}_*.svg")
    labels = {label for path in figures for label in re.findall(rf"{parameter}=[^<,]+", path.read_text("utf-8"))}
    assert len(labels) >= 2, f"gallery/plot_{name}.py draws no sweep of {parameter}"


def results(site: Path) -> list[dict[str, tuple[float, float]]]:
    """Return mean and spread of each schedule, in percent, from each table that the training script printed."""
    page = BeautifulSoup((site / "en" / "gallery" / "plot_practice.html").read_text(encoding="utf-8"), "html.parser")
    tables = [block.get_text() for block in page.select(".sphx-glr-script-out")]
    rows = [re.findall(r"^(\S.*?) +([\d.]+)% +([\d.]+)% +[\d.]+%$", table, re.MULTILINE) for table in tables]
    return [{name: (float(mean), float(spread)) for name, mean, spread in found} for found in rows]


def test_the_trainings_show_what_the_page_says_of_them(site: Path) -> None:
    large, small = results(site)
    assert len(large) == len(small) == 7
    constant, spread = large.pop("constant")
    assert all(mean > constant and narrower < spread for mean, narrower in large.values())
    means, spreads = zip(*large.values(), strict=True)
    assert max(means) - min(means) < 2 * max(spreads)
    assert small["constant"][0] > max(mean for mean, _ in small.values()) - 0.5
    assert small["constant"][0] > small["step"][0] + small["step"][1]
