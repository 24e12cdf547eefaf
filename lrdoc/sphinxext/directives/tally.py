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
from lrdoc.running.worker import ABORTED, Outcome
from lrdoc.sphinxext.placeholders import cache, measured, result
from lrdoc.sphinxext.shown import refused, shown

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class Piece(NamedTuple):
    """What a directive ran: its renderer's name, its code, and its attributes that say what was claimed, and of which record."""

    renderer: str
    codes: tuple[str, ...]
    checks: int = 0
    equal: bool = False
    source: str = ""


class Build(NamedTuple):
    """Where a build keeps its sources and what came of its runs."""

    source: Path
    cache: Path

    def outcomes(self, codes: Sequence[str]) -> list[Outcome]:
        """Return what came of each piece of code."""
        return worker.run(codes, cache=self.cache)


Count = Callable[[list[Piece], Build], int | str]


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


def _codes(pieces: Iterable[Piece], renderer: str) -> list[str]:
    return list(dict.fromkeys(code for piece in pieces if piece.renderer == renderer for code in piece.codes))


def _each(renderer: str) -> Count:
    return lambda pieces, _build: len(_codes(pieces, renderer))


def _outcomes(renderer: str, counted: Callable[[Outcome], int]) -> Count:
    return lambda pieces, build: sum(map(counted, build.outcomes(_codes(pieces, renderer))))


def _docstring_values(outcome: Outcome, right: Sequence[bool]) -> int:
    return sum(row[-1] in right for example in result(outcome) for row in example["rows"])


def _version(source: Source) -> Count:
    return lambda _pieces, build: source.version(build.source) or "—"


def _comparisons(pieces: Iterable[Piece], source: Source) -> list[Piece]:
    return [piece for piece in pieces if piece.source == source.name]


COUNTS: Mapping[str, Count] = {
    "code": lambda pieces, _build: sum(piece.renderer == "run" for piece in pieces),
    "claims": lambda pieces, _build: sum(piece.checks for piece in pieces),
    "edges": _each("edges"),
    "edges.refused": _outcomes("edges", lambda outcome: outcome.error != ABORTED and refused(outcome)),
    "edges.aborted": _outcomes("edges", lambda outcome: outcome.error == ABORTED),
    "nestings": _each("nestings"),
    "nestings.refused": _outcomes("nestings", refused),
    "docstring": _outcomes("docstring", lambda outcome: _docstring_values(outcome, (True, False))),
    "docstring.wrong": _outcomes("docstring", lambda outcome: _docstring_values(outcome, (False,))),
    "pytorch": lambda pieces, _build: len(_comparisons(pieces, PYTORCH)),
    "pytorch.differing": lambda pieces, _build: sum(not piece.equal for piece in _comparisons(pieces, PYTORCH)),
    "pytorch.version": _version(PYTORCH),
    "earlier": lambda _pieces, build: EARLIER.count(build.source),
    "earlier.steps": lambda _pieces, _build: EARLIER.steps,
    "earlier.version": _version(EARLIER),
}
"""Each count, given what all pages ran and the build they belong to."""


def _note(app: Sphinx, doctree: nodes.document) -> None:
    _pieces(app.env)[app.env.docname] = [
        Piece(
            node["renderer"],
            tuple(node["codes"]),
            node.get("checks", 0),
            node.get("equal", False),
            node.get("source", ""),
        )
        for node in doctree.findall(measured)
    ]
    if any(True for _node in doctree.findall(tally)):
        _tallying(app.env).add(app.env.docname)


def _forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _pieces(env).pop(docname, None)
    _tallying(env).discard(docname)


def _pieces(env: BuildEnvironment) -> dict[str, list[Piece]]:
    found: dict[str, list[Piece]] = _kept(env, "lrdoc_pieces", dict)
    return found


def _tallying(env: BuildEnvironment) -> set[str]:
    found: set[str] = _kept(env, "lrdoc_tallying", set)
    return found


def _kept(env: BuildEnvironment, name: str, make: Callable[[], Any]) -> Any:
    if not hasattr(env, name):
        setattr(env, name, make())
    return getattr(env, name)


def _write_anew(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that show counts, if any page now runs something else than when they were written."""
    before, now = _kept(env, "lrdoc_tallied", dict), dict(_pieces(env))
    env.lrdoc_tallied = now  # type: ignore[attr-defined]  # Sphinx's way for extensions to keep things
    return sorted(_tallying(env)) if now != before else []


def _fill(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    pieces = [piece for page in _pieces(app.env).values() for piece in page]
    build = Build(Path(app.srcdir), cache(app))
    for node in list(doctree.findall(tally)):
        node.replace_self(shown(COUNTS[node["count"]](pieces, build)))


def setup(app: Sphinx) -> None:
    app.add_role("tally", Tally())
    app.add_node(tally)
    app.connect("doctree-read", _note)
    app.connect("env-purge-doc", _forget)
    app.connect("env-updated", _write_anew)
    app.connect("doctree-resolved", _fill)
