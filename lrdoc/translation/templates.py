"""The messages that belong in each catalog of a translation: those of the pages, of the code, of the theme and of the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import furo
import sphinx
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file

from lrdoc.figure import svg
from lrdoc.translation.catalogs import LANGUAGE, read, translatable
from lrdoc.translation.words import CATALOG, FIGURES, SHARED

_SPHINX, _FURO = Path(sphinx.__file__).parent, Path(furo.__file__).parent / "theme" / "furo"
_SHOWN = {
    _SPHINX / "builders" / "html" / "__init__.py": "python",
    _SPHINX / "writers" / "html5.py": "python",
    _FURO / "base.html": "jinja2.ext:babel_extract",
    _FURO / "page.html": "jinja2.ext:babel_extract",
    _FURO / "sidebar" / "search.html": "jinja2.ext:babel_extract",
}
"""The files of Sphinx and furo whose words a page of the site may show."""


def wanted(gettext: Path, gallery: Path) -> dict[str, Catalog]:
    """Return, by domain, every message that wants a translation.

    ``gettext`` is the folder that Sphinx's builder of this name wrote, ``gallery`` the one that sphinx-gallery writes.
    ``figures`` is left out if ``undrawn`` names scripts.
    Raises ``FileNotFoundError`` for a folder that is not filled.
    """
    if not (gettext / "index.pot").exists() or not any(gallery.glob("plot_*.py")):
        raise FileNotFoundError(f"no index.pot in {gettext}, or no scripts in {gallery}: build them first")
    found = {str(path.relative_to(gettext).with_suffix("")): read(path) for path in sorted(gettext.rglob("*.pot"))}
    theme = _catalog([*_ids(found.pop("sphinx", Catalog())), *_words_of_theme()])
    code = _catalog(_words_of_code())
    figures = _catalog([] if undrawn(gallery) else _alternatives(gallery / "images"))
    wanted = {**_each_once(found, code), "sphinx": theme, CATALOG: code, FIGURES: figures}
    return {domain: catalog for domain, catalog in wanted.items() if len(catalog)}


def undrawn(gallery: Path) -> list[str]:
    """Return the gallery's scripts whose figures are not drawn, or were drawn before the script changed, by their names."""
    scripts = sorted(gallery.glob("plot_*.py"))
    # sphinx-gallery keeps a digest beside each script that it has run; lrdoc.sphinxext.site.freshness removes the outdated ones.
    return [path.name for path in scripts if not path.with_name(f"{path.name}.md5").exists()]


def _each_once(pages: Mapping[str, Catalog], code: Catalog) -> dict[str, Catalog]:
    """Return the catalogs of pages, of which each message stands in one: what several pages say is in ``shared``; what the code says as well is in none."""
    holders = Counter(message for catalog in pages.values() for message in _ids(catalog))
    of_code = set(_ids(code))
    own = {
        domain: _catalog(message for message in _ids(catalog) if holders[message] == 1 and message not in of_code)
        for domain, catalog in pages.items()
    }
    return {
        **own,
        SHARED: _catalog(message for message, count in holders.items() if count > 1 and message not in of_code),
    }


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


def _words_of_code() -> Iterator[str]:
    for _file, _line, message, _comments, _context in extract_from_dir(Path(__file__).parents[1]):
        if isinstance(message, str):
            yield message


def _alternatives(figures: Path) -> Iterator[str]:
    """Yield the templates of the text alternatives; a dark figure has that of its light sibling, and thumbnails are shown without."""
    shown = (path for path in sorted(figures.glob("*.svg")) if not path.stem.endswith(("_dark", "_thumb")))
    return (svg.wording_of(path).template for path in shown)
