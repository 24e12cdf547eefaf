"""``{call}``: the constructor call of a scheduler's first example, the one whose curve the site shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from lrdoc import register
from lrdoc.describe.schedule import Schedule

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Call(SphinxRole):
    """``NAME``, e.g. ``step_lr``: the call as a line of code of its own."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            code = Schedule.preset(register.get(self.text)).code()
        except ValueError as problem:
            return [], [self.inliner.reporter.error(str(problem), line=self.lineno)]
        return [nodes.literal(code, code, classes=["lr-call"])], []


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_role("call", Call())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
