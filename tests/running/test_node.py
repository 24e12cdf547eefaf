from __future__ import annotations

from pathlib import Path

import pytest

from lrdoc.running import node


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return a program that writes its folder, its words and what it reads, or fails where it is told to."""
    path = tmp_path / "program.js"
    path.write_text(
        """const [, , ...words] = process.argv;
if (words[0] === "fail") { console.error("不行"); process.exit(3); }
process.stdout.write([process.cwd(), ...words, require("fs").readFileSync(0, "utf8")].join("|"));
""",
        encoding="utf-8",
    )
    return path


def test_what_a_program_prints_is_returned(program: Path, tmp_path: Path) -> None:
    folder = tmp_path / "学习 率"
    folder.mkdir()
    assert node.run(program, "a", "b c", given="读", folder=folder) == f"{folder}|a|b c|读"


def test_a_failure_says_what_the_program_said(program: Path) -> None:
    with pytest.raises(node.NodeError, match=r"(?s)^program\.js failed:.不行$"):
        node.run(program, "fail")


def test_a_missing_program_is_told_with_the_command_that_installs_it(tmp_path: Path) -> None:
    with pytest.raises(node.NodeError, match='run "nox -s environment"'):
        node.run(tmp_path / "none.js")
