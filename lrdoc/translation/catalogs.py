"""The message catalogs of a translation, and their files; what belongs in each, ``lrdoc.translation.templates`` says.

A catalog is called by its domain: the name of a page, or one of

- ``shared``: what several pages say in the same words, such as headings,
- ``lrdoc``: the words that our directives add to pages,
- ``sphinx``: those of the templates, the theme and Sphinx, as far as Sphinx brings no translation of its own,
- ``figures``: the text alternatives of the gallery's figures, which several pages show.

A message of pages stands in one catalog only, so that it is translated once: in that of its page, in ``shared``, or in ``lrdoc`` where a directive says the same.
The files hold neither dates nor line numbers nor wrapped lines, so that a difference is always one of words.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

LANGUAGE = "zh_CN"
HEADER = f"""\
msgid ""
msgstr ""
"Language: {LANGUAGE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def catalogs(messages: Path) -> dict[str, Catalog]:
    """Return the catalogs in a folder, by domain."""
    return {str(path.relative_to(messages).with_suffix("")): read(path) for path in sorted(messages.rglob("*.po"))}


def read(path: Path) -> Catalog:
    """Return the catalog that a .po or .pot file holds."""
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE if path.suffix == ".po" else None)


def text(catalog: Catalog) -> str:
    """Return a catalog as the text of its file."""
    for message in catalog:
        message.flags -= {
            "python-format",
            "python-brace-format",
        }  # a guess, wrong for most sentences with a percent sign
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, no_location=True, omit_header=True, ignore_obsolete=True)
    return HEADER + buffer.getvalue().decode().strip() + "\n"


def translatable(catalog: Catalog) -> Iterator[Message]:
    """Yield a catalog's messages without its header; none on this site has a plural."""
    return (message for message in catalog if message.id)
