"""Tell what a piece of code runs on, so that its outcome is kept only as long as that stays as it is."""

from __future__ import annotations

import ast
import functools
import hashlib
import importlib.metadata
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = "lrdoc"


def digest(code: str, *modules: str) -> str:
    """Return what identifies ``code`` that runs on these modules of lrdoc: itself, the modules and all that they import, the OneFlow and the Python.

    Of a module, comments and layout do not count.
    """
    foundation = f"{importlib.metadata.version('oneflow')} {sys.version}"
    parts = (foundation, code, *map(_meaning, files(*modules)))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _meaning(path: Path) -> str:
    return _syntax_tree(path.read_text(encoding="utf-8"))


@functools.cache
def _syntax_tree(text: str) -> str:
    return ast.dump(ast.parse(text))


def files(*modules: str) -> list[Path]:
    """Return the files of the modules of lrdoc, by their dotted names, and of the modules of lrdoc that they import, sorted.

    A package stands for the modules in it, since whoever has it can reach them.
    """
    found: set[Path] = set()
    new = _files(modules)
    while new:
        found |= new
        new = set().union(*map(_imported_by, new)) - found
    return sorted(found)


def imported(code: str) -> tuple[str, ...]:
    """Return the dotted names of the modules of lrdoc that ``code`` imports, sorted; none where it does not parse."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return ()
    return tuple(sorted({name for node in ast.walk(tree) for name in _names(node)}))


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if _is_ours(alias.name))
    elif isinstance(node, ast.ImportFrom) and node.module and _is_ours(node.module):
        for alias in node.names:
            inner = f"{node.module}.{alias.name}"
            yield inner if _is_module(inner) else node.module


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] == PACKAGE


def _is_module(name: str) -> bool:
    place = _place(name)
    return place.is_dir() or place.with_suffix(".py").is_file()


def _place(name: str) -> Path:
    return ROOT.joinpath(*name.split(".")[1:])


@functools.cache
def _imported_by(path: Path) -> frozenset[Path]:
    return frozenset(_files(imported(path.read_text(encoding="utf-8"))))


def _files(modules: Iterable[str]) -> set[Path]:
    return {path for name in modules for path in _files_of(_place(name))}


def _files_of(place: Path) -> Iterator[Path]:
    if place == ROOT:
        return
    module = place.with_suffix(".py")
    if module.is_file():
        yield module
    else:
        yield from place.glob("*.py")
    # Python runs the packages around a module before it.
    around = (parent / "__init__.py" for parent in place.parents if ROOT in parent.parents)
    yield from (path for path in around if path.exists())
