"""``{fold}``: what proves, or goes further, below one line that opens it.

Browsers open it for a link to something in it and for what is found in it by their own search; ``docs/_static/page.js`` does so where they don't, and for print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class folded(nodes.General, nodes.Element):
    """An element whose first child, a ``summary``, is seen until the reader opens it."""


class summary(nodes.paragraph):
    """The line that opens a folded part; as a paragraph it has a message in its page's catalog."""


def proof(*content: nodes.Node) -> folded:
    """Return what shows that the sentences before it are true, folded."""
    return folded("", summary("", str(_("See it run"))), *content)


def curves(*content: nodes.Node) -> folded:
    """Return figures, folded."""
    return folded("", summary("", str(_("See the curves"))), *content)


def rates(*content: nodes.Node) -> folded:
    """Return a table of learning rates, folded."""
    return folded("", summary("", str(_("See the values"))), *content)


class Fold(SphinxDirective):
    """Fold the content below the line that is the argument."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        words, messages = self.parse_inline(self.arguments[0])
        line = summary(self.arguments[0], "", *words)
        self.set_source_info(line)
        return [folded("", line, *self.parse_content_to_nodes()), *messages]


def visit_folded(self: HTML5Translator, node: folded) -> None:
    """Begin a ``details`` element."""
    self.body.append(self.starttag(node, "details", CLASS="lr-folded"))


def depart_folded(self: HTML5Translator, _node: folded) -> None:
    """End it."""
    self.body.append("</details>\n")


def visit_summary(self: HTML5Translator, node: summary) -> None:
    """Begin a ``summary`` element."""
    self.body.append(self.starttag(node, "summary", suffix=""))


def depart_summary(self: HTML5Translator, _node: summary) -> None:
    """End it."""
    self.body.append("</summary>\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the directive."""
    app.add_node(folded, html=(visit_folded, depart_folded))
    app.add_node(summary, html=(visit_summary, depart_summary))
    app.add_directive("fold", Fold)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
