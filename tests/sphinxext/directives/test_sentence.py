from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lrdoc.sphinxext.sentences import SENTENCES
from lrdoc.translation import catalogs
from lrdoc.translation.words import CATALOG

Build = Callable[..., Any]
WARMUP = {"reference/warmup_lr": "# WarmupLR"}
CHINESE = {
    "eager_loop": "在 Eager 模式下，你自己调用。",
    "graph_loop": "在 Graph 模式下，每次调用就是一步。",
}
SETTINGS = {"language": "zh_CN", "locale_dirs": ["locale"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the Chinese catalogs, with some shared sentences translated."""
    folder = tmp_path / "docs" / "locale" / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    write(folder / f"{CATALOG}.po", {SENTENCES[key]: text for key, text in CHINESE.items()})
    return folder


def write(path: Path, messages: dict[str, str]) -> None:
    catalog = catalogs.Catalog(catalogs.LANGUAGE)
    for message, string in messages.items():
        catalog.add(message, string)
    path.write_text(catalogs.text(catalog), encoding="utf-8")


def chinese(build: Build, source: str) -> list[str]:
    """Return the paragraphs of a page in Chinese."""
    extensions = ["myst_parser", "lrdoc.sphinxext.site.languages", "lrdoc.sphinxext.directives.sentence"]
    page = build(source, extensions=extensions, **SETTINGS)
    return [paragraph.get_text() for paragraph in page.soup.select("div.body p")]


def test_a_sentence_stands_in_a_paragraph_as_if_the_page_had_written_it(build: Build) -> None:
    page = build("Before.\n{sentence}`eager_loop`\nAfter.")
    assert page.warnings == ""
    (paragraph,) = page.soup.select("div.body p")
    assert " ".join(paragraph.decode_contents().split()) == (
        'Before. In eager mode you call <code class="docutils literal notranslate"><span class="pre">scheduler.step()</span></code>'
        ' yourself, after <code class="docutils literal notranslate"><span class="pre">optimizer.step()</span></code>. After.'
    )


def test_a_sentence_names_the_scheduler_that_it_is_about(build: Build) -> None:
    page = build("{sentence}`graph_works.step_lr`")
    assert page.warnings == ""
    assert "StepLR works in Graph mode." in page.text


def test_a_sentence_leads_to_another_page_from_wherever_it_stands(build: Build) -> None:
    item = "- {sentence}`warmup_before`"
    page = build(item, pages={**WARMUP, "reference/deep/down": f"# A page\n\n{item}"})
    assert page.warnings == ""
    assert page.soup.select_one('li a[href="reference/warmup_lr.html"]').get_text() == "WarmupLR"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nonsense", "no sentence 'nonsense'; there is: step, "),
        ("graph_works", "the sentence 'graph_works' names a scheduler: say graph_works.SCHEDULER"),
        ("graph_works.nonsense", "unknown scheduler 'nonsense'"),
    ],
)
def test_a_sentence_that_can_not_be_is_an_error_that_says_why(build: Build, text: str, problem: str) -> None:
    assert problem in build(f"{{sentence}}`{text}`").warnings


def test_a_paragraph_of_shared_sentences_is_nothing_for_translators(messages: Callable[..., list[str]]) -> None:
    assert messages("{sentence}`eager_loop`\n{sentence}`graph_loop`\n\n- {sentence}`step`") == []


def test_a_sentence_of_the_page_beside_a_shared_one_is_translated_with_its_place(
    messages: Callable[..., list[str]],
) -> None:
    assert messages("{sentence}`eager_loop`\nMine.") == ["{sentence}`eager_loop` Mine."]


def test_in_chinese_no_space_is_left_between_sentences(build: Build, folder: Path) -> None:
    write(folder / "index.po", {"{sentence}`eager_loop` Mine.": "{sentence}`eager_loop` 我的。"})
    source = "{sentence}`eager_loop`\n{sentence}`graph_loop`\n\n{sentence}`eager_loop`\nMine."
    assert chinese(build, source) == ["".join(CHINESE.values()), f"{CHINESE['eager_loop']}我的。"]
