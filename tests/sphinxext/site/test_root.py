from __future__ import annotations

import os
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from lrdoc.sphinxext.site import root
from lrdoc.sphinxext.site.policy import META

ROOT = Path(__file__).parents[3] / "docs" / "_root"


def test_pages_get_the_policy_and_other_files_stay_as_they_are(tmp_path: Path) -> None:
    root.write(ROOT, tmp_path)
    for source in ROOT.iterdir():
        written = (tmp_path / source.name).read_text("utf-8")
        if source.suffix == ".html":
            assert written == source.read_text("utf-8").replace("{{ content_security_policy }}", META)
            assert META in written
        else:
            assert written == source.read_text("utf-8")


def test_files_are_written_with_the_time_of_now(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    for name in ("index.html", "root.js"):
        (tmp_path / "source" / name).write_text("", "utf-8")
        os.utime(tmp_path / "source" / name, (0, 0))
    root.write(tmp_path / "source", tmp_path / "site")
    assert all(path.stat().st_mtime > 0 for path in (tmp_path / "site").iterdir())


def test_a_misspelt_name_in_a_page_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text("<head>{{ policy }}</head>", "utf-8")
    with pytest.raises(UndefinedError, match="policy"):
        root.write(tmp_path, tmp_path / "site")
