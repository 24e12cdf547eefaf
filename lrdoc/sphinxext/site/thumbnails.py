"""Shows the thumbnails of a gallery's index, which sphinx-gallery writes as plain images, in both themes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform

from lrdoc.figure import svg
from lrdoc.sphinxext.figure_image import decorative, figure_images

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class PairThumbnails(SphinxTransform):
    """Replaces each thumbnail that has a dark sibling by the two of them."""

    default_priority = 400  # before Sphinx collects the images, once the directives have made them

    def apply(self, **_kwargs: object) -> None:
        for image in list(self.document.findall(nodes.image)):
            path = Path(self.app.srcdir, image["uri"].removeprefix("/"))
            if path.name.endswith("_thumb.svg") and svg.dark_path(path).exists() and not image["classes"]:
                pair = decorative(figure_images(path, image["uri"]))
                for each in pair:
                    each["classes"].append("no-scaled-link")  # the card is a link to the example already
                image.replace_self(pair)


def setup(app: Sphinx) -> None:
    app.add_transform(PairThumbnails)
