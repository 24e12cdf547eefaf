from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lrdoc.checks import nesting
from lrdoc.describe import entry, sample
from lrdoc.describe.schedule import Schedule
from lrdoc.sphinxext.directives.nestings import attempt_code

REFUSED = [name for name in entry.entries() if name not in sample.nestable()]


@pytest.mark.parametrize("place", nesting.PLACES)
@pytest.mark.parametrize("child", sample.nestable())
def test_a_scheduler_with_a_get_lr_of_its_own_can_stand_in_every_place(child: str, place: str) -> None:
    assert "error" not in nesting.attempt(child, place, "eager")


@pytest.mark.parametrize("place", nesting.PLACES)
@pytest.mark.parametrize("child", REFUSED)
def test_every_other_scheduler_is_refused_in_every_place(child: str, place: str) -> None:
    assert "error" in nesting.attempt(child, place, "eager")


@pytest.mark.parametrize("child", [name for name in REFUSED if name != "reduce_lr_on_plateau"])
def test_a_later_child_is_refused_only_when_its_milestone_comes(child: str) -> None:
    report = nesting.attempt(child, "SequentialLR([…, ·])", "eager")
    assert report["when"] == f"step {nesting.MILESTONE}"
    assert len(report["lrs"]) == nesting.MILESTONE


@pytest.mark.parametrize("place", nesting.PLACES)
@pytest.mark.parametrize("child", sample.nestable())
def test_graph_mode_computes_every_nesting_but_a_chain_as_the_formulas_do(
    result_of: Callable[[str], Any], child: str, place: str
) -> None:
    # The code is that of the page, so that its outcome is there: from a child, as OneFlow crashes now and then in Graph mode.
    result = result_of(attempt_code(child, place, "graph"))
    assert ("error" in result) is place.startswith("ChainedScheduler")  # which Graph mode refuses as a whole


def test_a_nesting_that_is_not_what_its_parts_make_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = Schedule.exact
    monkeypatch.setattr(Schedule, "exact", lambda self, base, at: exact(self, base, at) * (1 + 1e-11))
    with pytest.raises(AssertionError, match="is not what its parts make"):
        nesting.attempt("step_lr", "WarmupLR(·)", "eager")
