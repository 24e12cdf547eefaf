from __future__ import annotations

from pathlib import Path

from lrdoc.translation import catalogs
from tests.translation.making import catalog


def test_a_catalog_has_no_date_no_line_number_and_no_wrapped_line() -> None:
    long = "word " * 100
    found = catalog({long: "字" * 200})
    found[long].locations.append(("page.md", 7))
    text = catalogs.text(found)
    assert text.startswith(catalogs.HEADER)
    assert "Date" not in text
    assert "page.md" not in text
    assert f'msgid "{long}"\n' in text


def test_writing_what_was_read_changes_nothing(tmp_path: Path) -> None:
    text = catalogs.text(catalog({"100 % of it\n": "全部"}))
    (tmp_path / "a.po").write_text(text, "utf-8")
    assert catalogs.text(catalogs.read(tmp_path / "a.po")) == text
