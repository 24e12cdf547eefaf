"""Random programs through the engine, beside CPython with real OneFlow: no wrong curve, no false error, and little that is not understood.

The suite runs few; ``LRDOC_PROGRAMS=20000 python -m pytest tests/explorer/test_programs.py`` runs as many as is said, some ten minutes of two processors.
Compared are the learning rates of every param group at every step, and where CPython raises an exception, its class.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from lrdoc.explorer import generate
from lrdoc.running.node import NODE
from tests.explorer.programs import programs, unknowns
from tests.explorer.test_proof import RELATIVE, apart

ROOT = Path(__file__).parents[2]
COUNT = int(os.environ.get("LRDOC_PROGRAMS", "240"))
BATCH = 2000
"""Programs that a process is given at once."""
MOST_NOT_UNDERSTOOD = 0.02

Case = dict[str, Any]
Outcome = tuple[str, str, str]
"""What became of a program, how, and its code."""


def answered(command: list[str], cases: list[Case]) -> list[Case]:
    """Return what a process answers to all cases."""
    quiet = {**os.environ, "OMP_NUM_THREADS": "1"}
    answers: list[Case] = []
    for start in range(0, len(cases), BATCH):
        given = json.dumps(cases[start : start + BATCH])
        run = subprocess.run(command, cwd=ROOT, env=quiet, input=given, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        answers.extend(json.loads(run.stdout))
    return answers


def outcomes(cases: list[Case]) -> list[Outcome]:
    """Return per program what became of it, how, and the program."""
    generate.write()
    real = answered([sys.executable, "-m", "tests.explorer.program_side"], cases)
    engine = answered([str(NODE), "tests/explorer/engine_side.ts"], cases)
    return [
        (*outcome(one, two, case["known"]), case["code"]) for case, one, two in zip(cases, real, engine, strict=True)
    ]


def outcome(real: Case, engine: Case, known: bool) -> tuple[str, str]:
    """Return whether the engine is right, wrong, or does not understand the program."""
    errors: list[str] = engine["errors"]
    own = [message for message in errors if not re.match(r"[A-Z]\w+(Error|Iteration|Exception)\b", message)]
    refused = real["error"] is not None and real["error"].startswith("SyntaxError")
    if refused and "this is not Python" in own:
        return "right", ""
    if own or engine["open"]:
        return "not understood", (own or engine["open"])[0]
    if real["error"] and not errors and not known:
        return "not understood", "what raises the exception is not known"
    if errors or real["error"]:
        kinds = {message.split(":")[0] for message in errors}
        # Of several exceptions, that of a value which is not known may come first.
        same = real["error"] is not None and (real["error"].split(":")[0] in kinds or (not known and errors != []))
        return ("right", "") if same else ("wrong", f"CPython: {real['error']}, engine: {errors}")
    curves = [curve["lr"] for curve in engine["curves"]]
    if len(curves) != len(real["lrs"]):
        return "wrong", f"OneFlow has {len(real['lrs'])} curves, the engine {len(curves)}"
    for true, drawn in zip(real["lrs"], curves, strict=True):
        steps = (step for step, pair in enumerate(zip(true, drawn, strict=True)) if apart(*pair) > RELATIVE)
        step = next(steps, None)
        if step is not None:
            return "wrong", f"at step {step} OneFlow has {true[step]!r}, the engine {drawn[step]!r}"
    return "right", ""


@pytest.fixture(scope="module")
def found() -> tuple[list[Outcome], list[Outcome]]:
    """Return what becomes of programs of which all is known, and of those that call what is not."""
    known = list(programs(1, COUNT))
    everything = outcomes([*known, *unknowns(2, COUNT // 4)])
    return everything[:COUNT], everything[COUNT:]


def test_no_program_gets_a_wrong_curve_or_a_false_error(found: tuple[list[Outcome], list[Outcome]]) -> None:
    assert [(how, code) for what, how, code in found[0] if what == "wrong"] == []


def test_nearly_all_programs_are_understood(found: tuple[list[Outcome], list[Outcome]]) -> None:
    count = Counter(what for what, _, _ in found[0])
    assert count["not understood"] <= MOST_NOT_UNDERSTOOD * count.total()


def test_no_program_with_unknown_functions_gets_a_wrong_curve(found: tuple[list[Outcome], list[Outcome]]) -> None:
    assert [(how, code) for what, how, code in found[1] if what == "wrong"] == []
    assert {what for what, _, _ in found[1]} == {"right", "not understood"}
