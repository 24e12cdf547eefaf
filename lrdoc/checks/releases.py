"""What releases of OneFlow before 0.8.0 had of schedulers, read in the sources that PyPI has of them: these come without the native core, so that they can't be run.

``python -m lrdoc.checks.releases`` records it, ``--check`` compares; it needs uv and the package index.
"""

from __future__ import annotations

import ast
import json
import operator
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from lrdoc.checks import foreign

RECORD = Path(__file__).with_name("releases.json")
RELEASES = ("0.6.0", "0.7.0")
BASE = "_LRScheduler"
"""The name under which every release exports the base class of its schedulers."""

Classes: TypeAlias = Mapping[str, Mapping[str, list[str]]]
"""The classes that a release exports as schedulers, by their exported names: the parameters of each method that a class has of its own, by the method's name."""


def recorded() -> dict[str, Classes]:
    """Return the classes of each recorded release, by its version."""
    found: dict[str, Classes] = json.loads(RECORD.read_text(encoding="utf-8"))
    return found


def read(package: Path) -> Classes:
    """Return the classes of a release whose sources are in the folder ``package``, called oneflow."""
    exported = ast.parse((package / "optim" / "lr_scheduler.py").read_text(encoding="utf-8"))
    imports = [node for node in exported.body if isinstance(node, ast.ImportFrom)]
    return {
        alias.asname or alias.name: _methods(package, str(node.module), alias.name)
        for node in imports
        for alias in node.names
    }


def _methods(package: Path, module: str, name: str) -> dict[str, list[str]]:
    path = package.parent.joinpath(*module.split(".")).with_suffix(".py")
    body = ast.parse(path.read_text(encoding="utf-8")).body
    (found,) = (node for node in body if isinstance(node, ast.ClassDef) and node.name == name)
    methods = (node for node in found.body if isinstance(node, ast.FunctionDef))
    return {method.name: [argument.arg for argument in method.args.args] for method in methods}


def _download(version: str) -> Classes:
    with tempfile.TemporaryDirectory() as folder:
        install = [os.environ.get("UV", "uv"), "pip", "install", "--quiet", "--no-deps"]
        place = ["--python", sys.executable, "--target", folder]
        if subprocess.run([*install, *place, f"oneflow=={version}"], check=False).returncode:
            sys.exit(f"the sources of OneFlow {version} could not be downloaded: the messages are above")
        return read(Path(folder) / "oneflow")


def main(arguments: list[str]) -> None:
    """Write the record, or, with ``--check``, end with an error where it is not what the sources say."""
    lines = (f"{json.dumps(version)}: {json.dumps(_download(version))}" for version in RELEASES)
    foreign.settle(RECORD, "{\n" + ",\n".join(lines) + "\n}\n", operator.eq, arguments, source="releases")


if __name__ == "__main__":
    main(sys.argv[1:])
