"""``{run}``: code that the build runs, with what it really printed or raised below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from lrdoc.running.piece import Piece
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.directives.fold import proof
from lrdoc.sphinxext.placeholders import RefutedError, measured, measured_inline, renderer

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Run(SphinxDirective):
    """Show a self-contained piece of Python and its output.

    ``alone``: it runs in a process of its own, for it must not meet what other code has left.
    ``raises``: the exception that ends it (``process aborted`` where it takes the process down); without it, an exception breaks the build.
    ``check``: Python expressions, one per line, that must hold afterwards: what the sentences around the code claim.
    ``folded``: code and output are below a line that opens them: they prove what the sentences before them say.
    ``opens``: a name for a piece of code that later ones on the same page go on from; ``after``: the name of the one before.
    """

    has_content = True
    option_spec: ClassVar = {
        "alone": directives.flag,
        "raises": directives.unchanged_required,
        "check": directives.unchanged_required,
        "folded": directives.flag,
        "opens": directives.unchanged_required,
        "after": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        code = "\n".join(self.content).strip("\n")
        whole = self._opening() + code
        if "opens" in self.options:
            self._openings()[self.options["opens"]] = whole
        checks = [line.strip() for line in self.options.get("check", "").splitlines() if line.strip()]
        node = measured(
            renderer="run",
            pieces=[Piece.importing(_checked(whole, checks), alone="alone" in self.options)],
            raises=self.options.get("raises"),
            checks=len(checks),
        )
        self.set_source_info(node)
        block = nodes.literal_block(code, code, language="python", classes=["lr-code"])
        self.set_source_info(block)
        return [proof(block, node)] if "folded" in self.options else [block, node]

    def _openings(self) -> dict[str, str]:
        found: dict[str, str] = self.env.temp_data.setdefault("lrdoc_openings", {})
        return found

    def _opening(self) -> str:
        name = self.options.get("after")
        if name is not None and name not in self._openings():
            raise self.error(f"no code above opens {name!r}; there is: {', '.join(self._openings()) or 'none'}")
        return f"{self._openings()[name]}\n\n" if name is not None else ""


def _checked(code: str, checks: Sequence[str]) -> str:
    return "\n".join([code, *(f"assert {check}, {f'check failed: {check}'!r}" for check in checks)])


@renderer
def run(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return the output of a piece of code; raise ``RefutedError`` if it ended in another way than the page says."""
    (outcome,) = outcomes
    if outcome.error != node["raises"]:
        where = f", line {outcome.line}" if outcome.line else ""
        raise RefutedError(
            f"the code was to end with {node['raises'] or 'no exception'}{where}; it ended with {outcome.error}: {outcome.message}"
        )
    text = outcome.stdout + (f"{outcome.error}: {outcome.message}" if outcome.error else "")
    if not text.strip():
        return []
    return [nodes.literal_block(text.rstrip(), text.rstrip(), language="text", classes=["lr-output"])]


def setup(app: Sphinx) -> None:
    app.add_directive("run", Run)
