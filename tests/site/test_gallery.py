from __future__ import annotations

import re
from pathlib import Path

import pytest

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
