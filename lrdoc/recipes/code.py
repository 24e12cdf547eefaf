"""The code of a recipe as a page shows it: the function's own source, with the imports that it needs."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Callable
from typing import Any

_IGNORED = re.compile(r"  # type: ignore.*")


def code(function: Callable[..., Any]) -> str:
    """Return the source of a function of the package, complete: it runs by itself where OneFlow is installed.

    What else its module imports is left out.
    """
    module = importlib.import_module(function.__module__)
    tree = ast.parse(inspect.getsource(module))
    needed = definitions(function)
    used = {name for node in needed for name in _names(node)}
    imports = [line for node in tree.body for line in _import(node, used)]
    if any(_needs_future(node) for node in needed):
        imports.insert(0, "from __future__ import annotations")
    bodies = [_IGNORED.sub("", inspect.getsource(getattr(module, node.name)).rstrip()) for node in needed]
    return "\n\n\n".join(["\n".join(imports), *bodies]) + "\n"


def definitions(function: Callable[..., Any]) -> list[ast.FunctionDef | ast.ClassDef]:
    """Return the syntax trees of a function of the package, and before it of what it uses of its module."""
    tree = ast.parse(inspect.getsource(importlib.import_module(function.__module__)))
    wanted = {node.name: node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    return _needed(function.__name__, wanted)


def _needed(name: str, wanted: dict[str, ast.FunctionDef | ast.ClassDef]) -> list[ast.FunctionDef | ast.ClassDef]:
    """Return a definition, and before it those of its module that it uses."""
    inner = [one for one in wanted if one in _names(wanted[name]) and one != name]
    return [*(node for one in inner for node in _needed(one, wanted)), wanted[name]]


def _needs_future(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """Tell whether an annotation is one that Python 3.7, on which readers run OneFlow, can't evaluate: ``list[float]``, ``int | None``."""
    functions = [one for one in ast.walk(node) if isinstance(one, ast.FunctionDef)]
    written = [argument.annotation for one in functions for argument in (*one.args.args, *one.args.kwonlyargs)]
    annotations = filter(None, [*written, *(one.returns for one in functions)])
    return any(isinstance(part, (ast.Subscript, ast.BinOp)) for one in annotations for part in ast.walk(one))


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _import(node: ast.stmt, used: set[str]) -> list[str]:
    """Return an import of names that are used, without the others."""
    if isinstance(node, ast.Import):
        return [f"import {one.name}" for one in node.names if one.name in used]
    if isinstance(node, ast.ImportFrom) and node.module and not node.module.startswith(("__future__", "lrdoc.")):
        names = [one.name for one in node.names if one.name in used]
        return [f"from {node.module} import {', '.join(names)}"] if names else []
    return []
