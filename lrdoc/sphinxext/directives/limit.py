"""``{limit}``: what bounds the explorer, from the constants that its engine has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from lrdoc.explorer import limits

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LIMITS = {"steps": limits.MOST_STEPS, "in_turn": limits.MOST_IN_TURN}


class Limit(SphinxRole):
    """A number of steps: ``steps``, the most that are shown, or ``in_turn``, the most that are computed one after another."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        return [nodes.Text(f"{LIMITS[self.text]:,}")], []


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_role("limit", Limit())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
