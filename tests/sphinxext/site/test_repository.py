from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lrdoc.sphinxext.site import repository

ROOT = Path(__file__).parents[3]


def told(page: str, language: str = "en", url: str = "https://github.com/someone/lrdoc/") -> dict[str, Any]:
    config = SimpleNamespace(lrdoc_repository_url=url, language=language)
    context: dict[str, Any] = {}
    repository.link(SimpleNamespace(config=config, confdir=str(ROOT / "docs")), page, "", context, None)  # type: ignore[arg-type]  # all that it reads of an app
    return context


@pytest.mark.parametrize(
    ("page", "language", "source"),
    [
        ("reference/step_lr", "en", "docs/reference/step_lr.md"),
        ("reference/step_lr", "zh_CN", "docs/locale/zh_CN/LC_MESSAGES/reference/step_lr.po"),
        ("gallery/plot_step_lr", "en", "gallery/plot_step_lr.py"),
        ("gallery/plot_step_lr", "zh_CN", "docs/locale/zh_CN/LC_MESSAGES/gallery/plot_step_lr.po"),
    ],
)
def test_a_page_is_edited_where_its_words_are_written(page: str, language: str, source: str) -> None:
    assert told(page, language)["edit_url"] == f"https://github.com/someone/lrdoc/edit/main/{source}"
    assert (ROOT / source).is_file()


def test_a_page_that_nobody_writes_has_no_link() -> None:
    assert told("search")["edit_url"] == ""


def test_without_a_repository_there_are_no_links() -> None:
    assert told("index", url="") == {"repository_url": "", "edit_url": ""}
