"""What the playground knows of PyTorch: how the arguments of its classes are called in OneFlow, and the text of what is ported."""

from __future__ import annotations

import ast
import inspect
import json
from typing import Any

import oneflow as flow
from oneflow.optim import lr_scheduler

from lrdoc.explorer import originals, ported, source

RENAMED = {"last_epoch": "last_step"}
"""Parameters of PyTorch by the names that they have in OneFlow."""
RENAMED_IN = {"PolynomialLR": {"total_iters": "decay_batch"}}
SET = {"PolynomialLR": {"end_learning_rate": 0.0}}
"""What OneFlow has to be told to do as PyTorch does: the originals' record proves it."""
_SCHEDULED = ("optimizer", "schedulers")
"""What a scheduler of PyTorch takes first."""
BASE = "PyTorchScheduler"
"""What is ported of the class that PyTorch's schedulers derive from."""
STAND_IN = "Adam"
"""What stands for optimizers that OneFlow lacks: their learning rates are scheduled like any other's."""


def arguments() -> dict[str, list[list[str | None]]]:
    """Return, by class of PyTorch, the name of each parameter and that of OneFlow's; None where OneFlow has none."""
    return {name: _pairs(name, signature) for name, signature in _signatures().items() if _in_oneflow(name) is not None}


def schedulers() -> dict[str, list[list[str | None]] | None]:
    """Return, by scheduler of PyTorch, its parameters as ``arguments`` has them; None for one that OneFlow lacks."""
    found = {name: signature for name, signature in _signatures().items() if signature[0][0] in _SCHEDULED}
    return {name: None if _in_oneflow(name) is None else _pairs(name, found[name]) for name in found}


def defaults() -> dict[str, dict[str, str]]:
    """Return, by class of PyTorch, the arguments of OneFlow's that have to be given where the code gives none, as Python code."""
    found = {name: _differing(name, signature) for name, signature in _signatures().items()}
    return {name: values for name, values in found.items() if values}


def lacking() -> list[str]:
    """Return the optimizers of PyTorch that OneFlow lacks."""
    return [name for name, signature in _signatures().items() if signature[1][0] == "lr" and not _has(name)]


def code() -> dict[str, str]:
    """Return the text of each definition of ``ported`` by its name, without annotations."""
    return {name: ast.unparse(source.plain(node)) for name, node in _functions().items()}


def needs() -> dict[str, list[str]]:
    """Return which definitions of ``ported`` the text of each needs, itself included, in the order of the module."""
    functions = _functions()
    direct = {name: _names(node) & functions.keys() for name, node in functions.items()}
    return {name: [one for one in functions if one in _reached(name, direct)] for name in functions}


def public() -> list[str]:
    """Return the functions of ``ported`` that have the name of an original."""
    return [name for name in _functions() if any(call.startswith(f"{name}(") for call in originals.CALLS)]


def _signatures() -> dict[str, originals.Signature]:
    found: dict[str, originals.Signature] = json.loads(originals.RECORD.read_text(encoding="utf-8"))["signatures"]
    return found


def _has(name: str) -> bool:
    return hasattr(flow.optim, name) or hasattr(lr_scheduler, name)


def _in_oneflow(name: str) -> Any:
    """Return OneFlow's class of a name, or what stands for an optimizer of PyTorch; None for a scheduler that OneFlow lacks."""
    stand_in = getattr(flow.optim, STAND_IN) if name in lacking() else None
    return getattr(flow.optim, name, None) or getattr(lr_scheduler, name, None) or stand_in


def _pairs(name: str, signature: originals.Signature) -> list[list[str | None]]:
    known = inspect.signature(_in_oneflow(name)).parameters
    renamed = {**RENAMED, **RENAMED_IN.get(name, {})}
    pairs = [(parameter, renamed.get(parameter, parameter)) for parameter, _default in signature]
    return [[parameter, there if there in known else None] for parameter, there in pairs]


def _differing(name: str, signature: originals.Signature) -> dict[str, str]:
    """Return the defaults that shape a curve and are others in OneFlow."""
    cls = _in_oneflow(name)
    if cls is None:
        return {}
    known, torch = inspect.signature(cls).parameters, dict(signature)
    values = dict(SET.get(name, {}))
    for parameter, there in _pairs(name, signature):
        shapes = parameter == "lr" or "lr" not in torch
        if shapes and there is not None and torch[str(parameter)] not in (None, known[there].default):
            values[there] = torch[str(parameter)]
    return {parameter: repr(value) for parameter, value in values.items()}


def _functions() -> dict[str, ast.FunctionDef | ast.ClassDef]:
    tree = ast.parse(inspect.getsource(ported))
    return {node.name: node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _reached(name: str, direct: dict[str, set[str]]) -> set[str]:
    found, open_ = {name}, [name]
    while open_:
        more = direct[open_.pop()] - found
        found |= more
        open_ += more
    return found
