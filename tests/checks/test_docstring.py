from __future__ import annotations

import pytest
from oneflow.optim.lr_scheduler import StepLR

from lrdoc import register
from lrdoc.checks import docstring
from lrdoc.checks.docstring import listed
from lrdoc.sphinxext.directives.docstring import documented


@pytest.mark.parametrize("name", [name for name, found in register.entries().items() if found.documented])
def test_every_example_that_a_docstring_lists_is_run(name: str) -> None:
    entry = register.get(name)
    assert len(list(documented(entry))) == len(entry.documented) == len(listed(entry.cls)) > 0


def test_no_docstring_lists_values_that_are_not_run() -> None:
    listing = {name for name, found in register.entries().items() if listed(found.cls)}
    assert listing == {name for name, found in register.entries().items() if found.documented}


def test_an_example_is_set_beside_the_values_that_are_listed() -> None:
    rows = docstring.rows(lambda optimizer: StepLR(optimizer, step_size=2, gamma=0.5), 0.1, {0: 0.1, 2: 0.06})
    assert rows == [(0, 0.1, 0.1, True), (2, 0.06, 0.05, False)]


def test_a_listed_value_may_be_rounded_or_cut_but_not_wrong() -> None:
    assert docstring._agrees(0.000689, 0.0006890576)
    assert docstring._agrees(0.0375, 0.037500000000000006)
    assert docstring._agrees(0.059, 0.05994)
    assert not docstring._agrees(0.00075, 0.000594529)
