"""Tell what a piece of code runs on, so that its outcome is kept only as long as that stays as it is."""

from __future__ import annotations

import ast
import functools
import hashlib
import importlib.metadata
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
_MODULE = re.compile(r"lrdoc(?:\.\w+)*")


def digest(code: str, *through: str) -> str:
    """Return what identifies ``code`` and all that it runs on: the OneFlow, the Python, and the modules of lrdoc that it reaches.

    ``through`` names modules that take part without being imported, such as the one that runs the code.
    """
    files = modules(code, *through)
    foundation = f"{importlib.metadata.version('oneflow')} {sys.version}"
    return hashlib.sha256(b"\0".join([foundation.encode(), code.encode(), *map(Path.read_bytes, files)])).hexdigest()


def modules(code: str, *through: str) -> list[Path]:
    """Return the files of lrdoc that ``code`` and the modules ``through`` reach by their imports, sorted.

    A module that is named in a string, as for ``importlib``, counts as imported, and a package stands for everything in it.
    Code that does not parse reaches nothing.
    """
    found: set[Path] = set()
    new = _files([*_named(code), *through])
    while new:
        found |= new
        new = {path for known in new for path in _imported_by(known)} - found
    return sorted(found)


@functools.cache
def _imported_by(path: Path) -> frozenset[Path]:
    return frozenset(_files(_named(path.read_text(encoding="utf-8"))))


def _files(names: Iterable[str]) -> set[Path]:
    return {path for name in names for path in _files_of(ROOT.joinpath(*name.split(".")[1:]))}


def _files_of(place: Path) -> Iterator[Path]:
    module = place.with_suffix(".py")
    if module.is_file():
        yield module
    elif place.is_dir() and place != ROOT:
        yield from place.glob("*.py")


def _named(code: str) -> Iterator[str]:
    """Yield the dotted names of everything of lrdoc that the code mentions as a module."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if _MODULE.fullmatch(alias.name))
        elif isinstance(node, ast.ImportFrom) and node.module and _MODULE.fullmatch(node.module):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _MODULE.fullmatch(node.value):
            yield node.value
