from __future__ import annotations

import itertools
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from lrdoc.checks import recorder, update_records
from lrdoc.checks.records import Record, Source
from lrdoc.checks.sources import SOURCES

CALL = "StepLR(optimizer, step_size=3, gamma=0.5)"
FAILING = "PolynomialLR(optimizer, 4, end_learning_rate=0.0, power=-1.0)"


@dataclass
class Project:
    """Pages that compare calls with two sources, both of which are the installed OneFlow; ``asked`` holds what of which was run."""

    docs: Path
    calls: dict[str, dict[str, list[str]]]
    asked: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def sources(self) -> Mapping[str, Source]:
        return {name: Source(name, "oneflow", 10, self._of(name)) for name in ("first", "second")}

    def _of(self, name: str) -> Callable[[Path], list[str]]:
        return lambda page: self.calls.get(page.stem, {}).get(name, [])

    def run(self, *arguments: str) -> None:
        update_records.main(arguments, self.docs, self.sources, self._run)

    def _run(self, source: Source, calls: Sequence[str]) -> Record:
        self.asked.append((source.name, list(calls)))
        return Record(recorder.version(source.package), recorder.record(source.package, calls, source.steps))

    def files(self) -> set[str]:
        return {str(path.relative_to(self.docs)) for path in self.docs.rglob("*.json")}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for page in ("step_lr", "polynomial_lr", "silent"):
        (tmp_path / f"{page}.md").write_text("# A page\n", encoding="utf-8")
    return Project(
        tmp_path,
        {"step_lr": {"first": [CALL, FAILING], "second": [CALL]}, "polynomial_lr": {"second": [FAILING]}},
    )


ALL = {"first/step_lr.json", "second/step_lr.json", "second/polynomial_lr.json"}


def test_without_names_every_page_of_every_source_is_recorded(project: Project) -> None:
    project.run()
    assert project.files() == ALL
    kept = project.sources["first"].read(project.docs, "step_lr")
    assert kept.version == "0.9.0"
    assert kept.recordings == recorder.record("oneflow", [CALL, FAILING], 10)


@pytest.mark.parametrize(
    ("words", "files"),
    [
        (["first"], {"first/step_lr.json"}),
        (["second"], {"second/step_lr.json", "second/polynomial_lr.json"}),
        (["step_lr"], {"first/step_lr.json", "second/step_lr.json"}),
        (["second", "step_lr"], {"second/step_lr.json"}),
        (["step_lr", "second", "polynomial_lr"], {"second/step_lr.json", "second/polynomial_lr.json"}),
        (["second", "first"], ALL),
    ],
)
def test_names_choose_sources_and_pages(project: Project, words: list[str], files: set[str]) -> None:
    project.run(*words)
    assert project.files() == files


@pytest.mark.parametrize("words", [["second", "polynomial_lr"], ["polynomial_lr"]])
def test_only_what_is_named_is_run(project: Project, words: list[str]) -> None:
    project.run(*words)
    assert project.asked == [("second", [FAILING])]


@pytest.mark.parametrize("words", [["third"], ["step_lr", "stp_lr"], ["silent"], ["first", "polynomial_lr"]])
def test_an_unknown_name_ends_with_the_known_ones_before_anything_is_run(project: Project, words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        project.run(*words)
    told = str(ended.value)
    assert f"no source and no page called {words[-1]!r}" in told
    assert "Sources: first, second\n" in told
    assert "step_lr" in told.partition("Pages of")[2]
    assert (project.asked, project.files()) == ([], set())


def test_the_record_of_a_page_that_compares_nothing_any_more_is_removed(project: Project) -> None:
    project.run()
    del project.calls["polynomial_lr"]
    project.asked.clear()
    project.run("polynomial_lr")
    assert (project.files(), project.asked) == (ALL - {"second/polynomial_lr.json"}, [])


def test_a_check_of_true_records_is_silent_and_writes_nothing(
    project: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    project.run()
    before = {path: path.read_bytes() for path in project.docs.rglob("*.json")}
    capfd.readouterr()
    project.run("--check")
    assert capfd.readouterr().out == ""
    assert {path: path.read_bytes() for path in project.docs.rglob("*.json")} == before


def test_a_check_of_a_name_compares_only_that(project: Project) -> None:
    project.run("second")
    project.run("--check", "second", "step_lr")
    with pytest.raises(SystemExit):
        project.run("--check", "step_lr")


def _other_value(recordings: dict[str, Any]) -> None:
    recordings[CALL]["lrs"][4] *= 1.001


def _other_error(recordings: dict[str, Any]) -> None:
    recordings[FAILING]["error"] = "ValueError"


def _other_message(recordings: dict[str, Any]) -> None:
    recordings[FAILING]["message"] += "!"


def _other_moment(recordings: dict[str, Any]) -> None:
    recordings[FAILING]["when"] = "construction"


def _shorter(recordings: dict[str, Any]) -> None:
    recordings[CALL]["lrs"].pop()


def _missing(recordings: dict[str, Any]) -> None:
    del recordings[CALL]


def _superfluous(recordings: dict[str, Any]) -> None:
    recordings["StepLR(optimizer, 1)"] = recordings[CALL]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_other_value, f"recorded as something else: {CALL}"),
        (_other_error, f"recorded as something else: {FAILING}"),
        (_other_message, f"recorded as something else: {FAILING}"),
        (_other_moment, f"recorded as something else: {FAILING}"),
        (_shorter, f"recorded as something else: {CALL}"),
        (_missing, f"not recorded: {CALL}"),
        (_superfluous, "recorded, but the page does not compare it: StepLR(optimizer, 1)"),
    ],
)
def test_a_check_names_the_call_whose_record_is_not_true_and_the_command_that_mends_it(
    project: Project, capfd: pytest.CaptureFixture[str], change: Any, told: str
) -> None:
    project.run()
    path = project.docs / "first" / "step_lr.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    change(kept["recordings"])
    path.write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(SystemExit, match=r"nox -s records -- first step_lr$"):
        project.run("--check")
    assert f"first/step_lr.json: {told}\n" in capfd.readouterr().out


def test_a_check_finds_the_record_of_a_page_that_is_gone(project: Project, capfd: pytest.CaptureFixture[str]) -> None:
    project.run()
    (project.docs / "polynomial_lr.md").unlink()
    with pytest.raises(SystemExit, match=r"nox -s records -- second polynomial_lr$"):
        project.run("--check")
    assert f"polynomial_lr.json: recorded, but the page does not compare it: {FAILING}\n" in capfd.readouterr().out


def test_everything_that_differs_is_named_in_one_command(project: Project) -> None:
    with pytest.raises(SystemExit, match=r"nox -s records -- first second step_lr polynomial_lr$"):
        project.run("--check")


def test_calls_are_run_in_a_process_of_the_source_s_environment(project: Project) -> None:
    made = update_records.run(project.sources["first"], [CALL], lambda _source: [sys.executable])
    assert made == Record("0.9.0", recorder.record("oneflow", [CALL], 10))


def test_what_oneflow_set_in_this_process_is_kept_from_the_process_of_a_source() -> None:
    assert recorder.version("oneflow") == "0.9.0"  # it is imported
    assert set(update_records.OF_ONEFLOW) <= set(os.environ)
    handed_on = update_records.variables("logs")
    assert handed_on.keys() & set(update_records.OF_ONEFLOW) == set()
    assert (handed_on["GLOG_log_dir"], handed_on["PATH"]) == ("logs", os.environ["PATH"])


def test_a_package_that_cannot_be_run_ends_the_program(project: Project) -> None:
    with pytest.raises(SystemExit, match="oneflow could not be installed or run"):
        update_records.run(project.sources["first"], [CALL], lambda _source: [str(shutil.which("false"))])


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_the_environment_of_a_source_holds_the_version_that_is_recorded(source: Source) -> None:
    words = update_records.environment(source)
    packages = [after for word, after in itertools.pairwise(words) if word == "--with"]
    recorded = source.version(update_records.ROOT / "docs")
    assert any(package.startswith(f"{source.package}=={recorded.rpartition('.')[0]}.") for package in packages)
    assert (words[1:3], words[-1]) == (["run", "--no-project"], "python")
