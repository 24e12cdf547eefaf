from __future__ import annotations

from pathlib import Path

import pytest

from lrdoc.sphinxext.site import freshness
from lrdoc.sphinxext.site.freshness import refresh


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    scripts, pages = tmp_path / "gallery", tmp_path / "docs"
    scripts.mkdir()
    pages.mkdir()
    for name in ("plot_kept", "plot_gone"):
        for ending in ("py", "py.md5", "rst", "ipynb"):
            (pages / f"{name}.{ending}").touch()
    (scripts / "plot_kept.py").write_text("from lrdoc import trace")
    refresh(scripts, pages)
    (pages / "plot_kept.py.md5").touch()
    return scripts, pages


def test_with_nothing_changed_no_script_is_forgotten(folders: tuple[Path, Path]) -> None:
    refresh(*folders)
    assert (folders[1] / "plot_kept.py.md5").exists()


def test_figures_made_with_something_else_are_forgotten(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "digest", lambda code, *through: "another OneFlow or lrdoc")
    refresh(*folders)
    assert not (folders[1] / "plot_kept.py.md5").exists()


def test_another_script_that_changes_forgets_only_itself(folders: tuple[Path, Path]) -> None:
    (folders[0] / "plot_other.py").write_text("from lrdoc import figure")
    (folders[1] / "plot_other.py.md5").touch()
    refresh(*folders)
    assert (folders[1] / "plot_kept.py.md5").exists()
    assert not (folders[1] / "plot_other.py.md5").exists()


def test_the_pages_of_a_script_that_is_gone_go_too(folders: tuple[Path, Path]) -> None:
    assert not list(folders[1].glob("plot_gone*"))
    assert (folders[1] / "plot_kept.rst").exists()


def test_a_first_build_has_nothing_to_forget(tmp_path: Path) -> None:
    refresh(tmp_path / "gallery", tmp_path / "docs")
    assert [path.name for path in (tmp_path / "docs").iterdir()] == [".origins.json"]
