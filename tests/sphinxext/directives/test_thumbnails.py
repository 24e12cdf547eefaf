from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lrdoc import figure, register
from lrdoc.figure import svg

Build = Callable[..., Any]
PERIODIC = [name for name, found in register.entries().items() if found.family == "periodic"]


@pytest.fixture
def thumbnails(tmp_path: Path) -> None:
    """Draw a thumbnail for each scheduler of a family, where the gallery leaves it."""
    folder = tmp_path / "docs" / "gallery" / "images" / "thumb"
    folder.mkdir(parents=True)
    for name in PERIODIC:
        drawn = figure.thumbnail([0.1, 0.05], alt="A learning rate that is halved once.")
        (folder / f"sphx_glr_plot_{name}_thumb.svg").write_text(svg.to_svg(drawn), encoding="utf-8")


@pytest.mark.usefixtures("thumbnails")
def test_those_named_come_first_and_the_others_of_the_family_after_them(build: Build) -> None:
    page = build(f"```{{thumbnails}} periodic\n{PERIODIC[-1]}\n```")
    expected = [register.get(name).cls.__name__ for name in (PERIODIC[-1], *PERIODIC[:-1])]
    assert [card.get_text() for card in page.soup.select("a code")] == expected


def test_a_scheduler_of_another_family_is_named(build: Build) -> None:
    assert "not of the family 'periodic': step_lr" in build("```{thumbnails} periodic\nstep_lr\n```").warnings


def test_a_missing_thumbnail_is_named_with_the_script_that_draws_it(build: Build) -> None:
    warnings = build("```{thumbnails} periodic\n```").warnings
    assert f"no thumbnail of {PERIODIC[0]}: gallery/plot_{PERIODIC[0]}.py draws it" in warnings


def test_a_message_catalog_needs_no_thumbnail_drawn(run_sphinx: Callable[..., tuple[Path, str, str]]) -> None:
    _out, warnings, _told = run_sphinx("```{thumbnails} periodic\n```", "gettext")
    assert warnings == ""
