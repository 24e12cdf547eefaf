from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdoc.checks import records
from lrdoc.checks.recorder import Recording
from lrdoc.checks.records import Record, Source

KEPT = Record("0.9.0", {"A()": {"lrs": [0.1, 0.05]}, "B()": {"lrs": [], "error": "E", "message": "m", "when": "n"}})


def source(**calls: list[str]) -> Source:
    return Source("somewhere", "oneflow", 10, lambda page: calls.get(page.stem, []))


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Return a folder of two pages, and of one that a build left."""
    for page in ("one.md", "concepts/two.md", "_build/html/three.md"):
        (tmp_path / page).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / page).write_text("# A page\n", encoding="utf-8")
    return tmp_path


def test_what_is_written_is_read_again(docs: Path) -> None:
    source().write(docs, "one", KEPT)
    assert source().read(docs, "one") == KEPT
    assert source().recorded(docs) == ["one"]


def test_a_record_has_one_line_per_call(docs: Path) -> None:
    source().write(docs, "one", KEPT)
    lines = source().path(docs, "one").read_text(encoding="utf-8").splitlines()
    assert [sum(call in line for line in lines) for call in KEPT.recordings] == [1, 1]


def test_a_record_without_recordings_has_no_file(docs: Path) -> None:
    source().write(docs, "one", KEPT)
    source().write(docs, "one", Record("0.9.0"))
    source().write(docs, "two", Record("0.9.0"))
    assert source().recorded(docs) == []
    assert source().read(docs, "one") == Record()


def test_the_calls_of_all_pages_are_wanted_but_not_those_of_built_ones(docs: Path) -> None:
    assert source(one=["A()"], two=["B()"], three=["C()"]).wanted(docs) == {"one": ["A()"], "two": ["B()"]}


def test_a_call_is_missing_that_a_page_compares_and_no_record_holds(docs: Path) -> None:
    wanting = source(one=["A()", "C()"], two=["A()"])
    assert wanting.missing(docs) == {"one": ["A()", "C()"], "two": ["A()"]}
    wanting.write(docs, "one", KEPT)
    assert wanting.missing(docs) == {"one": ["C()"], "two": ["A()"]}
    assert source(one=["A()"]).missing(docs) == {}


def test_calls_are_counted_and_versions_named_over_all_records(docs: Path) -> None:
    source().write(docs, "one", KEPT)
    source().write(docs, "two", Record("0.8.0", {"A()": {"lrs": []}}))
    assert (source().count(docs), source().version(docs)) == (3, "0.8.0, 0.9.0")


@given(lrs=st.lists(st.floats(0.0, 10.0), min_size=1), data=st.data())
def test_recordings_differ_exactly_where_one_was_changed(lrs: list[float], data: st.DataObject) -> None:
    step = data.draw(st.integers(0, len(lrs) - 1))
    changed = [*lrs[:step], lrs[step] * (1 + 1e-6) + 1e-9, *lrs[step + 1 :]]
    assert records.differing_steps({"lrs": lrs}, {"lrs": list(lrs)}) == []
    assert records.differing_steps({"lrs": lrs}, {"lrs": changed}) == [step]
    assert records.differing_steps({"lrs": changed}, {"lrs": lrs}) == [step]


@pytest.mark.parametrize("swap", [False, True])
def test_recordings_differ_from_where_one_of_them_has_ended(swap: bool) -> None:
    pair: list[Recording] = [{"lrs": [0.1]}, {"lrs": [0.1, 0.1, 0.1]}]
    assert records.differing_steps(*(reversed(pair) if swap else pair)) == [1, 2]


def test_the_last_digits_of_a_float_are_no_difference() -> None:
    assert records.differing_steps({"lrs": [0.1 + 0.2]}, {"lrs": [0.3]}) == []
    assert records.agree({"lrs": [0.1 + 0.2]}, {"lrs": [0.3]})


def test_an_ending_names_the_exception_and_the_moment() -> None:
    assert records.ending({"lrs": []}) is None
    assert records.ending({"lrs": [], "error": "KeyError", "message": "", "when": "step 3"}) == "KeyError at step 3"


@pytest.mark.parametrize("key", ["error", "message", "when"])
def test_recordings_that_ended_in_another_way_do_not_agree(key: str) -> None:
    ended: Recording = {"lrs": [0.1], "error": "KeyError", "message": "x", "when": "step 1"}
    assert records.agree(ended, ended)
    assert not records.agree(ended, {**ended, key: "another"})  # type: ignore[misc]
    assert not records.agree(ended, {"lrs": [0.1]})


def test_the_command_names_the_sources_and_then_the_pages() -> None:
    assert records.command(["earlier"], ["step_lr", "linear_lr"]) == "nox -s records -- earlier step_lr linear_lr"
