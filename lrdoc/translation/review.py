"""Compare translated messages with their sources: what a translator must leave as it is, and the terms of the glossary.

``nox -s review -- FILE.po ...`` names what is wrong in catalogs; it needs neither OneFlow nor Sphinx, and a second.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tomli
from babel.messages.catalog import Catalog

from lrdoc.translation import catalogs

LOCALE = Path("docs/locale")
HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"
_ROLE = r"(?:\{[\w-]+\}|:[\w:-]+:)`[^`]+`"
_KEPT: Mapping[str, re.Pattern[str]] = {
    "role": re.compile(r"(\{[\w-]+\}|:[\w:-]+:)`(?:[^`<]*<)?([^`>]+)>?`"),
    "link target": re.compile(r"\]\(([^)]+)\)|(?<!\})(?<!:)`[^`]*<([^`>]+)>`"),
    "code": re.compile(r"``.+?``|(?<![\w}:`])`[^`<]+`(?!_)"),
    "formula": re.compile(r"\$[^$]+\$"),
    "tag": re.compile(r"</?\w+[^>]*>"),
    "placeholder": re.compile(r"%(?:\(\w+\))?[sd]|\$?\{\w+\}(?!`)"),
}
"""What a translation holds as often as its source, in any order."""

_MARKUP = re.compile(rf"{_ROLE}|``.+?``|`[^`]+`_?|\]\([^)]+\)|\$[^$]+\$|</?\w+[^>]*>|https?://\S+")
_NAME = re.compile(r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+|[A-Z]+[a-z0-9]+[A-Z][A-Za-z0-9]*")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.])\d+(?:,\d{3})*(?:\.\d+)?(?:e-?\d+)?")
_SPELLED = {
    "0": "zero",
    "1": "a an one once single first",
    "2": "two twice double half halve second",
    "3": "three third",
    "4": "four fourth quarter",
    "5": "five fifth",
    "6": "six sixth",
    "7": "seven seventh",
    "8": "eight eighth",
    "9": "nine ninth",
    "10": "ten tenth",
    "12": "twelve",
    "14": "fourteen",
    "15": "fifteen",
    "20": "twenty",
    "100": "hundred",
}
"""Numbers that English writes as words and Chinese may write as digits."""
_ASCII_PUNCTUATION = re.compile(rf"{HAN}(?:[,;:?!](?!\d)|\.(?:\s|$))")
_OF_CHINESE = re.compile(rf"(?:^|{HAN}|[·）」》”…])\s?[:;](?!\d)|\w[:;]\s?{HAN}|\([^()]*{HAN}[^()]*\)")
"""A colon, semicolon or parentheses of half width where markup, for which a dot stands, or a name may come between them and the Chinese."""


@dataclass(frozen=True)
class Term:
    """English words and the Chinese ones of which a translation uses one; ``wrong``: those that it never uses."""

    english: Sequence[str]
    chinese: Sequence[str]
    wrong: Sequence[str] = ()

    def is_in(self, message: str) -> bool:
        """Tell whether an English message has one of the words, outside of code."""
        words = "|".join(map(re.escape, self.english))
        return re.search(rf"(?<![\w-])(?:{words})(?![\w-])", _prose(message), re.IGNORECASE) is not None


@dataclass(frozen=True)
class Glossary:
    """Terms, and by English word the beginnings of the messages that use it in another sense, or tell its other names."""

    terms: Sequence[Term]
    exceptions: Mapping[str, Sequence[str]]

    def problems(self, message: str, translated: str) -> Iterator[str]:
        """Yield what a translation renders in another way than the glossary says."""
        for term in (term for term in self.terms if not self._excepted(term, message)):
            if term.is_in(message) and not _holds(translated, term.chinese):
                yield f"{term.english[0]!r} is rendered as {' or '.join(term.chinese)} on this site"
            if used := [word for word in term.wrong if word in translated]:
                yield f"{', '.join(used)}: use {' or '.join(term.chinese)}"

    def _excepted(self, term: Term, message: str) -> bool:
        return message.startswith(tuple(self.exceptions.get(term.english[0], ())))


def glossary(path: Path) -> Glossary:
    """Return the glossary that a TOML file holds."""
    found = tomli.loads(path.read_text(encoding="utf-8"))
    return Glossary([Term(**term) for term in found["term"]], found.get("except", {}))


def markup_problems(message: str, translated: str) -> Iterator[str]:
    """Yield what a translation changes of the source's code, links, roles, formulas, tags, placeholders, names and numbers."""
    for name, pattern in _KEPT.items():
        before, after = (Counter(map(_matched, pattern.finditer(text))) for text in (message, translated))
        for what, counted in (("is missing", before - after), ("is not in the source", after - before)):
            if counted:
                yield f"{name} {', '.join(counted)} {what}"
    if lost := set(_NAME.findall(_prose(message))) - set(_NAME.findall(_prose(translated))):
        yield f"name {', '.join(sorted(lost))} is missing"
    before, after = (Counter(_NUMBER.findall(_prose(text))) for text in (message, translated))
    if missing := before - after:
        yield f"number {', '.join(missing)} is missing"
    words = {word.removesuffix("s") for word in re.findall(r"[a-z]+", message.lower())}
    spelled = {digits for digits, spellings in _SPELLED.items() if words & set(spellings.split())}
    if added := set(after) - set(before) - spelled:
        yield f"number {', '.join(sorted(added))} is not in the source"


def style_problems(translated: str) -> Iterator[str]:
    """Yield where the Chinese breaks the rules of this site: a space beside code, Chinese punctuation after Chinese."""
    for code in (match for match in _MARKUP.finditer(translated) if "`" in match[0]):
        beside = translated[max(code.start() - 1, 0) : code.start()] + translated[code.end() : code.end() + 1]
        if re.search(HAN, beside):
            yield f"a space is needed between Chinese and code: {code[0]}"
    if found := _ASCII_PUNCTUATION.search(_prose(translated)):
        yield f"Chinese punctuation is needed after Chinese: {found[0]}"
    elif found := _OF_CHINESE.search(_KEPT["placeholder"].sub("·", _prose(translated, "·"))):
        yield f"Chinese punctuation is needed in a Chinese sentence: {found[0]}"


def problems(catalog: Catalog, terms: Glossary) -> Iterator[tuple[str, str]]:
    """Yield the English messages that are not, or not rightly, translated, each with what is wrong."""
    for message in catalogs.translatable(catalog):
        source, translated = str(message.id), str(message.string or "")
        if not translated:
            yield source, "is not translated"
        elif message.fuzzy:
            yield source, f"is fuzzy: its English has changed; see to the translation and remove the flag: {translated}"
        else:
            for problem in (
                *markup_problems(source, translated),
                *style_problems(translated),
                *terms.problems(source, translated),
            ):
                yield source, f"{problem}\n    in: {translated}"


def _matched(match: re.Match[str]) -> str:
    return "".join(filter(None, match.groups())) or match[0]


def _prose(text: str, instead: str = " ") -> str:
    """Return a message without its markup, for which something else stands; what a link shows stays."""
    return _MARKUP.sub(instead, text)


def _holds(text: str, words: Sequence[str]) -> bool:
    return any(word.lower() in text.lower() for word in words)


def malformed(path: Path) -> Iterator[str]:
    """Yield, with its number, the first line of a catalog's file that is not as ``nox -s catalogs`` writes it, as one with a quote too few."""
    lines = path.read_text(encoding="utf-8").splitlines()
    written = catalogs.text(catalogs.read(path)).splitlines()
    for number, (line, expected) in enumerate(itertools.zip_longest(lines, written), start=1):
        if line != expected:
            yield f'line {number} is not as a catalog is written: {line}\n    its quotes are wrong, or "nox -s catalogs" mends it'
            return


def main(paths: Sequence[Path]) -> None:
    """Name what is wrong in the catalogs, or in all if none is named; end with an error if there is anything."""
    terms = glossary(LOCALE / "glossary.toml")
    count = 0
    for path in paths or sorted(LOCALE.rglob("*.po")):
        translated = (f"{source}\n    {problem}" for source, problem in problems(catalogs.read(path), terms))
        for problem in (*malformed(path), *translated):
            count += 1
            print(f"{path}: {problem}")
    sys.exit(f"{count} problems" if count else 0)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
