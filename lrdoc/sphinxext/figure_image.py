"""The node that shows an SVG file of a gallery figure, with its text alternative in the page's language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.util import logging

from lrdoc.figure import svg
from lrdoc.figure.wording import Wording
from lrdoc.translation.words import FIGURES

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

_alternatives = get_translation(FIGURES)


class figure_image(nodes.image):
    """An image with width and height as attributes: room is kept for it, yet it may shrink on a phone.

    docutils would write a style attribute, whose fixed height distorts a figure that is scaled down.
    The wording of the text alternative is the attribute ``wording``: as ``alt`` it would be translated on every page anew.
    """


def figure_images(path: Path, uri: str) -> list[figure_image]:
    """Return the nodes that show the SVG file at ``path``: for each theme one, if it has a dark sibling."""
    width, height = svg.size_of(path)
    common = {"wording": svg.wording_of(path), "width": str(width), "height": str(height), "loading": "lazy"}
    if not svg.dark_path(path).exists():
        return [figure_image("", uri=uri, **common)]
    dark_uri = str(svg.dark_path(Path(uri)).as_posix())
    return [
        figure_image("", uri=uri, classes=["only-light"], **common),
        figure_image("", uri=dark_uri, classes=["only-dark"], **common),
    ]


def decorative(images: list[figure_image]) -> list[figure_image]:
    """Take away the text alternative, which is empty where the name beside an image says it all."""
    for image in images:
        image["wording"] = None
    return images


def visit_figure_image(self: HTML5Translator, node: figure_image) -> None:
    """Write the ``<img>`` element."""
    uri = node["uri"]
    name = self.builder.images.get(uri)
    source = f"{self.builder.imgpath}/{name}" if name else uri
    attributes = {key: node[key] for key in ("width", "height", "loading")}
    if node["loading"] == "eager" and "only-dark" not in node["classes"]:
        attributes["fetchpriority"] = "high"  # a page is seen as soon as its first figure is
    spoken = _spoken(node, self.config.language)
    self.body.append(self.emptytag(node, "img", "\n", src=source, alt=spoken, **attributes))


def _spoken(node: figure_image, language: str) -> str:
    """Return the text alternative in the language of the page; empty for a decorative image."""
    wording: Wording | None = node["wording"]
    if wording is None:
        return ""
    try:
        return wording.text(str(_alternatives(wording.template)), language)
    except ValueError as error:
        logger.warning("catalog %s: %s", FIGURES, error, location=node, type="lrdoc", subtype="translation")
        return wording.text()


def depart_figure_image(_self: HTML5Translator, _node: figure_image) -> None:
    """Do nothing: ``<img>`` has no end."""


def setup(app: Sphinx) -> None:
    app.add_node(figure_image, html=(visit_figure_image, depart_figure_image))
