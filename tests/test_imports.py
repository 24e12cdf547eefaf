"""Data flows one way: no module of lrdoc reaches itself by what it imports, in whatever place and at whatever time."""

from __future__ import annotations

import graphlib
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from lrdoc.running.provenance import ROOT, imported

Graph = dict[str, set[str]]
"""The modules that each module imports."""

NO_MODULES_OF_PYTHON = ("__main__",)  # importing one runs a program

RECORD = """
import builtins, importlib, json, sys

made = set()
plain_import, plain_module = builtins.__import__, importlib.import_module

def note(importer, name):
    if importer.startswith("lrdoc") and name.startswith("lrdoc."):
        made.add((importer, name))

def recording_import(name, globals=None, locals=None, fromlist=(), level=0):
    found = plain_import(name, globals, locals, fromlist, level)
    importer = (globals or {}).get("__name__") or ""
    inner = [f"{name}.{part}" for part in fromlist or () if f"{name}.{part}" in sys.modules]
    for full in inner or [name]:
        note(importer, full)
    return found

def recording_module(name, package=None):
    note(sys._getframe(1).f_globals["__name__"], name)
    return plain_module(name, package)

builtins.__import__, importlib.import_module = recording_import, recording_module
for module in json.loads(sys.argv[1]):
    plain_module(module)

# What imports only when it is called.
from lrdoc import register
from lrdoc.explorer import generate
register.entries()
generate.modules()
print(json.dumps(sorted(made)))
"""


def modules() -> dict[str, Path]:
    """Return the file of every module of lrdoc, by its dotted name."""
    found = {}
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def written(files: Mapping[str, Path]) -> Graph:
    """Return the imports that the modules write, at their top, in their functions, and for types alone."""
    return {name: set(imported(path.read_text(encoding="utf-8"))) for name, path in files.items()}


def circle(graph: Graph) -> list[str]:
    """Return modules of which each imports the next and the last is the first, or none."""
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


@pytest.fixture(scope="module")
def made() -> Graph:
    """Return the imports that really happen while every module is imported and the descriptions are looked up."""
    names = [name for name in modules() if name.rpartition(".")[2] not in NO_MODULES_OF_PYTHON]
    command = [sys.executable, "-c", RECORD, json.dumps(names)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    graph: Graph = {}
    for importer, name in json.loads(result.stdout.splitlines()[-1]):
        graph.setdefault(importer, set()).add(name)
    return graph


def test_no_module_reaches_itself_by_the_imports_that_are_written() -> None:
    assert circle(written(modules())) == []


def test_no_module_reaches_itself_by_the_imports_that_are_made_at_run_time(made: Graph) -> None:
    both = written(modules())
    for importer, names in made.items():
        both.setdefault(importer, set()).update(names)
    assert circle(both) == []


def test_imports_made_by_name_are_seen(made: Graph) -> None:
    assert {"lrdoc.schedulers.step_lr", "lrdoc.schedulers.warmup_lr"} <= made["lrdoc.register"]


def test_a_circle_is_found_with_its_modules() -> None:
    assert set(circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == {"a", "b", "c"}


def test_descriptions_import_nothing_that_uses_them() -> None:
    for name, names in written(modules()).items():
        if name.startswith(("lrdoc.describe.", "lrdoc.schedulers.")):
            assert all(other.startswith(("lrdoc.describe.", "lrdoc.schedulers.", "lrdoc.trace")) for other in names)


def test_what_runs_code_knows_nothing_of_schedulers() -> None:
    for name, names in written(modules()).items():
        if name.startswith("lrdoc.running."):
            assert all(other.startswith("lrdoc.running.") for other in names)
