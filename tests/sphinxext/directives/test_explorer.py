from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lrdoc.explorer import messages, strings
from lrdoc.explorer.messages import MESSAGES
from lrdoc.figure import curve, svg

Build = Callable[..., Any]
EXTENSIONS = {
    "extensions": ["myst_parser", "lrdoc.sphinxext.figure_image", "lrdoc.sphinxext.directives.explorer"],
}
SOURCES = Path(strings.__file__).parent
VIEWS = {path: path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.ts") if "engine" not in path.parts}
VIEW = "\n".join(VIEWS.values())


@pytest.fixture
def figure(tmp_path: Path) -> None:
    """Draw the figure of StepLR's gallery script."""
    path = tmp_path / "docs" / "gallery" / "images" / "sphx_glr_plot_step_lr_001.svg"
    path.parent.mkdir(parents=True)
    svg.save(curve(np.full((3, 1), 0.1), alt="A level at 0.1."), path)


@pytest.mark.usefixtures("figure")
def test_a_page_holds_the_figure_and_the_controls_of_its_explorer_and_what_it_needs(build: Build) -> None:
    page = build("```{explorer} step_lr\n```", **EXTENSIONS)
    assert page.warnings == ""
    (place,) = page.soup.select("[data-lr-explorer=step_lr][data-lr-script=explorer]")
    assert "needs JavaScript" in place.get_text()
    assert "Move a slider" in page.text
    assert [image["alt"] for image in place.select(".lr-stage .lr-charts img.only-light")] == ["A level at 0.1."]
    sliders = {slider["aria-labelledby"]: slider["aria-valuetext"] for slider in place.select("[type=range]")}
    labelled = {place.find(id=label).get_text(): float(value) for label, value in sliders.items()}
    assert labelled["gamma"] == 0.5
    assert labelled["step_size"] == 10
    assert "StepLR(optimizer, step_size=10, gamma=0.5)" in place.select_one("textarea").get_text()
    assert [script["src"] for script in page.soup.select("script[defer]") if "loader" in script["src"]]
    assert [link["href"] for link in page.soup.select("link[rel=stylesheet]") if "explorer.css" in link["href"]]


def test_a_page_without_a_place_loads_nothing_for_it(build: Build) -> None:
    assert "loader.js" not in str(build("Nothing here.", **EXTENSIONS).soup)


def test_a_scheduler_that_does_not_exist_is_an_error_that_names_those_that_do(build: Build) -> None:
    warnings = build("```{explorer} step\n```", **EXTENSIONS).warnings
    assert "unknown scheduler 'step'" in warnings
    assert "step_lr" in warnings


@pytest.mark.parametrize("is_translated", [False, True])
def test_the_texts_are_brought_as_one_assignment(monkeypatch: pytest.MonkeyPatch, is_translated: bool) -> None:
    said = set()  # the engine brings its English itself
    if is_translated:
        monkeypatch.setattr(messages, "_", str.upper)
        said = {f"say_{key}" for key in MESSAGES}
    expected = {"explorer-strings.js": strings.STRINGS.keys() | said}
    expected["chooser-strings.js"] = expected["explorer-strings.js"] | strings.CHOOSER.keys()
    expected["playground-strings.js"] = expected["explorer-strings.js"] | strings.PLAYGROUND.keys()
    assert strings.scripts().keys() == expected.keys()
    for name, script in strings.scripts().items():
        start, _, texts = script.partition(" = ")
        assert start == "window.lrdocStrings"
        assert json.loads(texts.rstrip(";\n")).keys() == expected[name]


def test_the_view_asks_only_for_texts_that_exist() -> None:
    asked = set(re.findall(r"\btext\(\s*\"(\w+)\"", VIEW)) | set(re.findall(r"\"(link\w+)\"", VIEW)) - {"linkHref"}
    assert len(asked) > 20
    assert asked <= strings.STRINGS.keys() | strings.CHOOSER.keys() | strings.PLAYGROUND.keys()


def test_only_the_chooser_asks_for_the_texts_that_come_with_it() -> None:
    asking = {path.name for path, text in VIEWS.items() if re.search(r"[\"`]chooser[_A-Z]", text)}
    assert "chooser.ts" in asking
    assert asking <= {"chooser.ts", "training.ts"}


def test_only_the_playground_asks_for_the_texts_that_come_with_it() -> None:
    asking = {path.parent.name for path, text in VIEWS.items() if any(f'"{key}"' in text for key in strings.PLAYGROUND)}
    assert asking == {"playground"}


def test_every_text_is_asked_for() -> None:
    families = re.findall(r"\btext\(`(\w+_)\$\{", VIEW)
    unused = [
        key
        for key in (*strings.STRINGS, *strings.CHOOSER, *strings.PLAYGROUND)
        if f'"{key}"' not in VIEW and not any(key.startswith(family) for family in families)
    ]
    assert unused == []


def test_a_text_keeps_its_placeholders_apart_from_the_words() -> None:
    for text in map(str, [*strings.STRINGS.values(), *strings.CHOOSER.values()]):
        assert re.sub(r"\{[a-z]+\}", "", text).isprintable()
        assert "{" not in re.sub(r"\{[a-z]+\}", "", text)
