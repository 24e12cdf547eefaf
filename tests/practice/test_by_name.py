"""LiBai's builders, layer-wise decay and the plateau with a warmup, as the program takes them by name."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import oneflow as flow
import pytest
from oneflow.optim import lr_scheduler

from lrdoc import recipes, register, trace
from lrdoc.describe.schedule import Schedule
from lrdoc.explorer import source
from lrdoc.practice import inputs, modes
from lrdoc.practice import model as models
from lrdoc.practice.constructor import call_of_recipe, read
from lrdoc.practice.metrics import Metrics, Row
from lrdoc.practice.options import parse
from lrdoc.practice.program import main
from lrdoc.running import worker
from lrdoc.running.piece import Piece

NAMES = {"steps_per_epoch": 10, "epochs": 10, "total_steps": 100}
SMALL = ("--model", "small", "--epochs", "3", "--batch-size", "16", "--lr", "0.05")  # 4 iterations per epoch
DECAYED = "decay=0.5, schedule=warmup_cosine(optimizer, total_steps=total_steps, warmup_steps=3)"

Train = Callable[..., list[Row]]


@pytest.fixture
def train(given: tuple[str, ...], tmp_path: Path) -> Train:
    """Train in this process with a recipe and return the rows of the metrics."""

    def run(output: str, recipe: str, parameters: str, *arguments: str) -> list[Row]:
        named = ("--recipe", recipe, "--parameters", parameters, "--output", str(tmp_path / output))
        assert main([*given, *SMALL, *named, *arguments]) == 0
        return Metrics(tmp_path / output / "metrics.csv").read()

    return run


def rates(recipe: str, parameters: str, steps: int = 100) -> Any:
    return trace.eager(read(call_of_recipe(recipe, parameters), NAMES).build(trace.sgd(0.1)), steps)[:, 0]


def as_text(arguments: dict[str, Any]) -> str:
    return ", ".join(f"{key}={value!r}" for key, value in arguments.items())


# --- LiBai


def test_each_builder_of_libai_is_its_composition_of_oneflow_s_classes() -> None:
    of = lr_scheduler
    composed: dict[str, tuple[str, Callable[[Any], Any]]] = {
        "WarmupCosineLR": ("alpha=0.1", lambda o: of.CosineDecayLR(o, decay_steps=100, alpha=0.1)),
        "WarmupCosineAnnealingLR": ("eta_min=0.02", lambda o: of.CosineAnnealingLR(o, T_max=100, eta_min=0.02)),
        "WarmupStepLR": ("step_size=30, gamma=0.5", lambda o: of.StepLR(o, step_size=30, gamma=0.5)),
        "WarmupMultiStepLR": (
            "milestones=[total_steps // 2, 75]",
            lambda o: of.MultiStepLR(o, milestones=[50, 75], gamma=0.1),
        ),
        "WarmupExponentialLR": ("gamma=0.97", lambda o: of.ExponentialLR(o, gamma=0.97)),
        "WarmupPolynomialLR": ("power=2.0, cycle=True", lambda o: of.PolynomialLR(o, 100, 0.0001, 2.0, True)),
    }
    for builder, (parameters, main_part) in composed.items():
        for factor, length, method in ((0.001, 10, "linear"), (0.25, 7, "constant"), (0.0, 60, "linear")):
            warmup = f"warmup_factor={factor}, warmup_iter={length}, warmup_method='{method}'"
            found = rates("libai", f"builder='{builder}', {parameters}, {warmup}")
            wanted = of.WarmupLR(main_part(trace.sgd(0.1)), factor, length, method)
            assert (found == trace.eager(wanted, 100)[:, 0]).all(), (builder, warmup)
        alone = rates("libai", f"builder='{builder}', {parameters}")
        assert (alone == trace.eager(main_part(trace.sgd(0.1)), 100)[:, 0]).all()


@pytest.mark.parametrize("seed", range(200))
def test_libai_s_builders_are_composed_as_in_its_source_for_any_arguments(seed: int) -> None:
    """Among them are trainings of one step, without a warmup, of nothing but a warmup, and steps after the end."""
    rng, of = np.random.default_rng(seed), lr_scheduler
    total = (1, 20, 20, 1)[seed % 8] if seed % 8 < 4 else int(rng.integers(1, 40))
    warmup = (0, 20, 0, 1)[seed % 8] if seed % 8 < 4 else int(rng.integers(0, total + 3))
    share, ends = float(rng.random()), total + 5
    milestones = sorted(rng.choice(np.arange(1, 60), 3, replace=False).tolist())
    builder, given, main_part = [
        ("WarmupCosineLR", {"alpha": share}, lambda o: of.CosineDecayLR(o, total, share)),
        ("WarmupCosineAnnealingLR", {"eta_min": share / 20}, lambda o: of.CosineAnnealingLR(o, total, share / 20)),
        ("WarmupStepLR", {"step_size": total, "gamma": share}, lambda o: of.StepLR(o, total, share)),
        (
            "WarmupMultiStepLR",
            {"milestones": milestones, "gamma": share},
            lambda o: of.MultiStepLR(o, milestones, share),
        ),
        ("WarmupExponentialLR", {"gamma": share}, lambda o: of.ExponentialLR(o, share)),
        (
            "WarmupPolynomialLR",
            {"end_learning_rate": share / 20, "power": 1 + share, "cycle": seed % 3 == 0},
            lambda o: of.PolynomialLR(o, total, share / 20, 1 + share, seed % 3 == 0),
        ),
    ][seed % 6]
    factor, method = float(rng.random()), ("linear", "constant")[seed % 2]
    arguments = {"builder": builder, **given, "max_iter": total, "warmup_iter": warmup}
    arguments |= {"warmup_factor": factor, "warmup_method": method}
    wanted = main_part(trace.sgd(0.1))
    if warmup:
        wanted = of.WarmupLR(wanted, warmup_factor=factor, warmup_iters=warmup, warmup_method=method)
    assert (rates("libai", as_text(arguments), ends) == trace.eager(wanted, ends)[:, 0]).all()


def test_what_libai_leaves_out_has_its_defaults() -> None:
    of, optimizer = lr_scheduler, trace.sgd
    configured = of.CosineDecayLR(optimizer(0.1), decay_steps=100, alpha=0.01)
    assert (rates("libai", "") == trace.eager(configured, 100)[:, 0]).all()
    plain = of.CosineDecayLR(optimizer(0.1), decay_steps=100, alpha=0.0)
    assert (rates("libai", "builder='WarmupCosineLR'") == trace.eager(plain, 100)[:, 0]).all()
    warmed = of.WarmupLR(of.PolynomialLR(optimizer(0.1), 100, 0.0001, 1.0, False), 0.001, 5, "linear")
    given = "builder='WarmupPolynomialLR', warmup_iter=5"
    assert (rates("libai", given) == trace.eager(warmed, 100)[:, 0]).all()


# --- plateau with warmup


def test_the_class_that_the_explorer_shows_is_that_of_the_recipe() -> None:
    (example,) = recipes.guides()["plateau_warmup"].examples
    (shown,) = (node for node in ast.parse(example.code).body if isinstance(node, ast.ClassDef))
    own = ast.parse(inspect.getsource(recipes.plateau_warmup.__globals__["PlateauAfterWarmup"])).body[0]
    assert isinstance(own, ast.ClassDef)
    assert ast.dump(shown) == ast.dump(source.plain(own))


@pytest.mark.parametrize("seed", range(200))
def test_plateau_with_warmup_is_a_warmup_and_then_a_plateau(seed: int) -> None:
    rng = np.random.default_rng(seed)
    losses = (rng.random(60) + np.linspace(2, 0, 60)).tolist()
    steps = (0, 1, 59, 60, 80)[seed] if seed < 5 else int(rng.integers(0, 9))
    given = {"factor": float(rng.uniform(0, 0.9)), "patience": int(rng.integers(0, 4)), "min_lr": 0.001}
    given |= {"cooldown": int(rng.integers(0, 4)), "threshold": float(rng.uniform(0, 0.1))}
    optimizer = trace.sgd(0.1)
    warmup = lr_scheduler.LinearLR(optimizer, start_factor=0.25, end_factor=1.0, total_iters=steps)
    plateau = lr_scheduler.ReduceLROnPlateau(optimizer, **given)
    wanted = []
    for at, loss in enumerate(losses):
        wanted.append(optimizer.param_groups[0]["lr"])
        if at < steps:
            warmup.step()
        else:
            plateau.step(loss)
    scheduler = recipes.plateau_warmup(trace.sgd(0.1), warmup_steps=steps, start_factor=0.25, **given)
    assert trace.eager(scheduler, 60, losses)[:, 0].tolist() == wanted


PLATEAU = {"warmup_steps": 2, "factor": 0.5, "patience": 0, "threshold": 0.2}


@pytest.mark.parametrize("per", ["epoch", "iteration"])
def test_a_training_with_a_plateau_uses_the_rates_of_the_recipe_for_its_own_losses(train: Train, per: str) -> None:
    epochs = ("--epochs", "8" if per == "epoch" else "3")
    rows = train("run", "plateau_warmup", as_text(PLATEAU), "--step-per", per, *epochs)
    metrics = [row.validation_loss if per == "epoch" else row.loss for row in rows]
    followed = [metric for metric in metrics if metric is not None]
    scheduler = recipes.plateau_warmup(trace.sgd(0.05), **PLATEAU)
    lrs = np.repeat(trace.eager(scheduler, len(followed), followed)[:, 0], len(rows) // len(followed))
    assert [row.lr for row in rows] == lrs.tolist()
    assert rows[0].lr < max(row.lr for row in rows) > rows[-1].lr


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("stop", [2, 4, 9])  # in the warmup, at its end, and after it
def test_a_plateau_with_warmup_goes_on_where_it_was(train: Train, stop: int) -> None:
    given = "plateau_warmup", as_text({**PLATEAU, "warmup_steps": 4})
    train("parts", *given, "--stop-after", str(stop))
    assert train("parts", *given, "--resume") == train("whole", *given)


# --- layer-wise decay


def used(monkeypatch: pytest.MonkeyPatch) -> list[list[float]]:
    """Return the list that the learning rates of each update are put into, group by group, as the optimizer holds them."""
    found: list[list[float]] = []
    own = modes.Eager.update

    def update(self: Any, *given: Any) -> modes.Update:
        found.append([group["lr"] for group in self._optimizer.param_groups])
        return own(self, *given)

    monkeypatch.setattr(modes.Eager, "update", update)
    return found


def test_each_layer_is_trained_with_the_rates_of_the_recipe(train: Train, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = used(monkeypatch)
    rows = train("run", "layerwise_decay", DECAYED)
    model = models.create("small", 100, 0)
    convolution, norm, _relu, second, second_norm, _relu = model.features
    layers = [flow.nn.Sequential(convolution, norm), flow.nn.Sequential(second, second_norm), model.classifier]
    optimizer = flow.optim.SGD(recipes.layerwise_groups(layers, lr=0.05, decay=0.5))
    lrs = trace.eager(recipes.warmup_cosine(optimizer, total_steps=12, warmup_steps=3), 12)
    assert seen == lrs.tolist()
    assert lrs[3].tolist() == [0.0125, 0.025, 0.05]
    assert [(row.first_layer_lr, row.lr) for row in rows] == [(first, last) for first, _middle, last in lrs.tolist()]


def test_the_groups_follow_the_formula() -> None:
    rng = np.random.default_rng(0)
    for _set in range(200):
        count, decay, total = int(rng.integers(1, 14)), float(rng.uniform(0.01, 1)), int(rng.integers(1, 40))
        warmup, base = int(rng.integers(0, total)), float(10 ** rng.uniform(-5, 0))
        groups = recipes.layerwise_groups([flow.nn.Linear(1, 1) for _layer in range(count)], lr=base, decay=decay)
        scheduler = recipes.warmup_cosine(flow.optim.SGD(groups), total_steps=total, warmup_steps=warmup)
        lrs = trace.eager(scheduler, total + 3)
        at = np.arange(total + 3)
        way = np.clip((at - warmup) / (total - warmup), 0, 1)
        factor = np.where(at < warmup, at / max(warmup, 1), (1 + np.cos(np.pi * way)) / 2)
        formula = base * factor[:, None] * decay ** np.arange(count - 1, -1, -1)
        assert np.abs(lrs - formula).max() <= 1e-12 * base


IN_GRAPH = """
import numpy as np
import oneflow as flow
from lrdoc import recipes, trace

class Layer(flow.nn.Module):
    def __init__(self, steps):
        super().__init__()
        self.weight = flow.nn.Parameter(flow.zeros(steps))

    def forward(self, one_hot):
        return (self.weight * one_hot).sum()  # element t has a gradient at step t alone, and ends at minus its rate

def built(layers, total, warmup, decay):
    groups = recipes.layerwise_groups(layers, lr=0.3, decay=decay)
    return recipes.warmup_cosine(flow.optim.SGD(groups), total_steps=total, warmup_steps=warmup)

class Training(flow.nn.Graph):
    def __init__(self, model, scheduler):
        super().__init__()
        self.model = model
        self.add_optimizer(scheduler.optimizer, lr_sch=scheduler)

    def build(self, one_hot):
        loss = self.model[0](one_hot) + self.model[1](one_hot) + self.model[2](one_hot)
        loss.backward()
        return loss

result = []
for total, warmup, decay in (20, 5, 0.75), (1, 0, 0.5), (12, 0, 0.1), (9, 8, 0.9), (15, 3, 1.0):
    steps = total + 3
    model = flow.nn.Sequential(*(Layer(steps) for _ in range(3)))
    training = Training(model, built(list(model), total, warmup, decay))
    for row in np.eye(steps, dtype=np.float32):
        training(flow.tensor(row))
    moved = -np.stack([layer.weight.numpy() for layer in model], axis=1)
    eager = trace.eager(built([Layer(1) for _ in range(3)], total, warmup, decay), steps)
    result.append(float(np.abs(moved - eager).max()) / 0.3)
"""


def test_a_graph_moves_the_weights_of_each_layer_by_its_own_rate() -> None:
    (outcome,) = worker.run([Piece.importing(IN_GRAPH, alone=True)])
    assert outcome.error is None, outcome.message
    assert len(outcome.result) == 5
    assert max(outcome.result) <= 1e-6


@pytest.mark.parametrize("mode", ["eager", "graph"])
def test_a_training_with_rates_by_layer_goes_on_where_it_was(train: Train, mode: str) -> None:
    given = "layerwise_decay", DECAYED, "--mode", mode
    train("parts", *given, "--stop-after", "6")
    rows = train("parts", *given, "--resume")
    assert rows == train("whole", *given)


def test_a_graph_trains_each_layer_as_eager_mode_does(train: Train) -> None:
    plain = "--momentum", "0", "--lr", "0.5"
    given = "decay=0.1, schedule=ConstantLR(optimizer, factor=1.0)"
    eager, graph = (
        np.array([row.loss for row in train(mode, "layerwise_decay", given, "--mode", mode, *plain)])
        for mode in ("eager", "graph")
    )
    same = np.array([row.loss for row in train("same", "layerwise_decay", given.replace("0.1", "1.0"), *plain)])
    assert np.abs(eager - graph).max() < 1e-4 < 100 * 1e-4 < np.abs(eager - same).max()


def parts(model: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield each layer with the parameters in it, by their names in the model."""
    from lrdoc.practice import layers

    names = {id(parameter): name for name, parameter in model.named_parameters()}
    for name, module in layers.of(model):
        yield name, [names[id(parameter)] for parameter in module.parameters()]


@pytest.mark.parametrize(
    ("name", "count", "first", "last"),
    [
        ("small", 3, ["features.0.weight", "features.1.weight", "features.1.bias"], "classifier"),
        ("resnet18", 10, ["conv1.weight", "bn1.weight", "bn1.bias"], "fc"),
        ("vit_tiny_patch16_224", 14, None, "head"),
    ],
)
def test_every_parameter_of_a_model_is_in_one_layer(name: str, count: int, first: list[str] | None, last: str) -> None:
    model: Any
    if name.startswith("vit"):
        from flowvision.models import ModelCreator

        model = ModelCreator.create_model(name, pretrained=False, num_classes=3)
    else:
        model = models.create(name, 100, 0)
    found = dict(parts(model))
    held = [one for names in found.values() for one in names]
    assert sorted(held) == sorted(name for name, _parameter in model.named_parameters())
    assert len(found) == count
    assert list(found)[-1] == last
    if first is not None:
        assert next(iter(found.values())) == first
    else:
        assert {"cls_token", "pos_embed"} <= set(next(iter(found.values())))


def test_a_dry_run_shows_and_draws_the_layers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plot = tmp_path / "curves.svg"
    given = ["--tiny", "--data", str(tmp_path), "--model", "small", "--epochs", "10", "--batch-size", "16"]
    named = ["--recipe", "layerwise_decay", "--parameters", DECAYED, "--lr", "0.4"]
    assert main([*given, *named, "--dry-run", "--mode", "graph", "--plot", str(plot)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    shown = {words[0]: words[1:3] for words in lines if len(words) == 4}
    assert [shown[name][0] for name in ("features.0", "features.3", "classifier")] == ["0.1", "0.2", "0.4"]
    assert "classifier" in plot.read_text(encoding="utf-8")
    assert ["Graph", "mode", "uses", "the", "same", "learning", "rates,", "at", "every", "step."] in lines


def test_of_many_layers_the_first_the_last_and_some_between_are_drawn(tmp_path: Path) -> None:
    plot = tmp_path / "curves.svg"
    named = ["--dry-run", "--epochs", "1", "--recipe", "layerwise_decay", "--plot", str(plot)]
    assert main(named) == 0
    drawn = plot.read_text(encoding="utf-8")
    names = ["conv1", *(f"layer{stage}.{block}" for stage in range(1, 5) for block in (0, 1)), "fc"]
    assert [name for name in names if f">{name}<" in drawn] == ["conv1", "layer1.1", "layer2.1", "layer4.0", "fc"]


ANNEALED = "decay=0.1, schedule=CosineAnnealingLR(optimizer, T_max=total_steps, eta_min=0.001)"


def test_a_layer_that_rises_to_a_common_minimum_is_told_and_graph_mode_refuses_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--tiny", "--data", str(tmp_path), "--model", "small", "--epochs", "10", "--batch-size", "16"]
    named = ["--recipe", "layerwise_decay", "--parameters", ANNEALED, "--lr", "0.05", "--dry-run"]
    assert main([*given, *named]) == 0
    assert "layer features.0 begins at 0.0005 and comes to " in capsys.readouterr().out
    assert main([*given, *named, "--mode", "graph"]) == 1
    assert "of layer features.0, at step 1: eta_min=0.001 is not below" in capsys.readouterr().err


# --- what is wrong


@pytest.mark.parametrize(
    ("recipe", "parameters", "message"),
    [
        ("libai", "builder='WarmupStepLr', step_size=3", r"builder is one of 'WarmupCosineLR', .* did you mean WarmupStepLR"),
        ("libai", "builder='WarmupStepLR'", "WarmupStepLR needs step_size: int ≥ 1"),
        ("libai", "builder='WarmupStepLR', step_size=0", "step_size=0 lies outside its range, int ≥ 1"),
        ("libai", "builder='WarmupStepLR', step_size=2.5", r"step_size=2.5 lies outside its range, int ≥ 1"),
        ("libai", "step_size=3", "WarmupCosineLR has no step_size; it takes max_iter, alpha, "),
        ("libai", "warmup_iter=-1", "warmup_iter=-1 lies outside its range, int ≥ 0"),
        ("libai", "warmup_iter=5, warmup_factor=1.5", "warmup_factor=1.5 lies outside its range, 0 ≤ float ≤ 1"),
        ("libai", "warmup_iter=5, warmup_method='cos'", "warmup_method='cos' lies outside its range, 'linear', 'constant'"),
        ("libai", "max_iter=0", "max_iter=0 lies outside its range, int ≥ 1"),
        ("libai", "builder='WarmupExponentialLR', gamma=float('nan')", "gamma=nan lies outside its range, 0 < float"),
        ("libai", "builder='WarmupMultiStepLR', milestones=[9, 3]", r"milestones=\[9, 3\] lies outside its range"),
        ("plateau_warmup", "warmup_steps=-1", "warmup_steps=-1 lies outside its range, int ≥ 0"),
        ("plateau_warmup", "warmup_steps=2.5", "warmup_steps=2.5 lies outside its range, int ≥ 0"),
        ("plateau_warmup", "factor=1.0", "factor=1.0 lies outside its range, 0 ≤ float < 1"),
        ("plateau_warmup", "start_factor=2", "start_factor=2 lies outside its range, 0 ≤ float ≤ 1"),
        ("plateau_warmup", "patiense=3", "plateau_warmup has no patiense; it takes .* did you mean patience"),
        ("layerwise_decay", "decay=0", "decay is a number above 0 and up to 1, not 0"),
        ("layerwise_decay", "decay=1.5", "decay is a number above 0 and up to 1, not 1.5"),
        ("layerwise_decay", "schedule=3", "schedule is a call of a scheduler or a recipe, as in .*, not 3"),
        ("layerwise_decay", "rate=0.5", "'rate'"),
    ],
)  # fmt: skip
def test_an_argument_out_of_its_range_is_named_with_the_range(recipe: str, parameters: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read(call_of_recipe(recipe, parameters), NAMES)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("warmup_steps", -1, "an int of at least 0"),
        ("warmup_steps", 1.5, "an int of at least 0"),
        ("patience", -1, "an int of at least 0"),
        ("cooldown", "3", "an int of at least 0"),
        ("start_factor", 1.5, "a number from 0 to 1"),
        ("factor", 1.0, "a number from 0 to below 1"),
        ("factor", float("nan"), "a number from 0 to below 1"),
        ("threshold", -1.0, "a number from 0 to below 1"),
        ("threshold", 1.0, "a number from 0 to below 1"),
        ("min_lr", float("inf"), "a number of at least 0"),
    ],
)
def test_the_function_names_an_argument_out_of_its_range(name: str, value: Any, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{name} is {message}, not "):
        recipes.plateau_warmup(trace.sgd(0.1), **{name: value})


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("WarmupLR(layerwise_decay(StepLR(optimizer, 3)), warmup_iters=2)", "in no other call"),
        ("layerwise_decay(layerwise_decay(StepLR(optimizer, 3)))", "in no other call"),
        ("plateau_warmup(patience=3)", "optimizer must be the name optimizer"),
        ("libai(optimizer, max_iter=optimizer)", "only the argument optimizer can be the optimizer"),
        ("layerwise_decay(schedule=optimizer)", "only the argument optimizer can be the optimizer"),
    ],
)
def test_what_can_not_stand_where_it_stands_is_refused(code: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read(code, NAMES)


PRESETS = {
    found.name: Schedule.preset(found).code() for found in (*register.entries().values(), *recipes.entries().values())
}


@pytest.mark.parametrize(
    "code",
    [
        *(code for name, code in PRESETS.items() if name != "warmup_lr"),
        "WarmupLR(StepLR(optimizer, 9), warmup_prefix=True)",
        "WarmupLR(StepLR(optimizer, 9), warmup_method='constant')",
        "WarmupLR(optimizer)",
        "libai(optimizer, max_iter=60, warmup_iter=5, warmup_method='constant')",
        "plateau_warmup(optimizer)",
    ],
)
def test_what_takes_groups_that_differ_moves_the_layers(code: str) -> None:
    options = parse(["--schedule", f"layerwise_decay(schedule={code})", "--model", "small", "--epochs", "6"])
    assert len(inputs.plan(options, images=160).layers) > 1


@pytest.mark.parametrize(
    "code", [PRESETS["warmup_lr"], "WarmupLR(StepLR(optimizer, 9))", "libai(optimizer, max_iter=60, warmup_iter=5)"]
)
def test_a_linear_warmup_in_front_of_a_scheduler_does_not_take_groups_that_differ(code: str) -> None:
    options = parse(["--schedule", f"layerwise_decay(schedule={code})", "--model", "small", "--epochs", "6"])
    with pytest.raises(ValueError, match="OneFlow refuses the schedule"):
        inputs.plan(options, images=160)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--mode", "graph", "--recipe", "plateau_warmup"), "Graph mode refuses plateau_warmup"),
        (
            ("--recipe", "layerwise_decay", "--parameters", "schedule=WarmupLR(StepLR(optimizer, 9), warmup_iters=2)"),
            "OneFlow refuses the schedule",
        ),
        (("--schedule", "WarmupLR(plateau_warmup(optimizer), warmup_iters=2)"), "plateau_warmup can't stand inside"),
    ],
)
def test_what_oneflow_refuses_is_told_before_a_training(
    given: tuple[str, ...], tmp_path: Path, arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*given, *SMALL, "--output", str(tmp_path / "run"), *arguments]) == 1
    assert message in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_a_training_with_another_decay_is_not_resumed(
    train: Train, given: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train("run", "layerwise_decay", DECAYED, "--stop-after", "3")
    named = ("--recipe", "layerwise_decay", "--parameters", DECAYED.replace("0.5", "0.6"), "--resume")
    assert main([*given, *SMALL, *named, "--output", str(tmp_path / "run")]) == 1
    assert "decay of layerwise_decay was 0.5 and would be 0.6" in capsys.readouterr().err


def test_a_comparison_tells_rates_by_layer_from_the_same_for_all(
    given: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = ["layerwise_decay(StepLR(optimizer, 4), decay=0.5)", "StepLR(optimizer, 4)"]
    fast = ("--model", "small", "--epochs", "1", "--batch-size", "16", "--seeds", "1")
    assert main(["compare", *codes, *given, *fast, "--output", str(tmp_path / "out")]) == 0
    assert "A layerwise_decay" in capsys.readouterr().out
