from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
from fontTools.ttLib import TTFont

from lrdoc.pictures import chinese


def test_the_font_has_the_characters_of_the_text_and_no_others_and_is_the_same_each_time(tmp_path: Path) -> None:
    one, other = tmp_path / "one.ttf", tmp_path / "other.ttf"
    chinese.write_font("学习率，step", one)
    chinese.write_font("step，率学习", other)
    assert one.read_bytes() == other.read_bytes()
    font = TTFont(one)
    assert {chr(code) for code in font.getBestCmap()} == set("学习率，step")
    assert "glyf" in font  # TrueType: what a PDF file can hold as text


def test_matplotlib_finds_the_font_that_was_written_last(tmp_path: Path) -> None:
    for path, text in ((tmp_path / "one.ttf", "一"), (tmp_path / "other.ttf", "二")):
        chinese.write_font(text, path)
        assert plt.matplotlib.font_manager.findfont(chinese.FAMILY) == str(path)


def test_its_outlines_are_those_of_the_original(tmp_path: Path) -> None:
    chinese.write_font("率", tmp_path / "one.ttf")
    boxes = []
    for path in (tmp_path / "one.ttf", chinese.sans_path()):
        text = plt.matplotlib.textpath.TextPath(
            (0, 0), "率", size=1000, prop=plt.matplotlib.font_manager.FontProperties(fname=path)
        )
        boxes.append(text.get_extents().bounds)
    unit = 1000 / chinese._GRID
    assert all(abs(one - other) < 1.5 * unit for one, other in zip(*boxes, strict=True)), boxes
