"""SVG files in fewer bytes, by SVGO of npm: a page on a phone shows its largest picture sooner."""

from __future__ import annotations

import subprocess
from pathlib import Path

from lrdoc.running.node import NODE

PACKAGE = Path(__file__).parents[2] / "node_modules" / "svgo"
PRECISION = 2
"""Digits after the point of a coordinate: a hundredth of a point can't be seen."""


class ShorterError(Exception):
    """SVGO is missing, or does not understand a file."""


def shorter(svg: str) -> str:
    """Return an SVG file that looks the same and takes fewer bytes; raise ``ShorterError`` where SVGO can't."""
    if not PACKAGE.exists():
        raise ShorterError(f'SVGO is not in {PACKAGE}: run "nox -s environment", which installs it')
    command = [NODE, PACKAGE / "bin" / "svgo.js", "--input", "-", "--output", "-", "--precision", str(PRECISION)]
    result = subprocess.run(
        [*map(str, command), "--multipass"], input=svg, capture_output=True, encoding="utf-8", check=False
    )
    if result.returncode != 0:
        raise ShorterError(f"SVGO could not read the file: {result.stderr.strip()}")
    return result.stdout
