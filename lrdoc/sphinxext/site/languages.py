"""The site in several languages: their catalogs, and what each page says about its language and its counterparts."""

from __future__ import annotations

import gettext
import hashlib
import html
import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx.locale import translators
from sphinx.util.i18n import CatalogRepository, docname_to_domain

from lrdoc.translation.words import CATALOG, FIGURES, SHARED, _

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

WORDS = (CATALOG, SHARED, FIGURES)
"""The catalogs besides those of pages and Sphinx's own, which Sphinx finds by itself."""

_OF_ALL_PAGES = (SHARED, CATALOG)
"""The catalogs in which a page's messages are looked up as well as in its own."""

_SENTENCE = re.compile(r".+?(?:。|[.!?](?=\s)|$)", re.DOTALL)


class Language(NamedTuple):
    """A language of the site: the folder it is built in, its tag in HTML, its name for itself."""

    folder: str
    tag: str
    label: str


LANGUAGES = {"en": Language("en", "en", "English"), "zh_CN": Language("zh", "zh-CN", "中文")}
"""By Sphinx's name of the language; the first is that of the sources."""


def _catalogs(app: Sphinx) -> list[Any]:
    config = app.config
    return list(CatalogRepository(app.srcdir, config.locale_dirs, config.language, config.source_encoding).catalogs)


def _load(app: Sphinx) -> None:
    """Compile the catalogs that have changed, and load those of no single page; Sphinx would load first and compile later."""
    for catalog in _catalogs(app):
        if catalog.is_outdated():
            catalog.write_mo(app.config.language)
    for name in WORDS:
        for folder in app.config.locale_dirs:
            app.add_message_catalog(name, str(Path(app.srcdir, folder)))


def catalog_of(app: Sphinx, *domains: str) -> gettext.NullTranslations:
    """Return the catalogs with these names, of pages or others, and those of all pages: each message as the first of them has it."""
    found = [
        gettext.translation(name, path.parents[name.count("/") + 2], [app.config.language])
        for name in (*domains, *_OF_ALL_PAGES)
        for folder in app.config.locale_dirs
        if (path := Path(app.srcdir, folder, app.config.language, "LC_MESSAGES", f"{name}.mo")).exists()
    ]
    for one, next_one in itertools.pairwise(found):
        one.add_fallback(next_one)
    return found[0] if found else gettext.NullTranslations()


def _share(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Look the messages of the page that is about to be read up in the catalogs of all pages, too; Sphinx then adds the page's own."""
    translators["general", docname_to_domain(docname, app.config.gettext_compact)] = catalog_of(app)


def _digest(app: Sphinx) -> str:
    """Return what identifies the words that do not belong to one page: when they change, every page is read anew."""
    paths = sorted(Path(catalog.po_path) for catalog in _catalogs(app) if catalog.domain in (*WORDS, "sphinx"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def _name_site(app: Sphinx, config: Config) -> None:
    config.html_title = str(_("OneFlow learning-rate schedulers"))
    config.copyright = str(_("2026, the lrdoc authors"))
    if config.lrdoc_site_url:
        config.html_baseurl = f"{config.lrdoc_site_url.rstrip('/')}/{_language(app).folder}/"


def _language(app: Sphinx) -> Language:
    return LANGUAGES[app.config.language]


def _describe(app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Tell the template where the page is in the other languages, and search engines what it says."""
    context["own_language"] = _language(app)
    context["other_languages"] = [
        (language, f"{context['content_root']}../{language.folder}/{page}.html")
        for language in LANGUAGES.values()
        if language != _language(app)
    ]
    context["metatags"] = context.get("metatags", "") + _alternates(app, page, context["content_root"])
    context["page_description"] = said = description(doctree) if doctree is not None else ""
    if said:
        if page.startswith("gallery/"):  # a script is introduced in the words of the page of what it shows
            said = plain_title(context) + str(_(": ")) + said
        context["metatags"] += f'<meta name="description" content="{html.escape(said)}">\n'


def plain_title(context: dict[str, Any]) -> str:
    """Return the title of a page without markup."""
    return html.unescape(re.sub("<[^>]+>", "", context["title"]))


def alternates(page: str, root: str) -> dict[str, str]:
    """Return the address of a page in every language, its own included, by the tag of the language; ``root`` is where the site begins."""
    pages = {language.tag: f"{root}/{language.folder}/{page}.html" for language in LANGUAGES.values()}
    # The site's root redirects by the browser's language; other pages offer English to readers of other languages.
    return pages | {"x-default": f"{root}/index.html" if page == "index" else pages["en"]}


def _alternates(app: Sphinx, page: str, content_root: str) -> str:
    """Return links to the page in every language.

    Search engines want whole addresses; without a configured one, browsers and other readers still get where they lead.
    """
    pages = alternates(page, app.config.lrdoc_site_url.rstrip("/") or f"{content_root}..")
    return "".join(f'<link rel="alternate" hreflang="{tag}" href="{address}">\n' for tag, address in pages.items())


def description(doctree: nodes.document) -> str:
    """Return the first sentence of a page."""
    section = next(doctree.findall(nodes.section), doctree)
    paragraph = next((child for child in section.children if isinstance(child, nodes.paragraph)), None)
    match = _SENTENCE.match(" ".join(paragraph.astext().split())) if paragraph else None
    return match[0] if match else ""


def setup(app: Sphinx) -> None:
    _load(app)
    app.add_config_value("lrdoc_words", _digest(app), "env")
    app.add_config_value("lrdoc_site_url", "", "html")
    app.connect("config-inited", _name_site)
    app.connect("source-read", _share)
    app.connect("html-page-context", _describe)
