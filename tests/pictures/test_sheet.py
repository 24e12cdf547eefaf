from __future__ import annotations

import dataclasses
import io
import re

import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure
from pypdf import PdfReader

from lrdoc.pictures import sheet
from lrdoc.pictures.mathtext import lines

ROW = sheet.Row(
    name="StepLR",
    curve=(0.1, 0.1, 0.05, 0.05),
    formula=lines(r"\begin{aligned} \mathtt{lr} &= \mathtt{base\_lr} \end{aligned}"),
    parameter="step_size",
    does="How many steps each level lasts.",
    graph="yes",
    supported=True,
)
CONTENT = sheet.Content("Title", "Subtitle", ("Scheduler", "Formula", "Graph"), [("Decay", [ROW])], ["A note."])
ALT = "A table of one row."


@pytest.fixture
def drawn() -> Figure:
    return sheet.sheet(CONTENT, alt=ALT)


def test_a_sheet_is_one_page_that_holds_its_words_as_text(drawn: Figure) -> None:
    (page,) = PdfReader(io.BytesIO(sheet.to_pdf(drawn, "Title"))).pages
    text = page.extract_text()
    for words in ("Title", "Subtitle", "Decay", ROW.name, ROW.parameter, ROW.does, ROW.graph, "base_lr", "A note."):
        assert words in text


def test_its_files_are_the_same_each_time(drawn: Figure) -> None:
    again = sheet.sheet(CONTENT, alt=ALT)
    assert sheet.to_pdf(drawn, "Title") == sheet.to_pdf(again, "Title")
    assert sheet.to_svg(drawn) == sheet.to_svg(again)


def test_its_svg_has_the_size_of_a4_and_the_text_alternative(drawn: Figure) -> None:
    text = sheet.to_svg(drawn)
    assert f"<desc>{ALT}</desc>" in text
    width, height = (float(found) for found in re.search(r'width="([\d.]+)" height="([\d.]+)"', text).groups())
    millimeters = 25.4 / 96  # of a pixel of CSS
    assert (width * millimeters, height * millimeters) == pytest.approx((210, 297), abs=0.1)


def test_the_dark_one_has_other_colours(drawn: Figure) -> None:
    assert "#3f444b" in sheet.to_svg(drawn)
    assert "#3f444b" not in sheet.to_svg(drawn, "dark")


def test_more_rows_than_a_page_has_room_for_are_refused() -> None:
    many = [dataclasses.replace(ROW, name=f"StepLR{number}") for number in range(30)]
    with pytest.raises(ValueError, match="points higher than the page has room for"):
        sheet.sheet(dataclasses.replace(CONTENT, groups=[("Decay", many)]), alt=ALT)
    assert not plt.get_fignums()


def test_a_formula_that_is_too_wide_is_refused() -> None:
    wide = lines(rf"\begin{{aligned}} x &= \mathtt{{{'a' * 120}}} \end{{aligned}}")
    with pytest.raises(ValueError, match="too wide"):
        sheet.sheet(dataclasses.replace(CONTENT, groups=[("Decay", [dataclasses.replace(ROW, formula=wide)])]), alt=ALT)


def test_a_sheet_needs_a_text_alternative() -> None:
    with pytest.raises(ValueError, match="alt"):
        sheet.sheet(CONTENT, alt="")
