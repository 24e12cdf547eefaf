"""Read a schedule from the code that constructs it, such as ``WarmupLR(CosineDecayLR(optimizer, decay_steps=1000), warmup_iters=100)``.

The code is interpreted, never run. It may hold

- schedulers of OneFlow, by their bare names or as ``flow.optim.lr_scheduler.StepLR`` and the like,
- recipes, as ``warmup_cosine(optimizer, total_steps=1000)`` or ``recipes.warmup_cosine(...)``, and those of `by_name`,
- numbers, lists, arithmetic, comparisons, ``and``, ``or``, ``not``, ``if ... else``, comprehensions and lambdas,
- the functions of ``_FUNCTIONS``, those of ``math`` in ``_MATH``, and names with given values,
- lines that assign such a value to a name, as in ``scheduler = ...``, and imports of OneFlow, PyTorch and ``math``, which give names to what they import.

PyTorch's schedulers, as ``torch.optim.lr_scheduler.StepLR`` or ``StepLR`` after an import from there, are read as OneFlow's that do the same; what is known to do something else is refused.
"""

from __future__ import annotations

import ast
import inspect
import math
import operator
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lrdoc import recipes, register
from lrdoc.describe.entry import HOUSEKEEPING, Entry
from lrdoc.describe.schedule import Schedule
from lrdoc.practice.by_name import BY_NAME, LAYERWISE, Named
from lrdoc.practice.refusal import near

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
    if any(_holds_layerwise(child) for child in value.children):
        raise ValueError(
            f"{LAYERWISE} is about the whole model: it stands around the whole schedule, and in no other call"
        )
    return value


def _holds_layerwise(schedule: Schedule) -> bool:
    return schedule.name == LAYERWISE or any(map(_holds_layerwise, schedule.children))


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
    if scheduler in recipe_names():
        raise ValueError(f"{scheduler} is a recipe and not a scheduler: --recipe {scheduler}")
    try:
        found = register.get(_classes().get(scheduler, scheduler))
    except ValueError as error:
        raise ValueError(f"{error}{near(scheduler, [*_classes(), *_classes().values()])}") from error
    return _written(found, parameters)


def call_of_recipe(recipe: str, parameters: str) -> str:
    """Return the call of a recipe, with ``parameters`` as they stand between its parentheses, for a training of ``total_steps``.

    Raises ``ValueError`` for an unknown recipe and for parameters that are not written ``name=value``.
    """
    if recipe in {*_classes(), *_classes().values()}:
        raise ValueError(f"{recipe} is a scheduler and not a recipe")
    if recipe in BY_NAME:
        return _written_by_name(recipe, BY_NAME[recipe], parameters)
    try:
        found = recipes.get(recipe)
    except ValueError as error:
        known = ", ".join(recipe_names())
        raise ValueError(f"unknown recipe {recipe!r}; known: {known}{near(recipe, recipe_names())}") from error
    return _written(found, _with_length(parameters, {found.length: "total_steps"} if found.length else {}))


def _with_length(parameters: str, length: Mapping[str, str]) -> str:
    """Return parameters with the code of those that they don't give and that follow the length of the training."""
    given = _given_by_name(parameters)
    added = [f"{name}={code}" for name, code in length.items() if name not in given]
    return ", ".join(filter(None, [parameters.strip().rstrip(","), *added])) if added else parameters


def _written_by_name(name: str, found: Named, parameters: str) -> str:
    first = ["optimizer"] * (found.takes_optimizer and "optimizer" not in _given_by_name(parameters))
    return f"{name}({', '.join(filter(None, [*first, _with_length(parameters, found.length).strip()]))})"


def _given_by_name(parameters: str) -> set[str]:
    """Return the names of ``parameters``; raise ``ValueError`` for text that is not ``name=value`` after ``name=value``."""
    try:
        call = ast.parse(f"f({parameters})", mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"{parameters!r} are not parameters, as in 'step_size=30, gamma=0.1': {error.msg}") from error
    if not isinstance(call, ast.Call) or call.args:
        raise ValueError(f"{parameters!r} are not parameters, as in 'step_size=30, gamma=0.1': give each by name")
    return {str(keyword.arg) for keyword in call.keywords}


def _written(found: Entry, parameters: str) -> str:
    given = _given_by_name(parameters)
    first = next(iter(found.signature.parameters))
    takes_optimizer = first != "schedulers" and first not in given
    return f"{found.cls.__name__}({', '.join(['optimizer'] * takes_optimizer + [parameters.strip()] * bool(parameters.strip()))})"


def schedulers() -> list[str]:
    """Return the class names of all schedulers, sorted."""
    return sorted(_classes())


def recipe_names() -> list[str]:
    """Return the names of all recipes, those that are no function of an optimizer at the end."""
    return [*recipes.REGISTER, *BY_NAME]


def _called(name: str) -> Entry:
    """Return what a call of a scheduler or a recipe makes."""
    return recipes.get(name) if name in recipes.REGISTER else register.get(_classes()[name])


def _classes() -> dict[str, str]:
    """Return the snake_case name of every scheduler by its class name."""
    return {found.cls.__name__: name for name, found in register.entries().items()}


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
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return before, scope.having(**_imported(statement))
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


_IMPORTED = {"lrdoc", "math", "oneflow", "torch"}


@dataclass(frozen=True)
class _Imported:
    """What a name stands for that an import has made: a module, or something in one, by its whole path."""

    path: str


def _imported(statement: ast.Import | ast.ImportFrom) -> dict[str, _Imported]:
    """Return the names that an import makes, and what they stand for."""
    if isinstance(statement, ast.ImportFrom):
        module = statement.module or ""
        pairs = [(alias.asname or alias.name, alias.name) for alias in statement.names]
        if statement.names[0].name == "*":
            pairs = [(name, name) for name in (_MATH if module == "math" else _classes())]
        found = {name: f"{module}.{of}" for name, of in pairs}
    else:
        # Without another name, an import of a module in a package makes the name of the package.
        found = {alias.asname or alias.name.split(".")[0]: alias.name for alias in statement.names}
        found = {name: name if path.startswith(f"{name}.") else path for name, path in found.items()}
    if not {path.split(".")[0] for path in found.values()} <= _IMPORTED:
        raise ValueError(
            f"{_shown(statement)!r} can't be read here: what is imported must be of {', '.join(sorted(_IMPORTED))}"
        )
    return {name: _Imported(path) for name, path in found.items()}


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
    value = scope.names.get(node.id)
    if isinstance(value, _Imported):
        return _constant_of_math(node, value.path)
    if node.id in {*_classes(), *recipe_names()} and not isinstance(value, Schedule):
        raise ValueError(f"{node.id} must be called, as in {node.id}(optimizer, ...)")
    if node.id not in scope.names:
        raise _nameless(node.id, node.id, scope)
    return scope.names[node.id]


def _nameless(text: str, name: str, scope: _Scope) -> ValueError:
    """Return what is said of ``text``, which ends in ``name`` and has no value: the names that have one."""
    return ValueError(f"{text!r} has no value here; known names: {', '.join(scope.names)}{near(name, scope.names)}")


def _is_nameless(node: ast.expr, scope: _Scope) -> bool:
    """Tell whether a node is a name without a value, or what belongs to one."""
    path = _path(node, scope)
    return path is not None and path not in scope.names


def _attribute(node: ast.Attribute, scope: _Scope) -> Any:
    path = _path(node, scope)
    if path is not None and not _is_of_module(path):
        raise _nameless(path, node.attr, scope)
    return _constant_of_math(node, path or "")


def _is_of_module(path: str) -> bool:
    """Tell whether a name is one of a module that the code may import, or of a part of one."""
    first = path.split(".")[0]
    return first in _IMPORTED or first in {module.split(".")[0] for module in (*_MODULES, *_RECIPES)}


def _constant_of_math(node: ast.expr, path: str) -> float:
    """Return the number that a name stands for; raise ``ValueError`` where it is a module, a function or unknown."""
    value = _of_math(path) if path.startswith("math.") else None
    if not isinstance(value, float):
        raise _unreadable(node)
    return value


def _of_math(path: str) -> Any:
    name = path.removeprefix("math.")
    if name not in _MATH:
        raise ValueError(f"{path!r} can't be read here{near(name, _MATH)}")
    return _MATH[name]


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
    if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
        raise _nameless(_shown(node), node.slice.value, scope)
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
    path = _path(node.func, scope)
    if path is None:
        raise _unreadable(node.func)
    if path in _FUNCTIONS:
        return _computed(node, _FUNCTIONS[path], scope)
    module, _, name = path.rpartition(".")
    if module == "math":
        return _computed(node, _of_math(path), scope)
    if module in {*_RECIPES, f"lrdoc.recipes.{name}"} and name in BY_NAME:
        return _schedule_by_name(node, name, scope)
    if module in {*_RECIPES, f"lrdoc.recipes.{name}"} and name in recipes.REGISTER:
        return _schedule(node, name, scope, of_pytorch=False)
    if name == "step" and isinstance(scope.names.get(module), Schedule):
        raise ValueError(f"{_shown(node)!r}: the program steps the scheduler itself (--step-per); leave the line out")
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

_RECIPES = {"", "recipes", "lrdoc.recipes"}
"""What may stand before the name of a recipe."""


def _path(node: ast.expr, scope: _Scope) -> str | None:
    """Return names joined by dots, as text, the first of them as the import that made it has it; ``None`` for anything else."""
    if isinstance(node, ast.Name):
        imported = scope.names.get(node.id)
        return imported.path if isinstance(imported, _Imported) else node.id
    before = _path(node.value, scope) if isinstance(node, ast.Attribute) else None
    return f"{before}.{node.attr}" if before and isinstance(node, ast.Attribute) else None


def _unknown(path: str, module: str, name: str) -> ValueError:
    """Return what is said of a call of something that is unknown: the near names, or else all of them."""
    meant = f"; write {name}" if name in _classes() else near(name, [*_classes(), *recipe_names(), *_FUNCTIONS])
    everything = f"; schedulers: {', '.join(schedulers())}; recipes: {', '.join(recipe_names())}; functions: {', '.join(_FUNCTIONS)} and those of math"
    return ValueError(f"{path!r} is neither a scheduler nor a function known here{meant}{everything}")


def _computed(node: ast.Call, function: Any, scope: _Scope) -> Any:
    """Return what a function of numbers and lists makes of its arguments."""
    if node.keywords or not callable(function):
        raise _unreadable(node)
    if function is len and len(node.args) == 1 and _is_nameless(node.args[0], scope):
        raise ValueError(f"{_shown(node)!r} has no value here; how many batches an epoch has is steps_per_epoch")
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


def _given(node: ast.Call, scope: _Scope) -> tuple[list[Any], dict[str, Any]]:
    """Return the arguments of a call, those without a name and those with one."""
    if any(keyword.arg is None for keyword in node.keywords):
        raise _unreadable(node)
    given = [_value(argument, scope) for argument in node.args]
    named = {str(keyword.arg): _value(keyword.value, scope) for keyword in node.keywords}
    if len(named) < len(node.keywords):  # Python's compiler refuses that, its parser does not
        raise ValueError(f"{_shown(node)!r} gives a parameter twice")
    return given, named


def _schedule_by_name(node: ast.Call, name: str, scope: _Scope) -> Schedule:
    found = BY_NAME[name]
    given, named = _given(node, scope)
    if found.takes_optimizer and (given.pop(0) if given else named.pop("optimizer", None)) is not _OPTIMIZER:
        raise ValueError(f"{_shown(node)!r}: optimizer must be the name optimizer")
    if any(value is _OPTIMIZER for value in (*given, *named.values())):
        raise ValueError(f"{_shown(node)!r}: only the argument optimizer can be the optimizer")
    try:
        bound = inspect.signature(found.read).bind(*given, **named)
    except TypeError as error:
        raise ValueError(f"{_shown(node)!r}: {error}") from error
    try:
        return found.read(*bound.args, **bound.kwargs)
    except ValueError as error:
        raise ValueError(f"{_shown(node)!r}: {error}") from error


_LEFT_OUT_OF_PYTORCH = {"last_epoch": -1, "verbose": False}
"""What PyTorch's schedulers take beside what shapes the curve, and its defaults."""


def _schedule(node: ast.Call, name: str, scope: _Scope, *, of_pytorch: bool) -> Schedule:
    given, named = _given(node, scope)
    entry = _called(name)
    translate = _PYTORCH.get(name) if of_pytorch else None
    for key, default in _LEFT_OUT_OF_PYTORCH.items() if of_pytorch else ():
        if key in named and named[key] == default:
            del named[key]
    signature = inspect.signature(translate or entry.cls)
    try:
        arguments = signature.bind(*given, **named).arguments
    except TypeError as error:
        wrong = next((key for key in named if key not in signature.parameters), "")
        takes = [key for key in signature.parameters if key not in {*HOUSEKEEPING[1:], *_LEFT_OUT_OF_PYTORCH}]
        meant = near(wrong, takes)
        raise ValueError(f"{_shown(node)!r}: {error}; {name} takes {', '.join(takes)}{meant}") from error
    arguments = translate(**arguments) if translate else arguments
    found = Schedule(entry, _without_housekeeping(node, arguments, entry))
    if of_pytorch and (otherwise := _otherwise_in_pytorch(found)):
        raise ValueError(f"{_shown(node)!r}: {otherwise}")
    return found


def _sequential_of_pytorch(optimizer: Any, schedulers: Any, milestones: Any, last_epoch: Any = -1) -> dict[str, Any]:
    # PyTorch starts every scheduler anew where it takes over.
    rest = {"interval_rescaling": True, "last_step": last_epoch}
    return {"optimizer": optimizer, "schedulers": schedulers, "milestones": milestones, **rest}


def _polynomial_of_pytorch(
    optimizer: Any, total_iters: Any = 5, power: Any = 1.0, last_epoch: Any = -1
) -> dict[str, Any]:
    rest = {"end_learning_rate": 0.0, "power": power, "last_step": last_epoch}
    return {"optimizer": optimizer, "decay_batch": total_iters, **rest}


def _restarts_of_pytorch(
    optimizer: Any,
    T_0: Any,  # noqa: N803  # its name there
    T_mult: Any = 1,  # noqa: N803
    eta_min: Any = 0.0,
    last_epoch: Any = -1,
) -> dict[str, Any]:
    return {"optimizer": optimizer, "T_0": T_0, "T_mult": T_mult, "eta_min": eta_min, "last_step": last_epoch}


_PYTORCH: Mapping[str, Callable[..., dict[str, Any]]] = {
    "SequentialLR": _sequential_of_pytorch,
    "PolynomialLR": _polynomial_of_pytorch,
    "CosineAnnealingWarmRestarts": _restarts_of_pytorch,
}
"""PyTorch's schedulers that take other arguments than OneFlow's of the same name, or do something else with the same ones."""

_FACTORS = {"constant_lr", "linear_lr", "exponential_lr", "step_lr", "multi_step_lr"}
"""What only multiplies the learning rate that it finds, in PyTorch as in OneFlow."""


def _line_otherwise_in_pytorch(found: Schedule) -> str | None:
    arguments = found.arguments
    total = arguments.get("decay_batch" if found.name == "polynomial_lr" else "total_iters", 1)
    if found.name in ("constant_lr", "linear_lr") and total <= 0:
        return f"with total_iters={total} PyTorch stays at the start, and OneFlow is at the end at once"
    if math.isfinite(total) and total != int(total):
        return f"with total_iters={total} PyTorch does not come to the end, and OneFlow does"
    if found.name == "constant_lr" and arguments.get("factor") == 0:
        return "with factor=0 PyTorch raises an error at step total_iters, and OneFlow does not"
    if found.name == "linear_lr" and arguments.get("start_factor") == 0:
        return "with start_factor=0 PyTorch raises an error, and OneFlow does not"
    return None


def _otherwise_in_pytorch(found: Schedule) -> str | None:
    """Return in what PyTorch is known to do something else than OneFlow with the same scheduler, ``None`` for nothing."""
    if said := _line_otherwise_in_pytorch(found):
        return said
    arguments = found.arguments
    milestones, size = arguments.get("milestones", []), arguments.get("step_size", 0)
    steps = [
        at for at in ([*milestones, size] if isinstance(milestones, list) else [size]) if isinstance(at, (int, float))
    ]
    if any(at < 0 or (math.isfinite(at) and at != int(at)) for at in steps):
        return "PyTorch waits for a step that is equal to a milestone, and OneFlow does not"
    if found.name == "sequential_lr" and milestones != sorted({*steps} - {0}):
        return "where milestones do not rise from 1 on, PyTorch's SequentialLR does something else than OneFlow's"
    if found.name == "chained_scheduler" and len(found.children) > 1:
        for link in found.children:
            if link.name not in _FACTORS:
                return (
                    f"in a chain {link.entry.cls.__name__} goes on from the learning rate of the step before in PyTorch, and from "
                    "what the links before it made of the base learning rate in OneFlow: write OneFlow's ChainedScheduler if you mean that"
                )
    return None


_NOT_OF_PYTORCH = {"CosineDecayLR", "WarmupLR"}


def _without_housekeeping(node: ast.Call, arguments: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    """Return the arguments that shape the curve; raise ``ValueError`` where one of the others is not what this program makes it."""
    kept = {key: value for key, value in arguments.items() if value is not _OPTIMIZER}
    for key in set(kept) & set(HOUSEKEEPING):
        if key == "optimizer" or kept.pop(key) != entry.defaults[key]:
            wanted = (
                "the name optimizer" if key == "optimizer" else "its default: this program steps, resumes and reports"
            )
            raise ValueError(f"{_shown(node)!r}: {key} must be {wanted}")
    takes = {"optimizer", "scheduler_or_optimizer"}
    if misplaced := {key for key, value in arguments.items() if value is _OPTIMIZER} - takes:
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
