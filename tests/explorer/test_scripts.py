"""Whole scripts, in the styles that people write them, through the engine: no curve that differs from real OneFlow's.

Beside a script ``NAME.py`` a file ``NAME.json`` tells, where there is something to tell:

- ``answers``: what the engine asks for, and what is answered; without it the script has to be drawn at once;
- ``refused``: the messages with which no curve is drawn, or none for a scheduler that OneFlow does not have;
- ``notes``: the keys of the notes that go with it, beside that of all PyTorch code;
- ``then``: what CPython is to call, where the script only defines it;
- ``metrics``: what ReduceLROnPlateau is given.

The curves are nowhere typed: OneFlow computes them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from lrdoc.explorer import generate
from lrdoc.running.node import NODE
from tests.explorer.test_proof import RELATIVE, apart

ROOT = Path(__file__).parents[2]
ENGINE = Path(__file__).with_name("engine_side.ts")
SCRIPTS = sorted(Path(__file__).with_name("scripts").glob("*.py"))
STEPS = 60

Case = dict[str, Any]


def case(script: Path) -> Case:
    """Return a script with what its side file tells."""
    beside = script.with_suffix(".json")
    told = json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else {}
    return {"code": script.read_text(encoding="utf-8"), "lr": 0.1, "steps": STEPS, **told}


def answered(command: list[str], cases: list[Case], crashes: int = 0) -> list[Case]:
    """Return what a process answers to all cases; one that a signal ends, as OneFlow's graphs are now and then, is started again so many times."""
    quiet = {**os.environ, "OMP_NUM_THREADS": "1"}
    given = json.dumps(cases)
    run = subprocess.run(command, cwd=ROOT, env=quiet, input=given, capture_output=True, text=True, check=False)
    if run.returncode < 0 and crashes > 0:
        return answered(command, cases, crashes - 1)
    assert run.returncode == 0, run.stderr
    answers: list[Case] = json.loads(run.stdout)
    return answers


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    """Return all scripts by their names, each with what the engine and real OneFlow make of it."""
    generate.write()
    told = [case(script) for script in SCRIPTS]
    real = answered([sys.executable, "-m", "tests.explorer.script_side"], told)
    engine = answered([str(NODE), str(ENGINE)], told)
    written = [
        {**one, "code": said["oneflow"] or "", "then": "", "alone": True}
        for one, said in zip(told, engine, strict=True)
    ]
    alone = answered([sys.executable, "-m", "tests.explorer.script_side"], written)
    found = zip(SCRIPTS, told, real, engine, alone, strict=True)
    return {
        script.stem: {**one, "real": truth, "engine": said, "alone": run} for script, one, truth, said, run in found
    }


@pytest.mark.parametrize("name", [script.stem for script in SCRIPTS])
def test_a_script_is_drawn_as_oneflow_runs_it_or_refused_with_the_reason(cases: dict[str, Case], name: str) -> None:
    one = cases[name]
    engine = one["engine"]
    assert engine["open"] == []
    assert engine["names"] == one.get("answers", {})
    assert engine["errors"] == one.get("refused", [])
    assert [note["key"] for note in engine["notes"] if note["key"] != "torchRead"] == one.get("notes", [])
    if engine["curves"]:
        assert any(note["key"] == "torchRead" for note in engine["notes"]) is name.startswith("pt_")
    assert bool(engine["curves"]) is ("refused" not in one)
    assert differences(one["real"], engine) == []


@pytest.mark.parametrize("name", [script.stem for script in SCRIPTS])
def test_what_is_drawn_can_be_had_as_code_for_oneflow_alone(cases: dict[str, Case], name: str) -> None:
    engine, alone = cases[name]["engine"], cases[name]["alone"]
    assert (engine["oneflow"] is not None) is bool(engine["curves"])
    assert alone["error"] is None, engine["oneflow"]
    assert differences(alone, engine) == [], engine["oneflow"]


def differences(real: Case, engine: Case) -> list[str]:
    """Return in what the curves differ; those of a script that is refused are not asked for."""
    if not engine["curves"]:
        return []
    true = [lrs for curve in real["curves"] for lrs in curve["groups"]]
    drawn = [curve["lr"] for curve in engine["curves"]]
    if len(true) != len(drawn):
        return [f"OneFlow has {len(true)} curves, the engine {len(drawn)}: {real['error']}"]
    return [found for pair in zip(true, drawn, strict=True) if (found := difference(*pair)) is not None]


def difference(true: list[float], drawn: list[float]) -> str | None:
    """Return where two curves part."""
    if len(true) != len(drawn):
        return f"OneFlow has {len(true)} learning rates, the engine {len(drawn)}"
    steps = (step for step, pair in enumerate(zip(true, drawn, strict=True)) if apart(*pair) > RELATIVE)
    step = next(steps, None)
    return None if step is None else f"at step {step} OneFlow has {true[step]!r}, the engine {drawn[step]!r}"


def test_of_the_scripts_most_are_drawn_at_once(cases: dict[str, Case]) -> None:
    count = Counter(outcome(one) for one in cases.values())
    assert count["drawn at once"] > 0.7 * count.total()
    assert count["drawn when asked"] > 0
    assert count["refused"] < 0.2 * count.total()
    told = " ".join((ROOT / "lrdoc" / "explorer" / "README.md").read_text(encoding="utf-8").split())
    assert f"the {count.total()} scripts of" in told
    assert f"draws {count['drawn at once']} at once and {count['drawn when asked']} once values are given" in told
    assert f"It refuses {count['refused']}:" in told


def outcome(one: Case) -> str:
    """Return what becomes of a script."""
    if not one["engine"]["curves"]:
        return "refused"
    return "drawn when asked" if one["engine"]["names"] else "drawn at once"


def test_half_of_the_scripts_are_pytorch() -> None:
    assert sum(script.stem.startswith("pt_") for script in SCRIPTS) >= len(SCRIPTS) // 2 >= 30
