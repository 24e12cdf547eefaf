from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.errors import ExtensionError

from lrdoc.sphinxext.site.search import check
from lrdoc.sphinxext.site.synonyms import read

SYNONYMS = """
[words.en]
"warmup" = ["Warm up"]

[words.zh]
"预热" = ["热身", "升温"]

[same.en]
"fall" = ["Drop"]

[same.zh]
"下降" = ["降低"]

[[answer]]
place = "page#anchor"
en = ["how to start slowly"]
zh = ["怎么慢慢开始"]
"""
SECTIONS = [{"page": "page", "anchor": ""}, {"page": "page", "anchor": "anchor"}]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "synonyms.toml"
    path.write_text(SYNONYMS, encoding="utf-8")
    return path


def test_a_language_gets_its_own_words_and_questions(file: Path) -> None:
    english, chinese = read(file, "en"), read(file, "zh")
    assert english.words == {"warm up": "warmup"}
    assert chinese.words == {"热身": "预热", "升温": "预热"}
    assert (english.same, chinese.same) == ({"drop": "fall"}, {"降低": "下降"})
    assert (english.answers, chinese.answers) == (
        {"page#anchor": ["how to start slowly"]},
        {"page#anchor": ["怎么慢慢开始"]},
    )


@pytest.mark.parametrize(
    "twice",
    [
        '[words.en]\n"warmup" = ["Warm up"]\n"decay" = ["warm up"]',
        '[same.en]\n"fall" = ["Drop"]\n"start" = ["drop"]',
        '[[answer]]\nplace = "page#anchor"\nen = []\nzh = []',
    ],
)
def test_what_stands_twice_is_refused(file: Path, twice: str) -> None:
    once = {"[words": '[words.en]\n"warmup" = ["Warm up"]', "[same.": '[same.en]\n"fall" = ["Drop"]'}.get(twice[:6], "")
    text = SYNONYMS.replace(once, twice) if once else SYNONYMS + twice
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="stands twice"):
        read(file, "en")


@pytest.mark.parametrize("place", ["page", "page#anchor"])
def test_a_place_is_a_page_or_one_of_its_sections(place: str) -> None:
    check([place], SECTIONS)


@pytest.mark.parametrize("place", ["page#gone", "gone", "gone#anchor", "page#"])
def test_a_place_that_the_site_lacks_is_refused(place: str) -> None:
    with pytest.raises(ExtensionError, match=f"places that the site lacks: {place}"):
        check([place], SECTIONS)
