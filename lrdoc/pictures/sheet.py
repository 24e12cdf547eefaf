"""Draw a cheat sheet: all schedulers on one page, A4 upright, as SVG and PDF.

Lengths are in points, of which 72 are an inch; y is measured from the top of the page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

from lrdoc.figure.curves import draw_bare
from lrdoc.figure.svg import STYLE, checked_alt, recoloured
from lrdoc.pictures.chinese import FAMILY
from lrdoc.pictures.mathtext import Line, Piece
from lrdoc.pictures.shorter import shorter

if TYPE_CHECKING:
    from lrdoc.figure.svg import Theme

WIDTH, HEIGHT = 595.28, 841.89
PIXELS = (794, 1123)
"""Width and height in CSS pixels."""

_FONTS = {
    "font.family": ["DejaVu Sans", FAMILY],  # the second for what the first lacks
    "mathtext.fontset": "dejavusans",
    "pdf.fonttype": 42,  # text that can be searched and copied
    "svg.fonttype": "path",  # formulas as they were measured, whatever fonts the reader has
}
_DPI = 288  # what text is measured at: its extents are whole pixels
_TEXT, _FAINT, _RULE, _TITLE, _YES, _NO = "#3f444b", "#3f444b", "#d8dee4", "#0072b2", "#009e73", "#d55e00"
_MARGIN = 27
_FACE, _NAME, _FORMULA, _GRAPH = _MARGIN, 84, 236, 543
"""Where the columns begin."""
_BODY, _SMALL = 7.1, 6.6
_LINE = 9.0
"""From one line of text to the next."""
_GROUP, _LEAST = 11, 35
"""The height of a group's title, and the least one of a row."""
_GAP, _SPACE = 3, 3
"""Between the lines of a formula, and between the pieces of a line."""
_SMALLEST = 0.9
"""What a part of a formula may be made smaller to, so that it fits."""
_TOKENS = re.compile(
    r"[\u2e80-\u9fff][\u3001-\u3011\uff00-\uff1f]*|[^\s\u2e80-\u9fff]+[\u3001-\u3011\uff00-\uff1f]*|\s+"
)


@dataclass(frozen=True)
class Row:
    """A scheduler: its learning rates, of shape ``(steps,)``; its formula; the parameter that matters and what it does; and whether Graph mode takes it."""

    name: str
    curve: ArrayLike
    formula: Sequence[Line]
    parameter: str
    does: str
    graph: str
    supported: bool


@dataclass(frozen=True)
class Content:
    """What stands on the sheet: rows by the title of their group, and the words around them."""

    title: str
    subtitle: str
    heads: tuple[str, str, str]
    groups: Sequence[tuple[str, Sequence[Row]]]
    notes: Sequence[str]

    @property
    def words(self) -> str:
        """All characters that are written."""
        rows = [row for _, of_group in self.groups for row in of_group]
        pieces = (piece.text for row in rows for line in row.formula for piece in (*line.left, *line.right))
        told = (text for row in rows for text in (row.name, row.does, row.graph))
        return "".join([self.title, self.subtitle, *self.heads, *self.notes, *told, *pieces, *dict(self.groups)])


class _Page:
    """A page that is written from the top to the bottom."""

    def __init__(self) -> None:
        self.figure = plt.figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=_DPI)

    def put(self, x: float, y: float, text: str, size: float = _BODY, **look: Any) -> float:
        """Write a text whose baseline is at ``y``; return where it ends."""
        written = self.figure.text(x / WIDTH, 1 - y / HEIGHT, text, size=size, va="baseline", **{"color": _TEXT} | look)
        return float(written.get_window_extent().x1) * 72 / _DPI

    def extent(self, text: str, size: float) -> tuple[float, float, float]:
        """Return how wide a text is, and how far it goes above and below its baseline."""
        tried = self.figure.text(0, 0.5, text, size=size, va="baseline")
        box = tried.get_window_extent()
        tried.remove()
        base = self.figure.bbox.height / 2
        return box.width * 72 / _DPI, (box.y1 - base) * 72 / _DPI, (base - box.y0) * 72 / _DPI

    def rule(self, y: float) -> None:
        """Draw a line across the page."""
        ends = [_MARGIN / WIDTH, 1 - _MARGIN / WIDTH]
        self.figure.add_artist(Line2D(ends, [1 - y / HEIGHT] * 2, color=_RULE, linewidth=0.6))

    def wrapped(self, text: str, size: float, width: float) -> list[str]:
        """Return a text as lines that are no wider than ``width``, broken between words, or Chinese characters."""
        lines = [""]
        for token in _TOKENS.findall(text):
            longer = lines[-1] + token
            if lines[-1] and self.extent(longer.rstrip(), size)[0] > width:
                lines.append("")
                longer = token.lstrip()
            lines[-1] = longer
        return lines


def sheet(content: Content, *, alt: str) -> Figure:
    """Draw the sheet; ``alt`` is its text alternative.

    The Chinese characters need the font of `lrdoc.pictures.chinese`.
    Raises ``ValueError`` where the rows do not fit on the page, or without a text alternative.
    """
    with plt.style.context([STYLE, _FONTS]):
        page = _Page()
        try:
            page.figure.set_label(checked_alt(alt))
            _write(page, content)
        except BaseException:
            plt.close(page.figure)
            raise
    return page.figure


def to_svg(figure: Figure, theme: Theme = "light") -> str:
    """Return a sheet as an SVG file, the same for the same sheet each time."""
    buffer = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with plt.style.context([STYLE, _FONTS]):
        figure.savefig(buffer, format="svg", transparent=True, metadata=nothing)
    text = buffer.getvalue()
    text = text[text.index("<svg") :].replace("<defs>", f"<desc>{escape(str(figure.get_label()))}</desc>\n<defs>", 1)
    return shorter(recoloured(text) if theme == "dark" else text)


def to_pdf(figure: Figure, title: str) -> bytes:
    """Return a sheet as a PDF file of one page with a ``title``, the same for the same sheet each time."""
    buffer = io.BytesIO()
    told = {"Title": title, "CreationDate": None, "Creator": None, "Producer": None}
    with plt.style.context([STYLE, _FONTS]):
        figure.savefig(buffer, format="pdf", transparent=True, metadata=told)
    return buffer.getvalue()


def _write(page: _Page, content: Content) -> None:
    y: float = _MARGIN + 13
    page.put(_MARGIN, y, content.title, 15, weight="bold")
    y += 14
    page.put(_MARGIN, y, content.subtitle, _BODY)
    y += 15
    for x, head in zip((_NAME, _FORMULA, _GRAPH), content.heads, strict=True):
        page.put(x, y, head, _SMALL, weight="bold")
    y += 3
    notes = [line for note in content.notes for line in page.wrapped(note, _SMALL, WIDTH - 2 * _MARGIN)]
    bottom = HEIGHT - _MARGIN - len(notes) * _LINE
    rows = [row for _, of_group in content.groups for row in of_group]
    heights = {row.name: _height(page, row) for row in rows}
    left = bottom - y - sum(heights.values()) - _GROUP * len(content.groups)
    if left < 0:
        raise ValueError(f"the rows of the sheet are {-left:.0f} points higher than the page has room for")
    for title, of_group in content.groups:
        page.rule(y)
        page.put(_MARGIN, y + 10, title, _BODY, weight="bold", color=_TITLE)
        y += _GROUP
        for row in of_group:
            height = heights[row.name] + left / len(rows)
            _write_row(page, row, y, height)
            y += height
    page.rule(y)
    for number, line in enumerate(notes, 1):
        page.put(_MARGIN, bottom + number * _LINE + 3, line, _SMALL)


def _height(page: _Page, row: Row) -> float:
    told = page.wrapped(row.does, _SMALL, _FORMULA - _NAME - 8)
    return max(_LEAST, sum(_line_heights(page, row)) + 4, (2 + len(told)) * _LINE + 6)


def _line_heights(page: _Page, row: Row) -> list[float]:
    return [above + below + _GAP for above, below in (_reach(page, line) for line in row.formula)]


def _reach(page: _Page, line: Line) -> tuple[float, float]:
    """Return how far a line goes above and below its baseline."""
    extents = [page.extent(piece.typeset, _BODY) for piece in (*line.left, *line.right)]
    return max(above for _, above, _ in extents), max(below for *_, below in extents)


def _write_row(page: _Page, row: Row, top: float, height: float) -> None:
    _draw_face(page.figure, row.curve, top + (height - _LEAST) / 2)
    told = page.wrapped(row.does, _SMALL, _FORMULA - _NAME - 8)
    y = top + (height - (2 + len(told)) * _LINE) / 2 + _BODY
    page.put(_NAME, y, row.name, _BODY + 0.6, weight="bold")
    page.put(_NAME, y + _LINE, row.parameter, _BODY, family="DejaVu Sans Mono")
    for number, line in enumerate(told, 2):
        page.put(_NAME, y + number * _LINE, line, _SMALL)
    _write_formula(page, row, top, height)
    page.put(_GRAPH, y, row.graph, _BODY, weight="bold", color=_YES if row.supported else _NO)


def _draw_face(figure: Figure, curve: ArrayLike, top: float) -> None:
    width, height = _NAME - _FACE - 10, _LEAST - 9
    axes = figure.add_axes((_FACE / WIDTH, 1 - (top + 4 + height) / HEIGHT, width / WIDTH, height / HEIGHT))
    draw_bare(axes, [np.asarray(curve, dtype=float)], linewidth=1.5)


def _write_formula(page: _Page, row: Row, top: float, height: float) -> None:
    y = top + (height - sum(_line_heights(page, row))) / 2
    value = float(_FORMULA)
    for line in row.formula:
        above, below = _reach(page, line)
        y += above
        if line.left:
            value = _FORMULA + _width(page, line.left)
        size = _BODY * _fitting(page, line, value)
        _write_pieces(page, line.left, _FORMULA, y, _BODY)
        _write_pieces(page, line.right, value, y, size)
        y += below + _GAP


def _fitting(page: _Page, line: Line, value: float) -> float:
    """Return by how much the value of a line, which begins at ``value``, has to be made smaller."""
    part = min(1.0, (_GRAPH - 5 - value) / _width(page, line.right))
    if part < _SMALLEST:
        raise ValueError(f"a line of a formula is too wide: {line}")
    return part


def _width(page: _Page, pieces: Sequence[Piece]) -> float:
    return sum(page.extent(piece.typeset, _BODY)[0] + _SPACE for piece in pieces)


def _write_pieces(page: _Page, pieces: Sequence[Piece], x: float, y: float, size: float) -> None:
    for piece in pieces:
        x = page.put(x, y, piece.typeset, size) + _SPACE
