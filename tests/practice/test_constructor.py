from __future__ import annotations

import ast
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import oneflow.optim.lr_scheduler as installed
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrdoc import recipes, register, trace
from lrdoc.practice.constructor import FunctionError, call_of, call_of_recipe, names_in, read, recipe_names

ROOT = Path(__file__).parents[2]
NAMES = {"steps_per_epoch": 50, "epochs": 4, "total_steps": 200}
CODES = [
    "ConstantLR(optimizer, factor=0.5, total_iters=10)",
    "LinearLR(optimizer, 0.1, 1.0, total_iters=steps_per_epoch)",
    "ExponentialLR(optimizer, gamma=0.99)",
    "StepLR(optimizer, 30, gamma=1 / 10)",
    "MultiStepLR(optimizer, milestones=[steps_per_epoch * 2, steps_per_epoch * 3])",
    "PolynomialLR(optimizer, total_steps, end_learning_rate=0.01, power=2, cycle=False)",
    "CosineDecayLR(optimizer, decay_steps=total_steps - 20, alpha=0.01)",
    "CosineAnnealingLR(optimizer, T_max=total_steps // 2, eta_min=1e-3)",
    "CosineAnnealingWarmRestarts(optimizer, T_0=20, T_mult=2)",
    "LambdaLR(optimizer, lambda step: min((step + 1) ** -0.5, (step + 1) * 10 ** -1.5))",
    "LambdaLR(optimizer, lr_lambda=[lambda t: 1.0 if t < 10 else math.cos(t / total_steps)])",
    "SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, 5)], milestones=[20], interval_rescaling=True)",
    "WarmupLR(CosineDecayLR(optimizer, decay_steps=100), warmup_iters=10)",
    "WarmupLR(optimizer, warmup_factor=0.1, warmup_iters=10, warmup_method='constant')",
    "ChainedScheduler([StepLR(optimizer, 3, 0.9), ExponentialLR(optimizer, gamma=0.95)])",
]


def run_by_python(code: str) -> trace.LearningRates:
    """Return what Python itself makes of the code: what the reader must agree with."""
    optimizer = trace.sgd(0.1)
    scheduler = eval(code, {**vars(installed), **NAMES, "math": math, "optimizer": optimizer})
    return trace.eager(scheduler, 200)


@pytest.mark.parametrize("code", CODES)
def test_the_code_means_what_it_means_in_python(code: str) -> None:
    assert np.array_equal(trace.eager(read(code, NAMES).build(trace.sgd(0.1)), 200), run_by_python(code))


WRITTEN = [
    ("flow.optim.lr_scheduler.StepLR(optimizer, 30)", "StepLR(optimizer, step_size=30)"),
    ("oneflow.optim.lr_scheduler.StepLR(optimizer, 30)", "StepLR(optimizer, step_size=30)"),
    ("optim.lr_scheduler.StepLR(optimizer, 30)", "StepLR(optimizer, step_size=30)"),
    ("lr_scheduler.StepLR(optimizer, 30)", "StepLR(optimizer, step_size=30)"),
    ("torch.optim.lr_scheduler.StepLR(optimizer, 30, last_epoch=-1)", "StepLR(optimizer, step_size=30)"),
    ("scheduler = StepLR(optimizer, 30)", "StepLR(optimizer, step_size=30)"),
    ("scheduler: LRScheduler = StepLR(optimizer, 30)", "StepLR(optimizer, step_size=30)"),
    (
        """
        import oneflow as flow
        from oneflow.optim.lr_scheduler import StepLR, WarmupLR

        warmup = 2 * steps_per_epoch
        decay = StepLR(optimizer, 30)
        scheduler = WarmupLR(decay, warmup_iters=warmup)
        """,
        "WarmupLR(StepLR(optimizer, step_size=30), warmup_iters=100)",
    ),
    ("MultiStepLR(optimizer, [e * steps_per_epoch for e in (1, 2) if e > 1])", "MultiStepLR(optimizer, milestones=[100])"),
    ("MultiStepLR(optimizer, [*range(3)][1:])", None),
    ("MultiStepLR(optimizer, list(range(10, 31, 10)))", "MultiStepLR(optimizer, milestones=[10, 20, 30])"),
    ("StepLR(optimizer, round(0.3 * total_steps))", "StepLR(optimizer, step_size=60)"),
    ("StepLR(optimizer, sum(n for n in [1, 2]) or 5)", "StepLR(optimizer, step_size=3)"),
    ("StepLR(optimizer, total_steps and 7)", "StepLR(optimizer, step_size=7)"),
    ("StepLR(optimizer, float('inf'))", "StepLR(optimizer, step_size=inf)"),
    (
        "torch.optim.lr_scheduler.SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, 3)], milestones=[5])",
        "SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, step_size=3)], milestones=[5], interval_rescaling=True)",
    ),
    (
        "from torch.optim.lr_scheduler import *\nSequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, 3)], [5])",
        "SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, step_size=3)], milestones=[5], interval_rescaling=True)",
    ),
    (
        "from oneflow.optim.lr_scheduler import *\nSequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, 3)], [5])",
        "SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, step_size=3)], milestones=[5])",
    ),
    (
        "from torch.optim.lr_scheduler import PolynomialLR as Decay\nDecay(optimizer, total_iters=100, power=0.9)",
        "PolynomialLR(optimizer, decay_batch=100, end_learning_rate=0.0, power=0.9)",
    ),
    (
        "import torch.optim as optim\noptim.lr_scheduler.PolynomialLR(optimizer, 100, verbose=False)",
        "PolynomialLR(optimizer, decay_batch=100, end_learning_rate=0.0, power=1.0)",
    ),
    ("import oneflow as of\nof.optim.lr_scheduler.StepLR(optimizer, 30)", "StepLR(optimizer, step_size=30)"),
    ("StepLR(optimizer, 30, 0.5, -1, verbose=False)", "StepLR(optimizer, step_size=30, gamma=0.5)"),
    ("from lrdoc.recipes import noam as n\nn(optimizer, d_model=8, warmup_steps=9)", "noam(optimizer, d_model=8, warmup_steps=9)"),
    ("from math import floor, pi as p\nStepLR(optimizer, floor(p))", "StepLR(optimizer, step_size=3)"),
    ("from math import *\nStepLR(optimizer, ceil(pi))", "StepLR(optimizer, step_size=4)"),
    ("import math as m\nStepLR(optimizer, m.floor(m.pi))", "StepLR(optimizer, step_size=3)"),
    ("import math\nStepLR(optimizer, math)", None),
    ("from math import pi, cos\nStepLR(optimizer, cos)", None),
    ("import numpy as np\nStepLR(optimizer, 30)", None),
    (
        "torch.optim.lr_scheduler.PolynomialLR(optimizer, 100, 0.9)",
        "PolynomialLR(optimizer, decay_batch=100, end_learning_rate=0.0, power=0.9)",
    ),
    (
        "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, 5, 1, 0.001, -1)",
        "CosineAnnealingWarmRestarts(optimizer, T_0=5, T_mult=1, eta_min=0.001)",
    ),
    (
        "torch.optim.lr_scheduler.SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, 3)], [5], -1)",
        "SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, step_size=3)], milestones=[5], interval_rescaling=True)",
    ),
    ("torch.optim.lr_scheduler.StepLR(optimizer, float('inf'))", "StepLR(optimizer, step_size=inf)"),
    (
        "torch.optim.lr_scheduler.ChainedScheduler([ConstantLR(optimizer), ExponentialLR(optimizer, 0.9)])",
        "ChainedScheduler([ConstantLR(optimizer), ExponentialLR(optimizer, gamma=0.9)])",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "meant"), WRITTEN)
def test_code_is_read_as_people_write_it(code: str, meant: str | None) -> None:
    if meant is None:
        with pytest.raises(ValueError, match="can't be read here"):
            read(code, NAMES)
    else:
        assert read(code, NAMES).code() == meant


LAMBDAS = [
    "lambda step: 1.0 if step > 3 and not step % 2 or step in [1, 5] else 0.5",
    "lambda step, gamma=0.9, every=3: gamma ** (step // every)",
    "lambda step: [1.0, 0.1, 0.01][min(step // 70, 2)]",
    "lambda step: round(0.123456, 3) * sum(0.5 ** k for k in range(3)) * (1 <= step < 9)",
    "lambda step: math.prod([0.5 for m in (30, 60) if step >= m])",
]


@pytest.mark.parametrize("function", LAMBDAS)
def test_a_lambda_means_what_it_means_in_python(function: str) -> None:
    read_one = read(f"LambdaLR(optimizer, {function})", NAMES).arguments["lr_lambda"]
    real = eval(function, {"math": math})
    assert [read_one(step) for step in range(200)] == [float(real(step)) for step in range(200)]
    assert ast.dump(ast.parse(repr(read_one))) == ast.dump(ast.parse(function))


def test_a_lambda_that_fails_says_at_which_step() -> None:
    function = read("LambdaLR(optimizer, lambda step: 1 / (step - 5))", NAMES).arguments["lr_lambda"]
    assert function(4) == -1.0
    with pytest.raises(
        FunctionError, match=r"lambda step: 1 / \(step - 5\) has no value at step 5: .* division by zero"
    ):
        function(5)


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("StepLr(optimizer, 3)", "did you mean StepLR"),
        ("flow.optim.lr_scheduler.CosineAnealingLR(optimizer, 3)", "did you mean CosineAnnealingLR"),
        ("ExponentalLR(optimizer, 0.9)", "did you mean ExponentialLR"),
        ("StepLR(optimizer, total_step)", "did you mean total_steps"),
        ("StepLR(optimizer, 3, gama=0.1)", "StepLR takes optimizer, step_size, gamma; did you mean gamma"),
        ("StepLR(optimiser, 3)", "did you mean optimizer"),
        ("LambdaLR(optimizer, lambda step: math.sqr(step))", "did you mean sqrt"),
        ("from math import sqr\nLambdaLR(optimizer, lambda step: sqr(step))", "did you mean sqrt"),
        ("StepLR", "StepLR must be called, as in StepLR(optimizer, ...)"),
        ("scheduler = StepLR(optimizer, 3)\nscheduler.step()", "the program steps the scheduler itself"),
    ],
)
def test_a_misspelt_name_gets_the_near_ones(code: str, near: str) -> None:
    with pytest.raises(ValueError, match=re.escape(near)):
        read(code, NAMES)


def test_names_in_code_are_found() -> None:
    assert names_in("StepLR(optimizer, 3 * epochs)") >= {"optimizer", "epochs"}
    assert "total_steps" in names_in("LambdaLR(optimizer, lambda step: 1 - step / total_steps)")
    assert names_in("StepLR(") == set()


HOSTILE = [
    "StepLR(optimizer, sum(1 for a in range(10 ** 9)))",
    "StepLR(optimizer, [[1 for b in range(1000)] for a in range(1000)])",
    "StepLR(optimizer, list(range(10 ** 30)))",
    "StepLR(optimizer, (((9 ** 64) ** 64) ** 64) ** 64)",
    "StepLR(optimizer, 9 ** 9 ** 9)",
    "StepLR(optimizer, pow(9, 9 ** 9))",
    "StepLR(optimizer, " + "9 ** 60 * " * 200 + "9)",
    "StepLR(optimizer, " + "-" * 5000 + "1)",
    "StepLR(optimizer, " + "(" * 150 + "1" + ")" * 150 + ".real)",
    "StepLR(optimizer, [x for x in ().__class__.__base__.__subclasses__()])",
    "LambdaLR(optimizer, lambda step: (lambda f: f(f))(lambda f: f(f)))",
    "LambdaLR(optimizer, lambda step: optimizer.__init__.__globals__)",
    "LambdaLR(optimizer, lambda step: sum(1 for a in range(10 ** 6)))",
    "__import__('os').system('true')",
    "import os",
    "from os import system",
    "import oneflow, os",
    "open('file', 'w')",
    "exec('1')",
    "optimizer = 3",
    "optimizer.step = 3",
    "a = b = StepLR(optimizer, 3)",
    "def f(): pass",
    "while True: pass",
    "del optimizer",
    "StepLR(optimizer, 3); 5",
    "StepLR(optimizer, (x := 3))",
    "StepLR(optimizer, f'{3}')",
    "StepLR(optimizer, {3: 4}[3])",
    "\0",
]  # fmt: skip


@pytest.mark.parametrize("code", HOSTILE)
def test_hostile_code_is_refused_at_once(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=r"."):
        read(code, NAMES)
    assert list(tmp_path.iterdir()) == []


def test_every_scheduler_can_be_read() -> None:
    codes = [*CODES, "ReduceLROnPlateau(optimizer, mode='min', patience=3, min_lr=[0.01])"]
    assert {read(code, NAMES).name for code in codes} == set(register.entries())


@pytest.mark.parametrize("name", register.entries())
def test_a_scheduler_is_found_by_either_of_its_names(name: str) -> None:
    cls = register.get(name).cls.__name__
    assert call_of(name, "a=1") == call_of(cls, "a=1")


@pytest.mark.parametrize(
    ("scheduler", "parameters", "code"),
    [
        ("StepLR", "step_size=30, gamma=0.1", "StepLR(optimizer, step_size=30, gamma=0.1)"),
        ("warmup_lr", "warmup_iters=5", "WarmupLR(optimizer, warmup_iters=5)"),
        (
            "warmup_lr",
            "scheduler_or_optimizer=StepLR(optimizer, 3)",
            "WarmupLR(scheduler_or_optimizer=StepLR(optimizer, 3))",
        ),
        (
            "ChainedScheduler",
            "schedulers=[StepLR(optimizer, 3)]",
            "ChainedScheduler(schedulers=[StepLR(optimizer, 3)])",
        ),
        ("exponential_lr", "gamma=0.9", "ExponentialLR(optimizer, gamma=0.9)"),
    ],
)
def test_parameters_become_a_constructor_call(scheduler: str, parameters: str, code: str) -> None:
    assert call_of(scheduler, parameters) == code
    read(code, NAMES).build(trace.sgd(0.1))


@pytest.mark.parametrize("parameters", ["30", "step_size=", "step_size=3) or f(", "optimizer, step_size=3"])
def test_parameters_that_are_not_named_are_refused(parameters: str) -> None:
    with pytest.raises(ValueError, match="are not parameters"):
        call_of("StepLR", parameters)


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("StepLR(optimizer, step_size=", "is not a Python expression"),
        ("3 + 4", "is not a call of a scheduler"),
        ("CyclicLR(optimizer, 3)", "'CyclicLR' is neither a scheduler nor a function"),
        ("StepLR(optimizer, step_size=iterations)", "'iterations' has no value here; known names: steps_per_epoch"),
        ("StepLR(optimizer, step_size=args.epochs)", "'args.epochs' has no value here; known names: steps_per_epoch"),
        ("StepLR(optimizer, step_size=args.step_per_epoch)", "did you mean steps_per_epoch?"),
        ("StepLR(optimizer, step_size=cfg.train.steps_per_epochs // 2)", "did you mean steps_per_epoch?"),
        ("StepLR(optimizer, step_size=config['steps_per_epoch'])", "did you mean steps_per_epoch?"),
        ("LambdaLR(optimizer, lambda step: hp.gamma ** step)", "'hp.gamma' has no value here; known names: "),
        ("StepLR(optimizer, step_size=30 * len(train_loader))", "how many batches an epoch has is steps_per_epoch"),
        ("StepLR(optimizer, step_size=len(data.train_loader))", "how many batches an epoch has is steps_per_epoch"),
        ("StepLR(optimizer, size=3)", "unexpected keyword argument 'size'|missing a required argument"),
        ("StepLR(3, step_size=3)", "optimizer must be the name optimizer"),
        ("StepLR(optimizer, step_size=optimizer)", "step_size can't be the optimizer"),
        ("StepLR(optimizer, step_size=3, last_step=7)", "last_step must be its default"),
        ("StepLR(optimizer, **{'step_size': 3})", "can't be read here"),
        ("StepLR(optimizer, step_size=(1).__class__)", "can't be read here"),
        ("StepLR(optimizer, step_size=math.factorial(9))", "can't be read here"),
        ("StepLR(optimizer, step_size=1 / 0)", "division by zero"),
        ("StepLR(optimizer, step_size=3, step_size=4)", "gives a parameter twice"),
        ("LambdaLR(optimizer, lambda step: math.log(step))", r"'math.log\(step\)': math domain error"),
        ("StepLR(optimizer, step_size=9 ** 9 ** 9)", "too large|out of range"),
        ("StepLR(optimizer, step_size='a' * 10 ** 10)", "'a'.* is not a number"),
        ("LambdaLR(optimizer, lambda a, b: a)", "must take one argument"),
        ("LambdaLR(optimizer, lambda step: print(step))", "'print' is neither a scheduler nor a function"),
        ("LambdaLR(optimizer, lambda step: __import__('os').getpid())", "can't be read|neither"),
        ("LambdaLR(optimizer, lambda step: [c for c in ().__class__.__bases__])", "can't be read"),
        ("LambdaLR(optimizer, lambda step: optimizer)", "is not a number"),
        ("torch.optim.lr_scheduler.LinearLR(optimizer, total_iters=0)", "PyTorch stays at the start"),
        ("torch.optim.lr_scheduler.ConstantLR(optimizer, 0.5, 0)", "PyTorch stays at the start"),
        ("torch.optim.lr_scheduler.ConstantLR(optimizer, 0.5, -1)", "PyTorch stays at the start"),
        ("torch.optim.lr_scheduler.LinearLR(optimizer, total_iters=2.5)", "PyTorch does not come to the end"),
        ("torch.optim.lr_scheduler.PolynomialLR(optimizer, total_iters=2.5)", "PyTorch does not come to the end"),
        ("torch.optim.lr_scheduler.ConstantLR(optimizer, factor=0.0)", "with factor=0 PyTorch raises an error"),
        ("torch.optim.lr_scheduler.LinearLR(optimizer, 0.0)", "with start_factor=0 PyTorch raises an error"),
        ("torch.optim.lr_scheduler.MultiStepLR(optimizer, [2.5, 4])", "equal to a milestone"),
        ("torch.optim.lr_scheduler.MultiStepLR(optimizer, [-1, 4])", "equal to a milestone"),
        ("torch.optim.lr_scheduler.StepLR(optimizer, 2.5)", "equal to a milestone"),
        (
            "torch.optim.lr_scheduler.SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, 3)], [0])",
            "do not rise from 1 on",
        ),
        (
            "torch.optim.lr_scheduler.ChainedScheduler([StepLR(optimizer, 3), CosineAnnealingLR(optimizer, 9)])",
            "CosineAnnealingLR goes on from the learning rate of the step before in PyTorch",
        ),
        (
            "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, 5, 1, 0.0, 3)",
            "last_step must be its default",
        ),
        (
            "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, 5, decay_rate=0.5)",
            "takes optimizer, T_0, T_mult, eta_min$",
        ),
        ("torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.1, 9)", "did you mean one_cycle"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(code: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read(code, NAMES)


@given(
    st.recursive(
        st.integers(0, 9).map(str), lambda inner: st.tuples(inner, st.sampled_from("+-*/%"), inner).map(" ".join)
    )
)
def test_arithmetic_is_that_of_python(expression: str) -> None:
    try:
        expected: Any = eval(expression)
    except ArithmeticError:
        with pytest.raises(ValueError, match=r"zero|modulo"):
            read(f"StepLR(optimizer, step_size={expression})", NAMES)
        return
    assert read(f"StepLR(optimizer, step_size={expression})", NAMES).arguments["step_size"] == expected


@given(st.text(max_size=30))
def test_no_text_does_anything_but_being_read_or_refused(text: str) -> None:
    try:
        read(text, NAMES)
    except ValueError:
        return
    raise AssertionError(f"{text!r} was read as a schedule")


@pytest.mark.parametrize("name", recipes.REGISTER)
def test_every_recipe_can_be_called_by_name_for_a_training_of_the_plan(name: str) -> None:
    recipe = recipes.get(name)
    needed = [key for key, one in recipe.signature.parameters.items() if one.default is one.empty]
    given = {key: value for key, value in recipe.presets[0].arguments.items() if key in needed and key != recipe.length}
    code = call_of_recipe(name, ", ".join(f"{key}={value!r}" for key, value in given.items()))
    length = {} if recipe.length is None else {recipe.length: NAMES["total_steps"]}
    lrs = trace.eager(recipes.REGISTER[name](trace.sgd(0.1), **given, **length), 60)
    for written in (code, f"from lrdoc import recipes\nscheduler = recipes.{code}"):
        assert (trace.eager(read(written, NAMES).build(trace.sgd(0.1)), 60) == lrs).all()


def test_a_recipe_takes_the_parameters_that_are_given() -> None:
    code = call_of_recipe("warmup_cosine", "total_steps=100, warmup_steps=10,")
    assert code == "warmup_cosine(optimizer, total_steps=100, warmup_steps=10,)"
    assert call_of_recipe("warmup_cosine", "warmup_steps=10") == (
        "warmup_cosine(optimizer, warmup_steps=10, total_steps=total_steps)"
    )
    lrs = trace.eager(read(code, {}).build(trace.sgd(0.1)), 101)[:, 0]
    assert lrs[0] == 0
    assert lrs[10] == 0.1
    assert lrs[100] == pytest.approx(0)


def test_a_recipe_that_does_not_exist_is_answered_with_names_near_to_it() -> None:
    with pytest.raises(ValueError, match=r"did you mean warmup_cosine"):
        call_of_recipe("warmup_cosin", "")


def test_every_page_of_recipes_is_one_that_the_program_takes_by_name() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "recipes").glob("*.md")} - {"index", "in_graph"}
    assert pages == {*recipe_names()}


def test_a_recipe_and_a_scheduler_are_not_mistaken_for_each_other() -> None:
    with pytest.raises(ValueError, match="noam is a recipe and not a scheduler: --recipe noam"):
        call_of("noam", "")
    for name in ("StepLR", "step_lr"):
        with pytest.raises(ValueError, match=f"{name} is a scheduler and not a recipe"):
            call_of_recipe(name, "")


def test_the_length_is_added_unless_it_is_given_itself() -> None:
    assert call_of_recipe("poly", "power = 2").endswith("total_steps=total_steps)")
    assert call_of_recipe("poly", "total_steps = 2").endswith("(optimizer, total_steps = 2)")
    assert call_of_recipe("yolo", "warmup_epochs=3").endswith("warmup_epochs=3, epochs=total_steps)")
    with pytest.raises(ValueError, match=r"^'3' are not parameters"):
        call_of_recipe("poly", "3")


@pytest.mark.parametrize(
    ("parameters", "message"), [("warmup_steps=-1", "warmup_steps is an int from 0"), ("total_steps=0", "at least 1")]
)
def test_an_argument_out_of_a_recipes_range_is_told_by_the_recipe(parameters: str, message: str) -> None:
    schedule = read(call_of_recipe("warmup_cosine", parameters), NAMES)
    with pytest.raises(ValueError, match=message):
        schedule.build(trace.sgd(0.1))
