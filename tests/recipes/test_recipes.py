"""Every recipe beside its original's own run, its formula and Graph mode; what is refused; and that its code stands alone."""

from __future__ import annotations

import contextlib
import copy
import inspect
import itertools
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import oneflow as flow
import pytest
from oneflow.optim.lr_scheduler import ChainedScheduler, ConstantLR, LambdaLR, SequentialLR, WarmupLR

from lrdoc import recipes, register, trace
from lrdoc.checks import pieces, recipe_records
from lrdoc.checks import recipes as comparison
from lrdoc.describe.domain import Choice, Domain, Integer, Kind, Milestones, Real
from lrdoc.describe.schedule import Schedule
from lrdoc.recipes.code import code
from lrdoc.running import worker
from lrdoc.running.piece import Piece

ROOT = Path(__file__).parents[2]
NAMES = list(recipes.REGISTER)
ORIGINALS = [name for name, trial in recipe_records.TRIALS.items() if trial.original]
Report = Callable[[str], Any]


@pytest.fixture(scope="session")
def report(result_of: Callable[[Piece], Any]) -> Report:
    """Return a function that gives the report of a recipe: the page's own."""
    return lambda name: result_of(pieces.recipe(name))


@pytest.mark.parametrize("name", ORIGINALS)
def test_a_recipe_gives_the_learning_rates_of_its_original_up_to_the_end(report: Report, name: str) -> None:
    assert report(name)["original"] <= 1e-11


@pytest.mark.parametrize("name", NAMES)
def test_a_recipe_follows_its_formula(report: Report, name: str) -> None:
    assert report(name)["sets"] >= 200
    assert report(name)["formula"] <= 1e-12


@pytest.mark.parametrize("name", NAMES)
def test_graph_mode_applies_what_eager_mode_does(report: Report, name: str) -> None:
    assert report(name)["graph"] <= 1e-6


def test_what_originals_do_after_the_end_is_what_the_pages_say(report: Report) -> None:
    after = {name: report(name)["after"] for name in ORIGINALS if "after" in report(name)}
    assert {name for name, what in after.items() if what != "stays"} == {
        "one_cycle",
        "warmup_cosine",
        "warmup_cosine_cycles",
    }
    assert after["one_cycle"] == "raises"


@pytest.mark.parametrize("name", [name for name in NAMES if recipes.get(name).length])
def test_the_learning_rate_stays_after_the_last_step(name: str) -> None:
    trial = recipe_records.TRIALS[name]
    # Where the warmup takes all, the decay to 0 has one step, that of the end.
    usual = [one for one in recipe_records.sets(name) if one.get("warmup_steps") != trial.end(one)]
    for one in usual:
        lrs = trace.eager(comparison.build(recipes.get(name), one, trace.sgd(one["lr"])), trial.steps(one))[:, 0]
        assert len(set(lrs[trial.end(one) :])) == 1, one


def test_the_sets_of_arguments_hold_the_awkward_ones() -> None:
    drawn = {name: recipe_records.sets(name) for name in NAMES}
    assert all(len(sets) == recipe_records.SETS for sets in drawn.values())
    for name in ("warmup_linear", "warmup_cosine", "warmup_cosine_cycles", "warmup_hard_restarts"):
        assert any(one["total_steps"] == one["warmup_steps"] == 1 for one in drawn[name])
        assert any(one["total_steps"] == one["warmup_steps"] > 1 for one in drawn[name])
        assert any(one["warmup_steps"] == 0 for one in drawn[name])


@pytest.mark.parametrize("name", NAMES)
def test_a_page_tells_of_trainings_of_one_step_and_without_a_warmup_where_there_are_such(name: str) -> None:
    page = (ROOT / "docs" / "recipes" / f"{name}.md").read_text(encoding="utf-8")
    sets = recipe_records.sets(name)
    has_both = all(
        any(one.get(key) == least for one in sets) for key, least in (("total_steps", 1), ("warmup_steps", 0))
    )
    assert ("{sentence}`recipe_original_edges`" in page) is has_both


def test_the_originals_of_all_recipes_that_have_one_are_recorded() -> None:
    recorded = recipe_records.recorded()
    assert list(recorded) == ORIGINALS
    for name, runs in recorded.items():
        trial = recipe_records.TRIALS[name]
        assert all(len(rates) > trial.end(one) for one, rates in zip(recipe_records.sets(name), runs, strict=True))


def test_another_record_is_refused() -> None:
    with pytest.raises(ValueError, match="the record of the originals is another one"):
        comparison.compare(recipes.get("noam"), record="another")


def test_an_original_is_told_with_its_package_and_version() -> None:
    versions = recipe_records.versions()
    packages = {(trial.original or "").partition("(")[0] for trial in recipe_records.TRIALS.values()} - {""}
    told = {recipe_records.package(original) for original in packages}
    assert told == {f"{name.replace('torch', 'PyTorch')} {version}" for name, version in versions.items()}
    assert recipe_records.package("OneCycleLR").startswith("PyTorch 2.")


def test_a_difference_from_the_original_is_found() -> None:
    assert comparison._apart([0.1, 0.2], [0.1, 0.2 + 1e-9], 0.1) > 1e-9
    assert math.isinf(comparison._apart([0.1, 0.2], [0.1], 0.1))


def test_an_original_that_goes_on_after_the_end_is_told_from_one_that_stays_and_one_that_ends() -> None:
    assert comparison._after([([1.0, 0.5, 0.5], 1, 3, 1.0)]) == "stays"
    assert comparison._after([([1.0, 0.5, 0.4], 1, 3, 1.0)]) == "goes on"
    assert comparison._after([([1.0, 0.5], 1, 3, 1.0), ([1.0, 0.5, 0.4], 1, 3, 1.0)]) == "raises"


def test_no_recipe_has_the_name_of_a_scheduler() -> None:
    assert not set(NAMES) & set(register.entries())


def test_every_module_of_recipes_is_registered() -> None:
    modules = {path.stem for path in (ROOT / "lrdoc" / "recipes").glob("*.py")}
    assert modules - {"__init__", "in_graph", "layerwise_groups", "plateau_warmup", "code"} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_recipe_has_its_four_files(name: str) -> None:
    described = f"lrdoc/recipes/described/{name}.py"
    for path in (f"lrdoc/recipes/{name}.py", described, f"gallery/plot_{name}.py", f"docs/recipes/{name}.md"):
        assert (ROOT / path).is_file(), path


@pytest.mark.parametrize("name", recipes.GUIDES)
def test_every_page_that_is_about_more_or_less_than_a_recipe_has_its_three_files(name: str) -> None:
    for path in (f"lrdoc/recipes/described/{name}.py", f"gallery/plot_{name}.py", f"docs/recipes/{name}.md"):
        assert (ROOT / path).is_file(), path


def test_every_page_of_the_recipes_and_no_other_is_described() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "recipes").glob("*.md")} - {"index", "in_graph"}
    described = {path.stem for path in (ROOT / "lrdoc" / "recipes" / "described").glob("*.py")} - {"__init__"}
    assert pages == described == {*recipes.REGISTER, *recipes.GUIDES}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_how_graph_mode_has_the_recipe_and_what_it_is_compared_with(name: str) -> None:
    page = (ROOT / "docs" / "recipes" / f"{name}.md").read_text(encoding="utf-8")
    others = {"composed": "table", "table": "composed"}
    assert f"{{sentence}}`recipe_{recipes.get(name).graph}.{name}`" in page
    assert f"{{sentence}}`recipe_{others[recipes.get(name).graph]}.{name}`" not in page
    assert (f"{{sentence}}`recipe_original.{name}`" in page) is (name in ORIGINALS)


def test_an_unknown_recipe_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match="unknown recipe 'warmup'; known: cyclic, "):
        recipes.get("warmup")


@pytest.mark.parametrize("name", NAMES)
def test_a_recipe_takes_the_optimizer_and_keyword_arguments_that_are_described(name: str) -> None:
    optimizer, *others = inspect.signature(recipes.REGISTER[name]).parameters.values()
    assert optimizer.name == "optimizer"
    assert {one.kind for one in others} == {inspect.Parameter.KEYWORD_ONLY}
    assert [one.name for one in others] == list(recipes.get(name).domains)


def wrong(domain: Domain) -> list[Any]:
    """Return values that a parameter does not take."""
    match domain:
        case Integer(minimum):
            return [minimum - 1, -5, minimum + 0.5, float("nan")]
        case Real(minimum, maximum, _usual, is_open, is_below):
            found = [float("nan"), *([] if minimum is None else [minimum - 1])]
            found += [float(minimum)] if minimum is not None and is_open else []
            return found + ([] if maximum is None else [maximum + 1]) + ([maximum] if maximum and is_below else [])
        case Choice():
            return ["", "other"]
        case Milestones():
            return [[], [0], [-1, 5], [4, 2], [3, 3], [2.5, 5]]
        case _:
            return []


WRONG = [
    (name, parameter, value)
    for name in NAMES
    for parameter, domain in recipes.get(name).domains.items()
    for value in wrong(domain)
]


@pytest.mark.parametrize(("name", "parameter", "value"), WRONG)
def test_a_wrong_argument_is_refused_by_its_name_and_range(name: str, parameter: str, value: Any) -> None:
    arguments: Mapping[str, Any] = {**recipes.get(name).presets[0].arguments, parameter: value}
    with pytest.raises(
        ValueError, match=rf"^{parameter} is (an int|a number|a list of ints|'\w+'|ints).*, not "
    ) as told:
        recipes.REGISTER[name](trace.sgd(0.1), **arguments)
    assert repr(value) in str(told.value)


VALUES = (
    True,
    False,
    3,
    3.0,
    "3",
    None,
    np.int64(3),
    np.int64(30),
    np.float32(0.5),
    np.float64(3.0),
    np.bool_(True),
    [3],
    2j,
)
"""Values of many types, among them integers that are no ``int`` and numbers that are no ``float``."""


@pytest.mark.parametrize("name", NAMES)
def test_a_value_of_any_type_is_taken_or_refused_by_the_argument_s_name_and_range(name: str) -> None:
    recipe = recipes.get(name)
    for parameter, value in itertools.product(recipe.domains, VALUES):
        arguments: Mapping[str, Any] = {**recipe.presets[0].arguments, parameter: value}
        try:
            lrs = trace.eager(recipe.cls(trace.sgd(0.1), **arguments), 5)
        except ValueError as error:
            said = str(error)
            blamed = said.partition(" is ")[0]  # another argument where the range of that one depends on this
            assert blamed in recipe.domains, said
            assert said.endswith(f", not {value!r}") or blamed != parameter, said
        else:
            assert np.isfinite(lrs).all()


@pytest.mark.parametrize("name", NAMES)
def test_an_integer_of_numpy_counts_as_one_of_python(name: str) -> None:
    recipe = recipes.get(name)
    preset = recipe.presets[0]

    def numpys(value: Any) -> Any:
        if isinstance(value, list):
            return [numpys(item) for item in value]
        return np.int64(value) if type(value) is int else np.float32(value) if type(value) is float else value

    arguments = {parameter: numpys(value) for parameter, value in preset.arguments.items()}
    lrs = trace.eager(recipe.cls(trace.sgd(0.1), **arguments), preset.steps)
    expected = trace.eager(recipe.cls(trace.sgd(0.1), **preset.arguments), preset.steps)
    np.testing.assert_allclose(lrs, expected, rtol=1e-6)


LONG = [name for name in NAMES if {"warmup_steps", "total_steps"} <= recipes.get(name).domains.keys()]


@pytest.mark.parametrize("name", LONG)
def test_a_warmup_longer_than_the_training_is_refused(name: str) -> None:
    arguments = {**recipes.get(name).presets[0].arguments, "total_steps": 30, "warmup_steps": 31}
    with pytest.raises(ValueError, match=r"^warmup_steps is an int from 0 to total_steps.*, not 31$"):
        recipes.REGISTER[name](trace.sgd(0.1), **arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"total_steps": 10, "pct_start": 0.1}, "pct_start is a number above 1 / total_steps and below 1, not 0.1"),
        ({"total_steps": 10, "pct_start": 0.6, "three_phase": True}, "pct_start is a number up to 0.5"),
    ],
)
def test_one_cycle_refuses_a_rise_of_no_step_and_one_that_leaves_no_room(arguments: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        recipes.one_cycle(trace.sgd(0.1), **arguments)


@pytest.mark.parametrize("name", NAMES)
def test_the_code_of_a_recipe_runs_by_itself(name: str) -> None:
    recipe = recipes.get(name)
    preset = recipe.presets[0]
    text = code(recipes.REGISTER[name])
    assert "lrdoc" not in text
    assert all(line.strip() for line in text.split("\n\n\n")[0].splitlines())
    names: dict[str, Any] = {"optimizer": trace.sgd(preset.base_lr)}
    exec(f"{text}\nscheduler = {Schedule.preset(recipe).code()}", names)
    expected = trace.eager(Schedule.preset(recipe).build(trace.sgd(preset.base_lr)), preset.steps)
    np.testing.assert_array_equal(trace.eager(names["scheduler"], preset.steps), expected)


@pytest.mark.parametrize(
    ("function", "is_needed"),
    [
        (recipes.warmup_cosine, False),
        (recipes.one_cycle, True),  # list[float]
        (recipes.multiplicative, True),  # ... | list[...]
        (recipes.layerwise_groups, True),
        (recipes.plateau_warmup, True),
    ],
)
def test_code_with_types_that_python_3_7_can_not_evaluate_leaves_them_alone(
    function: Callable[..., Any], is_needed: bool
) -> None:
    assert code(function).startswith("from __future__ import annotations\n") == is_needed


def in_child(text: str) -> Any:
    """Return what code leaves in ``result``; it runs in a process of its own: a graph crashes now and then where much eager work has gone before."""
    (outcome,) = worker.run([Piece.importing(text, alone=True)])
    assert outcome.error is None, outcome.message
    return outcome.result


def test_one_of_many_schedules_that_a_graph_is_given_in_turn_is_found_to_differ() -> None:
    right, wrong = in_child("""from dataclasses import replace
from lrdoc.checks import recipe_records, recipes
from lrdoc.recipes.described.warmup_linear import RECIPE, warmup_linear

def drifting(optimizer, *, total_steps, warmup_steps):
    calls.append(total_steps)
    return warmup_linear(optimizer, total_steps=total_steps + (len(calls) == different), warmup_steps=warmup_steps)

drifting.__name__ = RECIPE.name
result = []
for different in (0, 8):
    calls = []
    result.append(recipes._from_graph_in_turn(replace(RECIPE, cls=drifting), recipe_records.sets(RECIPE.name)[:12]))
""")
    assert right < 1e-6
    assert wrong > 1e-3


def test_the_code_for_graph_mode_runs_by_itself() -> None:
    text = code(recipes.in_graph)
    assert "lrdoc" not in text
    graph, eager = in_child(f"""from lrdoc import recipes, trace
{text}
arguments = {{"d_model": 4, "warmup_steps": 3}}
graph = trace.graph(lambda optimizer: in_graph(recipes.noam(optimizer, **arguments), steps=9), 9)
result = graph.tolist(), trace.eager(recipes.noam(trace.sgd(0.1), **arguments), 9).tolist()
""")
    np.testing.assert_allclose(graph, eager, rtol=1e-6)


def test_in_graph_mode_the_last_learning_rate_of_a_table_stays() -> None:
    lrs = in_child("""from lrdoc import recipes, trace
result = trace.graph(lambda optimizer: recipes.in_graph(recipes.inverse_sqrt(optimizer, warmup_steps=2), steps=5), 9)[:, 0].tolist()
""")
    assert len(set(lrs[5:])) == 1
    assert lrs[4] > lrs[5]


def test_in_graph_refuses_what_it_can_not_write_as_one_table() -> None:
    two = trace.sgd(0.1, 0.2)
    with pytest.raises(TypeError, match="scheduler is a LambdaLR, not SequentialLR"):
        recipes.in_graph(recipes.warmup_linear(two, total_steps=5), steps=5)
    with pytest.raises(ValueError, match="another function for each param group"):
        recipes.in_graph(recipes.swalr(two, swa_lr=0.1), steps=5)
    for steps in (0, 2.5):
        with pytest.raises(ValueError, match=r"^steps is an int of at least 1, not "):
            recipes.in_graph(recipes.noam(two, d_model=8, warmup_steps=2), steps=steps)  # type: ignore[arg-type]


def test_in_graph_refuses_a_class_that_steps_in_a_way_of_its_own_and_takes_one_that_does_not() -> None:
    class Rule(LambdaLR):  # type: ignore[misc]  # OneFlow ships no types
        def get_lr(self, base_lr: float, step: int) -> float:
            return float(base_lr * self.lr_lambdas[0](step))

    class FromWhatIsHeld(LambdaLR):  # type: ignore[misc]  # OneFlow ships no types
        def step(self) -> None:
            self.last_step += 1
            self.update_lrs([group["lr"] * self.lr_lambdas[0](self.last_step) for group in self.optimizer.param_groups])

    with pytest.raises(TypeError, match=r"FromWhatIsHeld has a step\(\) of its own"):
        recipes.in_graph(FromWhatIsHeld(trace.sgd(), lambda step: 0.9), steps=5)
    once = recipes.in_graph(Rule(trace.sgd(), lambda step: 0.9), steps=5)
    assert recipes.in_graph(once, steps=3).steps == 3


def test_swalr_begins_at_the_learning_rate_that_another_scheduler_has_left() -> None:
    optimizer = trace.sgd(0.1)
    earlier = recipes.poly(optimizer, total_steps=4, power=1.0)
    earlier.step()
    assert optimizer.param_groups[0]["lr"] == pytest.approx(0.075)
    lrs = trace.eager(recipes.swalr(optimizer, swa_lr=0.025, anneal_steps=2, anneal_strategy="linear"), 3)
    np.testing.assert_allclose(lrs[:, 0], [0.075, 0.05, 0.025])


def test_swalr_begins_at_0_where_another_schedule_has_ended() -> None:
    optimizer = trace.sgd(0.1, 0.2)
    trace.eager(recipes.poly(optimizer, total_steps=4), 5)
    assert [group["lr"] for group in optimizer.param_groups] == [0.0, 0.0]
    lrs = trace.eager(recipes.swalr(optimizer, swa_lr=0.05, anneal_steps=2, anneal_strategy="linear"), 4)
    np.testing.assert_allclose(lrs, [[0.0, 0.0], [0.025, 0.025], [0.05, 0.05], [0.05, 0.05]])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("is_optimizer_first", [True, False])
@pytest.mark.parametrize("stop", [0, 7, 35])
def test_a_recipe_is_resumed_exactly_in_either_order(name: str, is_optimizer_first: bool, stop: int) -> None:
    def make(optimizer: Any) -> Any:
        return Schedule.preset(recipes.get(name)).build(optimizer)

    old = trace.sgd(0.1, 0.3)
    scheduler = make(old)
    trace.eager(scheduler, stop + 1)
    states = copy.deepcopy((old.state_dict(), scheduler.state_dict()))
    scheduler.step()
    expected = trace.eager(scheduler, 40)

    new = trace.sgd(0.1, 0.3)
    if is_optimizer_first:
        new.load_state_dict(states[0])
    resumed = make(new)
    new.load_state_dict(states[0])
    resumed.load_state_dict(states[1])
    resumed.step()
    np.testing.assert_array_equal(trace.eager(resumed, 40), expected)


def test_a_restart_of_sgdr_warmup_may_be_a_step_late_and_in_graph_mode_as_many_as_the_first_cycle_has() -> None:
    late, later = in_child("""from lrdoc import recipes, trace

def build(optimizer):
    return recipes.sgdr_warmup(optimizer, cycle_steps=4, cycle_mult=3, warmup_steps=2)

begin = 2 + 4 + 12 + 36 + 108 + 324
traces = trace.eager(build(trace.sgd(0.1)), begin + 8), trace.graph(build, begin + 8)
result = [(lrs[begin:, 0] < 0.01).tolist() for lrs in traces]
""")
    assert late == [True] + [False] * 7
    assert later == [True] * 4 + [False] * 4


def test_other_schedulers_contain_the_recipes_that_are_single_schedulers_alone() -> None:
    others: list[Callable[[Any], Any]] = [
        lambda inner: WarmupLR(inner, warmup_prefix=True, warmup_iters=2),
        lambda inner: SequentialLR(inner.optimizer, [ConstantLR(inner.optimizer), inner], [2]),
        lambda inner: ChainedScheduler([inner]),
    ]
    contained = set()
    for name in NAMES:
        for contain in others:
            with contextlib.suppress(NotImplementedError):
                trace.eager(contain(Schedule.preset(recipes.get(name)).build(trace.sgd(0.1))), 5)
                contained.add((name, contain))
    assert {name for name, _ in contained} == {"poly", "warmup_constant", "yolo"}
    assert len(contained) == 9


def test_the_groups_of_recipes_with_an_absolute_learning_rate_alone_lose_their_ratio() -> None:
    apart = set()
    for name in NAMES:
        lrs = trace.eager(Schedule.preset(recipes.get(name)).build(trace.sgd(0.1, 0.2)), 60)
        if not np.allclose(lrs[:, 1], 2 * lrs[:, 0], rtol=1e-9, atol=0):
            apart.add(name)
    assert apart == {"swalr", "warmup_polynomial"}


def test_param_groups_keep_their_ratio() -> None:
    for name in NAMES:
        if name != "swalr":
            recipe = recipes.get(name)
            arguments = {**recipe.presets[0].arguments, **({"end_lr": 0.0} if "end_lr" in recipe.domains else {})}
            lrs = trace.eager(recipe.cls(trace.sgd(0.1, 0.2), **arguments), 60)
            np.testing.assert_allclose(lrs[:, 1], 2 * lrs[:, 0], rtol=1e-12)


def test_without_a_warmup_inverse_sqrt_takes_as_many_steps_to_halve_the_learning_rate_as_its_page_says() -> None:
    (factor,) = recipes.inverse_sqrt(trace.sgd(), warmup_steps=0).lr_lambdas
    assert factor(29_999) > 0.5 == factor(30_000)


def test_the_groups_of_layers_decay_from_the_last_to_the_first() -> None:
    layers = [flow.nn.Linear(2, 2) for _ in range(4)]
    groups = recipes.layerwise_groups(layers, lr=0.8, decay=0.5)
    assert [group["lr"] for group in groups] == [0.1, 0.2, 0.4, 0.8]
    assert [len(group["params"]) for group in groups] == [2] * 4
    lrs = trace.eager(recipes.warmup_linear(flow.optim.SGD(groups), total_steps=10), 11)
    np.testing.assert_allclose(lrs, lrs[:, -1:] * [0.125, 0.25, 0.5, 1.0], rtol=1e-15)


@pytest.mark.parametrize(
    ("argument", "values"),
    {
        "layers": (None, [], 3, [1], flow.nn.Linear(2, 2)),
        "lr": (0, -1.0, None, "1", float("nan"), math.inf),
        "decay": (0.0, 1.5, None, float("nan")),
    }.items(),
)
def test_groups_of_layers_refuse_an_argument_out_of_its_range(argument: str, values: tuple[Any, ...]) -> None:
    for value in values:
        given = {"layers": [flow.nn.Linear(2, 2)], "lr": 0.1, "decay": 0.5, argument: value}
        with pytest.raises(ValueError, match=f"^{argument} is a "):
            recipes.layerwise_groups(given.pop("layers"), **given)


def test_layers_that_share_a_parameter_are_refused_as_oneflow_would_update_it_in_each_group() -> None:
    embedding, head = flow.nn.Linear(2, 2), flow.nn.Linear(2, 2)
    head.weight = embedding.weight
    for layers in ([embedding, flow.nn.Linear(2, 2), head], [embedding, embedding]):
        with pytest.raises(ValueError, match=r"^layers is a list of modules of which no two share a parameter"):
            recipes.layerwise_groups(layers, lr=0.1)
    groups = [{"params": [embedding.weight], "lr": lr} for lr in (0.1, 0.025)]
    before = embedding.weight.sum().item()
    optimizer = flow.optim.SGD(groups)
    embedding.weight.sum().backward()
    optimizer.step()
    assert before - embedding.weight.sum().item() == pytest.approx(4 * 0.125, rel=1e-5)


def test_the_code_of_the_groups_of_layers_runs_by_itself() -> None:
    names: dict[str, Any] = {}
    exec(code(recipes.layerwise_groups), names)
    (group,) = names["layerwise_groups"]([flow.nn.Linear(2, 2)], lr=0.1)
    assert group["lr"] == 0.1


def test_an_optimizer_of_oneflow_is_scheduled_in_a_training_loop() -> None:
    model = flow.nn.Linear(2, 1)
    optimizer = flow.optim.AdamW(model.parameters(), lr=0.1)
    scheduler = recipes.warmup_cosine(optimizer, total_steps=4, warmup_steps=1)
    used = []
    for _ in range(5):
        used.append(optimizer.param_groups[0]["lr"])
        model(flow.ones(1, 2)).sum().backward()
        optimizer.step()
        optimizer.zero_grad()
        scheduler.step()
    assert used == pytest.approx([0.0, 0.1, 0.075, 0.025, 0.0])


def test_every_number_of_steps_is_counted_in_steps() -> None:
    for name in NAMES:
        recipe = recipes.get(name)
        if recipe.length:
            assert recipe.domains[recipe.length].kind is Kind.STEPS
