"""``{sentence}``: a sentence that several pages share, from the table in ``lrdoc.sphinxext.sentences``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxRole

from lrdoc.sphinxext import sentences

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class shared_sentence(nodes.Inline, nodes.TextElement):
    """Holds a parsed sentence until what stands beside it has been seen."""


class Sentence(SphinxRole):
    """``KEY`` or ``KEY.SCHEDULER``, e.g. ``graph_works.step_lr``: the sentence of that key, about that scheduler."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        key, _point, scheduler = self.text.partition(".")
        try:
            text = sentences.text(key, scheduler, Path(self.env.srcdir))
        except ValueError as problem:
            return [], [self.inliner.reporter.error(str(problem), line=self.lineno)]
        content, messages = self.inliner.parse(text, self.lineno, self.inliner, self.inliner.parent)  # type: ignore[arg-type]  # MyST's
        return [shared_sentence("", "", *content)], messages


class MarkTranslated(SphinxTransform):
    """Spares translators a paragraph of nothing but shared sentences."""

    default_priority = 9  # before anything is looked up in catalogs

    def apply(self, **_kwargs: object) -> None:
        for node in self.document.findall(shared_sentence):
            if all(isinstance(child, shared_sentence) or not child.astext().strip() for child in node.parent):
                node.parent["translatable"] = False


class PlaceSentences(SphinxTransform):
    """Puts the sentences in the place of the nodes that hold them."""

    default_priority = 21  # as soon as translations, which have such nodes of their own, are in their places

    def apply(self, **_kwargs: object) -> None:
        for node in list(self.document.findall(shared_sentence)):
            if sentences.ends_full_width(node):
                _close_up(node)
            node.replace_self(node.children)


def _close_up(node: shared_sentence) -> None:
    """Take away the space after a sentence."""
    follower = node.next_node(nodes.Text, descend=False, siblings=True)
    if follower is not None and node.parent.index(follower) == node.parent.index(node) + 1:
        node.parent.replace(follower, nodes.Text(follower.lstrip()))


def setup(app: Sphinx) -> None:
    app.add_role("sentence", Sentence())
    app.add_node(shared_sentence)
    app.add_transform(MarkTranslated)
    app.add_transform(PlaceSentences)
