"""Bring the catalogs of the translation up to date with the sources, and say what was done and what is left to do: ``nox -s catalogs``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog

from lrdoc.translation import catalogs, templates
from lrdoc.translation.catalogs import LANGUAGE, text, translatable
from lrdoc.translation.words import FIGURES

MOST_NAMED = 3
"""The most scripts that a message names."""


class Change(NamedTuple):
    """How many messages came into a catalog and went out of it, and how many are without a translation, or marked as fuzzy, now."""

    added: int
    removed: int
    untranslated: int = 0
    fuzzy: int = 0

    def __str__(self) -> str:
        said = ("added", "removed", "to translate", "fuzzy: to look at")
        return ", ".join(f"{count} {what}" for count, what in zip(self, said, strict=True) if count)


def updated(template: Catalog, catalog: Catalog, memory: Mapping[str, str]) -> Catalog:
    """Return the catalog with the messages of the template: a changed one keeps its translation, as fuzzy, for a translator to see.

    ``memory`` holds translations of all catalogs: a message that has moved brings its own.
    """
    catalog.update(template, update_creation_date=False)
    for message in translatable(catalog):
        known = memory.get(str(message.id))
        if known and (message.fuzzy or not message.string):
            message.string = known
            message.flags.discard("fuzzy")
    return catalog


def update(gettext: Path, gallery: Path, messages: Path) -> Iterator[tuple[str, Change]]:
    """Bring the catalogs in the folder ``messages`` up to date: new messages in, those that are gone out.

    Yield each catalog's domain with what was done to it and what is left to do.
    The text alternatives of figures stay as they are while ``templates.undrawn`` names scripts.
    """
    wanted, before = templates.wanted(gettext, gallery), catalogs.catalogs(messages)
    memory = _memory(before.values())
    kept = {FIGURES} if templates.undrawn(gallery) else set()
    for domain in sorted(before.keys() - wanted.keys() - kept):
        for suffix in (".po", ".mo"):
            (messages / f"{domain}{suffix}").unlink(missing_ok=True)
        yield domain, Change(0, len(before[domain]))
    still = {message for template in wanted.values() for message in _ids(template)}
    gone = {message: memory[message] for message in sorted(memory.keys() - still)}
    for domain, template in wanted.items():
        old = before.get(domain, Catalog(LANGUAGE))
        known = _ids(old)
        # A changed message may have stood in another catalog: its translation is offered to all.
        for message in gone:
            if message not in known:
                old.add(message, gone[message])
        new = updated(template, old, memory)
        _write(messages / f"{domain}.po", text(new))
        yield domain, _change(known, new)


def _memory(known: Iterable[Catalog]) -> dict[str, str]:
    """Return the translations that some catalogs hold."""
    every = (message for catalog in known for message in translatable(catalog))
    return {str(message.id): str(message.string) for message in every if message.string and not message.fuzzy}


def _ids(catalog: Catalog) -> set[str]:
    return {str(message.id) for message in translatable(catalog)}


def _write(path: Path, content: str) -> None:
    """Write a file, unless it holds the same already."""
    if not path.exists() or path.read_text(encoding="utf-8") != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")


def _change(before: set[str], catalog: Catalog) -> Change:
    now = _ids(catalog)
    untranslated = sum(not message.string for message in translatable(catalog))
    fuzzy = sum(message.fuzzy for message in translatable(catalog))
    return Change(len(now - before), len(before - now), untranslated, fuzzy)


def report(changes: Mapping[str, Change], undrawn: list[str]) -> str:
    """Return what to tell of an update; ``undrawn`` names the scripts that keep it from the text alternatives of figures."""
    lines = [f"{domain}.po: {change}" for domain, change in changes.items() if any(change)]
    if undrawn:
        whose = "the figures are" if len(undrawn) > MOST_NAMED else f"the figures of {', '.join(undrawn)} are"
        lines.append(
            f'{FIGURES}.po was left alone: {whose} not drawn, or not as they are now; "nox -s docs" draws them'
        )
    todo = sum(change.untranslated + change.fuzzy for change in changes.values())
    lines.append(f"{todo} messages wait for a translator" if todo else "no message waits for a translator")
    return "\n".join(lines)


def main(gettext: Path, gallery: Path, messages: Path) -> None:
    """Update the catalogs and say what was done."""
    changes = dict(update(gettext, gallery, messages))
    print(report(changes, templates.undrawn(gallery)))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
