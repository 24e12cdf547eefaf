from __future__ import annotations

from pathlib import Path

import pytest

from lrdoc.running import provenance
from lrdoc.running.provenance import ROOT, digest, modules


def reached(code: str) -> set[str]:
    return {str(path.relative_to(ROOT)) for path in modules(code)}


def test_code_without_lrdoc_reaches_nothing_of_it() -> None:
    assert reached("import oneflow as flow\nprint(flow.__version__)") == set()


def test_code_that_traces_does_not_depend_on_the_entries() -> None:
    assert reached("from lrdoc import trace") == {"trace.py"}


@pytest.mark.parametrize(
    "code", ["from lrdoc import check", "from lrdoc.checks.check import SETS", "import lrdoc.checks.check"]
)
def test_a_check_depends_on_every_entry_and_on_nothing_that_draws(code: str) -> None:
    found = reached(code)
    assert {"check.py", "trace.py", "formula.py", "schedulers/step_lr.py", "schedulers/warmup_lr.py"} <= found
    assert not {"figure.py", "svg.py", "worker.py"} & found


def test_code_that_does_not_parse_reaches_nothing() -> None:
    assert reached("from lrdoc import") == set()


def test_what_runs_the_code_takes_part() -> None:
    assert ROOT / "worker.py" in modules("", "lrdoc.running.worker")


def test_a_digest_changes_with_the_code_and_with_each_module_that_it_reaches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "trace.py").write_text("from lrdoc import base")
    (tmp_path / "base.py").write_text("x = 1")
    (tmp_path / "other.py").write_text("y = 1")
    monkeypatch.setattr(provenance, "ROOT", tmp_path)
    code = "from lrdoc import trace"
    first = digest(code)
    (tmp_path / "other.py").write_text("y = 2")
    assert digest(code) == first != digest(code + " ")
    (tmp_path / "base.py").write_text("x = 2")
    assert digest(code) != first


def test_a_digest_changes_with_oneflow_and_with_python(monkeypatch: pytest.MonkeyPatch) -> None:
    first = digest("x = 1")
    with monkeypatch.context() as other:
        other.setattr(provenance.importlib.metadata, "version", lambda _name: "0.9.1")
        assert digest("x = 1") != first
    with monkeypatch.context() as other:
        other.setattr(provenance.sys, "version", "3.11")
        assert digest("x = 1") != first
    assert digest("x = 1") == first
