"""``{tally}``: how much the pages of this build ran, counted over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from lrdoc.checks.records import Source
from lrdoc.checks.sources import EARLIER, PYTORCH
from lrdoc.running import worker
from lrdoc.running.piece import Piece
from lrdoc.running.worker import ABORTED, Outcome
from lrdoc.sphinxext.placeholders import cache, measured, result
from lrdoc.sphinxext.shown import refused, shown

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class Ran(NamedTuple):
    """What a directive ran: its renderer's name, its pieces of code, how many claims the page makes of them, whether it claims equality, and the source of the record."""

    renderer: str
    pieces: tuple[Piece, ...]
    checks: int = 0
    equal: bool = False
    source: str = ""


class Build(NamedTuple):
    """Where a build keeps its sources and what came of its runs."""

    source: Path
    cache: Path

    def outcomes(self, pieces: Sequence[Piece]) -> list[Outcome]:
        """Return what came of each piece of code."""
        return worker.run(pieces, cache=self.cache)


Count = Callable[[list[Ran], Build], int | str]


class tally(nodes.Inline, nodes.TextElement):
    """A count to be filled in; attribute: ``count``, a key of ``COUNTS``."""


class Tally(SphinxRole):
    """One of ``COUNTS``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        if self.text not in COUNTS:
            problem = self.inliner.reporter.error(f"no tally {self.text!r}; there is: {', '.join(COUNTS)}")
            return [], [problem]
        node = tally(count=self.text)
        self.set_source_info(node)
        return [node], []


def _pieces(ran: Iterable[Ran], renderer: str) -> list[Piece]:
    return list(dict.fromkeys(piece for one in ran if one.renderer == renderer for piece in one.pieces))


def _each(renderer: str) -> Count:
    return lambda ran, _build: len(_pieces(ran, renderer))


def _outcomes(renderer: str, counted: Callable[[Outcome], int]) -> Count:
    return lambda ran, build: sum(map(counted, build.outcomes(_pieces(ran, renderer))))


def _docstring_values(outcome: Outcome, right: Sequence[bool]) -> int:
    return sum(row[-1] in right for row in result(outcome))


def _version(source: Source) -> Count:
    return lambda _ran, build: source.version(build.source) or "—"


def _comparisons(ran: Iterable[Ran], source: Source) -> list[Ran]:
    return [one for one in ran if one.source == source.name]


COUNTS: Mapping[str, Count] = {
    "code": lambda ran, _build: sum(one.renderer == "run" for one in ran),
    "claims": lambda ran, _build: sum(one.checks for one in ran),
    "edges": _each("edges"),
    "edges.refused": _outcomes("edges", lambda outcome: outcome.error != ABORTED and refused(outcome)),
    "edges.aborted": _outcomes("edges", lambda outcome: outcome.error == ABORTED),
    "nestings": _each("nestings"),
    "nestings.refused": _outcomes("nestings", refused),
    "docstring": _outcomes("docstring", lambda outcome: _docstring_values(outcome, (True, False))),
    "docstring.wrong": _outcomes("docstring", lambda outcome: _docstring_values(outcome, (False,))),
    "pytorch": lambda ran, _build: len(_comparisons(ran, PYTORCH)),
    "pytorch.differing": lambda ran, _build: sum(not one.equal for one in _comparisons(ran, PYTORCH)),
    "pytorch.version": _version(PYTORCH),
    "earlier": lambda _ran, build: EARLIER.count(build.source),
    "earlier.steps": lambda _ran, _build: EARLIER.steps,
    "earlier.version": _version(EARLIER),
}
"""Each count, given what all pages ran and the build they belong to."""


def _note(app: Sphinx, doctree: nodes.document) -> None:
    _ran(app.env)[app.env.docname] = [
        Ran(
            node["renderer"],
            tuple(node["pieces"]),
            node.get("checks", 0),
            node.get("equal", False),
            node.get("source", ""),
        )
        for node in doctree.findall(measured)
    ]
    if any(True for _node in doctree.findall(tally)):
        _tallying(app.env).add(app.env.docname)


def _forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _ran(env).pop(docname, None)
    _tallying(env).discard(docname)


def _ran(env: BuildEnvironment) -> dict[str, list[Ran]]:
    found: dict[str, list[Ran]] = _kept(env, "lrdoc_ran", dict)
    return found


def _tallying(env: BuildEnvironment) -> set[str]:
    found: set[str] = _kept(env, "lrdoc_tallying", set)
    return found


def _kept(env: BuildEnvironment, name: str, make: Callable[[], Any]) -> Any:
    if not hasattr(env, name):
        setattr(env, name, make())
    return getattr(env, name)


def _write_anew(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that show counts, if what the pages run has changed since the last build."""
    before, now = _kept(env, "lrdoc_tallied", dict), dict(_ran(env))
    env.lrdoc_tallied = now  # type: ignore[attr-defined]  # Sphinx's way for extensions to keep things
    return sorted(_tallying(env)) if now != before else []


def _fill(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    if app.builder.format != "html":  # nothing was run: see placeholders
        return
    ran = [one for page in _ran(app.env).values() for one in page]
    build = Build(Path(app.srcdir), cache(app))
    for node in list(doctree.findall(tally)):
        node.replace_self(shown(COUNTS[node["count"]](ran, build)))


def setup(app: Sphinx) -> None:
    app.add_role("tally", Tally())
    app.add_node(tally)
    app.connect("doctree-read", _note)
    app.connect("env-purge-doc", _forget)
    app.connect("env-updated", _write_anew)
    app.connect("doctree-resolved", _fill)
