"""Catalogs for the tests of the translation."""

from __future__ import annotations

from babel.messages.catalog import Catalog

from lrdoc.translation import catalogs


def catalog(messages: dict[str, str]) -> Catalog:
    """Return a catalog of messages and their translations."""
    found = Catalog()
    for message, translated in messages.items():
        found.add(message, translated)
    return found


def template(*messages: str) -> Catalog:
    """Return a catalog without translations."""
    return catalog(dict.fromkeys(messages, ""))


def strings(found: Catalog) -> dict[str, tuple[str, bool]]:
    """Return, by message, the translation and whether it is fuzzy."""
    return {str(one.id): (str(one.string or ""), one.fuzzy) for one in catalogs.translatable(found)}
