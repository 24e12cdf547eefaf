"""``{nestings}``: every scheduler tried in every place inside another, in both modes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from lrdoc import entry
from lrdoc.nesting import PLACES
from lrdoc.sphinxext.checks import scheduler
from lrdoc.sphinxext.edges import refused, verdict
from lrdoc.sphinxext.measured import _, measured, measured_inline, renderer, table, words
from lrdoc.worker import Outcome

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Nestings(SphinxDirective):
    """One row per scheduler, one column per place; ``mode`` is ``eager`` or ``graph``."""

    option_spec: ClassVar = {"mode": lambda argument: directives.choice(argument, ("eager", "graph"))}

    def run(self) -> list[nodes.Node]:
        names, mode = list(entry.entries()), self.options.get("mode", "eager")
        codes = [
            f"from lrdoc import nesting\nresult = nesting.attempt({name!r}, {place!r}, {mode!r})"
            for name in names
            for place in PLACES
        ]
        node = measured(renderer="nestings", codes=codes, names=names)
        self.set_source_info(node)
        return [node]


@renderer
def nestings(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return the matrix of what is allowed, each refusal with its exception and its moment."""
    rows = []
    for row, name in enumerate(node["names"]):
        tried = outcomes[row * len(PLACES) : (row + 1) * len(PLACES)]
        rows.append([scheduler(name), *(verdict(one) if refused(one) else words("✓") for one in tried)])
    heads = [_("Scheduler in place of ·"), *PLACES]
    return [table(heads, rows, classes=["lr-nestings"])]


def setup(app: Sphinx) -> None:
    app.add_directive("nestings", Nestings)
