from __future__ import annotations

import random

import pytest
from oneflow.optim.lr_scheduler import ReduceLROnPlateau

from lrdoc import register, trace
from lrdoc.pictures import sheet
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.site import cheat_sheet

SUPPORTED, REFUSED = Outcome(result={"sets": 1}), Outcome(result={"error": "AttributeError", "message": "", "when": ""})


def rows(**outcomes: Outcome) -> dict[str, sheet.Row]:
    told = cheat_sheet.content(dict.fromkeys(register.entries(), SUPPORTED) | outcomes)
    return {row.name: row for _, of_group in told.groups for row in of_group}


def test_every_scheduler_has_a_row_under_its_own_family() -> None:
    assert sorted(cheat_sheet.MATTERS) == sorted(register.entries())
    told = cheat_sheet.content(dict.fromkeys(register.entries(), SUPPORTED))
    families = {entry.cls.__name__: entry.family for entry in register.entries().values()}
    assert [title for title, _ in told.groups] == list(cheat_sheet.FAMILIES.values())
    for family, (_title, of_group) in zip(cheat_sheet.FAMILIES, told.groups, strict=True):
        assert {row.name for row in of_group} == {name for name, of in families.items() if of == family}


def test_the_parameter_that_matters_is_one_that_the_class_has() -> None:
    for name, (parameter, _does) in cheat_sheet.MATTERS.items():
        assert parameter in register.get(name).signature.parameters


def test_graph_mode_is_what_the_check_found() -> None:
    before, after = rows(), rows(step_lr=REFUSED)
    assert (before["StepLR"].graph, before["StepLR"].supported) == ("yes", True)
    assert (after["StepLR"].graph, after["StepLR"].supported) == ("no", False)
    assert before["SequentialLR"].graph == "yes*"
    assert {name: row for name, row in after.items() if name != "StepLR"} == {
        name: row for name, row in before.items() if name != "StepLR"
    }


def test_the_curves_are_those_of_the_real_schedulers() -> None:
    for name, entry in register.entries().items():
        curve = rows()[entry.cls.__name__].curve
        assert len(curve) == entry.presets[0].steps, name
    assert rows()["StepLR"].curve[9:11] == (0.1, 0.05)


@pytest.mark.parametrize("min_lr", [-0.1, 0.0, 0.01, 0.1, 0.2, float("nan")])
@pytest.mark.parametrize("seed", range(5))
def test_on_a_plateau_the_learning_rate_falls_as_the_sheet_says(seed: int, min_lr: float) -> None:
    rng = random.Random(seed)
    factor, patience = rng.uniform(0.1, 0.9), rng.randint(0, 5)
    steps = 60
    scheduler = ReduceLROnPlateau(trace.sgd(0.1), factor=factor, patience=patience, min_lr=min_lr)
    lrs = trace.eager(scheduler, steps, [1.0] * steps)[:, 0]
    expected, without = [0.1], 0
    for _call in range(1, steps - 1):  # the first call sets the best metric
        without += 1
        lr = expected[-1]
        if without > patience:
            lr, without = min(lr, max(lr * factor, min_lr)), 0
        expected.append(lr)
    assert abs(lrs[1:] - expected).max() <= 1e-8  # a smaller change is left out by `eps`
