"""Write a matplotlib figure as two small SVG files, one for each theme of the site.

A figure is drawn once, in the light palette; the dark file is the same drawing with its colours exchanged, so the two can't tell different stories.
The text alternative travels inside the file, as its ``<desc>``, and with it the template and the values that it was made from: a page that shows the figure reads them there.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from lrdoc.figure.wording import Wording

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    Theme: TypeAlias = Literal["light", "dark"]

STYLE = Path(__file__).with_name("lrdoc.mplstyle")

DARK_OF = {
    # Curves: Okabe-Ito on both sides.
    "#0072b2": "#56b4e9",
    "#d55e00": "#e69f00",
    "#009e73": "#009e73",
    "#cc79a7": "#cc79a7",
    "#24292f": "#f0e442",
    # Text, axes, grid.
    "#3f444b": "#c9d1d9",
    "#8b949e": "#6e7681",
    "#d8dee4": "#2d3137",
}
"""The light palette, and the colour that stands for each of its colours on a dark page."""

BACKGROUND: dict[Theme, str] = {"light": "#ffffff", "dark": "#131416"}
"""What the figures are legible on: furo's page backgrounds. The files themselves are transparent."""

# The site's own stack: a figure's numbers look like the page's.
_FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_COLOUR = re.compile(r"#[0-9a-f]{6}\b")


@contextmanager
def closing(figure: Figure) -> Iterator[Figure]:
    """Close ``figure`` in the end, also where it can't be written: pyplot keeps what is open for the life of the process."""
    try:
        yield figure
    finally:
        plt.close(figure)


def save(figure: Figure, path: Path) -> tuple[Path, Path]:
    """Write ``figure`` to ``path`` and its dark sibling; return both paths.

    ``path`` ends in ``.svg``. Raises ``ValueError`` as `to_svg` does.
    """
    # Both are drawn before either is written: a refused figure leaves no half of a pair.
    pair = {path: to_svg(figure, "light"), dark_path(path): to_svg(figure, "dark")}
    for target, text in pair.items():
        target.write_text(text, encoding="utf-8", newline="\n")
    return path, dark_path(path)


def dark_path(path: Path) -> Path:
    """Return where the dark sibling of a light figure lies: ``name_dark.svg`` for ``name.svg``."""
    return path.with_name(f"{path.stem}_dark.svg")


def to_svg(figure: Figure, theme: Theme = "light") -> str:
    """Return ``figure`` as the text of an SVG file, the same for the same figure each time.

    The figure's label is its text alternative, whose placeholders the ``values`` of a figure of `lrdoc.figure` fill.
    Raises ``ValueError`` if it has none, or if it uses a colour without a dark counterpart.
    """
    description = _description(wording(figure))
    text = _compact(_render(figure))
    if theme == "dark":
        text = recoloured(text)
    return text.replace("<defs>", f"{description}\n<defs>", 1)


def wording(figure: Figure) -> Wording:
    """Return the text alternative of a figure; raise ``ValueError`` if it has none."""
    return Wording(checked_alt(figure.get_label()), getattr(figure, "values", {}))


def _description(words: Wording) -> str:
    text, kept = words.text(), ""
    if text != words.template:
        kept = f" data-template={quoteattr(words.template)} data-values={quoteattr(json.dumps(dict(words.values)))}"
    return f"<desc{kept}>{escape(text)}</desc>"


def checked_alt(alt: object) -> str:
    """Return a text alternative as one line; raise ``ValueError`` if it says nothing."""
    line = " ".join(alt.split()) if isinstance(alt, str) else ""
    if len(line.split()) < 3:
        raise ValueError(
            "a figure needs alt text that says what it shows: the shape, from where to where, "
            "where it changes and what happens at the end; "
            f'pass alt="..." to lrdoc.figure, or call figure.set_label("...") on your own figure; got {alt!r}'
        )
    return line


def alt_if_given(alt: str | None) -> str:
    """Return a text alternative as `checked_alt` does, and for ``None``, of a figure that is for no page, nothing."""
    return "" if alt is None else checked_alt(alt)


def alt_of(path: Path) -> str:
    """Return the text alternative inside an SVG file that `save` wrote, in the language of the sources."""
    return wording_of(path).text()


def wording_of(path: Path) -> Wording:
    """Return the template of the text alternative inside an SVG file that `save` wrote, with its values."""
    found = ElementTree.parse(path).getroot().find(f"{_NAMESPACE}desc")
    if found is None:
        return Wording("")
    return Wording(found.get("data-template", found.text or ""), json.loads(found.get("data-values", "{}")))


def size_of(path: Path) -> tuple[int, int]:
    """Return width and height, in CSS pixels, of an SVG file that `save` wrote."""
    root = ElementTree.parse(path).getroot()
    return int(root.attrib["width"]), int(root.attrib["height"])


def _render(figure: Figure) -> str:
    buffer = io.StringIO()
    with plt.style.context(STYLE):
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(buffer, format="svg", transparent=True, metadata=nothing)
    return buffer.getvalue()


def _compact(text: str) -> str:
    """Say sizes in pixels and fonts once, round, and drop what no browser needs."""
    text = text[text.index("<svg") :]
    text = re.sub(r' (width|height)="([\d.]+)pt"', _pixels, text, count=2)
    text = re.sub(r"font-family: [^;\"]*;? ?", "", text)
    text = text.replace('<style type="text/css">', f"<style>text{{font-family: {_FONTS}}} ", 1)
    text = re.sub(
        r' transform="rotate\(-0 [^"]*"| (id|clip-path)="(figure|axes|patch|line2d|text|xtick|ytick|matplotlib|legend)[^"]*"',
        "",
        text,
    )
    # A hundredth of a point is a seventieth of a pixel.
    # Only inside of tags: the labels between them are data.
    text = re.sub(r"<[^>]*>", lambda tag: re.sub(r"\d+\.\d{3,}", _rounded, tag[0]), text)
    return re.sub(r"\s*\n\s*", "\n", text)


def _pixels(length: re.Match[str]) -> str:
    return f' {length[1]}="{round(float(length[2]) * 96 / 72)}"'


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def recoloured(text: str) -> str:
    """Return a light drawing in the colours for dark pages; raise ``ValueError`` for a colour without a dark counterpart."""
    unknown = sorted(set(_COLOUR.findall(text)) - set(DARK_OF))
    if unknown:
        raise ValueError(
            f"no dark counterpart for {', '.join(unknown)}: "
            f"draw with the colours of {STYLE.name} (C0 to C4), or add a pair to lrdoc.figure.svg.DARK_OF"
        )
    return _COLOUR.sub(lambda colour: DARK_OF[colour[0]], text)
