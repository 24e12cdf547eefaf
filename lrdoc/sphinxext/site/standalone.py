"""Makes the gallery's scripts what a reader can run and change: with a line that installs what they import, and without text alternatives.

A text alternative is for the page that shows a figure, and it is held to what the figure shows: a reader who changes a value would have to rewrite it first.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform

from lrdoc.running.provenance import imported
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_EXTRA = "practice"
"""The optional dependencies, as pyproject.toml names them, of the module of that name."""


def requirement(repository: str, extra: str = "") -> str:
    """Return what pip is told to install for lrdoc: from a repository's address, or the checkout in this folder where there is none."""
    if not repository:
        return f'".[{extra}]"' if extra else "."
    address = f"git+{repository.rstrip('/')}"
    return f'"lrdoc[{extra}] @ {address}"' if extra else address


def installing(code: str, repository: str) -> str:
    """Return the sentence, as reStructuredText, that tells how to install what a script imports besides OneFlow."""
    trains = any(module.startswith(f"lrdoc.{_EXTRA}") for module in imported(code))
    line = f"``pip install {requirement(repository, _EXTRA if trains else '')}``"
    if repository:
        told = _("It runs where OneFlow is installed; %s brings the rest.")
    else:
        told = _("It runs where OneFlow is installed; %s, in a checkout of this site's sources, brings the rest.")
    return str(told) % line


def without_alt(code: str) -> str:
    """Return Python code whose calls have no text alternatives: no argument ``alt`` that is a string; as it is where it is not complete Python."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return code
    lines = code.splitlines(keepends=True)
    for node in sorted(_alternatives(tree), key=lambda node: node.lineno, reverse=True):
        _cut(lines, node)
    return "".join(lines)


def _alternatives(tree: ast.AST) -> Iterator[ast.keyword]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.keyword)
            and node.arg == "alt"
            and isinstance(node.value, (ast.Constant, ast.JoinedStr))
        ):
            yield node


def _cut(lines: list[str], node: ast.keyword) -> None:
    """Take an argument out of lines of code, with the comma and the line breaks that are left over."""
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    # Columns are those of the encoded line.
    before = lines[first].encode()[: node.col_offset].decode()
    rest = lines[last].encode()[node.end_col_offset :].decode().removeprefix(",").lstrip()
    if rest.startswith(")"):
        before = before.rstrip().removesuffix(",")
    lines[first : last + 1] = [before + rest] if before.strip() or rest else []


class WithoutAlternatives(SphinxTransform):
    """Shows the code of the gallery's pages without the text alternatives of figures; a figure on the page has its own."""

    default_priority = 9  # before the comments of the code are looked for

    def apply(self, **_kwargs: object) -> None:
        folders = getattr(self.config, "sphinx_gallery_conf", {}).get("gallery_dirs", [])
        if not self.env.docname.startswith(tuple(f"{folder}/" for folder in folders)):
            return
        for block in self.document.findall(nodes.literal_block):
            code = without_alt(block.astext())
            block.rawsource = code  # equal to the text, or Sphinx would not highlight it
            block.clear()
            block += nodes.Text(code)


def setup(app: Sphinx) -> None:
    app.add_transform(WithoutAlternatives)
