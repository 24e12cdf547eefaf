from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lrdoc.translation import catalogs, review
from lrdoc.translation.review import Glossary, Term, glossary, markup_problems, style_problems

ROOT = Path(__file__).parents[2]
TERMS = Glossary([Term(["schedule", "schedules"], ["策略"], ["时间表"])], {"schedule": ["They schedule"]})


@pytest.mark.parametrize(
    ("message", "translated"),
    [
        ("`gamma` is 0.5.", "`gamma` 为 0.5。"),
        ("See [the page](a.md) of `StepLR`.", "见 `StepLR` 的 [页面](a.md)。"),
        ("``gamma`` in ``StepLR``", "``StepLR`` 的 ``gamma``"),
        ("at most {fact}`a.b.c` of it", "至多 {fact}`a.b.c`"),
        (":ref:`The end <label>`", ":ref:`末尾 <label>`"),
        ("$x^2$ at step 3", "第3步的 $x^2$"),
        ("Four panels, a third of 0.1", "4 个子图，0.1 的 1/3"),
        ("%s of %(name)s", "%(name)s 的 %s"),
        ('<a href="x">here</a>', '<a href="x">这里</a>'),
        ("1,000 steps", "1,000 步"),
    ],
)
def test_a_translation_that_keeps_markup_and_numbers_passes(message: str, translated: str) -> None:
    assert not list(markup_problems(message, translated))


@pytest.mark.parametrize(
    ("message", "translated", "problem"),
    [
        ("`gamma` falls", "`gama` 下降", "code `gamma` is missing"),
        ("``gamma`` falls", "gamma 下降", "code ``gamma`` is missing"),
        ("it falls", "`lr` 下降", "code `lr` is not in the source"),
        ("[here](a.md)", "[这里](b.md)", "link target a.md is missing"),
        ("at most {fact}`a.b`", "至多 {fact}`a.c`", "role {fact}a.b is missing"),
        (":ref:`End <one>`", ":ref:`末尾 <two>`", "role :ref:one is missing"),
        ("$x^2$", "$x^3$", "formula $x^2$ is missing"),
        ("from step 3 on", "从第 4 步起", "number 3 is missing"),
        ("from step 3 on", "从第 3 步到第 9 步", "number 9 is not in the source"),
        ("at step %s", "在第几步", "placeholder %s is missing"),
        ("at step {at}", "在第几步", "placeholder {at} is missing"),
        ("<em>now</em>", "现在", "tag <em>"),
        ("StepLR of OneFlow", "步进 LR", "name OneFlow, StepLR is missing"),
        ("param step_size", "参数步长", "name step_size is missing"),
    ],
)
def test_a_translation_that_changes_markup_or_a_number_is_named(message: str, translated: str, problem: str) -> None:
    assert any(found.startswith(problem) for found in markup_problems(message, translated))


@pytest.mark.parametrize(
    "translated",
    [
        *("用`lr` 即可", "用 `lr`即可", "中文, 然后", "结束.", "见:ref:`a`"),
        *(
            "参数 `lr`: 学习率",
            "{label}: {words}",
            "%s: 学习率",
            ": ",
            "StepLR: 阶梯",
            "（见下文）: 如此",
            "学习率 (见下文)",
        ),
    ],
)
def test_chinese_is_set_with_its_own_punctuation_and_apart_from_code(translated: str) -> None:
    assert list(style_problems(translated))


@pytest.mark.parametrize(
    "translated",
    [
        "用 `lr` 即可。",
        "`a`、`b`，等等",
        "比例为 1:2",
        "见 [这里](a.md)。",
        "`lr`, `gamma`",
        "论文 SGDR: Stochastic Gradient",
        "{label}：{words}",
    ],
)
def test_well_set_chinese_passes(translated: str) -> None:
    assert not list(style_problems(translated))


def test_a_term_has_one_of_its_renderings() -> None:
    assert list(TERMS.problems("The schedule falls.", "计划下降。")) == ["'schedule' is rendered as 策略 on this site"]
    assert not list(TERMS.problems("The schedule falls.", "调整策略下降。"))


def test_a_term_inside_code_or_another_word_is_none() -> None:
    assert not list(TERMS.problems("`schedule` and reschedule", "`schedule` 和改期"))


def test_a_term_used_in_another_sense_may_be_excepted() -> None:
    assert not list(TERMS.problems("They schedule it.", "它们安排。"))
    assert not list(TERMS.problems("They schedule it.", "它们安排时间表。"))


def test_a_wrong_rendering_is_refused_whatever_the_source_says() -> None:
    assert list(TERMS.problems("It falls.", "时间表下降。"))


def test_the_sites_glossary_refuses_a_timetable() -> None:
    terms = glossary(ROOT / "docs" / "locale" / "glossary.toml")
    assert list(terms.problems("A schedule for the learning rate.", "学习率的时间表。"))


def test_the_command_names_file_sentence_and_problem(tmp_path: Path) -> None:
    path = tmp_path / "page.po"
    path.write_text('msgid ""\nmsgstr ""\n\nmsgid "At step 3."\nmsgstr "在第 4 步。"\n', "utf-8")
    command = [sys.executable, "-m", "lrdoc.translation.review", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode
    assert f"{path}: At step 3.\n    number 3 is missing" in done.stdout


@pytest.mark.parametrize(
    "wrong", ['msgstr "在第 3 步。', "msgstr 在第 3 步。", 'mgstr "在第 3 步。"', 'msgstr "在第 3 步。"\n\n\nmsgid "x"']
)
def test_a_line_that_is_not_as_catalogs_are_written_is_named(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "page.po"
    good = catalogs.HEADER + 'msgid "At step 3."\nmsgstr "在第 3 步。"\n'
    path.write_text(good, "utf-8")
    assert list(review.malformed(path)) == []
    path.write_text(good.replace('msgstr "在第 3 步。"', wrong), "utf-8")
    (problem,) = review.malformed(path)
    assert re.match(r"line \d+ is not as a catalog is written", problem)


def test_without_names_all_catalogs_are_reviewed(tmp_path: Path) -> None:
    locale = tmp_path / "docs" / "locale"
    for page in ("one", "folder/two"):
        (locale / "zh_CN" / f"{page}.po").parent.mkdir(parents=True, exist_ok=True)
        (locale / "zh_CN" / f"{page}.po").write_text('msgid "a"\nmsgstr ""\n', "utf-8")
    (locale / "glossary.toml").write_text("term = []\n", "utf-8")
    command = [sys.executable, "-m", "lrdoc.translation.review"]
    here = {**os.environ, "PYTHONPATH": str(ROOT)}  # in another folder, Python finds the lrdoc that is installed
    done = subprocess.run(command, cwd=tmp_path, env=here, capture_output=True, text=True, check=False)
    assert done.returncode
    assert done.stdout.count("a\n    is not translated") == 2


def test_a_review_loads_nothing_but_what_reads_catalogs() -> None:
    code = "import lrdoc.translation.review, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "babel" in loaded
    assert loaded & {"oneflow", "numpy", "matplotlib", "sphinx", "furo", "sympy"} == set()
