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


def test_a_change_of_a_scheduler_s_description_makes_no_gallery_script_stale() -> None:
    scripts = {script.stem: imported(script.read_text(encoding="utf-8")) for script in GALLERY.glob("plot_*.py")}
    assert all(scripts.values())
    descriptions = set(map(description, register.entries()))
    assert {name for name, modules in scripts.items() if descriptions & set(files(*modules))} == set()


def test_what_pages_try_in_child_processes_depends_on_no_description_but_where_it_compares_with_one(
    ran: frozenset[Piece],
) -> None:
    free = [piece for piece in ran if not any(path.parent.name == "schedulers" for path in files(*piece.modules))]
    assert len(free) > 0.9 * len(ran)
