"""Links to pages of the site from what directives write, where a page's own markup for links can't stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def page_link(docname: str, *content: nodes.Node, state: str = "") -> nodes.reference:
    """Return a link to a page, and to ``state``, what follows in the address; where that lies from the page that shows the link is filled in when the latter is written."""
    return nodes.reference("", "", *content, internal=True, page=docname, page_state=state)


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for link in doctree.findall(nodes.reference):
        if "page" in link:
            link["refuri"] = app.builder.get_relative_uri(docname, link["page"]) + link["page_state"]


def setup(app: Sphinx) -> None:
    app.connect(
        "doctree-resolved", _resolve, priority=600
    )  # after placeholders, whose content may hold links, are filled
