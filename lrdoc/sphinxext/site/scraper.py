"""Take the figures of a gallery script into the site.

sphinx-gallery calls `scraper` after each code block and `reset` before each script.
Every figure is written for both themes and shown by the ``lr-figure`` directive, which reads text alternative and size from the file itself; the same directive shows a gallery figure on any other page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import matplotlib.pyplot as plt
from docutils import nodes
from docutils.parsers.rst import directives
from matplotlib.figure import Figure
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.locale import get_translation
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from lrdoc.figure import LearningRateFigure, alt, svg, thumbnail
from lrdoc.figure.wording import Wording

CATALOG = "figures"
"""Name of the message catalog of the text alternatives."""

logger = logging.getLogger(__name__)

_alternatives = get_translation(CATALOG)


def scraper(_block: object, block_vars: dict[str, Any], gallery_conf: dict[str, Any]) -> str:
    """Write the open figures of a code block and return the reStructuredText that shows them.

    Raises ``ExtensionError`` for a figure that can't be shown to everyone; sphinx-gallery then reports the script as failed and ends the build.
    """
    source = Path(gallery_conf["src_dir"])
    figures = [plt.figure(number) for number in plt.get_fignums()]
    try:
        return "".join(_scrape_one(figure, block_vars, source) for figure in figures)
    except ValueError as error:
        raise ExtensionError(f"{block_vars['src_file']}: {error}") from error
    finally:
        plt.close("all")


def _scrape_one(figure: Figure, block_vars: dict[str, Any], source: Path) -> str:
    _check_that_all_is_described(figure)
    path, _ = svg.save(figure, Path(next(block_vars["image_path_iterator"])).with_suffix(".svg"))
    if isinstance(figure, LearningRateFigure):
        _offer_thumbnail(figure, path, block_vars["file_conf"], source)
    return f"\n.. lr-figure:: /{path.relative_to(source).as_posix()}\n\n"


def _check_that_all_is_described(figure: Figure) -> None:
    if isinstance(figure, LearningRateFigure):
        text = svg.wording(figure).text()
        if left := alt.unnamed(text, figure.labels):
            raise ValueError(f"the text alternative does not say what is seen with {', '.join(left)}: {text!r}")


def _offer_thumbnail(figure: LearningRateFigure, path: Path, file_conf: dict[str, Any], source: Path) -> None:
    # The file's own "# sphinx_gallery_thumbnail_path = ..." is kept in the same dictionary and goes first.
    if not file_conf.keys() & {"thumbnail_path", "thumbnail_number"}:
        target = path.with_name(f"{path.stem.rpartition('_')[0]}_thumb.svg")
        light, dark = svg.save(thumbnail(*figure.curves, alt=svg.wording(figure).text()), target)
        # sphinx-gallery copies the file that it is told of into this folder, and shows the copy.
        shown = path.with_name("thumb")
        shown.mkdir(exist_ok=True)
        dark.replace(shown / dark.name)
        file_conf["thumbnail_path"] = light.relative_to(source).as_posix()


def reset(_gallery_conf: dict[str, Any], _fname: str | None) -> None:
    """Give every script the site's style, also for the figures it draws without `lrdoc.figure`.

    It takes the place of sphinx-gallery's own ``"matplotlib"`` reset, which would leave matplotlib's style.
    """
    plt.close("all")
    plt.rcdefaults()
    plt.style.use(svg.STYLE)


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


class PairThumbnails(SphinxTransform):
    """Show the thumbnails of a gallery's index, which sphinx-gallery writes as plain images, in both themes."""

    default_priority = 400  # before Sphinx collects the images, once the directives have made them

    def apply(self) -> None:
        """Replace each image that has a dark sibling."""
        for image in list(self.document.findall(nodes.image)):
            path = Path(self.app.srcdir, image["uri"].removeprefix("/"))
            if path.name.endswith("_thumb.svg") and svg.dark_path(path).exists() and not image["classes"]:
                pair = decorative(figure_images(path, image["uri"]))
                for each in pair:
                    each["classes"].append("no-scaled-link")  # the card is a link to the example already
                image.replace_self(pair)


class LrFigure(SphinxDirective):
    """``.. lr-figure:: /gallery/images/sphx_glr_plot_step_lr_001.svg`` shows a figure of the gallery.

    ``:decorative:`` leaves out the text alternative, for an image beside a link that already names it.
    """

    required_arguments = 1
    option_spec = {"decorative": directives.flag}  # noqa: RUF012 (as in docutils)

    def run(self) -> list[nodes.Node]:
        """Return an image for each theme."""
        relative, absolute = self.env.relfn2path(self.arguments[0])
        if not Path(absolute).is_file():
            raise self.error(f"no figure at {relative}: gallery scripts write sphx_glr_<script>_001.svg and so on")
        self.env.note_dependency(relative)
        try:
            images = figure_images(Path(absolute), f"/{relative}")
        except ParseError as error:
            # sphinx-gallery puts a picture of its own in the place of a failed script's thumbnail.
            raise self.error(f"{relative} is not one of our figures: did its gallery script fail?") from error
        for image in images:
            self.set_source_info(image)
        return list(decorative(images) if "decorative" in self.options else images)


def visit_figure_image(self: HTML5Translator, node: figure_image) -> None:
    """Write the ``<img>`` element."""
    uri = node["uri"]
    name = self.builder.images.get(uri)
    source = f"{self.builder.imgpath}/{name}" if name else uri
    attributes = {key: node[key] for key in ("width", "height", "loading")}
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
        logger.warning("catalog %s: %s", CATALOG, error, location=node, type="lrdoc", subtype="translation")
        return wording.text()


def depart_figure_image(_self: HTML5Translator, _node: figure_image) -> None:
    """Do nothing: ``<img>`` has no end."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and its node."""
    app.add_node(figure_image, html=(visit_figure_image, depart_figure_image))
    app.add_directive("lr-figure", LrFigure)
    app.add_transform(PairThumbnails)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
