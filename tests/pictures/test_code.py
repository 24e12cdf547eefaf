from __future__ import annotations

import ast

import pytest

from lrdoc import register
from lrdoc.describe.schedule import Schedule
from lrdoc.pictures.code import broken, training_loop


def test_a_call_that_fits_to_the_last_character_stays_on_its_line() -> None:
    call = "StepLR(optimizer, step_size=10)"
    assert broken(call, len(call)) == [call]
    assert len(broken(call, len(call) - 1)) > 1


def test_a_longer_one_has_a_line_for_each_argument_and_so_have_those() -> None:
    assert broken("A(b, [C(d, e=1), F(g, h=[1, 2])], i=2)", 15) == [
        "A(",
        "    b,",
        "    [",
        "        C(",
        "            d,",
        "            e=1",
        "        ),",
        "        F(",
        "            g,",
        "            h=[",
        "                1,",
        "                2",
        "            ]",
        "        )",
        "    ],",
        "    i=2",
        ")",
    ]


@pytest.mark.parametrize("name", register.entries())
def test_the_loop_of_every_scheduler_is_python_that_fits_and_makes_the_same_call(name: str) -> None:
    entry = register.get(name)
    call = Schedule.preset(entry).code()
    lines = training_loop(call, 0.1, metric=entry.presets[0].metrics is not None)
    assert max(map(len, lines)) <= 60
    assert len(lines) <= 18
    tree = ast.parse("\n".join(lines))
    assigned = tree.body[1]
    assert isinstance(assigned, ast.Assign)
    assert ast.unparse(assigned.value) == ast.unparse(ast.parse(call, mode="eval"))
