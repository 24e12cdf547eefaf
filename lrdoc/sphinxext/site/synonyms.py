"""The words in which readers ask for what the site says in others: ``docs/locale/synonyms.toml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tomli


@dataclass(frozen=True)
class Synonyms:
    """What readers of one language type.

    ``words``: from a word that they type, in lower case, to the site's word for it.
    ``same``: from a word of a question, in lower case, to the one that stands for all that mean about the same.
    ``answers``: from a place, as ``page`` or ``page#anchor``, to what is asked that it answers.
    """

    words: Mapping[str, str]
    same: Mapping[str, str]
    answers: Mapping[str, Sequence[str]]


def read(path: Path, language: str) -> Synonyms:
    """Return what a file holds for a language, which is called by its folder, as ``zh``.

    Raises ``ValueError`` where a word stands for two, or a place stands twice.
    """
    found = tomli.loads(path.read_text(encoding="utf-8"))
    words, same = _pairs(found["words"][language]), _pairs(found["same"][language])
    answers = [(answer["place"], answer[language]) for answer in found["answer"]]
    for pairs in (words, same, answers):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                raise ValueError(f"{key} stands twice in {path.name}")
            seen.add(key)
    return Synonyms(dict(words), dict(same), dict(answers))


def _pairs(table: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    return [(typed.lower(), said) for said, all_typed in table.items() for typed in all_typed]
