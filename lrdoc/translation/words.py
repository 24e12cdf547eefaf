"""The words that the project's code puts on pages: table headings, verdicts, shared sentences, the explorer's labels.

They have one message catalog, for they belong to no page; so do the messages that several pages hold.
"""

from __future__ import annotations

from sphinx.locale import get_translation

CATALOG = "lrdoc"
"""The name of the words' catalog."""

SHARED = "shared"
"""The name of the catalog of what several pages say in the same words, such as headings."""

_ = get_translation(CATALOG)
"""Translate a message into the language of the build."""


def N_(message: str) -> str:  # noqa: N802  # the name by which gettext's tools know a message that is translated elsewhere
    """Mark a message for the catalog, where it is written down but not yet shown."""
    return message
