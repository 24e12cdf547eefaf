"""uPlot without what no chart of this site uses: axes of dates, bars, splines, legends, the browser's ways to write numbers and times, and the functions that it offers to others.

That is a tenth of what a page with an explorer loads; and to find its time zone takes a browser longer than to start the rest of uPlot.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.errors import ExtensionError

MODULE = Path("uplot", "dist", "uPlot.esm.js")
STYLE = Path("uplot", "dist", "uPlot.min.css")
OFFERED = "uPlot.assign = assign;\n"
"""With this line begins what uPlot offers beside charts, up to the end of its module."""
KEPT = """uPlot.paths = {points, linear, stepped};
export { uPlot as default };
"""
UNUSED = (
    *("fmtDate", "timeAxisStamps", "timeAxisVals", "timeAxisVal", "timeSeriesStamp", "timeSeriesVal"),
    *("asinhAxisSplits", "clipBandLine"),
)
"""Functions that are there whatever a chart has, and whose results only axes of dates, axes of inverse hyperbolic sines and areas between curves use."""
INSTEAD = {
    "const numFormatter = new Intl.NumberFormat(domEnv ? nav.language : 'en-US');": "const numFormatter = {format: String};",
    "const localTz = new Intl.DateTimeFormat().resolvedOptions().timeZone;": "const localTz = '';",
    "const showLegend = legend.show;": "const showLegend = false;",
}
"""What asks the browser for its formats or for a legend, and what stands in its place: all charts write their numbers and names themselves."""
MAKES_THREE = "genTimeStuffs"
"""The function that gives three functions for axes of dates."""


def reduced(packages: Path) -> str:
    """Return the source of uPlot's module without these parts; raise ``ExtensionError`` where it has others.

    ``packages`` is the folder node_modules.
    """
    source = (packages / MODULE).read_text(encoding="utf-8")
    if source.count(OFFERED) != 1:
        raise _changed(OFFERED)
    source = source[: source.index(OFFERED)] + KEPT
    for part, instead in INSTEAD.items():
        if source.count(part) != 1:
            raise _changed(part)
        source = source.replace(part, instead)
    for name in UNUSED:
        source = _emptied(source, name, "")
    return _emptied(source, MAKES_THREE, "return [noop, noop, noop];")


def _emptied(source: str, name: str, body: str) -> str:
    """Return a module whose function ``name`` has another body."""
    source, count = re.subn(
        rf"^function {name}\(.*?^}}\n", f"function {name}() {{{body}}}\n", source, flags=re.M | re.S
    )
    if count != 1:
        raise _changed(name)
    return source


def _changed(part: str) -> ExtensionError:
    return ExtensionError(f"uPlot is not as lrdoc/explorer/uplot.py expects it: it has no {part.strip()!r}, or several")
