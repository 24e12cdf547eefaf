"""Puts what sphinx-gallery writes by itself into the page's language: the cards of an index and the names of the downloads.

The catalogs of pages are left without these sentences, which would be the same for every script.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_TOOLTIP = re.compile(r'tooltip="[^"]*"')
_TITLE = re.compile(r'(?<=class="sphx-glr-thumbnail-title">)[^<]*')


class GeneratedSentences(SphinxTransform):
    """Takes generated sentences out of what is translated page by page."""

    default_priority = 9  # before anything is looked up in catalogs

    def apply(self, **_kwargs: object) -> None:
        for note in list(self.document.findall(_is_download_note)):
            note.parent.remove(note)  # it says only that the downloads are at the end
        for link in list(self.document.findall(addnodes.download_reference)):
            _name(link)
        for card in _cards(self.document):
            _note_example(*card)


def _is_download_note(node: nodes.Node) -> bool:
    return isinstance(node, nodes.note) and "sphx-glr-download-link-note" in node["classes"]


def _name(link: addnodes.download_reference) -> None:
    """Name a download in the page's language."""
    kinds = {"ipynb": _("Jupyter notebook"), "py": _("Python source code"), "zip": _("Both, zipped")}
    file = str(link["reftarget"]).rpartition("/")[2]
    kind = kinds.get(file.rpartition(".")[2])
    if kind is not None and isinstance(link.parent, nodes.paragraph):
        link.clear()
        link += [nodes.Text(str(kind) + str(_(": "))), nodes.literal("", file)]
        link.parent["translatable"] = False


def _cards(document: nodes.document) -> Iterator[tuple[nodes.raw, addnodes.pending_xref, Any]]:
    """Yield each card of an index: what opens it, the link to the example, what closes it."""
    for opening in document.findall(nodes.raw):
        if "sphx-glr-thumbcontainer" in opening.astext():
            at = opening.parent.index(opening)
            (link,) = opening.parent[at + 1].findall(addnodes.pending_xref)
            yield opening, link, opening.parent[at + 2]


def _note_example(opening: nodes.raw, link: addnodes.pending_xref, closing: nodes.Element) -> None:
    link.parent["translatable"] = False
    opening["example"] = closing["example"] = link["reftarget"].lstrip("/")


def _fill(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Take tooltip and title of a card from the page that it leads to, which is translated."""
    for part in doctree.findall(nodes.raw):
        if "example" in part:
            title = app.env.titles[part["example"]].astext()
            first = html.escape(_first_paragraph(app.env.get_doctree(part["example"])))
            text = _replaced(_TITLE, html.escape(title), part.astext())
            text = _replaced(_TOOLTIP, f'title="{first}"', text)  # HTML has no attribute of sphinx-gallery's name
            part.children = [nodes.Text(text)]


def _replaced(what: re.Pattern[str], words: str, text: str) -> str:
    return what.sub(lambda _match: words, text)


def _first_paragraph(document: nodes.document) -> str:
    paragraph = next(document.findall(nodes.paragraph), None)
    return " ".join(paragraph.astext().split()) if paragraph else ""


def _indexes_of(
    app: Sphinx, _env: BuildEnvironment, added: set[str], changed: set[str], _removed: set[str]
) -> Sequence[str]:
    """Return the indexes to read anew, as pages that their cards lead to are."""
    folders: Iterable[str] = getattr(app.config, "sphinx_gallery_conf", {}).get("gallery_dirs", [])
    return [f"{folder}/index" for folder in folders if any(name.startswith(f"{folder}/") for name in added | changed)]


def setup(app: Sphinx) -> None:
    app.add_transform(GeneratedSentences)
    app.connect("env-get-outdated", _indexes_of)
    app.connect("doctree-resolved", _fill)
