"""``{pytorch}``, ``{earlier}``: a call in OneFlow beside one in PyTorch, or beside itself in an earlier OneFlow; and the role ``{earlier}``.

What the other package does is read from a record.
Where a call is not recorded yet, the page says so, and the build ends with the command that records it; in CI that is a warning, which fails the build.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from lrdoc.checks.recorder import Recording
from lrdoc.checks.records import Source, command, differing_steps, ending
from lrdoc.checks.sources import EARLIER, PYTORCH, SOURCES, examples
from lrdoc.running.piece import Piece
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.directives.fold import proof
from lrdoc.sphinxext.placeholders import RefutedError, measured, measured_inline, renderer, result
from lrdoc.sphinxext.shown import aside, call_block, exception, moment, number, shown, table, words
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


class Comparison(SphinxDirective):
    """Compare a constructor call with a recorded one over the first ``steps``, from a base learning rate of 0.1.

    ``equal``: the page claims that they agree; without it, that they differ, with ``differs-from`` at no step before that one.
    ``oneflow-raises``, ``recorded-raises``: how a call ends, as in ``ValueError at construction``; without it, that it does not raise.
    Any of these claims breaks the build when it is wrong.
    """

    source: ClassVar[Source]
    option_spec: ClassVar = {
        "oneflow-raises": directives.unchanged_required,
        "recorded-raises": directives.unchanged_required,
        "steps": directives.positive_int,
        "equal": directives.flag,
        "differs-from": directives.nonnegative_int,
    }

    def compare(self, oneflow: str, recorded: str, heads: tuple[str, str]) -> measured:
        """Return the placeholder of a comparison; ``heads`` name the two in the table."""
        source, page = self.source, Path(self.env.docname).name
        self.env.note_dependency(str(source.path(Path(self.env.srcdir), page)))
        node = measured(
            renderer="comparison",
            pieces=[_piece([oneflow], source)],
            **_place(self.env, source, page),
            call=recorded,
            heads=heads,
            steps=self.options.get("steps", 8),
            equal="equal" in self.options,
            differs_from=self.options.get("differs-from"),
            endings=(self.options.get("oneflow-raises"), self.options.get("recorded-raises")),
        )
        self.set_source_info(node)
        return node


class PyTorch(Comparison):
    """Compare the call ``oneflow`` with PyTorch's call ``torch``.

    Where they are ``equal`` the comparison is a proof, below a line that opens it; where they differ the difference is the answer, unless it is ``folded`` as well.
    """

    source = PYTORCH
    option_spec: ClassVar = {
        **Comparison.option_spec,
        "oneflow": directives.unchanged_required,
        "torch": directives.unchanged_required,
        "folded": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        oneflow, torch = self.options["oneflow"], self.options["torch"]
        text = f"# OneFlow\n{oneflow}\n# PyTorch\n{torch}"
        node = self.compare(oneflow, torch, ("OneFlow", "PyTorch"))
        shown = call_block(text), node
        return [proof(*shown)] if {"equal", "folded"} & set(self.options) else [*shown]


class Earlier(Comparison):
    """Compare the call ``earlier`` in the installed OneFlow with itself in an earlier one."""

    source = EARLIER
    option_spec: ClassVar = {**Comparison.option_spec, "earlier": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        call = self.options["earlier"]
        versions = version("oneflow"), EARLIER.version(Path(self.env.srcdir))
        node = self.compare(call, call, (f"OneFlow {versions[0]}", f"OneFlow {versions[1]}"))
        return [call_block(call), node]


class EarlierExamples(SphinxRole):
    """``NAME``: how many examples of a scheduler were compared with an earlier OneFlow; the page claims that all agree."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        self.env.note_dependency(str(EARLIER.path(Path(self.env.srcdir), self.text)))
        piece = _piece(examples(self.text), EARLIER)
        node = measured_inline(renderer="agreement", pieces=[piece], **_place(self.env, EARLIER, self.text))
        self.set_source_info(node)
        return [node], []


def _piece(calls: Sequence[str], source: Source) -> Piece:
    """Return the piece that runs calls in the installed OneFlow as those of a source were run."""
    run = f"recorder.record('oneflow', {list(calls)!r}, {source.steps})"
    return Piece.importing(f"from lrdoc.checks import recorder\nresult = {run}")


def _place(env: Any, source: Source, page: str) -> dict[str, str]:
    """Return, as attributes of a node, where a record lies."""
    return {"source": source.name, "docs": str(env.srcdir), "page": page}


def _recorded(node: measured | measured_inline, calls: Sequence[str]) -> dict[str, Recording]:
    """Return those of the calls that are recorded."""
    recordings = SOURCES[node["source"]].read(Path(node["docs"]), node["page"]).recordings
    return {call: recordings[call] for call in calls if call in recordings}


@renderer
def comparison(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return a table of both calls' learning rates, and what ended them, after comparing all recorded steps."""
    (oneflow,) = result(outcomes[0]).values()
    recorded = _recorded(node, [node["call"]]).get(node["call"])
    if recorded is None:
        return [_not_recorded(node)]
    pair = oneflow, recorded
    _hold_to_claims(node, pair)
    named = list(zip(node["heads"], pair, strict=True))
    rows = [[nodes.Text(head), *_cells(recording, node["steps"])] for head, recording in named if recording["lrs"]]
    ends = [_end(head, recording) for head, recording in named if ending(recording)]
    heads = ["step", *map(str, range(node["steps"]))]
    return [*([table(heads, rows, classes=["lr-values"])] if rows else []), *ends]


def _not_recorded(node: measured | measured_inline) -> nodes.paragraph:
    """Return what stands in the place of a comparison whose record is missing."""
    told = words(str(_("Not compared: this call is not recorded yet. To record it, run this: ")))
    return nodes.paragraph(
        "", "", told, nodes.literal("", command([node["source"]], [node["page"]])), translatable=False
    )


def _hold_to_claims(node: measured | measured_inline, pair: tuple[Recording, Recording]) -> None:
    for head, claimed, recording in zip(node["heads"], node["endings"], pair, strict=True):
        if ending(recording) != claimed:
            raise RefutedError(
                f"{head} was to end with {claimed or 'no exception'}; it ended with {ending(recording)}: {node['call']}"
            )
    steps = differing_steps(*pair)
    if node["equal"] == bool(steps):
        verdict = f"differ at steps {steps}" if steps else "agree"
        raise RefutedError(f"{' and '.join(node['heads'])} {verdict}: {node['call']}")
    if node["differs_from"] not in (None, *steps[:1]):
        raise RefutedError(f"{' and '.join(node['heads'])} differ from step {steps[0]} on: {node['call']}")


def _cells(recording: Recording, steps: int) -> list[nodes.Node]:
    """Return the learning rates of the first steps; empty cells after the end of one that raised."""
    first = recording["lrs"][:steps]
    return [
        *(nodes.literal("", number(lr)) for lr in first),
        *(nodes.Text("") for _ in range(len(first), steps)),
    ]


def _end(head: str, recording: Recording) -> nodes.paragraph:
    parts = [words(head + str(_(": "))), *exception(recording["error"], recording["message"])]
    parts.append(words(aside(moment(recording["when"]))))
    return nodes.paragraph("", "", *parts, translatable=False)


@renderer
def agreement(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return how many examples there are, after comparing each in both versions; of those that are not recorded yet, how many."""
    now = result(outcomes[0])
    recorded = _recorded(node, list(now))
    for call, recording in recorded.items():
        steps = differing_steps(now[call], recording)
        if steps or ending(now[call]) != ending(recording):
            raise RefutedError(
                f"the versions of OneFlow differ at steps {steps}, ending with {ending(now[call])} and {ending(recording)}: {call}"
            )
    missing = len(now) - len(recorded)
    return [shown(len(recorded)), *([words(aside(str(_("%s not recorded yet")) % missing))] if missing else [])]


def _tell_what_is_missing(app: Sphinx, exception: Exception | None) -> None:
    """Say which calls are not recorded yet, and the command that records them: as a warning in CI, in passing elsewhere."""
    for source in SOURCES.values():
        missing = source.missing(Path(app.srcdir))
        if exception is not None or not missing:
            continue
        pages = ", ".join(f"{page}: {len(calls)}" for page, calls in missing.items())
        told = f"calls of {source.package} that are not recorded yet ({pages}); record them with\n  {command([source.name], list(missing))}"
        if os.environ.get("CI"):
            logger.warning("%s", told, type="lrdoc", subtype="unrecorded")
        else:
            logger.info("%s", told, color="yellow")


def setup(app: Sphinx) -> None:
    app.add_directive("pytorch", PyTorch)
    app.add_directive("earlier", Earlier)
    app.add_role("earlier", EarlierExamples())
    app.connect("build-finished", _tell_what_is_missing)
