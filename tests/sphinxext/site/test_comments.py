from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdoc.sphinxext.site.comments import comments, with_comments

PAGE = """# A page

```python
# A first word.
lr = 0.1  # the rate
text = "# no comment"
```
"""
CATALOG = """
msgid "A first word."
msgstr "第一句话。"

msgid "the rate"
msgstr "学习率"
"""


def test_comments_are_found_and_texts_with_the_sign_are_not() -> None:
    assert list(comments('# One\nx = "# two"  #three\n')) == ["One", "three"]


def test_code_that_is_not_complete_is_left_alone() -> None:
    assert list(comments("x = (  # open\n")) == []
    assert with_comments("x = '''  # open\n", str.upper) == "x = '''  # open\n"


@given(st.lists(st.sampled_from(["x = 1", "x = '#'", "if x:\n    y = 2", "", "# só", "z = [1,  # 一\n  2]"])))
def test_nothing_but_the_words_of_comments_is_changed(parts: list[str]) -> None:
    code = "\n".join(parts) + "\n"
    assert with_comments(code, lambda said: said) == code
    changed = with_comments(code, lambda said: said * 2)
    assert ast.dump(ast.parse(changed)) == ast.dump(ast.parse(code))
    assert list(comments(changed)) == [said * 2 for said in comments(code)]


@pytest.fixture
def build(run_sphinx: Callable[..., tuple[Path, str, str]], tmp_path: Path) -> Callable[..., str]:
    """Return a function that builds the page in a language and returns the file that the builder wrote."""

    def build(builder: str, file: str, **settings: object) -> str:
        folder = tmp_path / "locale" / "zh_CN" / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.po").write_text(CATALOG, encoding="utf-8")
        settings = {
            "locale_dirs": [str(tmp_path / "locale")],
            "extensions": ["myst_parser", "lrdoc.sphinxext.site.comments"],
            **settings,
        }
        out, warnings, _told = run_sphinx(PAGE.removeprefix("# A page\n\n"), builder, **settings)
        assert warnings == ""
        return (out / file).read_text(encoding="utf-8")

    return build


def test_the_comments_of_a_page_are_messages(build: Callable[..., str]) -> None:
    text = build("gettext", "index.pot")
    assert 'msgid "A first word."' in text
    assert 'msgid "the rate"' in text
    assert "no comment" not in text


def test_the_comments_of_a_page_are_translated_in_place(build: Callable[..., str]) -> None:
    text = build("text", "index.txt", language="zh_CN")
    assert '# 第一句话。\n   lr = 0.1  # 学习率\n   text = "# no comment"' in text
    assert text.count("学习率") == 1


def test_without_a_translation_the_code_stays_as_it_is(build: Callable[..., str]) -> None:
    text = build("text", "index.txt")
    assert "# A first word.\n   lr = 0.1  # the rate" in text
    assert text.count("the rate") == 1
