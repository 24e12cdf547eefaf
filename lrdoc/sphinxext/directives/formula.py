"""``{formula}``: the closed form of a scheduler, typeset from its one definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc.sphinxext import described
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Formula(SphinxDirective):
    """Typeset the closed form of the scheduler named in the argument."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        form = described.get(self.arguments[0]).closed_form
        if form is None:
            raise self.error(f"{self.arguments[0]} has no closed form")
        latex = form.latex(condition=str(_("if")), otherwise=str(_("otherwise")))
        node = nodes.math_block(latex, latex, number=None, label=None, nowrap=True, translatable=False)
        self.set_source_info(node)
        return [node]


def setup(app: Sphinx) -> None:
    app.add_directive("formula", Formula)
