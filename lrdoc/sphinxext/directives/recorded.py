"""``{pytorch}``, ``{earlier}``: a call in OneFlow beside one in PyTorch, or beside itself in an earlier OneFlow; and the role ``{earlier}``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective, SphinxRole

from lrdoc.checks.earlier import EARLIER, examples
from lrdoc.checks.pytorch import PYTORCH
from lrdoc.checks.record import Run, Source, differing, ending
from lrdoc.running.piece import Piece
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.placeholders import RefutedError, measured, measured_inline, renderer, result
from lrdoc.sphinxext.shown import aside, exception, moment, number, shown, table, words

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SOURCES: Mapping[str, Source] = {source.folder: source for source in (PYTORCH, EARLIER)}


class Recorded(SphinxDirective):
    """Compare a constructor call with a recorded one over the first ``steps``, from a base learning rate of 0.1.

    ``equal``: the page claims that they agree; without it, that they differ.
    ``oneflow-raises``, ``recorded-raises``: how a call ends, as in ``ValueError at construction``; without it, that it does not raise.
    Any of these claims breaks the build when it is wrong.
    """

    source: ClassVar[Source]
    option_spec: ClassVar = {
        "oneflow-raises": directives.unchanged_required,
        "recorded-raises": directives.unchanged_required,
        "steps": directives.positive_int,
        "equal": directives.flag,
    }

    def compare(self, oneflow: str, recorded: str, heads: tuple[str, str]) -> measured:
        """Return the placeholder of a comparison; ``heads`` name the two in the table."""
        source, page = self.source, Path(self.env.docname).name
        self.env.note_dependency(str(source.path(Path(self.env.srcdir), page)))
        node = measured(
            renderer="comparison",
            pieces=[attempts([oneflow], source.steps)],
            **_kept(self.env, source, page),
            call=recorded,
            heads=heads,
            steps=self.options.get("steps", 8),
            equal="equal" in self.options,
            endings=(self.options.get("oneflow-raises"), self.options.get("recorded-raises")),
        )
        self.set_source_info(node)
        return node


class PyTorch(Recorded):
    """Compare the call ``oneflow`` with PyTorch's call ``torch``."""

    source = PYTORCH
    option_spec: ClassVar = {
        **Recorded.option_spec,
        "oneflow": directives.unchanged_required,
        "torch": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        oneflow, torch = self.options["oneflow"], self.options["torch"]
        text = f"# OneFlow\n{oneflow}\n# PyTorch\n{torch}"
        node = self.compare(oneflow, torch, ("OneFlow", "PyTorch"))
        return [nodes.literal_block(text, text, language="python"), node]


class Earlier(Recorded):
    """Compare the call ``earlier`` in the installed OneFlow with itself in an earlier one."""

    source = EARLIER
    option_spec: ClassVar = {**Recorded.option_spec, "earlier": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        call = self.options["earlier"]
        versions = version("oneflow"), EARLIER.version(Path(self.env.srcdir))
        node = self.compare(call, call, (f"OneFlow {versions[0]}", f"OneFlow {versions[1]}"))
        return [nodes.literal_block(call, call, language="python"), node]


class EarlierExamples(SphinxRole):
    """``NAME``: how many examples of a scheduler were compared with an earlier OneFlow; the page claims that all agree."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        self.env.note_dependency(str(EARLIER.path(Path(self.env.srcdir), self.text)))
        piece = attempts(examples(self.text), EARLIER.steps)
        node = measured_inline(renderer="agreement", pieces=[piece], **_kept(self.env, EARLIER, self.text))
        self.set_source_info(node)
        return [node], []


def attempts(calls: Sequence[str], steps: int) -> Piece:
    """Return the piece that runs each of the calls in the installed OneFlow."""
    code = f"from lrdoc.checks import record\nresult = {{call: record.attempt('oneflow', call, {steps}) for call in {list(calls)!r}}}"
    return Piece.importing(code)


def _kept(env: Any, source: Source, page: str) -> dict[str, str]:
    """Return, as attributes of a node, where a record lies."""
    return {"source": source.folder, "docs": str(env.srcdir), "page": page}


def _recorded(node: measured | measured_inline, call: str) -> Run:
    """Return what a record says of a call; raise ``RefutedError`` if it has none."""
    source = SOURCES[node["source"]]
    runs = source.read(Path(node["docs"]), node["page"])["runs"]
    if call not in runs:
        raise RefutedError(f"no record of {source.package}'s {call}: run nox -s records")
    found: Run = runs[call]
    return found


@renderer
def comparison(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return a table of both calls' learning rates, and what ended them, after comparing all recorded steps."""
    ((_call, run),) = result(outcomes[0]).items()
    runs = run, _recorded(node, node["call"])
    _hold_to_claims(node, runs)
    named = list(zip(node["heads"], runs, strict=True))
    rows = [[nodes.Text(head), *_cells(run, node["steps"])] for head, run in named if run["lrs"]]
    ends = [_end(head, run) for head, run in named if ending(run)]
    heads = ["step", *map(str, range(node["steps"]))]
    return [*([table(heads, rows, classes=["lr-values"])] if rows else []), *ends]


def _hold_to_claims(node: measured | measured_inline, runs: tuple[Run, Run]) -> None:
    for head, claimed, run in zip(node["heads"], node["endings"], runs, strict=True):
        if ending(run) != claimed:
            raise RefutedError(
                f"{head} was to end with {claimed or 'no exception'}; it ended with {ending(run)}: {node['call']}"
            )
    steps = differing(*runs)
    if node["equal"] == bool(steps):
        verdict = f"differ at steps {steps}" if steps else "agree"
        raise RefutedError(f"{' and '.join(node['heads'])} {verdict}: {node['call']}")


def _cells(run: Run, steps: int) -> list[nodes.Node]:
    """Return the learning rates of the first steps; empty cells after the end of a run that raised."""
    first = run["lrs"][:steps]
    return [
        *(nodes.literal("", number(lr)) for lr in first),
        *(nodes.Text("") for _ in range(len(first), steps)),
    ]


def _end(head: str, run: Run) -> nodes.paragraph:
    parts = [nodes.Text(f"{head}: "), *exception(run["error"], run["message"]), words(aside(moment(run["when"])))]
    return nodes.paragraph("", "", *parts, translatable=False)


@renderer
def agreement(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return how many examples there are, after comparing each in both versions."""
    runs = result(outcomes[0])
    for call, run in runs.items():
        steps = differing(run, recorded := _recorded(node, call))
        if steps or ending(run) != ending(recorded):
            raise RefutedError(
                f"the versions of OneFlow differ at steps {steps}, ending with {ending(run)} and {ending(recorded)}: {call}"
            )
    return [shown(len(runs))]


def setup(app: Sphinx) -> None:
    app.add_directive("pytorch", PyTorch)
    app.add_directive("earlier", Earlier)
    app.add_role("earlier", EarlierExamples())
