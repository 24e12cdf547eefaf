"""What the project's commands run, found by running nox with programs that only note what they are given."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ("pyproject.toml", "requirements.lock", "package-lock.json", ".python-version")
NOTE = f"""#!{sys.executable} -S
import json, os, sys
with open({{notes!r}}, "a") as notes:
    print(json.dumps(sys.argv[1:]), file=notes)
"""


@dataclass(frozen=True)
class Ran:
    """What a call of nox came to: its exit status, what it printed, and what the environment's Python was given each time."""

    status: int
    told: str
    python: list[list[str]]

    def given(self, *words: str) -> list[list[str]]:
        """Return what followed ``words`` in the commands that begin with them."""
        count = len(words)
        return [command[count:] for command in self.python if command[:count] == list(words)]


@pytest.fixture
def nox(tmp_path: Path) -> Callable[..., Ran]:
    """Return a function that runs nox in a project of this noxfile, whose environment is installed and holds a Python that notes what it is given."""
    notes = tmp_path / "notes"
    for name in ("noxfile.py", *SOURCES):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    for folder in (".venv/bin", "node_modules", "bench"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("engine", "tracing"):
        (tmp_path / "bench" / f"{name}.py").touch()
    python = tmp_path / ".venv" / "bin" / "python"
    python.write_text(NOTE.format(notes=str(notes)), encoding="utf-8")
    python.chmod(0o755)
    digest = hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in SOURCES)).hexdigest()
    (tmp_path / ".venv" / "installed").write_text(digest, encoding="utf-8")

    def run(*arguments: str) -> Ran:
        outside = {name: value for name, value in os.environ.items() if not name.startswith("NOX")}
        command = [sys.executable, "-m", "nox", *arguments]
        ended = subprocess.run(command, cwd=tmp_path, env=outside, capture_output=True, text=True, check=False)
        noted = notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []
        return Ran(ended.returncode, ended.stdout + ended.stderr, [json.loads(line) for line in noted])

    return run


def test_the_arguments_of_tests_go_to_pytest_and_not_to_the_build_before_it(nox: Callable[..., Ran]) -> None:
    ran = nox("-s", "tests", "--", "-k", "step_lr")
    assert ran.status == 0
    assert [given[-2:] for given in ran.given("-m", "pytest")] == [["-k", "step_lr"]]
    builds = ran.given("-m", "sphinx")
    assert len(builds) == 2
    assert all("step_lr" not in build for build in builds)


def test_several_sessions_in_one_call_leave_the_arguments_to_the_one_that_takes_them(nox: Callable[..., Ran]) -> None:
    ran = nox("-s", "docs", "tests", "lint", "--", "-k", "step_lr")
    assert ran.status == 0
    assert [command[:2] for command in ran.python if "step_lr" in command] == [["-m", "pytest"]]


@pytest.mark.parametrize("session", ["docs", "lint", "catalogs"])
def test_a_session_without_arguments_says_that_it_ignores_them(nox: Callable[..., Ran], session: str) -> None:
    ran = nox("-s", session, "--", "-j", "auto")
    assert ran.status == 0
    assert f"{session} takes no further arguments and ignores these: -j auto" in ran.told
    assert all("auto" not in command for command in ran.python)


@pytest.mark.parametrize(("names", "scripts"), [(["tracing"], ["tracing"]), ([], ["engine", "tracing"])])
def test_bench_runs_the_scripts_that_are_named_or_all(
    nox: Callable[..., Ran], names: list[str], scripts: list[str]
) -> None:
    ran = nox("-s", "bench", "--", *names)
    assert [Path(command[0]).stem for command in ran.python if command[0] != "-m"] == scripts


def test_bench_names_the_scripts_for_an_unknown_one(nox: Callable[..., Ran]) -> None:
    ran = nox("-s", "bench", "--", "trcing")
    assert ran.status != 0
    assert "no bench/trcing.py; there is: engine, tracing" in ran.told


def test_serve_takes_a_language_and_hands_the_rest_on(nox: Callable[..., Ran]) -> None:
    (command,) = nox("-s", "serve", "--", "zh", "--port", "8001").given("-m", "sphinx_autobuild")
    assert "language=zh_CN" in command
    assert command[-2:] == ["--port", "8001"]


def test_a_failed_build_ends_with_its_warnings(nox: Callable[..., Ran], tmp_path: Path) -> None:
    warns = "open(sys.argv[sys.argv.index('-w') + 1], 'w').write('page.md:3: WARNING: refuted'); print('copying'); sys.exit(1)"
    (tmp_path / ".venv" / "bin" / "python").write_text(
        f"#!{sys.executable} -S\nimport sys\n{warns}\n", encoding="utf-8"
    )
    ran = nox("-s", "docs")
    assert ran.status != 0
    assert ran.told.index("copying") < ran.told.index("page.md:3: WARNING: refuted")


def test_records_hands_its_arguments_on(nox: Callable[..., Ran]) -> None:
    assert nox("-s", "records", "--", "earlier", "step_lr").given("-m", "lrdoc.checks.update_records") == [
        ["earlier", "step_lr"]
    ]


def test_records_reads_the_sources_of_releases_alone_where_it_is_asked_to(nox: Callable[..., Ran]) -> None:
    ran = nox("-s", "records", "--", "releases", "--check")
    assert ran.given("-m", "lrdoc.checks.releases") == [["--check"]]
    assert ran.given("-m", "lrdoc.checks.update_records") == []


def test_sphinx_starts_where_lang_names_a_locale_that_the_system_lacks() -> None:
    code = "import json, noxfile; print(json.dumps(noxfile._variables()))"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lacking = {name: value for name, value in os.environ.items() if not name.startswith("LC_")} | {
        "LANG": "xx_XX.UTF-8"
    }
    command = [sys.executable, "-m", "sphinx", "--version"]
    assert subprocess.run(command, env=lacking, capture_output=True, check=False).returncode != 0
    assert subprocess.run(command, env={**lacking, **json.loads(said)}, check=False).returncode == 0
