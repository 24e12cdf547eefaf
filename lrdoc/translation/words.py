"""The words that the project's code puts on pages: table headings, verdicts, shared sentences, the explorer's labels.

They have a message catalog of their own, for they belong to no page; so have the messages that several pages hold, and the text alternatives of figures.
"""

from __future__ import annotations

from sphinx.locale import get_translation

CATALOG = "lrdoc"
"""The name of the words' catalog."""

SHARED = "shared"
"""The name of the catalog of what several pages say in the same words, such as headings."""

FIGURES = "figures"
"""The name of the catalog of the figures' text alternatives, which several pages show."""

_ = get_translation(CATALOG)
"""Translate a message into the language of the build."""


def N_(message: str) -> str:  # noqa: N802  # the name by which gettext's tools know a message that is translated elsewhere
    """Mark a message for the catalog, where it is written down but not yet shown."""
    return message
