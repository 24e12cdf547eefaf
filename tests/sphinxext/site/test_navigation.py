from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CONF = "extensions = ['lrdoc.sphinxext.site.navigation']\n"
INDEX = "Home\n====\n\n.. toctree::\n   :glob:\n\n   page*\n"


def build(folder: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-W", "-q", str(folder), str(folder / "_build")]
    subprocess.run(command, check=True)


def test_a_new_page_stands_in_the_sidebars_of_the_pages_that_did_not_change(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(CONF + "html_theme = 'furo'\nexclude_patterns = ['_build']\n")
    (tmp_path / "index.rst").write_text(INDEX)
    (tmp_path / "page1.rst").write_text("One\n===\n")
    build(tmp_path)
    (tmp_path / "page2.rst").write_text("Two\n===\n")
    build(tmp_path)
    assert "page2.html" in (tmp_path / "_build" / "page1.html").read_text(encoding="utf-8")


def test_pages_are_left_alone_while_the_navigation_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(CONF + "exclude_patterns = ['_build']\n")
    (tmp_path / "index.rst").write_text(INDEX)
    (tmp_path / "page1.rst").write_text("One\n===\n")
    (tmp_path / "page2.rst").write_text("Two\n===\n")
    build(tmp_path)
    written = (tmp_path / "_build" / "page1.html").stat().st_mtime_ns
    (tmp_path / "page2.rst").write_text("Two\n===\n\nMore.\n")
    build(tmp_path)
    assert (tmp_path / "_build" / "page1.html").stat().st_mtime_ns == written
