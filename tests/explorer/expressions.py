"""Random code for the engine: valid schedules, lambdas, and arguments that are wrong or odd. The same seed gives the same code."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

from lrdoc import register
from lrdoc.describe import sample
from lrdoc.describe.schedule import Schedule
from tests.drawing import drawn

LARGEST, SMALLEST = 120, 40
"""Steps of the longest and the shortest run."""


def schedules(seed: int, count: int) -> Iterator[dict[str, Any]]:
    """Yield valid schedules of every scheduler, of those that hold others five times as often."""
    rng = random.Random(seed)
    holders = ("sequential_lr", "chained_scheduler", "warmup_lr")
    for name in itertools.islice(itertools.cycle([*register.entries(), *(holders * 4)]), count):
        schedule = drawn(name, rng)
        yield _case(schedule.code(), rng) | {"exact": only_arithmetic(schedule)}


def only_arithmetic(schedule: Schedule) -> bool:
    """Tell whether a schedule computes with +, -, * and / alone."""
    plain = ("constant_lr", "linear_lr", "sequential_lr", "chained_scheduler", "warmup_lr")
    return schedule.name in plain and all(map(only_arithmetic, schedule.children))


def lambdas(seed: int, count: int) -> Iterator[dict[str, Any]]:
    """Yield LambdaLR with a random lambda; many divide by zero, leave a domain or overflow at some step."""
    rng = random.Random(seed)
    for _ in range(count):
        body = expression(rng, rng.randint(1, 4))
        exact = not any(word in body for word in ("**", "math", "%"))
        yield _case(f"LambdaLR(optimizer, lambda step: {body})", rng) | {"exact": exact}


def _case(code: str, rng: random.Random) -> dict[str, Any]:
    steps = rng.randint(SMALLEST, LARGEST)
    case = {"code": code, "lr": sample.base_lr(rng), "steps": steps}
    return case | ({"metrics": _metrics(rng, steps)} if code.startswith("ReduceLROnPlateau") else {})


def _metrics(rng: random.Random, steps: int) -> list[float]:
    """Return a metric that falls or rises, with noise, plateaus and values that repeat."""
    level, slope, noise = rng.uniform(-1, 3), rng.choice([-0.05, -0.01, 0.01, 0.05]), rng.choice([0.0, 0.02, 0.3])
    values = []
    for at in range(steps):
        level += slope if rng.random() < 0.6 else 0.0
        values.append(round(level + rng.uniform(-noise, noise), rng.choice([1, 3, 15])) + 0 * at)
    return values


_NUMBERS = (
    "0",
    "1",
    "2",
    "3",
    "7",
    "10",
    "100",
    "1_000",
    "0.5",
    "0.1",
    "1e-3",
    "2.5",
    ".9",
    "1e2",
    "-1",
    "-0.5",
    "0x10",
)


def expression(rng: random.Random, depth: int) -> str:
    """Return a Python expression in ``step``."""
    if depth == 0:
        return rng.choice(["step", "step", "step", rng.choice(_NUMBERS)])
    make = rng.choice(_MAKERS)
    return make(rng, depth - 1)


def rational(rng: random.Random, depth: int) -> str:
    """Return an expression of +, -, * and /, which every machine rounds alike.

    What stands in ``//``, ``%``, ``sin`` and ``cos`` is such: they would make a difference of any size out of one in the last digit, which libraries of mathematics are free to have.
    """
    if depth == 0:
        return expression(rng, 0)
    left, right = rational(rng, depth - 1), rational(rng, depth - 1)
    return f"({left} {rng.choice(['+', '-', '*', '/'])} {right})"


def _arithmetic(rng: random.Random, depth: int) -> str:
    sign = rng.choice(["+", "-", "*", "/", "/", "//", "%"])
    operand = rational if sign in ("//", "%") else expression
    left, right = operand(rng, depth), operand(rng, depth)
    return rng.choice(
        [f"({left} {sign} {right})", f"({left} {sign} {right})", f"(1 + abs({left})) {sign} (2 + {right})"]
    )


def _power(rng: random.Random, depth: int) -> str:
    # Small exponents: what Python itself computes in no time.
    base = expression(rng, min(depth, 1))
    if "**" in base:
        return base
    return rng.choice(
        [
            f"({base}) ** {rng.choice(['2', '3', '0.5', '-1', '-0.5', '1.5', '0', '-2'])}",
            f"{rng.choice(['0.5', '0.9', '2', '3', '1.1', '-2', '10', '0', '0.0'])} ** {rng.choice(['step', '(step / 10)', '-step', '(step // 3)'])}",
        ]
    )


def _condition(rng: random.Random, depth: int) -> str:
    sign = rng.choice(["<", "<=", ">", ">=", "==", "!="])
    simple = f"{expression(rng, min(depth, 1))} {sign} {expression(rng, min(depth, 1))}"
    return rng.choice(
        [
            simple,
            simple,
            f"not {simple}",
            f"{simple} and step % 2",
            f"step > 5 or {simple}",
            f"1 < step < {rng.randint(2, 60)}",
        ]
    )


def _conditional(rng: random.Random, depth: int) -> str:
    return f"({expression(rng, depth)} if {_condition(rng, depth)} else {expression(rng, depth)})"


def _call(rng: random.Random, depth: int) -> str:
    one, two = expression(rng, depth), expression(rng, depth)
    return rng.choice(
        [
            f"min({one}, {two})",
            f"max({one}, {two})",
            f"min([{one}, {two}, 1])",
            f"abs({one})",
            f"int({one})",
            f"float({one})",
            f"round({one})",
            f"bool({one})",
            f"({one} or {two})",
            f"({one} and {two})",
            f"(-{one})",
            f"sum([{one}, {two}])",
        ]
    )


def _mathematics(rng: random.Random, depth: int) -> str:
    name = rng.choice(["sqrt", "exp", "cos", "sin", "tanh", "floor", "ceil", "log", "log10", "log1p", "fabs", "atan"])
    one = rational(rng, min(depth, 2)) if name in ("cos", "sin") else expression(rng, depth)
    safe = f"abs({one})" if rng.random() < 0.5 else one
    return rng.choice(
        [
            f"math.{name}({safe})",
            f"math.{name}(1 + {safe} / 50)",
            "math.cos(math.pi * step / 30)",
            f"math.pow({safe}, {rng.choice(['2', '0.5', '-1'])})",
            f"math.log({safe} + 1, {rng.choice(['2', '10', '1'])})",
        ]
    )


_MAKERS = (_arithmetic, _arithmetic, _power, _conditional, _call, _mathematics)

ODD = (
    *(
        "0",
        "1",
        "-1",
        "2",
        "3",
        "2.5",
        "-0.5",
        "1.0",
        "0.0",
        "-0.0",
        "1e308",
        "1e-320",
        "5e-324",
        "10 ** 9",
        "10 ** 400",
        "-10 ** 400",
    ),
    *(
        "float('nan')",
        "float('inf')",
        "float('-inf')",
        "math.inf",
        "True",
        "False",
        "None",
        "'x'",
        "''",
        "'min'",
        "'max'",
    ),
    *(
        "'rel'",
        "'abs'",
        "'linear'",
        "'constant'",
        "[]",
        "[1]",
        "[0.5]",
        "[2, 5]",
        "[5, 2]",
        "[3, 3]",
        "[2.5, 5]",
        "['a', 'b']",
    ),
    *(
        "[True]",
        "[False, True]",
        "[None]",
        "(1, 2)",
        "()",
        "(3,)",
        "lambda step: step",
        "lambda: 1",
        "lambda step, k: 1",
    ),
    *(
        "lambda step: 'x'",
        "lambda step: None",
        "[lambda step: 0.5]",
        "optimizer",
        "[optimizer]",
        "(-8) ** (1 / 3)",
        "abs",
        "1 / 3",
    ),
    *("ExponentialLR(optimizer, 0.9)", "[ExponentialLR(optimizer, 0.9)]", "LambdaLR(optimizer, lambda step: 0.5)"),
    *(
        "[ConstantLR(optimizer), StepLR(optimizer, 3)]",
        "ReduceLROnPlateau(optimizer)",
        "[LambdaLR(optimizer, lambda step: 1)]",
    ),
)
"""Values that a parameter may be given, whatever it takes: beyond its range, of another type, huge, tiny, none at all."""


def wrong(seed: int, count: int) -> Iterator[dict[str, Any]]:
    """Yield code with arguments that are odd, missing, unknown or too many; every value in every parameter at least once."""
    rng = random.Random(seed)
    singles = [
        (name, {parameter: value})
        for name, found in register.entries().items()
        for parameter in found.signature.parameters
        for value in ODD
    ]
    for name, changed in singles:
        yield _case(_changed(name, rng, changed), rng)
    names = list(register.entries())
    for _ in range(count - len(singles)):
        name = rng.choice(names)
        code = rng.choice([_several, _several, _positional, _missing, _unknown, _nested])(name, rng)
        yield _case(code, rng)


def _written(name: str, rng: random.Random) -> dict[str, str]:
    """Return valid arguments as code, the optimizer's included where the class takes one."""
    schedule = drawn(name, rng)
    first = next(iter(register.get(name).signature.parameters))
    values = {key: _code(value) for key, value in schedule.arguments.items() if value is not None}
    return ({first: "optimizer"} if first != "schedulers" else {}) | values


def _code(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_code, value))}]"
    return value.code() if isinstance(value, Schedule) else repr(value)


def _call_of(name: str, given: dict[str, str], positional: int = 0) -> str:
    words = [value if at < positional else f"{key}={value}" for at, (key, value) in enumerate(given.items())]
    return f"{register.get(name).cls.__name__}({', '.join(words)})"


def _changed(name: str, rng: random.Random, changed: dict[str, str]) -> str:
    return _call_of(name, _written(name, rng) | changed)


def _several(name: str, rng: random.Random) -> str:
    parameters = list(register.get(name).signature.parameters)
    return _changed(name, rng, {rng.choice(parameters): rng.choice(ODD) for _ in range(rng.randint(2, 3))})


def _positional(name: str, rng: random.Random) -> str:
    values = [rng.choice(["optimizer", *ODD]) for _ in range(rng.randint(0, 12))]
    keywords = rng.choice(["", "", f", {rng.choice(list(register.get(name).signature.parameters))}={rng.choice(ODD)}"])
    return f"{register.get(name).cls.__name__}(optimizer{''.join(f', {value}' for value in values)}{keywords})"


def _missing(name: str, rng: random.Random) -> str:
    given = _written(name, rng)
    for key in rng.sample(list(given), rng.randint(1, len(given))):
        del given[key]
    return _call_of(name, given)


def _unknown(name: str, rng: random.Random) -> str:
    word = rng.choice(["gama", "T_maximum", "lr", "epochs", "self", "__class__", "constructor"])
    given = list(_written(name, rng).items())
    given.insert(rng.randint(0, len(given)), (word, rng.choice(ODD)))
    return _call_of(name, dict(given), rng.randint(0, 1))


def _nested(name: str, rng: random.Random) -> str:
    """Return any scheduler in any place of another: many nestings fail, at construction or at a milestone."""
    inner = [_call_of(name, _written(name, rng)) for _ in range(rng.randint(1, 3))]
    others = [drawn(rng.choice(list(register.entries())), rng).code() for _ in range(rng.randint(0, 2))]
    children = rng.sample([*inner, *others], len(inner) + len(others))
    milestones = sorted(rng.sample(range(1, 30), max(0, len(children) + rng.choice([-1, -1, -1, 0]))))
    return rng.choice(
        [
            f"SequentialLR(optimizer, [{', '.join(children)}], {milestones}, interval_rescaling={rng.choice(['True', 'False'])})",
            f"ChainedScheduler([{', '.join(children)}])",
            f"WarmupLR({children[0]}, warmup_iters={rng.randint(0, 6)}, warmup_prefix={rng.choice(['True', 'False'])})",
        ]
    )
