"""``{thumbnails}``: every scheduler's curve at a glance, each a link to its reference page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from lrdoc import entry
from lrdoc.sphinxext.scraper import figure_images

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Thumbnails(SphinxDirective):
    """Show the thumbnails of the schedulers named in the content, one per line, in that order."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        grid = nodes.bullet_list(classes=["lr-grid"])
        grid += [
            nodes.list_item("", self._card(name.strip()), classes=["lr-card"]) for name in self.content if name.strip()
        ]
        return [grid]

    def _card(self, name: str) -> nodes.Node:
        relative, absolute = self.env.relfn2path(f"/gallery/images/thumb/sphx_glr_plot_{name}_thumb.svg")
        if not Path(absolute).is_file():
            raise self.error(f"no thumbnail of {name}: gallery/plot_{name}.py draws it")
        self.env.note_dependency(relative)
        (image,) = figure_images(Path(absolute), f"/{relative}")
        image["alt"] = ""  # the name beside it says it all
        caption = nodes.literal("", entry.get(name).cls.__name__, classes=["lr-card-title"])
        target = f"/reference/{name}"
        link = addnodes.pending_xref(
            "", refdomain="std", reftype="doc", reftarget=target, refexplicit=True, refwarn=True
        )
        link["refdoc"] = self.env.docname
        link += nodes.inline("", "", image, caption)
        return addnodes.compact_paragraph("", "", link, translatable=False)


def setup(app: Sphinx) -> None:
    app.add_directive("thumbnails", Thumbnails)
