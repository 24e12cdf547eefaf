from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from lrdoc.translation import catalogs
from tests.translation.making import template

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><desc>{}</desc></svg>'


class Folders(NamedTuple):
    """The folders that an update works with."""

    gettext: Path
    gallery: Path
    messages: Path

    def say(self, page: str, *messages: str) -> None:
        """Let a page hold these messages."""
        (self.gettext / f"{page}.pot").write_text(catalogs.text(template(*messages)), "utf-8")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Return folders with two pages, of which the second says what the first says and more, and a drawn figure."""
    found = Folders(tmp_path / "gettext", tmp_path / "gallery", tmp_path / "messages")
    for folder in (found.gettext / "reference", found.gallery / "images", found.messages):
        folder.mkdir(parents=True)
    found.say("index", "It goes down.", "Caveats")
    found.say("reference/page", "It goes up.", "Caveats", "if")
    for name in ("plot_a.py", "plot_a.py.md5"):
        (found.gallery / name).touch()
    (found.gallery / "images" / "a_001.svg").write_text(SVG.format("A line that falls."), "utf-8")
    (found.gallery / "images" / "a_001_dark.svg").write_text(SVG.format("The same, dark."), "utf-8")
    return found
