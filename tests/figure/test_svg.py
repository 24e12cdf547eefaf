"""The files: one drawing, two palettes, the same bytes each time."""

import re
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import pytest

from lrdoc import figure
from lrdoc.figure import svg

ALT = "A staircase of three levels, each half as high as the one before."
STAIRS = [0.1] * 10 + [0.05] * 10 + [0.025] * 10
SVG = "{http://www.w3.org/2000/svg}"


KINDS = [
    lambda: figure.curve(STAIRS, alt=ALT),
    lambda: figure.curve(STAIRS, alt=ALT, log=True),
    lambda: figure.compare({name: [lr * k for lr in STAIRS] for k, name in enumerate("abcde", 1)}, alt=ALT),
    lambda: figure.sweep({"gamma=0.5": STAIRS, "gamma=0.1": STAIRS, "gamma=0.9": STAIRS}, alt=ALT),
    lambda: figure.plateau([1.0] * 30, {"patience=1": STAIRS, "patience=2": STAIRS}, alt=ALT),
    lambda: figure.thumbnail(STAIRS, alt=ALT),
]
"""Functions that draw a figure of each kind."""


def luminance(colour):
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def colours(text, pattern):
    return set(re.findall(pattern, text))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("draw", KINDS)
def test_text_and_curves_stand_out_from_the_page(draw, theme):
    text = svg.to_svg(draw(), theme)
    page = svg.BACKGROUND[theme]
    grid = {"#d8dee4", "#2d3137"}  # decoration, meant to stay behind
    for colour in colours(text, r"<text style=\"[^\"]*fill: (#[0-9a-f]{6})"):
        assert contrast(colour, page) >= 4.5, colour
    for colour in colours(text, r"#[0-9a-f]{6}") - grid:
        assert contrast(colour, page) >= 3, colour


@pytest.mark.parametrize("draw", KINDS)
def test_writing_twice_gives_the_same_bytes(draw):
    assert svg.to_svg(draw()) == svg.to_svg(draw())


def test_every_colour_of_the_style_has_a_dark_counterpart():
    used = {f"#{colour}" for colour in re.findall(r"\b[0-9a-f]{6}\b", svg.STYLE.read_text("utf-8"))}
    assert used == set(svg.DARK_OF)


@pytest.mark.parametrize("draw", KINDS)
def test_the_dark_drawing_differs_in_colours_only(draw):
    light, dark = (svg.to_svg(draw(), theme) for theme in ("light", "dark"))
    assert light != dark
    assert re.sub(r"#[0-9a-f]{6}", "", light) == re.sub(r"#[0-9a-f]{6}", "", dark)


def test_no_curve_is_left_in_a_colour_that_the_file_does_not_name():
    # matplotlib leaves out black, SVG's default; on a dark page such a dot would vanish.
    drawn = figure.compare(dict.fromkeys("abcde", STAIRS), alt=ALT)
    symbols = ElementTree.fromstring(svg.to_svg(drawn, "dark")).iter(f"{SVG}use")
    assert all("fill" in symbol.attrib["style"] for symbol in symbols)


def test_a_foreign_colour_is_refused_with_advice():
    drawn, axes = plt.subplots()
    drawn.set_label(ALT)
    axes.plot([1, 2], color="#123456")
    with pytest.raises(ValueError, match=r"#123456.*C0 to C4"):
        svg.to_svg(drawn, "dark")


def test_labels_are_written_as_they_are():
    # Coordinates are rounded, labels are not: 0.025 must not become 0.03.
    root = ElementTree.fromstring(svg.to_svg(figure.curve([0.1], alt=ALT)))
    assert "0.025" in [text.text for text in root.iter(f"{SVG}text")]


def test_a_file_carries_its_text_alternative_and_its_size_in_pixels(tmp_path):
    light, dark = svg.save(figure.curve(STAIRS, alt="a < b & so\n  on"), tmp_path / "x_001.svg")
    assert dark.name == "x_001_dark.svg"
    assert {svg.alt_of(light), svg.alt_of(dark)} == {"a < b & so on"}
    assert svg.size_of(light) == svg.size_of(dark) == (504, 264)


@pytest.mark.parametrize("alt", ["", "   ", "curve", None, 3])
def test_a_figure_that_is_not_described_is_not_written(alt):
    drawn = plt.figure()
    drawn.set_label(alt)
    with pytest.raises(ValueError, match="set_label"):
        svg.to_svg(drawn)


@pytest.mark.parametrize("steps", [10, 100, 1000, 10_000])
def test_files_stay_small(steps):
    lrs = [0.1 * (1 - (step % 700) / 700) ** 2 for step in range(steps)]
    assert len(svg.to_svg(figure.curve(lrs, alt=ALT))) < 100_000


def test_no_file_needs_anything_from_elsewhere():
    text = svg.to_svg(figure.curve(STAIRS, alt=ALT))
    addresses = set(re.findall(r"https?://[^\"]+", text))
    assert addresses == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}  # names, not to be fetched
