from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from sphinx.errors import ExtensionError

from lrdoc.explorer import bundle as bundling
from lrdoc.explorer import uplot
from lrdoc.explorer.bundle import LICENSES, bundle, size

ROOT = Path(__file__).parents[2]
PACKAGES = ROOT / "node_modules"


@pytest.fixture(scope="module")
def cache() -> Path:
    """Return the folder in which the site's build keeps what it has bundled, by what it is made from."""
    return ROOT / ".cache" / "explorer"


def test_a_bundle_is_one_classic_script_without_eval_or_addresses(cache: Path) -> None:
    for name in ("explorer.js", "recipe.js", "chooser.js", "editor.js", "playground.js"):
        script = (bundle(PACKAGES, cache) / name).read_text(encoding="utf-8")
        assert script.startswith(('"use strict";(()=>{', "(()=>{"))
        for word in ("eval(", "new Function", "import(", "fetch(", "XMLHttpRequest", str(ROOT)):
            assert word not in script


def test_the_editor_does_not_make_what_no_key_of_it_uses(cache: Path) -> None:
    assert "Segmenter" not in (bundle(PACKAGES, cache) / "editor.js").read_text(encoding="utf-8")


def test_the_script_of_reference_pages_is_small(cache: Path) -> None:
    script = bundle(PACKAGES, cache) / "explorer.js"
    assert len(gzip.compress(script.read_bytes())) <= 100_000


def test_what_is_unchanged_is_not_bundled_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = bundle(PACKAGES, cache)
    monkeypatch.setattr(bundling, "_bundle", lambda *_: pytest.fail("bundled again"))
    assert bundle(PACKAGES, cache) == first


def test_a_changed_source_is_bundled_anew(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = bundle(PACKAGES, cache)
    sources = tmp_path / "explorer"
    sources.mkdir()
    for name in (name for names, _ in bundling.BUNDLES for name in names):
        (sources / name).write_text(f'console.log("{name}");\n' if name.endswith(".ts") else "")
    monkeypatch.setattr(bundling, "SOURCES", sources)
    second = bundle(PACKAGES, tmp_path / "cache")
    assert second.name != first.name
    assert "console.log" in (second / "explorer.js").read_text()


def test_the_licenses_of_what_is_bundled_come_with_it(cache: Path) -> None:
    text = (bundle(PACKAGES, cache) / LICENSES).read_text(encoding="utf-8")
    for package in ("@lezer/common", "@lezer/lr", "@lezer/python", "@lezer/highlight"):
        assert f"{package} " in text
    assert "MIT License" in text
    script = (bundle(PACKAGES, cache) / "explorer.js").read_text(encoding="utf-8")
    assert "Copyright 2020 The OneFlow Authors." in script


def test_sources_that_esbuild_refuses_end_the_build_with_its_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("explorer", "playground"):
        (tmp_path / f"{name}.ts").write_text("const = 1;\n")
    monkeypatch.setattr(bundling, "SOURCES", tmp_path)
    with pytest.raises(ExtensionError, match="Expected identifier"):
        bundle(PACKAGES, tmp_path / "cache")


def test_missing_packages_end_the_build_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ExtensionError, match="nox -s environment"):
        bundle(tmp_path / "node_modules", tmp_path / "cache")


def test_a_size_is_told_plain_and_gzipped(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_bytes(b"x" * 10240)
    assert size(tmp_path / "a.js") == "10.0 KB, 0.0 KB gzipped"


def test_uplot_comes_without_what_no_chart_uses(tmp_path: Path) -> None:
    whole = (PACKAGES / uplot.MODULE).read_text(encoding="utf-8")
    assert "paths.bars" in whole
    assert "subSecIncrs.concat" in whole
    reduced = uplot.reduced(PACKAGES)
    assert "paths.bars" not in reduced
    assert "subSecIncrs.concat" not in reduced
    module = tmp_path / uplot.MODULE
    module.parent.mkdir(parents=True)
    assert "Intl." not in re.sub("//.*", "", reduced)
    for part in (uplot.OFFERED, "function genTimeStuffs(", *uplot.INSTEAD):
        module.write_text(whole.replace(part, part.upper()), encoding="utf-8")
        with pytest.raises(ExtensionError, match="uPlot is not as"):
            uplot.reduced(tmp_path)
