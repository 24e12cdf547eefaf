"""Warn of every text that a page in another language would show in English, for want of a translation: with ``-W`` it fails the build.

A text of a page is looked up in the page's catalog once the page is read; all other words are asked for one by one in a catalog of their own.
"""

from __future__ import annotations

from gettext import NullTranslations
from typing import TYPE_CHECKING

from sphinx.locale import init, translators
from sphinx.util import logging
from sphinx.util.i18n import docname_to_domain
from sphinx.util.nodes import NodeMatcher, extract_messages

from lrdoc.sphinxext.site.languages import LANGUAGES, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

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


def _watch_words(app: Sphinx, config: Config) -> None:
    """Put what warns behind the catalogs that are asked for words: those of the directives, the figures, and the templates."""
    if not _is_translated(app):
        return
    for domain in (*WORDS, "sphinx"):
        translator, _found = init([], config.language, domain)
        translator.add_fallback(_Untranslated(domain))


def _check_page(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of the texts of a page that Sphinx has left in English."""
    if not _is_translated(app) or app.builder.name == "gettext":
        return
    domain = docname_to_domain(app.env.docname, app.config.gettext_compact)
    if type(translators.get(("general", domain))) in (type(None), NullTranslations):
        untranslated = [(node, message) for node, message in extract_messages(doctree)]
    else:
        left: Iterator[nodes.Element] = NodeMatcher(translated=False).findall(doctree)
        untranslated = [(node, node.rawsource or node.astext()) for node in left]
    for node, message in untranslated:
        if message:  # a table of contents without a caption has nothing to translate
            _warn(domain, message, location=node)


def setup(app: Sphinx) -> None:
    app.setup_extension("lrdoc.sphinxext.site.languages")
    app.connect("config-inited", _watch_words, priority=100)  # before the first word is asked for
    app.connect("doctree-read", _check_page)
