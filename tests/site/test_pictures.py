"""The pictures to take away: the cheat sheet, and of each scheduler its figure and an animation."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from playwright.sync_api import Browser
from pypdf import PdfReader

from lrdoc import register
from lrdoc.pictures import animation
from lrdoc.sphinxext.site import cheat_sheet
from lrdoc.sphinxext.site.pictures import FOLDER, SUFFIXES
from tests.site.browsing import opened
from tests.site.known import LANGUAGES

NAMES = {name: entry.cls.__name__ for name, entry in register.entries().items()}


@pytest.fixture(scope="module", params=LANGUAGES)
def folder(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(site: Path, folder: str) -> BeautifulSoup:
    return BeautifulSoup((site / folder / "pictures.html").read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def pdf(site: Path, folder: str) -> PdfReader:
    return PdfReader(site / folder / FOLDER / cheat_sheet.name(folder, ".pdf"))


def test_the_cheat_sheet_is_one_upright_page_of_a4(pdf: PdfReader) -> None:
    (page,) = pdf.pages
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)


def test_it_names_every_scheduler_the_parameter_that_matters_and_what_that_does_as_text(pdf: PdfReader) -> None:
    text = re.sub(r"\s", "", pdf.pages[0].extract_text())
    for name, cls in NAMES.items():
        assert cls in text
        assert cheat_sheet.MATTERS[name][0] in text


def test_it_is_written_in_the_language_of_its_page(pdf: PdfReader, folder: str) -> None:
    text = pdf.pages[0].extract_text()
    assert ("学习率" in text) == (folder == "zh")
    assert ("每一级" in text) == (folder == "zh")
    assert ("How many steps" in text) == (folder == "en")


def test_its_fonts_are_inside_the_file(pdf: PdfReader) -> None:
    fonts = pdf.pages[0]["/Resources"]["/Font"]
    descriptors = [font.get_object() for font in fonts.values()]
    descriptors += [inner.get_object() for font in descriptors for inner in font.get("/DescendantFonts", [])]
    files = [font["/FontDescriptor"] for font in descriptors if "/FontDescriptor" in font]
    assert files
    assert all(file.keys() & {"/FontFile2", "/FontFile3", "/FontFile"} for file in files)


def test_its_svg_files_describe_themselves_and_differ_in_their_colours_alone(site: Path, folder: str) -> None:
    light, dark = (
        (site / folder / FOLDER / cheat_sheet.name(folder, suffix)).read_text(encoding="utf-8")
        for suffix in (".svg", "_dark.svg")
    )
    assert re.sub(r"#[0-9a-f]{6}\b", "", light) == re.sub(r"#[0-9a-f]{6}\b", "", dark)
    assert light != dark
    spoken = ElementTree.fromstring(light).find("{http://www.w3.org/2000/svg}desc")
    assert spoken is not None
    assert str(len(NAMES)) in str(spoken.text)


def test_the_letters_of_all_sheets_have_the_same_outlines(site: Path) -> None:
    sheets = [(site / folder / FOLDER / cheat_sheet.name(folder, ".svg")).read_text("utf-8") for folder in LANGUAGES]
    letters, *others = (dict(re.findall(r'<path id="(DejaVuSans[^"]*)" d="([^"]*)"', text)) for text in sheets)
    for other in others:
        both = letters.keys() & other.keys()
        assert len(both) > 80
        assert {letter for letter in both if letters[letter] != other[letter]} == set()


def test_the_page_shows_the_sheet_in_both_themes_with_a_text_alternative_and_offers_its_files(
    page: BeautifulSoup, folder: str
) -> None:
    shown = page.select(".lr-sheet img")
    assert [image["class"] for image in shown] == [["only-light"], ["only-dark"]]
    assert len({str(image["alt"]) for image in shown}) == 1
    assert ("学习率" in str(shown[0]["alt"]) or "调度器" in str(shown[0]["alt"])) == (folder == "zh")
    offered = {str(link["href"]) for link in page.select("#cheat-sheet .lr-downloads a")}
    assert offered == {f"{FOLDER}/{cheat_sheet.name(folder, suffix)}" for suffix in (".pdf", ".svg", "_dark.svg")}


def test_every_file_that_the_page_names_is_there(page: BeautifulSoup, site: Path, folder: str) -> None:
    named = {str(link["href"]) for link in page.select(".lr-downloads a")}
    named |= {str(image["src"]) for image in page.select("article img")}
    assert len(named) > len(NAMES) * len(SUFFIXES)
    assert [name for name in named if not (site / folder / name).is_file()] == []


def test_every_scheduler_has_a_section_with_its_files_and_an_animation_that_waits_to_be_asked(
    page: BeautifulSoup,
) -> None:
    assert {str(title.find(string=True)) for title in page.select("#each-scheduler h3")} == set(NAMES.values())
    for name, cls in NAMES.items():
        section = page.find(id=cls.lower())
        assert section is not None
        assert [str(link["href"]) for link in section.select(".lr-downloads a")] == [
            f"{FOLDER}/{name}{suffix}" for suffix in SUFFIXES
        ]
        (moving,) = section.select("img.lr-animation")
        fold = moving.find_parent("details")
        assert fold is not None
        assert not fold.has_attr("open")
        assert moving["loading"] == "lazy"
        assert cls in str(moving["alt"])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_animation_is_as_light_or_dark_as_its_page(browser: Browser, server: str, theme: str) -> None:
    with opened(browser, color_scheme=theme) as (page, _):
        page.goto(f"{server}/en/pictures.html")
        page.locator("#steplr summary").click()
        moving = page.locator("#steplr .lr-animation")
        moving.evaluate("image => image.decode()")
        grays = Image.open(io.BytesIO(moving.screenshot())).convert("L").histogram()
        assert max(range(256), key=grays.__getitem__) // 32 == (7 if theme == "light" else 0)


def test_the_animations_are_small_and_have_a_frame_for_each_step(site: Path, folder: str) -> None:
    for name, entry in register.entries().items():
        for suffix in SUFFIXES[3:]:
            file = (site / folder / FOLDER / f"{name}{suffix}").read_bytes()
            assert len(file) <= animation.LARGEST, name
            opened = Image.open(io.BytesIO(file))
            assert opened.info["loop"] == 0
            assert opened.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
            # A file of GIF joins frames between which nothing is seen to change.
            assert 0 <= entry.presets[0].steps + 1 - opened.n_frames <= (1 if suffix.endswith("gif") else 0), name


def test_a_line_to_cite_can_be_copied(page: BeautifulSoup, folder: str) -> None:
    (cited,) = page.select("div.lr-code pre")
    assert "CC BY 4.0" in cited.get_text()
    assert page.select_one('a[href^="https://creativecommons.org/licenses/by/4.0"]') is not None


def test_home_and_every_reference_page_lead_there(site: Path, folder: str) -> None:
    home = BeautifulSoup((site / folder / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert {"pictures.html", "pictures.html#cheat-sheet"} <= {str(link["href"]) for link in home.select("article a")}
    for name, cls in NAMES.items():
        reference = (site / folder / "reference" / f"{name}.html").read_text(encoding="utf-8")
        assert f'href="../pictures.html#{cls.lower()}"' in reference
