"""The words that directives add to pages: table headings, verdicts, shared sentences; they have a message catalog of their own."""

from __future__ import annotations

from sphinx.locale import get_translation

CATALOG = "lrdoc"
"""The catalog's name."""

_ = get_translation(CATALOG)
