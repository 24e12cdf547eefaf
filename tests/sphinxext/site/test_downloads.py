from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx_gallery.py_source_parser import split_code_and_text_blocks

from lrdoc.sphinxext.site.downloads import Block, script, translated

GALLERY = sorted((Path(__file__).parents[3] / "gallery").glob("plot_*.py"))
SCRIPT = '''"""
A title
=======

One sentence.
Another one.
"""

lr = 0.1  # the rate

# %%
# Below
# -----
#
# More.
#
# - An item
#   of two lines.
# - Another item.

print(lr)
'''
CHINESE = {
    "A title": "标题",
    "One sentence. Another one.": "一句话。\\ 又一句。",
    "the rate": "学习率",
    "Below": "往下",
    "More.": "更多。",
    "An item of two lines.": "一项。",
    "Another item.": "又一项。",
}


@pytest.fixture
def parsed(tmp_path: Path) -> Callable[[str], list[Block]]:
    """Return a function that divides a script as sphinx-gallery does."""

    def parsed(text: str) -> list[Block]:
        path = tmp_path / "plot_it.py"
        path.write_text(text, encoding="utf-8")
        return [Block(*part) for part in split_code_and_text_blocks(str(path))[1]]

    return parsed


def test_titles_paragraphs_items_and_comments_are_translated(parsed: Callable[[str], list[Block]]) -> None:
    assert script(translated(parsed(SCRIPT), lambda message: CHINESE[message])) == (
        'r"""\n标题\n====\n\n一句话。\\ 又一句。\n"""\n\nlr = 0.1  # 学习率\n\n# %%\n# 往下\n# ----\n#\n# 更多。\n#\n# - 一项。\n# - 又一项。\n\nprint(lr)\n'
    )


@pytest.mark.parametrize("path", GALLERY, ids=lambda path: str(path.stem))
def test_the_code_of_a_script_of_the_gallery_stays_as_it_is(parsed: Callable[[str], list[Block]], path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert code(script(translated(parsed(text), lambda _message: "换过的话"))) == code(text)


def code(text: str) -> str:
    """Return what a script does, without its docstring."""
    tree = ast.parse(text)
    return ast.dump(ast.Module(tree.body[1:], []))
