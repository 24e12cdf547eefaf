"""Read a schedule from the code that constructs it, such as ``WarmupLR(CosineDecayLR(optimizer, decay_steps=1000), warmup_iters=100)``.

The code is interpreted, never run. It may hold

- schedulers of OneFlow, by their bare names or as ``flow.optim.lr_scheduler.StepLR`` and the like,
- numbers, lists, arithmetic, comparisons, ``and``, ``or``, ``not``, ``if ... else``, comprehensions and lambdas,
- the functions of ``_FUNCTIONS``, those of ``math`` in ``_MATH``, and names with given values,
- lines that assign such a value to a name, as in ``scheduler = ...``, and imports of OneFlow, PyTorch and ``math``, which mean nothing here.

PyTorch's schedulers, as ``torch.optim.lr_scheduler.StepLR``, are read as OneFlow's that do the same.
"""

from __future__ import annotations

import ast
import difflib
import inspect
import math
import operator
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lrdoc import register
from lrdoc.describe.entry import HOUSEKEEPING
from lrdoc.describe.schedule import Schedule

_OPTIMIZER = object()
"""What the name ``optimizer`` stands for."""

_WORK = 100_000
"""The most items that comprehensions and ranges make in one reading, and in one call of a lambda."""

_BITS = 4096
"""The most binary digits of an integer: far beyond every float, and computed in no time."""


class FunctionError(ValueError):
    """A lambda of the code has no number for a step; the message says for which and why."""


def read(code: str, names: Mapping[str, float]) -> Schedule:
    """Return the schedule that ``code`` constructs; ``names`` are the numbers that it may name.

    This is the one place where the text of a schedule becomes a schedule.
    Raises ``ValueError`` that says what can't be read and where.
    """
    scope = _Scope({**names, "optimizer": _OPTIMIZER}, _Allowance())
    value = None
    for statement in _parsed(code).body:
        value, scope = _stated(statement, value, scope)
    if not isinstance(value, Schedule):
        raise ValueError(f"{code!r} is not a call of a scheduler; known: {', '.join(sorted(_classes()))}")
    return value


def names_in(code: str) -> set[str]:
    """Return the names that the code reads, other than those of what it calls; none where it can't be read."""
    try:
        tree = _parsed(code)
    except ValueError:
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def call_of(scheduler: str, parameters: str) -> str:
    """Return the constructor call of a scheduler, given by class or snake_case name, with ``parameters`` as they stand between its parentheses.

    ``optimizer`` is put in front where the constructor asks for it and ``parameters`` don't give it.
    Raises ``ValueError`` for an unknown scheduler and for parameters that are not written ``name=value``.
    """
    try:
        found = register.get(_classes().get(scheduler, scheduler))
    except ValueError as error:
        raise ValueError(f"{error}{_near(scheduler, [*_classes(), *_classes().values()])}") from error
    try:
        call = ast.parse(f"f({parameters})", mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"{parameters!r} are not parameters, as in 'step_size=30, gamma=0.1': {error.msg}") from error
    if not isinstance(call, ast.Call) or call.args:
        raise ValueError(f"{parameters!r} are not parameters, as in 'step_size=30, gamma=0.1': give each by name")
    first = next(iter(found.signature.parameters))
    takes_optimizer = first != "schedulers" and first not in {keyword.arg for keyword in call.keywords}
    return f"{found.cls.__name__}({', '.join(['optimizer'] * takes_optimizer + [parameters.strip()] * bool(parameters.strip()))})"


def schedulers() -> list[str]:
    """Return the class names of all schedulers, sorted."""
    return sorted(_classes())


def _classes() -> dict[str, str]:
    """Return the snake_case name of every scheduler by its class name."""
    return {found.cls.__name__: name for name, found in register.entries().items()}


def _near(name: str, known: Iterable[str]) -> str:
    """Return a question for the known names that ``name`` may be a misspelling of; nothing if there are none."""
    by_lower = {each.lower(): each for each in known}
    near = [by_lower[each] for each in difflib.get_close_matches(name.lower(), by_lower, n=3, cutoff=0.6)]
    return f"; did you mean {' or '.join(near)}?" if near else ""


class _Allowance:
    """How much work is left for a text that might ask for any amount."""

    def __init__(self) -> None:
        self._left = _WORK

    def spend(self, items: int) -> None:
        self._left -= items
        if self._left < 0:
            raise ValueError(f"more than {_WORK:,} items are too many for a schedule")


@dataclass(frozen=True)
class _Scope:
    """What names stand for, and how much work is left."""

    names: Mapping[str, Any]
    allowance: _Allowance

    def having(self, **names: Any) -> _Scope:
        return _Scope({**self.names, **names}, self.allowance)


def _parsed(code: str) -> ast.Module:
    try:
        tree = ast.parse(textwrap.dedent(code).strip())
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ValueError(f"{code!r} is not a Python expression: {error}") from error
    if not tree.body:
        raise ValueError(f"{code!r} is not a Python expression: it is empty")
    return tree


def _stated(statement: ast.stmt, before: Any, scope: _Scope) -> tuple[Any, _Scope]:
    """Return the value of a statement, or the one ``before`` it, and the scope after it."""
    if isinstance(statement, ast.Expr):
        return _value(statement.value, scope), scope
    if isinstance(statement, (ast.Import, ast.ImportFrom)) and _modules(statement) <= _IMPORTED:
        return before, scope
    target = _target(statement)
    if target is None:
        raise ValueError(
            f"{_shown(statement)!r} can't be read here: give one call of a scheduler, or lines such as name = value; "
            "write a function as a lambda, and a list that a loop fills as a comprehension"
        )
    name, expression = target
    if name == "optimizer":
        raise ValueError(
            f"{_shown(statement)!r}: the program makes the optimizer itself; leave the line out, and give --optimizer and --lr"
        )
    value = _value(expression, scope)
    return value, scope.having(**{name: value})


_IMPORTED = {"math", "oneflow", "torch"}


def _modules(statement: ast.Import | ast.ImportFrom) -> set[str]:
    """Return the packages that a statement imports from."""
    paths = [alias.name for alias in statement.names] if isinstance(statement, ast.Import) else [statement.module or ""]
    return {path.split(".")[0] for path in paths}


def _target(statement: ast.stmt) -> tuple[str, ast.expr] | None:
    """Return the name and the value of a plain assignment."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    value = getattr(statement, "value", None)
    if len(targets) != 1 or not isinstance(targets[0], ast.Name) or value is None:
        return None
    return targets[0].id, value


def _shown(node: ast.AST) -> str:
    """Return the code of a node, as much of it as a message can hold."""
    try:
        return textwrap.shorten(ast.unparse(node), 120, placeholder=" ...")
    except RecursionError:
        return "..."


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
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    function.__name__: function for function in (abs, bool, float, int, len, list, max, min, pow, range, round, sum)
}
_MATH: Mapping[str, Any] = {
    name: getattr(math, name)
    for name in (
        *("acos", "asin", "atan", "ceil", "cos", "cosh", "e", "exp", "fabs", "floor", "inf", "log", "log2"),
        *("log10", "pi", "pow", "prod", "sin", "sinh", "sqrt", "tan", "tanh", "tau"),
    )
}


def _power(base: Any, exponent: Any) -> Any:
    # A power of integers may have more digits than memory; as a float it overflows with an exception.
    if isinstance(base, int) and isinstance(exponent, int) and base.bit_length() * abs(exponent) > _BITS:
        base = float(base)
    power = base**exponent
    if isinstance(power, complex):
        raise ValueError(f"{base!r} ** {exponent!r} is not a real number")
    return power


def _value(node: ast.expr, scope: _Scope) -> Any:
    """Return what an expression stands for; raise ``ValueError`` for what can't be read."""
    reader = _READERS.get(type(node))
    if reader is None:
        raise _unreadable(node)
    try:
        return reader(node, scope)
    except (TypeError, ArithmeticError, RecursionError, LookupError) as error:
        raise ValueError(f"{_shown(node)!r}: {error}") from error


def _unreadable(node: ast.AST) -> ValueError:
    return ValueError(
        f"{_shown(node)!r} can't be read here: schedulers, numbers, lists, arithmetic, comprehensions and lambdas can"
    )


def _constant(node: ast.Constant, _scope: _Scope) -> Any:
    if node.value is not None and not isinstance(node.value, (bool, int, float, str)):
        raise _unreadable(node)
    return node.value


def _name(node: ast.Name, scope: _Scope) -> Any:
    if node.id not in scope.names:
        raise ValueError(
            f"{node.id!r} has no value here; known names: {', '.join(scope.names)}{_near(node.id, scope.names)}"
        )
    return scope.names[node.id]


def _attribute(node: ast.Attribute, _scope: _Scope) -> Any:
    if not isinstance(node.value, ast.Name) or node.value.id != "math":
        raise _unreadable(node)
    if node.attr not in _MATH:
        raise ValueError(f"{_shown(node)!r} can't be read here{_near(node.attr, _MATH)}")
    return _MATH[node.attr]


def _list(node: ast.List | ast.Tuple, scope: _Scope) -> list[Any]:
    return [_value(item, scope) for item in node.elts]


def _items(node: ast.expr, scope: _Scope) -> list[Any]:
    value = _value(node, scope)
    if not isinstance(value, list):
        raise ValueError(f"{_shown(node)!r} is not a list")
    return value


def _comprehension(node: ast.ListComp | ast.GeneratorExp, scope: _Scope) -> list[Any]:
    return [_value(node.elt, inner) for inner in _inner(node.generators, scope)]


def _inner(generators: list[ast.comprehension], scope: _Scope) -> Iterator[_Scope]:
    """Yield the scope of each item that the ``for`` parts of a comprehension make."""
    if not generators:
        yield scope
        return
    first, *others = generators
    if not isinstance(first.target, ast.Name):
        raise _unreadable(first.target)
    for item in _items(first.iter, scope):
        scope.allowance.spend(1)
        inner = scope.having(**{first.target.id: item})
        if all(_value(condition, inner) for condition in first.ifs):
            yield from _inner(others, inner)


def _element(node: ast.Subscript, scope: _Scope) -> Any:
    return _items(node.value, scope)[_value(node.slice, scope)]


def _number(node: ast.expr, scope: _Scope) -> Any:
    value = _value(node, scope)
    if not isinstance(value, (bool, int, float)):
        raise ValueError(f"{_shown(node)!r} is not a number")
    return value


def _binary(node: ast.BinOp, scope: _Scope) -> Any:
    operation = _BINARY.get(type(node.op))
    if operation is None:
        raise _unreadable(node)
    result = operation(_number(node.left, scope), _number(node.right, scope))
    if isinstance(result, int) and result.bit_length() > _BITS:
        raise ValueError(f"{_shown(node)!r} is too large")
    return result


def _unary(node: ast.UnaryOp, scope: _Scope) -> Any:
    operation = _UNARY.get(type(node.op))
    if operation is None:
        raise _unreadable(node)
    return operation(_number(node.operand, scope))


def _compare(node: ast.Compare, scope: _Scope) -> bool:
    left = _number(node.left, scope)
    for operator_, operand in zip(node.ops, node.comparators, strict=True):
        if isinstance(operator_, (ast.In, ast.NotIn)):
            return (left in _items(operand, scope)) == isinstance(operator_, ast.In)
        operation = _COMPARE.get(type(operator_))
        if operation is None:
            raise _unreadable(node)
        right = _number(operand, scope)
        if not operation(left, right):
            return False
        left = right
    return True


def _logical(node: ast.BoolOp, scope: _Scope) -> Any:
    ends_at = isinstance(node.op, ast.Or)
    for operand in node.values:
        value = _number(operand, scope)
        if bool(value) == ends_at:
            break
    return value


def _either(node: ast.IfExp, scope: _Scope) -> Any:
    return _value(node.body if _value(node.test, scope) else node.orelse, scope)


@dataclass(frozen=True)
class _Function:
    """A lambda of the code, as a function of the step."""

    node: ast.Lambda
    argument: str
    scope: _Scope

    def __call__(self, step: int) -> float:
        try:
            inner = _Scope({**self.scope.names, self.argument: step}, _Allowance())
            return float(_number(self.node.body, inner))
        except (ValueError, OverflowError) as error:
            raise FunctionError(f"{self!r} has no value at step {step}: {error}") from error

    def __repr__(self) -> str:
        return ast.unparse(self.node)


def _lambda(node: ast.Lambda, scope: _Scope) -> Callable[[int], float]:
    arguments = node.args
    given = dict(zip(arguments.args[::-1], arguments.defaults[::-1], strict=False))
    open_ones = [argument for argument in arguments.args if argument not in given] or arguments.args[:1]
    plain = not any((arguments.posonlyargs, arguments.kwonlyargs, arguments.vararg, arguments.kwarg))
    if not plain or len(open_ones) != 1:
        raise ValueError(f"{_shown(node)!r} must take one argument, the step")
    defaults = {argument.arg: _value(default, scope) for argument, default in given.items()}
    function = _Function(node, open_ones[0].arg, scope.having(**defaults))
    function(0)  # raises ValueError now for what can't be read, and not in the middle of a training
    return function


def _call(node: ast.Call, scope: _Scope) -> Any:
    path = _path(node.func)
    if path and (path in _FUNCTIONS or path.startswith("math.")):
        return _computed(node, _FUNCTIONS[path] if path in _FUNCTIONS else _value(node.func, scope), scope)
    if path is None:
        raise _unreadable(node.func)
    module, _, name = path.rpartition(".")
    of_pytorch = module.startswith("torch")
    if module not in _MODULES or name not in _classes() or (of_pytorch and name in _NOT_OF_PYTORCH):
        raise _unknown(path, module, name)
    return _schedule(node, name, scope, of_pytorch=of_pytorch)


_SCHEDULERS_MODULE = ("optim", "lr_scheduler")
_MODULES = {
    "",
    ".".join(_SCHEDULERS_MODULE),
    _SCHEDULERS_MODULE[-1],
    *(".".join([package, *_SCHEDULERS_MODULE]) for package in ("flow", "oneflow", "torch")),
}
"""What may stand before the name of a scheduler."""


def _path(node: ast.expr) -> str | None:
    """Return names joined by dots, as text; ``None`` for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    before = _path(node.value) if isinstance(node, ast.Attribute) else None
    return f"{before}.{node.attr}" if before and isinstance(node, ast.Attribute) else None


def _unknown(path: str, module: str, name: str) -> ValueError:
    """Return what is said of a call of something that is unknown: the near names, or else all of them."""
    near = f"; write {name}" if name in _classes() else _near(name, [*_classes(), *_FUNCTIONS])
    everything = f"; schedulers: {', '.join(schedulers())}; functions: {', '.join(_FUNCTIONS)} and those of math"
    return ValueError(f"{path!r} is neither a scheduler nor a function known here{near}{everything}")


def _computed(node: ast.Call, function: Any, scope: _Scope) -> Any:
    """Return what a function of numbers and lists makes of its arguments."""
    if node.keywords or not callable(function):
        raise _unreadable(node)
    arguments = [_value(argument, scope) for argument in node.args]
    is_infinity = (
        function is float and arguments and str(arguments[0]).strip("+-").lower() in ("inf", "infinity", "nan")
    )
    for argument, of in zip(arguments, node.args, strict=True):
        if not isinstance(argument, (bool, int, float, list)) and not is_infinity:
            raise ValueError(f"{_shown(of)!r} is not a number")
    if function is pow:
        function = _power
    if function is range:
        scope.allowance.spend(len(range(*arguments)))
    try:
        result = function(*arguments)
    except ValueError as error:  # as of math.log(0)
        raise ValueError(f"{_shown(node)!r}: {error}") from error
    return list(result) if function is range else result


def _schedule(node: ast.Call, name: str, scope: _Scope, *, of_pytorch: bool) -> Schedule:
    if any(keyword.arg is None for keyword in node.keywords):
        raise _unreadable(node)
    given = [_value(argument, scope) for argument in node.args]
    named = {str(keyword.arg): _value(keyword.value, scope) for keyword in node.keywords}
    if len(named) < len(node.keywords):  # Python's compiler refuses that, its parser does not
        raise ValueError(f"{_shown(node)!r} gives a parameter twice")
    entry = register.get(_classes()[name])
    translate = _PYTORCH.get(name) if of_pytorch else None
    if of_pytorch and named.get("last_epoch") == -1:  # PyTorch's own default
        del named["last_epoch"]
    signature = inspect.signature(translate or entry.cls)
    try:
        arguments = signature.bind(*given, **named).arguments
    except TypeError as error:
        wrong = next((key for key in named if key not in signature.parameters), "")
        takes = ", ".join(key for key in signature.parameters if key not in HOUSEKEEPING[1:])
        near = _near(wrong, signature.parameters)
        raise ValueError(f"{_shown(node)!r}: {error}; {name} takes {takes}{near}") from error
    return Schedule(entry, _without_optimizer(node, translate(**arguments) if translate else arguments))


def _sequential_of_pytorch(optimizer: Any, schedulers: Any, milestones: Any) -> dict[str, Any]:
    # PyTorch starts every scheduler anew where it takes over.
    return {"optimizer": optimizer, "schedulers": schedulers, "milestones": milestones, "interval_rescaling": True}


def _polynomial_of_pytorch(optimizer: Any, total_iters: Any = 5, power: Any = 1.0) -> dict[str, Any]:
    return {"optimizer": optimizer, "decay_batch": total_iters, "end_learning_rate": 0.0, "power": power}


_PYTORCH: Mapping[str, Callable[..., dict[str, Any]]] = {
    "SequentialLR": _sequential_of_pytorch,
    "PolynomialLR": _polynomial_of_pytorch,
}
"""PyTorch's schedulers that do something else than OneFlow's of the same name do with the same arguments."""

_NOT_OF_PYTORCH = {"CosineDecayLR", "WarmupLR"}


def _without_optimizer(node: ast.Call, arguments: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in arguments.items() if value is not _OPTIMIZER}
    for key in set(kept) & set(HOUSEKEEPING):
        wanted = "the name optimizer" if key == "optimizer" else "its default: this program steps, resumes and reports"
        raise ValueError(f"{_shown(node)!r}: {key} must be {wanted}")
    if misplaced := set(arguments) - set(kept) - {"optimizer", "scheduler_or_optimizer"}:
        raise ValueError(f"{_shown(node)!r}: {misplaced.pop()} can't be the optimizer")
    return kept


_READERS: Mapping[type[ast.expr], Callable[[Any, _Scope], Any]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.List: _list,
    ast.Tuple: _list,
    ast.ListComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.Subscript: _element,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.BoolOp: _logical,
    ast.IfExp: _either,
    ast.Lambda: _lambda,
    ast.Call: _call,
}
