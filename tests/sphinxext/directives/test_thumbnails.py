from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lrdoc import figure, register
from lrdoc.figure import svg
from lrdoc.sphinxext.directives import thumbnails

Build = Callable[..., Any]
NAMES = list(thumbnails.LINES)


@pytest.fixture
def drawn(tmp_path: Path) -> None:
    """Draw a thumbnail for each scheduler, where the gallery leaves it."""
    folder = tmp_path / "docs" / "gallery" / "images" / "thumb"
    folder.mkdir(parents=True)
    for name in NAMES:
        small = figure.thumbnail([0.1, 0.05], alt="A learning rate that is halved once.")
        (folder / f"sphx_glr_plot_{name}_thumb.svg").write_text(svg.to_svg(small), encoding="utf-8")


def test_each_scheduler_has_a_line() -> None:
    assert sorted(NAMES) == sorted(register.entries())


@pytest.mark.usefixtures("drawn")
def test_those_named_come_first_and_the_others_after_them(build: Build) -> None:
    page = build(f"```{{thumbnails}} schedulers\n{NAMES[-1]}\n```")
    expected = [register.get(name).cls.__name__ for name in (NAMES[-1], *NAMES[:-1])]
    assert [card.get_text() for card in page.soup.select("a code")] == expected


@pytest.mark.usefixtures("drawn")
def test_a_card_says_in_a_line_what_its_scheduler_does(build: Build) -> None:
    page = build("```{thumbnails} schedulers\n```")
    assert [line.get_text() for line in page.soup.select("li > p")] == list(thumbnails.LINES.values())


def test_a_stranger_is_named(build: Build) -> None:
    assert "not of the 'schedulers': noam" in build("```{thumbnails} schedulers\nnoam\n```").warnings


def test_a_missing_thumbnail_is_named_with_the_script_that_draws_it(build: Build) -> None:
    warnings = build("```{thumbnails} schedulers\n```").warnings
    assert f"no thumbnail of {NAMES[0]}: gallery/plot_{NAMES[0]}.py draws it" in warnings


def test_a_message_catalog_needs_no_thumbnail_drawn(run_sphinx: Callable[..., tuple[Path, str, str]]) -> None:
    _out, warnings, _told = run_sphinx("```{thumbnails} schedulers\n```", "gettext")
    assert warnings == ""
