from __future__ import annotations

from pathlib import Path

import pytest

from lrdoc.sphinxext.freshness import refresh


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    scripts, pages = tmp_path / "gallery", tmp_path / "docs"
    scripts.mkdir()
    pages.mkdir()
    for name in ("plot_kept", "plot_gone"):
        for ending in ("py", "py.md5", "rst", "ipynb"):
            (pages / f"{name}.{ending}").touch()
    (scripts / "plot_kept.py").touch()
    refresh(scripts, pages, "now")
    (pages / "plot_kept.py.md5").touch()
    return scripts, pages


def test_with_nothing_changed_no_script_is_forgotten(folders: tuple[Path, Path]) -> None:
    refresh(*folders, "now")
    assert (folders[1] / "plot_kept.py.md5").exists()


def test_figures_made_with_something_else_are_forgotten(folders: tuple[Path, Path]) -> None:
    refresh(*folders, "later")
    assert not (folders[1] / "plot_kept.py.md5").exists()


def test_the_pages_of_a_script_that_is_gone_go_too(folders: tuple[Path, Path]) -> None:
    assert not list(folders[1].glob("plot_gone*"))
    assert (folders[1] / "plot_kept.rst").exists()


def test_a_first_build_has_nothing_to_forget(tmp_path: Path) -> None:
    refresh(tmp_path / "gallery", tmp_path / "docs", "now")
    assert [path.name for path in (tmp_path / "docs").iterdir()] == [".made-with"]
