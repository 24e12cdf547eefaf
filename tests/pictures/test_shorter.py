from __future__ import annotations

from pathlib import Path

import pytest

from lrdoc.pictures import shorter
from lrdoc.running.node import NodeError

SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20">
  <desc>A line.</desc>
  <path d="M 1.234567 2.345678 L 11.234567 12.345678 L 21.234567 2.345678 " style="fill: none; stroke: #0072b2"/>
</svg>
"""


def test_a_file_takes_fewer_bytes_and_says_and_draws_the_same() -> None:
    found = shorter.shorter(SVG)
    assert len(found) < len(SVG) * 0.8
    assert "<desc>A line.</desc>" in found
    assert 'viewBox="0 0 40 20"' in found
    assert 'd="m1.23 2.35 10 10 10-10"' in found
    assert shorter.shorter(SVG) == found


def test_what_is_no_svg_is_refused() -> None:
    with pytest.raises(NodeError, match=r"svgo\.js failed"):
        shorter.shorter("<svg><g></svg>")


def test_a_missing_package_is_told_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(shorter, "PACKAGE", tmp_path / "svgo")
    with pytest.raises(NodeError, match='run "nox -s environment"'):
        shorter.shorter(SVG)
