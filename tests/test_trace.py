from __future__ import annotations

from typing import Any

import numpy as np
import oneflow as flow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oneflow.optim.lr_scheduler import ConstantLR, ExponentialLR, ReduceLROnPlateau, StepLR

from lrdoc import trace
from lrdoc.running import worker
from lrdoc.running.piece import Piece


def test_the_rows_are_what_a_training_loop_finds_in_the_param_groups() -> None:
    optimizer = trace.sgd(0.1)
    scheduler = StepLR(optimizer, step_size=3, gamma=0.5)
    found = []
    for _ in range(20):
        found.append([group["lr"] for group in optimizer.param_groups])
        scheduler.step()
    again = StepLR(trace.sgd(0.1), step_size=3, gamma=0.5)
    np.testing.assert_array_equal(trace.eager(again, 20), found)


def test_the_first_row_is_what_construction_left_in_the_optimizer() -> None:
    scheduler = ConstantLR(trace.sgd(0.1), factor=0.25, total_iters=3)
    assert trace.eager(scheduler, 1)[0, 0] == 0.1 * 0.25


@pytest.mark.parametrize("bases", [(0.1,), (0.1, 1.0), (0.1, 1.0, 10.0), (0.1, 1.0, 10.0, 2.0)])
def test_every_param_group_has_a_column_of_its_own(bases: tuple[float, ...]) -> None:
    lrs = trace.eager(ExponentialLR(trace.sgd(*bases), gamma=0.5), 4)
    np.testing.assert_array_equal(lrs, np.array([[0.5**at] for at in range(4)]) * bases)


class Halving(ExponentialLR):  # type: ignore[misc]  # OneFlow ships no types
    """A scheduler as users write them: it sets the learning rates itself, and leaves ``get_last_lr`` behind."""

    def step(self) -> None:
        self.last_step += 1
        for group, base in zip(self.optimizer.param_groups, self.base_lrs, strict=True):
            group["lr"] = base / 2**self.last_step


@pytest.mark.parametrize("bases", [(0.1,), (0.1, 1.0), (0.1, 1.0, 10.0)])
def test_what_counts_is_what_the_optimizer_holds_whatever_step_a_subclass_has(bases: tuple[float, ...]) -> None:
    lrs = trace.eager(Halving(trace.sgd(*bases), gamma=0.5), 4)
    np.testing.assert_array_equal(lrs, np.array([[0.5**at] for at in range(4)]) * bases)


def test_an_eager_trace_goes_on_where_the_scheduler_stands() -> None:
    whole = trace.eager(StepLR(trace.sgd(0.1), 3), 20)
    scheduler = StepLR(trace.sgd(0.1), 3)
    first = trace.eager(scheduler, 8)
    scheduler.step()
    np.testing.assert_array_equal(np.concatenate([first, trace.eager(scheduler, 12)]), whole)


def test_a_metric_acts_from_the_row_after_its_own() -> None:
    scheduler = ReduceLROnPlateau(trace.sgd(1.0), factor=0.5, patience=0)
    np.testing.assert_array_equal(trace.eager(scheduler, 4, [1.0, 1.0, 0.1, 0.1])[:, 0], [1.0, 1.0, 0.5, 0.5])


@pytest.mark.parametrize("steps", [0, -1, -(10**9)])
def test_a_step_count_below_one_is_refused(steps: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        trace.eager(StepLR(trace.sgd(), 3), steps)


@given(steps=st.one_of(st.floats(), st.text(), st.none(), st.booleans(), st.lists(st.integers())))
def test_a_step_count_that_is_no_integer_is_refused_with_its_value(steps: Any) -> None:
    with pytest.raises(TypeError, match="steps must be an integer"):
        trace.eager(StepLR(trace.sgd(), 3), steps)


def test_a_numpy_integer_is_a_step_count() -> None:
    assert len(trace.eager(StepLR(trace.sgd(), 3), np.int64(5))) == 5


@pytest.mark.parametrize("scheduler", [None, "StepLR", StepLR, object()])
def test_what_is_not_a_scheduler_of_oneflow_is_refused(scheduler: Any) -> None:
    with pytest.raises(TypeError, match=r"oneflow\.optim\.lr_scheduler"):
        trace.eager(scheduler, 3)


@pytest.mark.parametrize("count", [0, 2, 4])
def test_metrics_must_be_one_number_per_step(count: int) -> None:
    with pytest.raises(ValueError, match=f"got {count} for 3 steps"):
        trace.eager(ReduceLROnPlateau(trace.sgd()), 3, [1.0] * count)


def test_reduce_lr_on_plateau_needs_metrics() -> None:
    with pytest.raises(ValueError, match="pass metrics"):
        trace.eager(ReduceLROnPlateau(trace.sgd()), 3)


def test_no_other_scheduler_takes_metrics() -> None:
    with pytest.raises(ValueError, match="leave metrics out"):
        trace.eager(StepLR(trace.sgd(), 3), 2, [1.0, 1.0])


SHARED = """
from oneflow.optim.lr_scheduler import *
from lrdoc import trace

def both(build, steps):
    return trace.graph(build, steps)[:, 0].tolist(), trace.eager(build(trace.sgd(0.1)), steps)[:, 0].tolist()
"""


def in_a_child(code: str) -> Any:
    """Return the result of code that trains graphs: OneFlow crashes now and then in that, which must not end the tests."""
    (outcome,) = worker.run([Piece.importing(SHARED + code)])
    assert outcome.error is None, outcome
    return outcome.result


def test_graph_mode_is_measured_not_copied_from_eager_mode() -> None:
    """With these flags Graph mode applies other learning rates than eager mode: a copy would not show them."""
    graph, eager = in_a_child("""
def build(optimizer):
    children = [ConstantLR(optimizer, 0.5, 2), StepLR(optimizer, 2, 0.5), ExponentialLR(optimizer, 0.5)]
    return SequentialLR(optimizer, children, [2, 4], [True, False])
result = both(build, 6)
""")
    np.testing.assert_allclose(graph[:4], eager[:4], rtol=1e-6)
    assert np.all(np.array(graph[4:]) > 2 * np.array(eager[4:]))


def test_a_graph_trace_longer_than_one_reading_of_the_weights_has_no_seam() -> None:
    graph, eager = in_a_child("""
result = both(lambda optimizer: ExponentialLR(optimizer, 0.999), 2 * trace._SPAN + 17)
""")
    assert len(graph) == 2 * trace._SPAN + 17
    np.testing.assert_allclose(graph, eager, rtol=2e-7)


def test_a_learning_rate_that_is_not_finite_spoils_no_other_step_of_a_graph_trace() -> None:
    code = """
nan = float("nan")
builds = [
    lambda optimizer: ExponentialLR(optimizer, nan),
    lambda optimizer: CosineAnnealingWarmRestarts(optimizer, 3, decay_rate=nan),
    lambda optimizer: PolynomialLR(optimizer, 3, power=-1.0),
    lambda optimizer: StepLR(optimizer, 2, 0.5),
]
result = [[repr(round(lr, 6)) for lr in lrs] for lrs in trace.graphs(builds, 5, [0.5] * 4).T.tolist()]
"""
    assert in_a_child(code) == [
        ["0.5", "nan", "nan", "nan", "nan"],
        ["0.5", "0.375", "0.125", "nan", "nan"],
        ["0.5", "0.74995", "1.4998", "inf", "inf"],
        ["0.5", "0.5", "0.25", "0.25", "0.125"],
    ]


def test_several_schedules_share_a_graph_and_keep_to_their_columns() -> None:
    graph, eager = in_a_child("""
builds = [lambda optimizer, size=size: StepLR(optimizer, size, 0.5) for size in (1, 2, 3)]
lrs = (0.1, 1.0, 10.0)
eager = [trace.eager(build(trace.sgd(lr)), 9)[:, 0].tolist() for build, lr in zip(builds, lrs)]
result = trace.graphs(builds, 9, lrs).T.tolist(), eager
""")
    np.testing.assert_allclose(graph, eager, rtol=2e-7)


def test_what_graph_mode_refuses_is_raised_as_oneflow_raises_it() -> None:
    code = "trace.graph(lambda optimizer: LambdaLR(optimizer, lambda step: 0.9**step), 3)"
    (outcome,) = worker.run([Piece.importing(SHARED + code)])
    assert outcome.error == "AttributeError"
    assert "_generate_conf_for_graph" in outcome.message


@pytest.mark.parametrize("build", [lambda _optimizer: None, lambda _optimizer: "StepLR"])
def test_a_graph_trace_refuses_what_is_not_a_scheduler_of_oneflow(build: Any) -> None:
    with pytest.raises(TypeError, match=r"oneflow\.optim\.lr_scheduler"):
        trace.graph(build, 3)


def test_every_scheduler_of_a_graph_trace_needs_a_base_learning_rate() -> None:
    with pytest.raises(ValueError, match="got 1 and 2"):
        trace.graphs([lambda optimizer: StepLR(optimizer, 3)], 3, [0.1, 0.2])


def test_metrics_must_be_a_sequence() -> None:
    with pytest.raises(TypeError, match="one number per step; got generator"):
        trace.eager(ReduceLROnPlateau(trace.sgd()), 2, (metric for metric in (1.0, 1.0)))  # type: ignore[arg-type]


def test_sgd_has_one_real_weight_per_group() -> None:
    optimizer = trace.sgd(0.1, 0.2)
    assert isinstance(optimizer, flow.optim.SGD)
    assert [group["lr"] for group in optimizer.param_groups] == [0.1, 0.2]
    assert [group["lr"] for group in trace.sgd().param_groups] == [0.1]
