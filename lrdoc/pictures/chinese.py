"""The font in which pictures write Chinese: Noto Sans SC, cut down to what they write.

matplotlib has no Chinese font of its own, and which ones a system has is chance.
Its PDF files hold Chinese text as text, which can be searched and copied, only in a TrueType font, and the font of the package has other outlines.
"""

from __future__ import annotations

import logging
from pathlib import Path

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from matplotlib import font_manager
from pylopdf_fonts_zh_cn import sans_path

FAMILY = "Noto Sans SC"
_GRID = 320
"""How many units the height of a character has, to which outlines are rounded: fewer than the original's 1000, as most of a sheet's bytes are outlines, and enough that none shows on paper; each unit is a whole number of matplotlib's, which has 6400."""
_MOST_OFF = 0.5
"""How far a quadratic curve may lie from the cubic one, in these units."""
_BEFORE = 10_000
"""How many glyphs without an outline come first: more than the font has that stands before this one.

matplotlib takes a glyph from the wrong one of two fonts where both have used its number.
"""


def write_font(text: str, path: Path) -> None:
    """Write the font with the characters of ``text`` that it has, and let matplotlib know it by its family.

    The same text gives the same bytes.
    """
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of each table that it leaves out
    source = TTFont(sans_path(), recalcTimestamp=False)
    options = subset.Options(
        layout_features=[], name_IDs=[1, 2], notdef_outline=True, drop_tables=["GSUB", "GPOS", "vhea", "vmtx"]
    )
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(source)
    scale_upem(source, _GRID)
    _write_quadratic(source, path)
    known = font_manager.fontManager
    # One of the same name, the system's or that of another text, would be found first.
    known.ttflist = [font for font in known.ttflist if font.name != FAMILY]
    known.addfont(path)


def _write_quadratic(source: TTFont, path: Path) -> None:
    written, glyphs = source.getGlyphOrder(), source.getGlyphSet()
    unused = [f"unused{number}" for number in range(_BEFORE)]
    order = [written[0], *unused, *written[1:]]
    outlines = dict.fromkeys(unused, TTGlyphPen(None).glyph())
    for name in written:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, _MOST_OFF, reverse_direction=True))
        outlines[name] = pen.glyph()
    builder = FontBuilder(source["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(source.getBestCmap())
    builder.setupGlyf(outlines)
    builder.setupHorizontalMetrics(dict.fromkeys(unused, (0, 0)) | {name: source["hmtx"][name] for name in written})
    head = source["hhea"]
    builder.setupHorizontalHeader(ascent=head.ascent, descent=head.descent)
    builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular", "psName": "NotoSansSC-Regular"})
    builder.setupOS2(sTypoAscender=head.ascent, usWinAscent=head.ascent, usWinDescent=-head.descent)
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=source["head"].created, modified=source["head"].modified)
    builder.font.recalcTimestamp = False
    builder.save(path)
