"""Draws the picture that phones show for the site on their home screens, from the site's favicon: they take no SVG."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import matplotlib.pyplot as plt
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib import SVGPath
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from lrdoc.figure.svg import closing

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FILE = "_static/apple-touch-icon.png"
SIZE = 180
"""In pixels, of each side: what iOS asks for."""
_CODES = {"moveTo": Outline.MOVETO, "lineTo": Outline.LINETO}
_SPACE = "{http://www.w3.org/2000/svg}"


def icon(favicon: str) -> bytes:
    """Return a PNG file of a favicon: the text of an SVG file of a coloured square and one path of straight lines on it.

    The square reaches to the edges, since phones cut the corners as they like.
    """
    root = ElementTree.fromstring(favicon)
    square, path = root.find(f"{_SPACE}rect"), root.find(f"{_SPACE}path")
    if square is None or path is None:
        raise ValueError("the favicon is no square with a path on it")
    side = float(root.attrib["viewBox"].split()[2])
    drawn = PathPatch(
        _outline(favicon),
        edgecolor=path.attrib["stroke"],
        facecolor="none",
        linewidth=float(path.attrib["stroke-width"]) * 72 / side,  # the figure is an inch, 72 points, wide
        joinstyle=path.attrib["stroke-linejoin"],
        capstyle=path.attrib["stroke-linecap"],
    )
    buffer = io.BytesIO()
    with closing(plt.figure(figsize=(1, 1), dpi=SIZE, facecolor=square.attrib["fill"])) as figure:
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, side), ylim=(side, 0))
        axes.set_axis_off()
        axes.add_patch(drawn)
        figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def _outline(favicon: str) -> Outline:
    pen = RecordingPen()
    SVGPath.fromstring(favicon.encode()).draw(pen)
    lines = [(_CODES[name], points[0]) for name, points in _of_stroke(pen.value)]
    return Outline([point for _code, point in lines], [code for code, _point in lines])


def _of_stroke(
    recorded: list[tuple[str, tuple[tuple[float, float], ...]]],
) -> list[tuple[str, tuple[tuple[float, float], ...]]]:
    """Return what was recorded of the last path; the square's outline comes before it."""
    begin = max(at for at, (name, _points) in enumerate(recorded) if name == "moveTo")
    return [(name, points) for name, points in recorded[begin:] if points]


def draw(app: Sphinx, exception: Exception | None) -> None:
    """Write the picture beside the favicon."""
    if exception or app.builder.format != "html":
        return
    favicon = Path(app.confdir, app.config.html_favicon).read_text(encoding="utf-8")
    Path(app.outdir, FILE).write_bytes(icon(favicon))


def setup(app: Sphinx) -> None:
    app.connect("build-finished", draw)
