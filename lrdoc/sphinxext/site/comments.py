"""Translates the comments in the Python code of pages: what they say belongs to the page, the code does not.

Each comment is a message of its page.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_BEGINNING = re.compile(r"#+ ?")


class comment_messages(nodes.container):
    """Holds, beside a block of code, a paragraph for each of its comments, from when it is read until it is translated."""


class OfferComments(SphinxTransform):
    """Puts the comments of each block of Python code beside it, where Sphinx looks for messages."""

    default_priority = 10  # before anything is looked up in catalogs

    def apply(self, **_kwargs: object) -> None:
        for block in list(self.document.findall(nodes.literal_block)):
            if str(block.get("language", "")).lower() != "python":
                continue
            if said := list(comments(block.astext())):
                block.parent.insert(block.parent.index(block) + 1, _messages(block, said))


class TakeComments(SphinxTransform):
    """Puts the translated comments back into the code; the builder of catalogs finds them where they are."""

    default_priority = 25  # after everything was looked up in catalogs

    def apply(self, **_kwargs: object) -> None:
        if self.app.builder.name == "gettext":
            return
        for held in list(self.document.findall(comment_messages)):
            block: nodes.Element = held.parent[held.parent.index(held) - 1]  # type: ignore[assignment]
            told = iter([paragraph.astext() for paragraph in held.children])
            code = with_comments(block.astext(), lambda _comment, told=told: next(told))  # type: ignore[misc]
            block.rawsource = code  # equal to the text, or Sphinx would not highlight it
            block.clear()
            block += nodes.Text(code)
            held.parent.remove(held)


def _messages(block: nodes.Element, said: list[str]) -> comment_messages:
    held = comment_messages()
    for comment in said:
        paragraph = nodes.paragraph(comment, comment)
        paragraph.source, paragraph.line = block.source, block.line
        held += paragraph
    return held


def comments(code: str) -> Iterator[str]:
    """Yield what the comments in Python code say, in order; none where it is not complete Python."""
    yield from (_said(token.string) for token in _tokens(code) if _says_something(token))


def with_comments(code: str, translated: Callable[[str], str]) -> str:
    """Return Python code with each comment as ``translated`` says it; nothing else is changed."""
    lines = code.splitlines(keepends=True)
    for token in _tokens(code):
        if _says_something(token):
            (row, start), (_row, end) = token.start, token.end
            sign = _BEGINNING.match(token.string)[0]  # type: ignore[index]  # every comment has one
            line = lines[row - 1]
            lines[row - 1] = f"{line[:start]}{sign}{translated(_said(token.string))}{line[end:]}"
    return "".join(lines)


def _tokens(code: str) -> list[tokenize.TokenInfo]:
    try:
        return [one for one in tokenize.generate_tokens(io.StringIO(code).readline) if one.type == tokenize.COMMENT]
    except (tokenize.TokenError, SyntaxError):
        return []


def _said(comment: str) -> str:
    return _BEGINNING.sub("", comment, count=1).strip()


def _says_something(token: tokenize.TokenInfo) -> bool:
    """Tell whether a comment is one of words, not the sign of a cell."""
    return re.search(r"\w", token.string) is not None


def setup(app: Sphinx) -> None:
    app.add_node(comment_messages)
    app.add_transform(OfferComments)
    app.add_transform(TakeComments)
