"""``{thumbnails}``: every scheduler's curve at a glance, each a link to its reference page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from lrdoc import recipes, register
from lrdoc.sphinxext import described
from lrdoc.sphinxext.figure_image import decorative, figure_images
from lrdoc.sphinxext.links import page_link

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Thumbnails(SphinxDirective):
    """Show the thumbnails of a family of schedulers, or of the ``recipes``: those named in the content, one per line, then the others."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        family, first = self.arguments[0], [line.strip() for line in self.content if line.strip()]
        members = [name for name, found in register.entries().items() if found.family == family]
        members += recipes.REGISTER if family == "recipes" else []
        if strangers := [name for name in first if name not in members]:
            raise self.error(
                f"not of the family {family!r}: {', '.join(strangers)}; it is {', '.join(members) or 'empty'}"
            )
        if self.env.app.builder.format != "html":  # a message catalog has no figures, and needs none drawn
            return []
        names = dict.fromkeys([*first, *members])
        return [nodes.bullet_list("", *map(self._item, names), classes=["lr-grid"])]

    def _item(self, name: str) -> nodes.Node:
        return nodes.list_item("", self._card(name), classes=["lr-card"])

    def _card(self, name: str) -> nodes.Node:
        relative, absolute = self.env.relfn2path(f"/gallery/images/thumb/sphx_glr_plot_{name}_thumb.svg")
        if not Path(absolute).is_file():
            raise self.error(f"no thumbnail of {name}: gallery/plot_{name}.py draws it")
        self.env.note_dependency(relative)
        images = decorative(figure_images(Path(absolute), f"/{relative}"))
        link = page_link(described.page(name), *images, _caption(described.get(name).cls.__name__))
        return addnodes.compact_paragraph("", "", link, translatable=False)


def _caption(name: str) -> nodes.literal:
    """Return the name of a class or a function, which may break between its words."""
    first, *others = re.split(r"(?<=[a-z])(?=[A-Z])|(?<=_)", name)
    rest = (node for word in others for node in (nodes.raw("", "<wbr>", format="html"), nodes.Text(word)))
    return nodes.literal("", "", nodes.Text(first), *rest, classes=["lr-card-title"])


def setup(app: Sphinx) -> None:
    app.add_directive("thumbnails", Thumbnails)
