"""Warn of every text that a page in another language would show in English, for want of a translation: with ``-W`` it fails the build.

A text of a page is looked up in the page's catalog once the page is read; all other words are asked for one by one in a catalog of their own.
"""

from __future__ import annotations

from gettext import NullTranslations
from typing import TYPE_CHECKING

from sphinx import addnodes
from sphinx.locale import init, translators
from sphinx.util import logging
from sphinx.util.i18n import docname_to_domain
from sphinx.util.nodes import NodeMatcher, extract_messages

from lrdoc.sphinxext.site.languages import LANGUAGES, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


class _Untranslated(NullTranslations):
    """What gettext asks last, for a message that no catalog of the domain has: it returns the message and warns once."""

    def __init__(self, domain: str) -> None:
        super().__init__()
        self._domain = domain
        self._told: set[str] = set()

    def gettext(self, message: str) -> str:
        if message not in self._told:
            self._told.add(message)
            _warn(self._domain, message)
        return message


def _warn(domain: str, message: str, location: nodes.Node | str | None = None) -> None:
    logger.warning(
        "catalog %s has no translation of %r", domain, message, location=location, type="lrdoc", subtype="translation"
    )


def _is_translated(app: Sphinx) -> bool:
    return bool(app.config.language != next(iter(LANGUAGES)))


def _watch_words(app: Sphinx) -> None:
    """Put what warns behind the catalogs that are asked for words: those of the directives, the figures, and the templates."""
    if not _is_translated(app):
        return
    for domain in (*WORDS, "sphinx"):
        translator, _found = init([], app.config.language, domain)
        translator.add_fallback(_Untranslated(domain))


def _check_page(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of the texts of a page that Sphinx has left in English."""
    if not _is_translated(app):
        return
    domain = docname_to_domain(app.env.docname, app.config.gettext_compact)
    translator = translators.get(("general", domain), NullTranslations())
    # Without any catalog Sphinx looks nothing up, and marks nothing.
    found = extract_messages(doctree) if type(translator) is NullTranslations else _left(doctree, translator)
    for node, message in found:
        if message:  # an image may have no words
            _warn(domain, message, location=node)


def _left(doctree: nodes.document, translator: NullTranslations) -> Iterator[tuple[nodes.Element, str]]:
    marked: Iterator[nodes.Element] = NodeMatcher(translated=False).findall(doctree)
    for node in marked:
        if isinstance(
            node, addnodes.translatable
        ):  # such as a toctree: Sphinx translates its captions, and leaves the mark
            yield from ((node, text) for text in node.extract_original_messages() if translator.gettext(text) == text)
        else:
            yield node, node.rawsource or node.astext()


def setup(app: Sphinx) -> None:
    app.setup_extension("lrdoc.sphinxext.site.languages")  # which loads the catalogs
    _watch_words(app)
    app.connect("doctree-read", _check_page)
