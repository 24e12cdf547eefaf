"""The words that directives add to pages: table headings, verdicts, shared sentences; they have a message catalog of their own."""

from __future__ import annotations

from sphinx.locale import get_translation

CATALOG = "lrdoc"
"""The catalog's name."""

_ = get_translation(CATALOG)
"""Translate a message into the language of the build."""


def N_(message: str) -> str:  # noqa: N802  # the name by which gettext's tools know a message that is translated elsewhere
    """Mark a message for the catalog; it is translated where it is used."""
    return message
