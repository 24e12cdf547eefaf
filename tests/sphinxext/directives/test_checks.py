from __future__ import annotations

import pytest
from docutils import nodes

from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.directives.checks import checks, graph_support
from lrdoc.sphinxext.placeholders import measured

FORMULA = {"sets": 1010, "values": 9876, "difference": 1.26e-15, "departures": 3}
SUPPORTED = {"sets": 120, "steps": 130, "difference": 4.56e-8}
REFUSED = {"error": "AttributeError", "message": "no such thing", "when": "first call"}
LONG = {name: {"steps": 20_000, "difference": 7.89e-9} for name in ("step_lr", "sequential_lr")}


def rows(found: list[nodes.Node]) -> list[list[str]]:
    (shown,) = found
    return [[cell.astext() for cell in row.findall(nodes.entry)] for row in shown.findall(nodes.row)]


def test_each_formula_has_a_row_with_what_its_comparison_found() -> None:
    _heads, row = rows(checks(measured(names=["step_lr"]), [Outcome(result=FORMULA)]))
    assert row == ["StepLR", "1,010", "9,876", "1.3e-15", "3"]


def test_graph_mode_s_differences_are_those_of_the_short_and_of_the_long_run() -> None:
    outcomes = [Outcome(result=SUPPORTED), Outcome(result=REFUSED), Outcome(result=LONG)]
    _heads, supported, refused = rows(graph_support(measured(names=["step_lr", "lambda_lr"]), outcomes))
    assert supported == ["StepLR", "supported", "4.6e-08", "7.9e-09"]
    assert refused == ["LambdaLR", "AttributeError: no such thing (at the first call)", "—", "—"]


@pytest.mark.parametrize("name", ["cosine_annealing_warm_restarts", "sequential_lr", "warmup_lr"])
def test_the_row_says_where_schedules_that_differ_are_left_out(name: str) -> None:
    outcomes = [Outcome(result=SUPPORTED), Outcome(result={**LONG, name: LONG["step_lr"]})]
    _heads, row = rows(graph_support(measured(names=[name]), outcomes))
    assert row[1] == "supported; some are left out (see below)"
