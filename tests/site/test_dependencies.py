"""What a change makes stale: what shows the changed thing, and little else."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from lrdoc import register
from lrdoc.running.piece import Piece
from lrdoc.running.provenance import ROOT, files, imported

GALLERY = ROOT.parent / "gallery"


@pytest.fixture(scope="module")
def ran(site: Path) -> frozenset[Piece]:
    """Return the pieces of code that the pages of the built site ran."""
    environment = site.parent / "doctrees" / "en" / "environment.pickle"
    pages = pickle.loads(environment.read_bytes()).lrdoc_pieces.values()
    return frozenset(piece for page in pages for piece in page)


def description(name: str) -> Path:
    return ROOT / "schedulers" / f"{name}.py"


@pytest.mark.parametrize("name", register.entries())
def test_a_change_of_one_description_makes_at_most_a_tenth_of_all_outcomes_stale(
    ran: frozenset[Piece], name: str
) -> None:
    stale = [piece for piece in ran if description(name) in files(*piece.modules)]
    assert 0 < len(stale) <= len(ran) / 10


@pytest.mark.parametrize("name", register.entries())
def test_a_change_of_one_description_makes_its_own_gallery_script_stale_and_those_that_are_composed_of_it(
    name: str,
) -> None:
    scripts = {script.stem.removeprefix("plot_"): script for script in GALLERY.glob("plot_*.py")}
    stale = {
        other
        for other, script in scripts.items()
        if description(name) in files(*imported(script.read_text(encoding="utf-8")))
    }
    composed = {other for other in register.entries() if description(name) in files(f"lrdoc.schedulers.{other}")}
    assert stale <= composed


def test_what_pages_try_in_child_processes_depends_on_no_description_but_where_it_compares_with_one(
    ran: frozenset[Piece],
) -> None:
    free = [piece for piece in ran if not any(path.parent.name == "schedulers" for path in files(*piece.modules))]
    assert len(free) > 0.9 * len(ran)
