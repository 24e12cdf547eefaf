"""What other sites show where a page's address is shared: its title, its first sentence, a picture of its curve (OpenGraph).

All of it needs whole addresses, so nothing is written where ``lrdoc_site_url`` does not say where the site will be.
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lrdoc import recipes, register
from lrdoc.figure import card
from lrdoc.sphinxext import described
from lrdoc.sphinxext.first_example import learning_rates
from lrdoc.sphinxext.site.languages import plain_title

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

FOLDER = "_static/cards"
FACE = "warmup_cosine"
"""Whose curve stands for pages that are about no single scheduler or recipe: the one that opens the home page."""


def describe(app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Add the tags of a page to the template's context, in which the page's description stands already."""
    root = app.config.lrdoc_site_url.rstrip("/")
    if not root or doctree is None:  # a page without a source, such as that of the search
        return
    name = page.rpartition("/")[2].removeprefix("plot_")
    shown = name if name in _names() else FACE
    language = context["own_language"]
    tags = {
        "og:type": "article",
        "og:site_name": str(context["docstitle"]),
        "og:title": plain_title(context),
        "og:description": context["page_description"],
        "og:url": f"{root}/{language.folder}/{page}.html",
        "og:locale": language.tag.replace("-", "_"),
        "og:image": f"{root}/en/{_picture(shown)}",  # without words of a language, so the English site has it for all
        "og:image:width": str(card.WIDTH),
        "og:image:height": str(card.HEIGHT),
        "og:image:alt": described.get(shown).cls.__name__,
        "twitter:card": "summary_large_image",  # what X asks for besides
    }
    context["metatags"] += "".join(
        f'<meta {"name" if key.startswith("twitter") else "property"}="{key}" content="{html.escape(value)}">\n'
        for key, value in tags.items()
        if value
    )


def _names() -> list[str]:
    return [*register.entries(), *recipes.REGISTER]


def _picture(name: str) -> str:
    return f"{FOLDER}/{name}.png"


def draw(app: Sphinx, exception: Exception | None) -> None:
    """Draw the picture of each scheduler and recipe."""
    if exception or app.builder.format != "html" or not app.config.lrdoc_site_url or app.config.language != "en":
        return
    (Path(app.outdir) / FOLDER).mkdir(parents=True, exist_ok=True)
    for name in _names():
        entry = described.get(name)
        place = "oneflow.optim.lr_scheduler" if name in register.entries() else "OneFlow"
        (Path(app.outdir) / _picture(name)).write_bytes(card.card(learning_rates(entry), entry.cls.__name__, place))


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", describe, priority=600)  # after site.languages
    app.connect("build-finished", draw)
