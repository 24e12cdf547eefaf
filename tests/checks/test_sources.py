from __future__ import annotations

import re
from pathlib import Path

import oneflow as flow
import pytest

from lrdoc import register
from lrdoc.checks import recorder, records
from lrdoc.checks.sources import EARLIER, PYTORCH, earlier_calls, examples, pytorch_calls
from lrdoc.describe.schedule import Schedule

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted((DOCS / "reference").glob("*.md"))


def test_the_examples_are_the_presets_and_the_first_preset_with_each_value_of_the_sweeps() -> None:
    assert examples("multi_step_lr")[0] == Schedule.preset(register.get("multi_step_lr")).code()
    assert "MultiStepLR(optimizer, milestones=[2, 5, 9], gamma=0.9)" in examples("multi_step_lr")
    assert "MultiStepLR(optimizer, milestones=[], gamma=0.5)" in examples("multi_step_lr")


@pytest.mark.parametrize("name", register.entries())
def test_every_value_of_every_sweep_is_an_example_and_none_stands_twice(name: str) -> None:
    found, sweeps = examples(name), register.get(name).sweeps
    shown = [
        f"{'' if key == 'lr_lambda' else f'{key}='}{value!r}" for key, values in sweeps.items() for value in values
    ]
    assert all(any(text in call for call in found) for text in shown)
    assert len(set(found)) == len(found) > 0


def test_the_calls_of_a_page_are_those_it_shows_and_its_scheduler_s_examples(tmp_path: Path) -> None:
    page = tmp_path / "step_lr.md"
    page.write_text("```{earlier}\n:earlier: StepLR(optimizer, 7)\n```\n", encoding="utf-8")
    assert earlier_calls(page) == sorted([*examples("step_lr"), "StepLR(optimizer, 7)"])


def test_a_page_of_no_scheduler_has_the_calls_that_it_shows(tmp_path: Path) -> None:
    page = tmp_path / "concept.md"
    page.write_text("```{earlier}\n:earlier: StepLR(optimizer, 7)\n```\n", encoding="utf-8")
    assert earlier_calls(page) == ["StepLR(optimizer, 7)"]


def test_the_calls_of_pytorch_on_a_page_are_listed_once_and_sorted(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    blocks = [f"```{{pytorch}}\n:oneflow: A()\n:torch: {call}\n```\n" for call in ("C()", "B(1)", "C()")]
    page.write_text("".join(blocks), encoding="utf-8")
    assert pytorch_calls(page) == ["B(1)", "C()"]


def test_every_recording_of_pytorch_has_all_steps_or_the_exception_that_ended_it() -> None:
    kept = [made for page in PYTORCH.recorded(DOCS) for made in PYTORCH.read(DOCS, page).recordings.values()]
    assert len(kept) > 20
    assert all(len(made["lrs"]) == PYTORCH.steps or "error" in made for made in kept)


@pytest.mark.parametrize("name", register.entries())
def test_only_linear_lr_with_an_end_factor_other_than_one_changed(name: str) -> None:
    recorded = EARLIER.read(DOCS, name).recordings
    compared = [call for call in examples(name) if call in recorded]
    now = recorder.record("oneflow", compared, EARLIER.steps)
    changed = {call for call in compared if records.differing_steps(now[call], recorded[call])}
    with_other_end = {call for call in compared if re.search(r"end_factor=(?!1\.0\b)", call)}
    assert changed == (with_other_end if name == "linear_lr" else set())


def test_after_the_end_the_earlier_linear_lr_jumped_to_the_base_learning_rate() -> None:
    recorded = EARLIER.read(DOCS, "linear_lr").recordings
    ended = [made["lrs"][10:] for call, made in recorded.items() if "total_iters=10" in call]
    assert len(ended) > 4
    assert all(lrs == [0.1] * len(lrs) for lrs in ended)


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_the_versions_that_a_sentence_compares_are_the_recorded_and_the_installed_one(page: Path) -> None:
    versions = f"OneFlow {EARLIER.version(DOCS)} and {flow.__version__}"
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if "{earlier}`" in line]
    assert all(versions in line for line in lines)


def test_every_scheduler_s_page_says_what_has_changed() -> None:
    texts = {name: (DOCS / "reference" / f"{name}.md").read_text(encoding="utf-8") for name in register.entries()}
    said = {name: (f"{{earlier}}`{name}`", f"{{sentence}}`same_in_earlier.{name}`", "```{earlier}") for name in texts}
    silent = {name for name, text in texts.items() if not any(words in text for words in said[name])}
    assert silent == set()
