"""What the installed OneFlow has, and modules of Python's that training scripts import: the names in each module, and the modules that there are.

Code that uses a name which a module has not ends there; the explorer must not draw what comes after.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import oneflow as flow

OURS = [
    "amp",
    "autograd",
    "backends",
    "comm",
    "cuda",
    "distributed",
    "distributions",
    "env",
    "jit",
    "linalg",
    "nn",
    "optim",
    "profiler",
    "sbp",
    "utils",
]
"""The parts of OneFlow whose names are listed."""
PYTHON = [
    "argparse",
    "bisect",
    "collections",
    "copy",
    "dataclasses",
    "enum",
    "functools",
    "itertools",
    "math",
    "operator",
    "types",
]
"""The modules of Python's of which the engine knows a part."""
FAMILIAR = [
    "oneflow.zeros",
    "oneflow.ones",
    "oneflow.tensor",
    "oneflow.randn",
    "oneflow.rand",
    "oneflow.manual_seed",
    "oneflow.save",
    "oneflow.load",
    "oneflow.no_grad",
    "oneflow.nn.Parameter",
    "oneflow.nn.Linear",
    "oneflow.nn.Graph",
    "oneflow.nn.Module",
    "oneflow.nn.ModuleList",
    "oneflow.nn.Sequential",
    "oneflow.nn.ReLU",
    "oneflow.nn.Conv2d",
    "oneflow.nn.CrossEntropyLoss",
    "oneflow.nn.MSELoss",
]
"""What short code uses of OneFlow beside its schedulers and optimizers."""


def names() -> dict[str, str]:
    """Return the names in modules, by the modules' paths."""
    found = {**dict(_within(flow)), **{name: importlib.import_module(name) for name in PYTHON}}
    return {path: " ".join(name for name in dir(one) if not name.startswith("__")) for path, one in found.items()}


def exported() -> dict[str, str]:
    """Return the names that importing all from a module binds, where the module itself says which these are."""
    found = {path: importlib.import_module(path) for path in names()}
    return {path: " ".join(one.__all__) for path, one in found.items() if hasattr(one, "__all__")}


def modules() -> str:
    """Return the paths of OneFlow's modules; those that are no files are made as OneFlow is imported."""
    (root,) = map(Path, flow.__path__)
    files = (path.relative_to(root.parent).with_suffix("") for path in root.rglob("*.py"))
    inside = {name for name in sys.modules if name.startswith("oneflow._oneflow_internal")}
    return " ".join(sorted(inside | {".".join(path.parts).removesuffix(".__init__") for path in files}))


def familiar() -> list[str]:
    """Return what short code uses of OneFlow; raise ``AttributeError`` where the installed one has not all of it."""
    for path in FAMILIAR:
        module, _, name = path.rpartition(".")
        getattr(importlib.import_module(module), name)
    return FAMILIAR


def _within(module: ModuleType) -> Iterator[tuple[str, ModuleType]]:
    """Yield a module, and those in it that are listed; modules have names for others as well."""
    path = module.__name__
    yield path, module
    for name, value in vars(module).items():
        is_inside = isinstance(value, ModuleType) and value.__name__ == f"{path}.{name}"
        if is_inside and (name in OURS if module is flow else path.count(".") < 2 or module is flow.nn.optimizer):
            yield from _within(value)
