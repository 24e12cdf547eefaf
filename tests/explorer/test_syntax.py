"""What the playground takes for Python and what it refuses, beside CPython: programs with a word or a character changed.

The suite tries few; ``LRDOC_MUTANTS=100000 python -m pytest tests/explorer/test_syntax.py`` tries as many as is said.
"""

from __future__ import annotations

import os
import warnings

import pytest

from lrdoc.explorer import generate
from lrdoc.running.node import NODE
from tests.explorer.mutants import mutants
from tests.explorer.syntax_seeds import REFUSED, SEEDS
from tests.explorer.test_programs import answered
from tests.explorer.test_snippets import BEFORE, SNIPPETS, pieces

COUNT = int(os.environ.get("LRDOC_MUTANTS", "4000"))
MOST_APART = 0.0005
"""The share of mutants of which the playground may think otherwise: rare places are left."""


def refused(code: str) -> str | None:
    """Return what CPython says to code that it refuses; what the engine takes on purpose counts as taken."""
    try:
        compile(code, "mutant", "exec")
    except (SyntaxError, ValueError) as error:
        return None if "'return' outside" in str(error) else str(error)
    return None


def apart(codes: list[str]) -> list[tuple[str, str | None, str | None]]:
    """Return the programs of which CPython and the playground think otherwise, with what both say."""
    generate.write()
    said = answered([str(NODE), "tests/explorer/syntax_side.ts"], [{"code": code} for code in codes])
    found = [(code, refused(code), answer["message"]) for code, answer in zip(codes, said, strict=True)]
    return [one for one in found if (one[1] is None) != (one[2] is None) and "not understood" not in str(one[2])]


@pytest.fixture(autouse=True)
def _quiet() -> None:
    warnings.simplefilter("ignore")  # mutants compare literals, and call numbers


def test_what_python_takes_is_taken() -> None:
    assert apart(SEEDS) == []


def test_what_python_refuses_is_refused() -> None:
    assert [code for code in REFUSED if refused(code) is None] == []
    assert apart(REFUSED) == []


def test_programs_with_a_word_changed_are_taken_or_refused_as_by_python() -> None:
    whole = [code for code in (one.removeprefix(BEFORE) for one in pieces(SNIPPETS).values()) if refused(code) is None]
    found = apart([*mutants(SEEDS, 1, COUNT // 2), *mutants(whole, 2, COUNT - COUNT // 2)])
    assert len(found) <= MOST_APART * COUNT, found
