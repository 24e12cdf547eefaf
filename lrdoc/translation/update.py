"""Bring the catalogs of the translation up to date with the sources, and say what has changed: ``nox -s catalogs``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog

from lrdoc.translation import catalogs
from lrdoc.translation.catalogs import LANGUAGE, text, translatable
from lrdoc.translation.words import FIGURES

MOST_NAMED = 3
"""How many scripts a message names."""


@dataclass(frozen=True)
class Change:
    """What an update did to the file of a catalog: how many messages came and went, and how many of those that came want a translation or a second look."""

    path: Path
    added: int
    removed: int
    untranslated: int
    fuzzy: int

    def __str__(self) -> str:
        wanting = {"to translate": self.untranslated, "fuzzy, to be looked at": self.fuzzy}
        left = "".join(f", {count} {what}" for what, count in wanting.items() if count)
        return f"{self.path}: {self.added} added{left}; {self.removed} removed"


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


def update(gettext: Path, gallery: Path, messages: Path) -> Iterator[Change]:
    """Bring the catalogs in the folder ``messages`` up to date: new messages in, those that are gone out; yield what changed.

    The text alternatives of figures stay as they are while the gallery is not drawn.
    """
    wanted, before = catalogs.templates(gettext, gallery), catalogs.catalogs(messages)
    memory = {
        str(message.id): str(message.string)
        for catalog in before.values()
        for message in translatable(catalog)
        if message.string and not message.fuzzy
    }
    gone = memory.keys() - {str(message.id) for template in wanted.values() for message in translatable(template)}
    kept = {FIGURES} if catalogs.undrawn(gallery) else set()
    for domain in sorted(before.keys() - wanted.keys() - kept):
        for suffix in (".po", ".mo"):
            (messages / f"{domain}{suffix}").unlink(missing_ok=True)
        yield Change(messages / f"{domain}.po", 0, len(before[domain]), 0, 0)
    for domain, template in wanted.items():
        old = before.get(domain, Catalog(LANGUAGE))
        known = {str(message.id) for message in translatable(old)}
        for message in gone - known:  # one that was changed may have been in another catalog
            old.add(message, memory[message])
        new = updated(template, old, memory)
        target = messages / f"{domain}.po"
        if not target.exists() or target.read_text(encoding="utf-8") != text(new):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text(new), encoding="utf-8", newline="\n")
            yield _change(target, known, new)


def _change(path: Path, before: set[str], catalog: Catalog) -> Change:
    now = {str(message.id): message for message in translatable(catalog)}
    added = [now[message] for message in now.keys() - before]
    return Change(
        path,
        added=len(added),
        removed=len(before - now.keys()),
        untranslated=sum(not message.string for message in added),
        fuzzy=sum(message.fuzzy for message in added),
    )


def main(gettext: Path, gallery: Path, messages: Path) -> None:
    """Update the catalogs and say what was done."""
    changes = list(update(gettext, gallery, messages))
    for change in changes:
        print(change)
    if undrawn := catalogs.undrawn(gallery):
        figures = "the figures are" if len(undrawn) > MOST_NAMED else f"the figures of {', '.join(undrawn)} are"
        print(
            f'{messages / FIGURES}.po was not looked at: {figures} not drawn as they are now. "nox -s docs" draws them.'
        )
    print(f"{len(changes)} catalogs changed." if changes else "No catalog changed.")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
