"""The unit tests of the explorer's TypeScript, which Node runs as they are."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from lrdoc.explorer import generate
from lrdoc.running.node import NODE

ROOT = Path(__file__).parents[2]


INSTALLS = re.compile(r"install\(\)|/holds\.ts")
"""What a test holds whose engine is the playground's, or that of pages with recipes; nothing takes out again what is installed."""


def unit_tests(*, installing: bool) -> list[str]:
    """Return the files of tests that install something into the engine, or those that do not."""
    files = sorted((ROOT / "tests" / "explorer").rglob("*.test.ts"))
    return [str(file) for file in files if bool(INSTALLS.search(file.read_text(encoding="utf-8"))) is installing]


@pytest.mark.parametrize("installing", [False, True])
def test_the_unit_tests_of_the_explorer_pass(installing: bool) -> None:
    generate.write()
    tests = unit_tests(installing=installing)
    assert tests
    # In one process: each would read the whole engine by itself.
    command = [str(NODE), "--test", "--test-isolation=none", *tests]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
