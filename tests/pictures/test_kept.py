from __future__ import annotations

from pathlib import Path

from lrdoc.pictures.kept import kept


def test_what_is_drawn_is_kept_until_its_content_changes(tmp_path: Path) -> None:
    drawn: list[str] = []

    def draw(content: str) -> dict[str, bytes]:
        def made() -> dict[str, bytes]:
            drawn.append(content)
            return {".a": content.encode(), ".b": b"b"}

        return kept(tmp_path / "pictures", content, (".a", ".b"), made)

    assert draw("one") == draw("one") == {".a": b"one", ".b": b"b"}
    assert draw("other")[".a"] == b"other"
    assert drawn == ["one", "other"]


def test_what_is_kept_in_part_is_drawn_again(tmp_path: Path) -> None:
    kept(tmp_path, "one", (".a", ".b"), lambda: {".a": b"a", ".b": b"b"})
    next(tmp_path.glob("*.b")).unlink()
    assert kept(tmp_path, "one", (".a", ".b"), lambda: {".a": b"a", ".b": b"c"})[".b"] == b"c"
