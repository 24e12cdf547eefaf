"""The explorer's scripts, bundled by esbuild while the site is built: one classic script for reference pages, one for pages whose code may call recipes, one for pages with a chooser, one for the playground and one for its editor, one that loads them, and stylesheets.

Terser then makes the scripts of the pages that are read, not typed on, smaller by a twentieth of what is sent.

They are kept in .cache/explorer, and bundled anew only when something that they are made from changes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sphinx.errors import ExtensionError

from lrdoc.explorer import generate, uplot
from lrdoc.running import node

SOURCES = Path(__file__).parent
BUNDLES = (
    (("loader.ts", "explorer.ts", "recipe.ts", "chooser.ts", "explorer.css", "explorer-still.css"), ()),
    (("playground.ts", "editor.ts", "playground.css"), ("--define:Intl.Segmenter=undefined",)),
)
"""What is bundled together, and with which options beside ``OPTIONS``.

CodeMirror makes an ``Intl.Segmenter`` when it is loaded, for movements that the editor has no key for: it would take half of the time in which ``editor.js`` is evaluated.
"""
LICENSES = "explorer.licenses.txt"
SHORTENED = ("explorer.js", "recipe.js", "chooser.js")
"""The scripts that are worth the seconds that Terser takes."""
SHORTEN = (
    "--ecma",
    "2022",
    "--compress",
    "passes=2,keep_fargs=false,unsafe_arrows,unsafe_methods,lhs_constants=false",
    "--mangle",
    "--comments",
    "some",
)
"""What is unsafe here concerns functions that are called with ``new``: only classes are. Comparisons that are not turned round are smaller once gzipped."""
OPTIONS = ("--bundle", "--minify", "--format=iife", "--target=es2022", "--charset=utf8", "--log-level=warning")


def bundle(packages: Path, cache: Path) -> Path:
    """Return the folder that holds the bundled scripts and the licenses of the npm packages in them.

    ``packages`` is the folder node_modules.
    Raises ``ExtensionError`` where esbuild is missing or refuses the sources.
    """
    generate.write()
    kept = cache / digest(packages)
    if not kept.exists():
        unfinished = kept.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        _bundle(packages, unfinished)
        unfinished.rename(kept)
    return kept


def size(script: Path) -> str:
    """Return a script's size, as it is and gzipped."""
    content = script.read_bytes()
    return f"{len(content) / 1024:.1f} KB, {len(gzip.compress(content, mtime=0)) / 1024:.1f} KB gzipped"


def digest(packages: Path) -> str:
    """Return what identifies everything that the scripts are made from; ``packages`` is the folder node_modules."""
    files = [
        *sorted(SOURCES.rglob("*.ts")),
        *sorted(SOURCES.rglob("*.css")),
        Path(__file__),
        Path(uplot.__file__),
        packages / ".package-lock.json",
    ]
    _check(files[-1])
    parts = (part for path in files for part in (path.name.encode(), path.read_bytes()))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _bundle(packages: Path, target: Path) -> None:
    inputs: dict[str, Any] = {}
    target.mkdir(parents=True)
    reduced = target.resolve() / "uplot.js"
    reduced.write_text(uplot.reduced(packages), encoding="utf-8")
    style = packages.resolve() / uplot.STYLE
    instead = (f"--alias:uplot={reduced}", f"--alias:{uplot.STYLE.as_posix()}={style}")
    for entries, options in BUNDLES:
        words = (*entries, *options, *instead)
        inputs |= _esbuild(packages.resolve() / "esbuild" / "bin" / "esbuild", target.resolve(), words)
    reduced.unlink()
    for name in SHORTENED:
        script = str((target / name).resolve())
        _node(packages.resolve() / "terser" / "bin" / "terser", (script, *SHORTEN, "--output", script))
    (target / LICENSES).write_text("\n\n".join(_licenses(inputs)) + "\n", encoding="utf-8")


def _esbuild(esbuild: Path, target: Path, words: Sequence[str]) -> dict[str, Any]:
    """Bundle into the folder ``target``; return the files that the bundles are made from."""
    meta = target / "meta.json"
    _node(esbuild, (*words, *OPTIONS, f"--outdir={target}", f"--metafile={meta}"))
    inputs: dict[str, Any] = json.loads(meta.read_text(encoding="utf-8"))["inputs"]
    meta.unlink()
    return inputs


def _node(tool: Path, words: Sequence[str]) -> None:
    """Run a tool of npm; where it fails, the build ends with its message."""
    try:
        # The working folder decides how the sources are named in what is built: never by this machine's paths.
        node.run(tool, *words, folder=SOURCES)
    except node.NodeError as error:
        raise ExtensionError(f"the explorer could not be bundled: {error}") from None


def _licenses(inputs: dict[str, Any]) -> Iterator[str]:
    """Yield the license of every npm package that the inputs of a bundle belong to."""
    for package in sorted({folder for path in inputs if (folder := _package(SOURCES / path)) is not None}):
        described = json.loads((package / "package.json").read_text(encoding="utf-8"))
        (text,) = package.glob("LICENSE*")
        yield f"{described['name']} {described['version']}\n\n{text.read_text(encoding='utf-8').strip()}"


def _package(path: Path) -> Path | None:
    if "node_modules" not in path.parts:
        return None
    return next(folder for folder in path.resolve().parents if (folder / "LICENSE").exists())


def _check(installed: Path) -> None:
    if not installed.exists():
        raise ExtensionError(f'{installed.parent} is not installed: run "nox -s environment", which installs it')
