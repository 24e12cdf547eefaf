"""``{lr-figure}``: a figure of the gallery, on any page; size and text alternative are read from its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from lrdoc.sphinxext.directives.fold import curves
from lrdoc.sphinxext.figure_image import decorative, figure_image, figure_images

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class LrFigure(SphinxDirective):
    """``.. lr-figure:: /gallery/images/sphx_glr_plot_step_lr_001.svg`` shows a figure of the gallery.

    ``:decorative:`` leaves out the text alternative, for an image beside a link that already names it.
    ``:folded:`` puts it below a line that opens it.
    """

    required_arguments = 1
    option_spec = {"decorative": directives.flag, "folded": directives.flag}  # noqa: RUF012 (as in docutils)

    def run(self) -> list[nodes.Node]:
        """Return an image for each theme."""
        images = figure(self, self.arguments[0])
        shown: list[nodes.Node] = list(decorative(images) if "decorative" in self.options else images)
        return [curves(*shown)] if "folded" in self.options and shown else shown


def first_figure(name: str) -> str:
    """Return the path, from the sources of the pages, of the first figure that a gallery script draws."""
    return f"/gallery/images/sphx_glr_plot_{name}_001.svg"


def figure(directive: SphinxDirective, path: str) -> list[figure_image]:
    """Return an image of a figure of the gallery for each theme; none where no pages are written.

    Raises the directive's error where there is no such figure.
    """
    if directive.env.app.builder.format != "html":  # a message catalog has no figures, and needs none drawn
        return []
    relative, absolute = directive.env.relfn2path(path)
    if not Path(absolute).is_file():
        raise directive.error(f"no figure at {relative}: gallery scripts write sphx_glr_<script>_001.svg and so on")
    directive.env.note_dependency(relative)
    try:
        images = figure_images(Path(absolute), f"/{relative}")
    except ParseError as error:
        # sphinx-gallery puts a picture of its own in the place of a failed script's thumbnail.
        raise directive.error(f"{relative} is not one of our figures: did its gallery script fail?") from error
    for image in images:
        directive.set_source_info(image)
    return images


def setup(app: Sphinx) -> None:
    app.add_directive("lr-figure", LrFigure)
