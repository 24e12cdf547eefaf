from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lrdoc.checks.recorder import Recording, record
from lrdoc.checks.records import Record, Source
from lrdoc.checks.sources import EARLIER, PYTORCH, examples

Build = Callable[..., Any]
Keep = Callable[..., None]

EXPONENTIAL = "ExponentialLR(optimizer, gamma=0.9)"
REFUSED = "ExponentialLR(optimizer, gamma=0.0)"
LATE: Recording = {"lrs": [0.1], "error": "ValueError", "message": "too much", "when": "step 1"}


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """Return a function that writes the record of the page."""

    def keep(source: Source, recordings: dict[str, Recording], page: str = "index") -> None:
        (tmp_path / "docs").mkdir(exist_ok=True)
        source.write(tmp_path / "docs", page, Record("0.8.0", recordings))

    return keep


def powers(gamma: float, steps: int = PYTORCH.steps) -> Recording:
    return {"lrs": [0.1 * gamma**at for at in range(steps)]}


def compare(*flags: str, oneflow: str = EXPONENTIAL) -> str:
    options = "\n".join([f":oneflow: {oneflow}", f":torch: {EXPONENTIAL}", ":steps: 2", *flags])
    return f"```{{pytorch}}\n{options}\n```"


def test_a_comparison_that_agrees_is_shown_value_by_value(build: Build, keep: Keep) -> None:
    keep(PYTORCH, {EXPONENTIAL: powers(0.9)})
    page = build(compare(":equal:"))
    assert page.warnings == ""
    assert page.table() == [["step", "0", "1"], ["OneFlow", "0.1", "0.09"], ["PyTorch", "0.1", "0.09"]]


@pytest.mark.parametrize(
    ("gamma", "flag", "is_folded"), [(0.9, ":equal:", True), (0.8, ":folded:", True), (0.8, "", False)]
)
def test_what_agrees_is_folded_and_what_differs_where_the_page_asks_for_it(
    build: Build, keep: Keep, gamma: float, flag: str, is_folded: bool
) -> None:
    keep(PYTORCH, {EXPONENTIAL: powers(gamma)})
    page = build(compare(flag))
    assert page.warnings == ""
    assert len(page.soup.select("details.lr-folded table")) == is_folded
    assert len(page.soup.select("table")) == 1


@pytest.mark.parametrize(
    ("gamma", "flags", "verdict"), [(0.8, [":equal:"], "differ at steps [1, 2,"), (0.9, [], "agree")]
)
def test_a_wrong_claim_about_the_learning_rates_is_a_warning(
    build: Build, keep: Keep, gamma: float, flags: list[str], verdict: str
) -> None:
    keep(PYTORCH, {EXPONENTIAL: powers(gamma)})
    assert f"OneFlow and PyTorch {verdict}" in build(compare(*flags)).warnings


@pytest.mark.parametrize(("claimed", "told"), [(1, ""), (2, "differ from step 1 on"), (0, "differ from step 1 on")])
def test_a_page_may_claim_from_which_step_on_the_two_differ(build: Build, keep: Keep, claimed: int, told: str) -> None:
    keep(PYTORCH, {EXPONENTIAL: powers(0.8)})
    warnings = build(compare(f":differs-from: {claimed}")).warnings
    assert told in warnings
    assert bool(told) is bool(warnings)


def test_a_difference_after_the_steps_that_are_shown_counts(build: Build, keep: Keep) -> None:
    doubled = powers(0.9)
    doubled["lrs"][-1] *= 2
    keep(PYTORCH, {EXPONENTIAL: doubled})
    assert f"differ at steps [{PYTORCH.steps - 1}]" in build(compare(":equal:")).warnings


MISSING = "nox -s records -- pytorch index"
TO_RECORD = f"Not compared: this call is not recorded yet. To record it, run this: {MISSING}"


def test_the_page_says_in_the_place_of_a_comparison_that_its_call_is_not_recorded(build: Build) -> None:
    page = build(f"{compare(':equal:')}\n\nThe rest of the page.")
    assert f"{TO_RECORD} The rest of the page." in page.text
    assert not page.soup.select("table")


def test_a_missing_recording_is_told_at_the_end_of_a_build_and_is_no_warning(build: Build) -> None:
    page = build(compare(":equal:"))
    assert page.warnings == ""
    assert MISSING in page.told


def test_a_missing_recording_is_a_warning_in_ci(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert MISSING in build(compare(":equal:")).warnings


@pytest.mark.parametrize("ci", ["", "true"])
def test_where_all_is_recorded_nothing_is_told(
    build: Build, keep: Keep, monkeypatch: pytest.MonkeyPatch, ci: str
) -> None:
    monkeypatch.setenv("CI", ci)
    keep(PYTORCH, {EXPONENTIAL: powers(0.9)})
    page = build(compare(":equal:"))
    assert (page.warnings, "records" in page.told) == ("", False)


def test_the_exception_that_ended_a_recorded_call_is_shown_below_what_came_before(build: Build, keep: Keep) -> None:
    keep(PYTORCH, {EXPONENTIAL: LATE})
    page = build(compare(":recorded-raises: ValueError at step 1"))
    assert page.warnings == ""
    assert page.table()[1:] == [["OneFlow", "0.1", "0.09"], ["PyTorch", "0.1", ""]]
    assert "PyTorch: ValueError: too much (at step 1)" in page.text


def test_a_call_that_was_refused_has_no_row(build: Build, keep: Keep) -> None:
    keep(PYTORCH, {EXPONENTIAL: powers(0.9)})
    page = build(compare(":oneflow-raises: ValueError at construction", oneflow=REFUSED))
    assert page.warnings == ""
    assert page.table() == [["step", "0", "1"], ["PyTorch", "0.1", "0.09"]]
    assert "OneFlow: ValueError: 'gamma' must be greater than zero, but got 0.0 (at construction)" in page.text


@pytest.mark.parametrize(
    "flags", [[], [":recorded-raises: KeyError at step 1"], [":recorded-raises: ValueError at step 2"]]
)
def test_a_wrong_claim_about_the_recorded_exception_is_a_warning(build: Build, keep: Keep, flags: list[str]) -> None:
    keep(PYTORCH, {EXPONENTIAL: LATE})
    assert "it ended with ValueError at step 1" in build(compare(*flags)).warnings


@pytest.mark.parametrize(("call", "claim"), [(EXPONENTIAL, "ValueError at construction"), (REFUSED, None)])
def test_a_wrong_claim_about_oneflow_s_exception_is_a_warning(
    build: Build, keep: Keep, call: str, claim: str | None
) -> None:
    keep(PYTORCH, {EXPONENTIAL: powers(0.5)})
    flags = [f":oneflow-raises: {claim}"] if claim else []
    assert f"OneFlow was to end with {claim or 'no exception'}" in build(compare(*flags, oneflow=call)).warnings


def test_a_call_is_set_beside_itself_in_the_earlier_oneflow_with_both_versions(build: Build, keep: Keep) -> None:
    keep(EARLIER, {EXPONENTIAL: powers(0.8, EARLIER.steps)})
    page = build(f"```{{earlier}}\n:earlier: {EXPONENTIAL}\n:steps: 2\n```")
    assert page.warnings == ""
    assert page.table() == [["step", "0", "1"], ["OneFlow 0.9.0", "0.1", "0.09"], ["OneFlow 0.8.0", "0.1", "0.08"]]


def test_where_both_refuse_a_call_there_is_no_table(build: Build, keep: Keep) -> None:
    keep(EARLIER, now(REFUSED))
    claims = ":oneflow-raises: ValueError at construction\n:recorded-raises: ValueError at construction\n:equal:"
    page = build(f"```{{earlier}}\n:earlier: {REFUSED}\n{claims}\n```")
    assert page.warnings == ""
    assert not page.soup.select("table")
    assert page.text.count("ValueError: 'gamma' must be greater than zero") == 2


def now(*calls: str) -> dict[str, Recording]:
    """Return what calls come to in the installed OneFlow."""
    return record("oneflow", calls, EARLIER.steps)


def test_the_number_of_examples_that_agree_stands_in_the_sentence(build: Build, keep: Keep) -> None:
    keep(EARLIER, now(*examples("exponential_lr")), page="exponential_lr")
    page = build("Of {earlier}`exponential_lr` calls.")
    assert page.warnings == ""
    assert f"Of {len(examples('exponential_lr'))} calls." in page.text


def test_an_example_that_differs_is_a_warning_that_names_it(build: Build, keep: Keep) -> None:
    recordings = now(*examples("exponential_lr"))
    last = list(recordings)[-1]
    recordings[last]["lrs"][7] *= 1.001
    keep(EARLIER, recordings, page="exponential_lr")
    warnings = build("Of {earlier}`exponential_lr` calls.").warnings
    assert "the versions of OneFlow differ at steps [7]" in warnings
    assert last in warnings


def test_examples_that_are_not_recorded_are_counted_beside_those_that_agree(build: Build, keep: Keep) -> None:
    first, *others = examples("exponential_lr")
    keep(EARLIER, now(*others), page="exponential_lr")
    page = build("Of {earlier}`exponential_lr` calls.")
    assert page.warnings == ""
    assert f"Of {len(others)} (1 not recorded yet) calls." in page.text
    assert first not in page.text
