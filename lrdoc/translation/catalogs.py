"""Keep the message catalogs of a translation in step with what is translated.

A catalog is called by its domain: the name of a page, or one of

- ``lrdoc``: the words that our directives add to pages,
- ``sphinx``: those of the templates, the theme and Sphinx, as far as Sphinx brings no translation of its own,
- ``figures``: the text alternatives of the gallery's figures, which several pages show.

The files hold neither dates nor line numbers nor wrapped lines, so that a difference is always one of words.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import furo
import sphinx
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

from lrdoc.figure import svg

LANGUAGE = "zh_CN"
HEADER = f"""\
msgid ""
msgstr ""
"Language: {LANGUAGE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

_SPHINX, _FURO = Path(sphinx.__file__).parent, Path(furo.__file__).parent / "theme" / "furo"
_SHOWN = {
    _SPHINX / "writers" / "html5.py": "python",
    _FURO / "base.html": "jinja2.ext:babel_extract",
    _FURO / "page.html": "jinja2.ext:babel_extract",
    _FURO / "sidebar" / "search.html": "jinja2.ext:babel_extract",
}
"""The files of Sphinx and furo whose words a page of the site may show."""


def templates(gettext: Path, figures: Path) -> dict[str, Catalog]:
    """Return, by domain, every message that wants a translation.

    ``gettext`` is the folder that Sphinx's builder of this name wrote, ``figures`` that of the gallery's SVG files.
    Raises ``FileNotFoundError`` for a folder that does not hold them.
    """
    if not (gettext / "index.pot").exists() or not any(figures.glob("*.svg")):
        raise FileNotFoundError(f"no index.pot in {gettext}, or no figures in {figures}: build them first")
    found = {str(path.relative_to(gettext).with_suffix("")): read(path) for path in sorted(gettext.rglob("*.pot"))}
    found["sphinx"] = _catalog([*_ids(found.get("sphinx", Catalog())), *_words_of_theme()])
    found["lrdoc"] = _catalog(_words_of_directives())
    found["figures"] = _catalog(_alternatives(figures))
    return {domain: catalog for domain, catalog in found.items() if len(catalog)}


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


def update(gettext: Path, figures: Path, messages: Path) -> None:
    """Bring the catalogs in the folder ``messages`` up to date: new messages in, those that are gone out."""
    wanted, before = templates(gettext, figures), catalogs(messages)
    memory = {
        str(message.id): str(message.string)
        for catalog in before.values()
        for message in translatable(catalog)
        if message.string and not message.fuzzy
    }
    for domain in before.keys() - wanted.keys():
        for suffix in (".po", ".mo"):
            (messages / f"{domain}{suffix}").unlink(missing_ok=True)
    for domain, template in wanted.items():
        target = messages / f"{domain}.po"
        target.parent.mkdir(parents=True, exist_ok=True)
        after = text(updated(template, before.get(domain, Catalog(LANGUAGE)), memory))
        if not target.exists() or target.read_text(encoding="utf-8") != after:
            target.write_text(after, encoding="utf-8", newline="\n")


def translatable(catalog: Catalog) -> Iterator[Message]:
    """Yield a catalog's messages without its header; none on this site has a plural."""
    return (message for message in catalog if message.id)


def _catalog(ids: Iterable[str]) -> Catalog:
    catalog = Catalog()
    for message in ids:
        catalog.add(message)
    return catalog


def _ids(catalog: Catalog) -> Iterator[str]:
    return (str(message.id) for message in translatable(catalog))


def _words_of_theme() -> Iterator[str]:
    own = read(_SPHINX / "locale" / LANGUAGE / "LC_MESSAGES" / "sphinx.po")
    for path, method in _SHOWN.items():
        for _line, message, _comments, _context in extract_from_file(method, path):
            known = own.get(message) if isinstance(message, str) else None
            if isinstance(message, str) and not (known and known.string and not known.fuzzy):
                yield message


def _words_of_directives() -> Iterator[str]:
    for _file, _line, message, _comments, _context in extract_from_dir(Path(__file__).parents[1]):
        if isinstance(message, str):
            yield message


def _alternatives(figures: Path) -> Iterator[str]:
    return (svg.wording_of(path).template for path in sorted(figures.glob("*.svg")) if not path.stem.endswith("_dark"))


if __name__ == "__main__":
    update(*map(Path, sys.argv[1:]))
