"""Links from the terms of the field and of OneFlow to where they are explained: from the first use of each on a page.

The page that explains a term does not link to itself.
Titles, code, tables and captions stay as they are, and so does a first use that is part of a link already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from lrdoc import register
from lrdoc.sphinxext.directives.fold import summary
from lrdoc.sphinxext.links import page_link

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDERS = ("answers/", "concepts/", "gallery/", "recipes/", "reference/", "practice")
"""Where the pages begin that are read for what they say; what the other pages say leads to these."""


@dataclass(frozen=True)
class Term:
    """A term, the page and the section that explain it, its names in code, and a pattern of its names in each language."""

    page: str
    anchor: str = ""
    code: tuple[str, ...] = ()
    words: str = r"(?!)"


OTHER = (nodes.title, nodes.literal_block, nodes.literal, nodes.table, nodes.caption, nodes.raw, nodes.term, summary)
"""What is no running text."""


def terms() -> Iterator[Term]:
    """Yield every term: those below, and the schedulers' classes, each of which has a page."""
    held = "reference/lr_scheduler", "what-it-holds"
    yield Term(*held, code=("base_lr", "base_lrs"))
    yield Term(*held, code=("last_step",))
    yield Term(*held, code=("initial_lr",))
    yield Term("concepts/graph_mode", code=("nn.Graph",), words=r"\bGraph mode\b|Graph 模式")
    yield Term("concepts/graph_mode", words=r"Eager 模式|\b[Ee]ager(?: mode)?\b")
    yield Term("reference/lr_scheduler", "param-groups", words=r"\bparam groups?\b|参数组")
    yield Term("recipes/noam", words=r"\bNoam\b")
    yield Term("answers/mixed_precision", code=("GradScaler",), words=r"\b[Mm]ixed precision\b|混合精度")
    for name, entry in register.entries().items():
        yield Term(f"reference/{name}", code=(entry.cls.__name__,))


def _link_first_uses(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html" or not docname.startswith(FOLDERS):
        return
    prose = [node for node in doctree.findall() if isinstance(node, (nodes.literal, nodes.Text)) and _is_prose(node)]
    for term in terms():
        if term.page != docname:
            _link_first_use(prose, term)


def _link_first_use(prose: list[nodes.literal | nodes.Text], term: Term) -> None:
    """Link a term where ``prose``, the texts and the code of a page's sentences, has it first, unless that is a link."""
    for at, node in enumerate(prose):
        if parts := _parts(node, term):
            if not _within(node, nodes.reference):
                _link(node, parts, term)
                prose[at : at + 1] = parts
            return


def _parts(
    node: nodes.literal | nodes.Text, term: Term
) -> tuple[nodes.Text, nodes.literal | nodes.Text, nodes.Text] | None:
    """Return what of a node stands before a term, the term, and what stands after it; ``None`` where it is not there."""
    if isinstance(node, nodes.literal):
        return (nodes.Text(""), node, nodes.Text("")) if node.astext() in term.code else None
    found = re.search(term.words, node)
    return (nodes.Text(node[: found.start()]), nodes.Text(found[0]), nodes.Text(node[found.end() :])) if found else None


def _link(node: nodes.Node, parts: Sequence[nodes.Node], term: Term) -> None:
    """Put its parts in the place of a node, the second of them as a link."""
    place, (before, name, after) = node.parent, parts
    link = page_link(term.page, state=f"#{term.anchor}" if term.anchor else "")
    place.replace(node, [before, link, after])
    link += name


def _is_prose(node: nodes.Node) -> bool:
    return _within(node, nodes.paragraph) and not _within(node, *OTHER)


def _within(node: nodes.Node, *kinds: type[nodes.Node]) -> bool:
    parent = node.parent
    while parent is not None and not isinstance(parent, kinds):
        parent = parent.parent
    return parent is not None


def setup(app: Sphinx) -> None:
    app.connect(
        "doctree-resolved", _link_first_uses, priority=550
    )  # after placeholders are filled, before page links are
