from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path

import pytest

from lrdoc.running import provenance
from lrdoc.running.provenance import ROOT, digest, files, imported


def reached(*modules: str) -> set[str]:
    return {str(path.relative_to(ROOT)) for path in files(*modules)}


def test_code_without_lrdoc_imports_nothing_of_it() -> None:
    assert imported("import oneflow as flow\nprint(flow.__version__)") == ()


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("from lrdoc import register, trace", ("lrdoc.register", "lrdoc.trace")),
        ("from lrdoc.trace import eager", ("lrdoc.trace",)),
        ("import lrdoc.checks.attempt as a", ("lrdoc.checks.attempt",)),
        ("def f():\n    from lrdoc import trace", ("lrdoc.trace",)),
        ("from lrdoc.schedulers import step_lr", ("lrdoc.schedulers.step_lr",)),
    ],
)
def test_what_code_imports_are_modules(code: str, names: tuple[str, ...]) -> None:
    assert imported(code) == names


def test_code_that_does_not_parse_imports_nothing() -> None:
    assert imported("from lrdoc import") == ()


def test_a_name_in_a_string_or_a_comment_is_no_import() -> None:
    assert imported("x = 'lrdoc.schedulers'  # from lrdoc import trace") == ()


def test_tracing_depends_on_itself_alone() -> None:
    assert reached("lrdoc.trace") == {"trace.py"}


def test_an_attempt_depends_on_no_description() -> None:
    assert reached("lrdoc.checks.attempt") == {"checks/__init__.py", "checks/attempt.py", "trace.py"}


def test_a_description_depends_on_those_that_it_is_made_from_and_on_no_other() -> None:
    found = {Path(path).stem for path in reached("lrdoc.schedulers.warmup_lr") if path.startswith("schedulers/")}
    assert found == {"__init__", "warmup_lr", "cosine_decay_lr"}


def test_whoever_has_a_package_reaches_all_that_is_in_it() -> None:
    assert {"schedulers/step_lr.py", "schedulers/warmup_lr.py"} <= reached("lrdoc.register")


def test_the_packages_around_a_module_are_run_before_it() -> None:
    assert {"figure/__init__.py", "figure/curves.py"} <= reached("lrdoc.figure.svg")


def test_a_digest_changes_with_the_code_and_with_each_module_that_it_runs_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "trace.py").write_text("from lrdoc import base")
    (tmp_path / "base.py").write_text("x = 1")
    (tmp_path / "other.py").write_text("y = 1")
    monkeypatch.setattr(provenance, "ROOT", tmp_path)
    first = digest("1", "lrdoc.trace")
    (tmp_path / "other.py").write_text("y = 2")
    assert digest("1", "lrdoc.trace") == first != digest("2", "lrdoc.trace")
    (tmp_path / "base.py").write_text("x = 2")
    assert digest("1", "lrdoc.trace") != first


def test_a_digest_does_not_change_with_comments_and_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "base.py").write_text("x = 1")
    monkeypatch.setattr(provenance, "ROOT", tmp_path)
    first = digest("1", "lrdoc.base")
    (tmp_path / "base.py").write_text("# Why it is so.\nx = (1)\n")
    assert digest("1", "lrdoc.base") == first
    (tmp_path / "base.py").write_text('"""What it is."""\nx = 1')
    assert digest("1", "lrdoc.base") != first


def test_a_digest_changes_with_oneflow_and_with_python(monkeypatch: pytest.MonkeyPatch) -> None:
    first = digest("x = 1")
    with monkeypatch.context() as other:
        other.setattr(importlib.metadata, "version", lambda _name: "0.9.1")
        assert digest("x = 1") != first
    with monkeypatch.context() as other:
        other.setattr(sys, "version", "3.11")
        assert digest("x = 1") != first
    assert digest("x = 1") == first
