"""Read a schedule from constructor code, such as ``WarmupLR(CosineDecayLR(optimizer, decay_steps=1000), warmup_iters=100)``.

The code is interpreted, never run: numbers, arithmetic, names with given values, the schedulers of OneFlow, and lambdas over these.
"""

from __future__ import annotations

import ast
import inspect
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from lrdoc import register
from lrdoc.describe.entry import HOUSEKEEPING
from lrdoc.describe.schedule import Schedule

Names: TypeAlias = Mapping[str, Any]

_OPTIMIZER = object()
"""What the name ``optimizer`` stands for."""


def read(code: str, names: Mapping[str, float]) -> Schedule:
    """Return the schedule that ``code`` constructs; ``names`` are the numbers that it may name.

    Raises ``ValueError`` that says what can't be read and where.
    """
    try:
        tree = ast.parse(code.strip(), mode="eval")
    except (SyntaxError, RecursionError) as error:
        raise ValueError(f"{code!r} is not a Python expression: {error}") from error
    schedule = _value(tree.body, {**names, "optimizer": _OPTIMIZER})
    if not isinstance(schedule, Schedule):
        raise ValueError(f"{code!r} is not a call of a scheduler; known: {', '.join(sorted(_classes()))}")
    return schedule


def call_of(scheduler: str, parameters: str) -> str:
    """Return the constructor call of a scheduler, given by class or snake_case name, with ``parameters`` as they stand between its parentheses.

    ``optimizer`` is put in front where the constructor asks for it and ``parameters`` don't give it.
    Raises ``ValueError`` for an unknown scheduler and for parameters that are not written ``name=value``.
    """
    found = register.get(_classes().get(scheduler, scheduler))
    try:
        call = ast.parse(f"f({parameters})", mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"{parameters!r} are not parameters, as in 'step_size=30, gamma=0.1': {error.msg}") from error
    if not isinstance(call, ast.Call) or call.args:
        raise ValueError(f"{parameters!r} are not parameters, as in 'step_size=30, gamma=0.1': give each by name")
    first = next(iter(found.signature.parameters))
    takes_optimizer = first != "schedulers" and first not in {keyword.arg for keyword in call.keywords}
    return f"{found.cls.__name__}({', '.join(['optimizer'] * takes_optimizer + [parameters.strip()] * bool(parameters.strip()))})"


def _classes() -> dict[str, str]:
    """Return the snake_case name of every scheduler by its class name."""
    return {found.cls.__name__: name for name, found in register.entries().items()}


_BINARY: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: lambda base, exponent: _power(base, exponent),
}
_UNARY: Mapping[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
    ast.Not: operator.not_,
}
_COMPARE: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {"abs": abs, "float": float, "int": int, "max": max, "min": min}
_MATH: Mapping[str, Any] = {
    name: getattr(math, name)
    for name in ("ceil", "cos", "e", "exp", "floor", "log", "log2", "log10", "pi", "pow", "sin", "sqrt", "tanh")
}


def _power(base: Any, exponent: Any) -> Any:
    # A power of integers may have more digits than memory; as a float it overflows with an exception.
    return base**exponent if isinstance(base, float) or abs(exponent) <= 64 else float(base) ** exponent


def _value(node: ast.expr, names: Names) -> Any:
    """Return what an expression stands for; raise ``ValueError`` for what can't be read."""
    reader = _READERS.get(type(node))
    if reader is None:
        raise _unreadable(node)
    try:
        return reader(node, names)
    except (TypeError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"{ast.unparse(node)!r}: {error}") from error


def _unreadable(node: ast.AST) -> ValueError:
    return ValueError(
        f"{ast.unparse(node)!r} can't be read here: schedulers, numbers, lists, arithmetic and lambdas can"
    )


def _constant(node: ast.Constant, _names: Names) -> Any:
    if node.value is not None and not isinstance(node.value, (bool, int, float, str)):
        raise _unreadable(node)
    return node.value


def _name(node: ast.Name, names: Names) -> Any:
    if node.id not in names:
        raise ValueError(f"{node.id!r} has no value here; known names: {', '.join(names)}")
    return names[node.id]


def _attribute(node: ast.Attribute, _names: Names) -> Any:
    if not isinstance(node.value, ast.Name) or node.value.id != "math" or node.attr not in _MATH:
        raise _unreadable(node)
    return _MATH[node.attr]


def _list(node: ast.List | ast.Tuple, names: Names) -> list[Any]:
    return [_value(item, names) for item in node.elts]


def _number(node: ast.expr, names: Names) -> Any:
    value = _value(node, names)
    if not isinstance(value, (bool, int, float)):
        raise ValueError(f"{ast.unparse(node)!r} is not a number")
    return value


def _binary(node: ast.BinOp, names: Names) -> Any:
    operation = _BINARY.get(type(node.op))
    if operation is None:
        raise _unreadable(node)
    return operation(_number(node.left, names), _number(node.right, names))


def _unary(node: ast.UnaryOp, names: Names) -> Any:
    operation = _UNARY.get(type(node.op))
    if operation is None:
        raise _unreadable(node)
    return operation(_number(node.operand, names))


def _compare(node: ast.Compare, names: Names) -> bool:
    values = [_number(operand, names) for operand in (node.left, *node.comparators)]
    operations = [_COMPARE.get(type(op)) for op in node.ops]
    if None in operations:
        raise _unreadable(node)
    return all(op(left, right) for op, left, right in zip(operations, values, values[1:], strict=False) if op)


def _either(node: ast.IfExp, names: Names) -> Any:
    return _value(node.body if _value(node.test, names) else node.orelse, names)


def _lambda(node: ast.Lambda, names: Names) -> Callable[[int], float]:
    arguments = node.args
    plain = len(arguments.args) == 1 and not any(
        (arguments.posonlyargs, arguments.kwonlyargs, arguments.vararg, arguments.kwarg, arguments.defaults)
    )
    if not plain:
        raise ValueError(f"{ast.unparse(node)!r} must take one argument, the step")
    argument = arguments.args[0].arg

    def function(step: int) -> float:
        return float(_number(node.body, {**names, argument: step}))

    function(0)  # raises ValueError now for what can't be read, and not in the middle of a training
    return function


def _call(node: ast.Call, names: Names) -> Any:
    if isinstance(node.func, ast.Name) and node.func.id in _classes():
        return _schedule(node, _classes()[node.func.id], names)
    if node.keywords:
        raise _unreadable(node)
    if isinstance(node.func, ast.Name):
        if node.func.id not in _FUNCTIONS:
            known = sorted([*_classes(), *_FUNCTIONS])
            raise ValueError(f"{node.func.id!r} is neither a scheduler nor a function known here: {', '.join(known)}")
        function = _FUNCTIONS[node.func.id]
    else:
        function = _value(node.func, names)
    if not callable(function):
        raise _unreadable(node)
    arguments = [_number(argument, names) for argument in node.args]
    try:
        return function(*arguments)
    except ValueError as error:  # as of math.log(0)
        raise ValueError(f"{ast.unparse(node)!r}: {error}") from error


def _schedule(node: ast.Call, name: str, names: Names) -> Schedule:
    if any(keyword.arg is None for keyword in node.keywords):
        raise _unreadable(node)
    signature = inspect.signature(register.get(name).cls)
    given = [_value(argument, names) for argument in node.args]
    named = {str(keyword.arg): _value(keyword.value, names) for keyword in node.keywords}
    if len(named) < len(node.keywords):  # Python's compiler refuses that, its parser does not
        raise ValueError(f"{ast.unparse(node)!r} gives a parameter twice")
    try:
        arguments = signature.bind(*given, **named).arguments
    except TypeError as error:
        raise ValueError(f"{ast.unparse(node)!r}: {error}") from error
    return Schedule(register.get(name), _without_optimizer(node, arguments))


def _without_optimizer(node: ast.Call, arguments: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in arguments.items() if value is not _OPTIMIZER}
    for key in set(kept) & set(HOUSEKEEPING):
        wanted = "the name optimizer" if key == "optimizer" else "its default: this program steps, resumes and reports"
        raise ValueError(f"{ast.unparse(node)!r}: {key} must be {wanted}")
    if misplaced := set(arguments) - set(kept) - {"optimizer", "scheduler_or_optimizer"}:
        raise ValueError(f"{ast.unparse(node)!r}: {misplaced.pop()} can't be the optimizer")
    return kept


_READERS: Mapping[type[ast.expr], Callable[[Any, Names], Any]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.List: _list,
    ast.Tuple: _list,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.IfExp: _either,
    ast.Lambda: _lambda,
    ast.Call: _call,
}
