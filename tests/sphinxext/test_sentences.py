"""The shared sentences and the pages that use them: each is written once, and used."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from lrdoc import register
from lrdoc.sphinxext import directives
from lrdoc.sphinxext.sentences import SENTENCES

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {path: path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md") if "_build" not in path.parts}
CLASSES = "|".join(sorted((found.cls.__name__ for found in register.entries().values()), key=len, reverse=True))
NAMES = "|".join(sorted(register.entries(), key=len, reverse=True))
MOST = 2
"""On how many pages an author may write the same sentence."""


def prose(text: str) -> set[str]:
    """Return the sentences of a page, each with its scheduler left open; code, options and headings are none."""
    text = re.sub(r"^:{3,}.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(`{3,})\{(?!parameters).*?^\1$", "", text, flags=re.DOTALL | re.MULTILINE)
    lines = {re.sub(r"^(?:[:-] |  )", "", line) for line in text.splitlines()}
    written = {line for line in lines if line.endswith((".", ":")) and not re.search(r"\{sentence\}", line)}
    return {re.sub(rf"\b(?:{CLASSES}|{NAMES})\b|\d[\d.]*\d", "·", line) for line in written}


def test_a_sentence_of_many_pages_is_a_shared_one() -> None:
    pages = defaultdict(list)
    for path, text in PAGES.items():
        for sentence in prose(text):
            pages[sentence].append(path.stem)
    many = {sentence: names for sentence, names in pages.items() if len(names) > MOST}
    assert not many, "\n".join(f"{sentence}\n    {', '.join(sorted(names))}" for sentence, names in many.items())


def test_every_shared_sentence_is_used() -> None:
    used = set(re.findall(r"\{sentence\}`(\w+)", "".join(PAGES.values())))
    code = "".join(path.read_text(encoding="utf-8") for path in Path(directives.__file__).parent.glob("*.py"))
    assert [key for key in SENTENCES if key not in used and f'"{key}"' not in code] == []


def test_no_page_names_another_scheduler_than_its_own() -> None:
    found = [
        (path.stem, name)
        for path, text in PAGES.items()
        for name in re.findall(r"\{sentence\}`\w+\.(\w+)`", text)
        if name != path.stem
    ]
    assert not found
