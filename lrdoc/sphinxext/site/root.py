"""Writes what lies above the languages, which Sphinx does not build: ``python -m lrdoc.sphinxext.site.root docs/_root docs/_build/html``.

Where ``SITE_URL`` says where the site will be, search engines are given the list of its pages as well.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

from jinja2 import Environment, StrictUndefined

from lrdoc.sphinxext.site.languages import LANGUAGES, alternates
from lrdoc.sphinxext.site.policy import META

NOT_LISTED = ("search",)
"""Pages that say nothing by themselves."""

_SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
{}
</urlset>
"""


def write(source: Path, site: Path, url: str = "") -> None:
    """Write every file of the folder ``source`` to the folder ``site``, which holds the languages; HTML files are templates, as those of Sphinx.

    ``url`` is where the site will be; with it come ``sitemap.xml`` and ``robots.txt``, which know no relative addresses.
    Raises ``jinja2.UndefinedError`` if a template asks for anything but ``content_security_policy`` and ``base``, what an address of the site begins with.
    """
    templates = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)
    base = f"{url.rstrip('/')}/" if url else ""
    site.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir()):
        if path.suffix == ".html":
            template = templates.from_string(path.read_text(encoding="utf-8"))
            (site / path.name).write_text(template.render(content_security_policy=META, base=base), encoding="utf-8")
        else:
            (site / path.name).write_bytes(path.read_bytes())
    if url:
        (site / "sitemap.xml").write_text(_SITEMAP.format("\n".join(_listed(site, base))), encoding="utf-8")
        (site / "robots.txt").write_text(f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n", encoding="utf-8")


def _listed(site: Path, base: str) -> Iterator[str]:
    """Yield an element of the site map for each page of each language, which names the page in every language."""
    for language in LANGUAGES.values():
        folder = site / language.folder
        for path in sorted(folder.rglob("*.html")):
            page = str(path.relative_to(folder).with_suffix(""))
            if page in NOT_LISTED or page.startswith("_static"):
                continue
            links = "".join(
                f'<xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(address)}/>'
                for tag, address in alternates(page, base.rstrip("/")).items()
            )
            yield f"<url><loc>{base}{language.folder}/{page}.html</loc>{links}</url>"


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]), os.environ.get("SITE_URL", ""))
