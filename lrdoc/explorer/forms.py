"""Closed forms as TypeScript, translated from ``get_lr`` of OneFlow's schedulers as they are installed.

``get_lr`` computes the learning rate of any step from the base learning rate, the step and attributes of the scheduler, so its translation does as well, with the same operations in the same order.
What is translated is arithmetic on numbers, and branches.
What Python's operations do beyond that (raise an exception, give a complex number), the functions of ``engine/forms.ts`` leave to OneFlow's own code.
"""

from __future__ import annotations

import ast
import inspect
import math
import textwrap
from collections.abc import Iterable, Iterator

from lrdoc import register

ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}
LOGIC: dict[type[ast.boolop], str] = {ast.And: "&&", ast.Or: "||"}
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "===",
    ast.NotEq: "!==",
}
"""Operators that JavaScript has as well."""
_OWN: dict[type[ast.operator], str] = {ast.Div: "divide", ast.FloorDiv: "floorDivide", ast.Pow: "power"}
"""Operators that differ in JavaScript, by the function of ``engine/forms.ts`` that does as Python does."""
_CALLS = {
    ("math.floor", 1): "own.floor",
    ("math.ceil", 1): "own.ceil",
    ("math.cos", 1): "own.cos",
    ("min", 2): "Math.min",
}
"""Functions of numbers, each with the number of its arguments."""
_EXACT = 2**53
"""Below it, every integer is a float."""


def module() -> str:
    """Return the TypeScript module that holds the closed form of every class that has a ``get_lr`` of its own, by the class's name.

    Raises ``TranslationError`` for a ``get_lr`` with an operation that has no translation.
    """
    classes = [found.cls for found in register.entries().values() if "get_lr" in vars(found.cls)]
    forms = [form(cls) for cls in classes]
    return "\n".join(['import * as own from "../forms.ts";', "", "export const forms: own.Forms = {", *forms, "};", ""])


def form(cls: type) -> str:
    """Return the closed form of one class as a member of the object that ``module`` writes.

    Raises ``TranslationError`` for an operation that has no translation.
    """
    (function,) = ast.parse(textwrap.dedent(inspect.getsource(cls.get_lr))).body  # type: ignore[attr-defined]
    assert isinstance(function, ast.FunctionDef)
    translation = _Translation(cls.__name__, function)
    body = indented(translation.body(function.body))
    variables = sorted(translation.assigned)
    declared = [f"let {', '.join(f'{name}: number' for name in variables)};"] if variables else []
    parameters = ", ".join(argument.arg for argument in function.args.args[1:])
    attributes = [f"const self_{name} = self.{kind}({name!r});" for name, kind in translation.attributes.items()]
    rate = [f"return ({parameters}) => {{", *indented(declared), *body, "};"]
    return "\n".join(indented([f"{cls.__name__}: (self) => {{", *indented([*attributes, *rate]), "},"]))


class TranslationError(ValueError):
    """A piece of a method has no translation; the explorer would have no closed form or recurrence for its scheduler, or a wrong one."""


class _Translation:
    """The translation of one method; it collects the attributes of ``self``, each with what it is read as, and the variables."""

    def __init__(self, name: str, function: ast.FunctionDef) -> None:
        self.attributes: dict[str, str] = {}
        self.assigned: set[str] = set()
        self._name = name
        self._self, *parameters = (argument.arg for argument in function.args.args)
        self._parameters = set(parameters)

    def body(self, statements: Iterable[ast.stmt]) -> list[str]:
        """Return the lines of a sequence of statements."""
        return [line for statement in statements for line in self._statement(statement)]

    def _statement(self, node: ast.stmt) -> Iterator[str]:
        match node:
            case ast.Expr(ast.Constant(str())):
                pass  # the docstring
            case ast.Assign([ast.Name(name)], value):
                yield f"{name} = {self._number(value)};"
                self.assigned |= {name} - self._parameters
            case ast.Return(ast.expr() as value):
                yield f"return {self._number(value)};"
            case ast.If(test, body, orelse):
                yield f"if ({self._truth(test)}) {{"
                yield from indented(self.body(body))
                if orelse:
                    yield "} else {"
                    yield from indented(self.body(orelse))
                yield "}"
            case _:
                raise self._refused(node)

    def _number(self, node: ast.expr) -> str:
        """Return the code of an expression whose value is a number."""
        match node:
            case ast.Constant(value) if is_exact(value):
                return repr(value)
            case ast.Name(name) if name in self.assigned | self._parameters:
                return name
            case ast.Attribute(ast.Name(self._self), name):
                return self._attribute(node, name, "number")
            case ast.Attribute(ast.Name("math"), "pi"):
                return "Math.PI"
            case ast.Call(function, arguments, []):
                return self._call(node, ast.unparse(function), arguments)
        return self._operation(node)

    def _operation(self, node: ast.expr) -> str:
        match node:
            case ast.UnaryOp(ast.USub(), operand):
                return f"(-{self._number(operand)})"
            case ast.BinOp(left, sign, right) if type(sign) in ARITHMETIC:
                return f"({self._number(left)} {ARITHMETIC[type(sign)]} {self._number(right)})"
            case ast.BinOp(left, sign, right) if type(sign) in _OWN:
                return f"own.{_OWN[type(sign)]}({self._number(left)}, {self._number(right)})"
        raise self._refused(node)

    def _call(self, node: ast.Call, function: str, arguments: list[ast.expr]) -> str:
        match function, arguments:
            case "math.log", [argument, base]:
                return f"own.divide(own.log({self._number(argument)}), own.log({self._number(base)}))"
            case "bisect.bisect_right", [ast.Attribute(ast.Name(self._self), name), step]:
                return f"own.reached({self._attribute(node, name, 'numbers')}, {self._number(step)})"
            case _ if (function, len(arguments)) in _CALLS:
                return f"{_CALLS[function, len(arguments)]}({', '.join(map(self._number, arguments))})"
        raise self._refused(node)

    def _truth(self, node: ast.expr) -> str:
        """Return the code of an expression that stands as a condition."""
        match node:
            case ast.Compare(left, [sign], [right]) if type(sign) in COMPARISONS:
                return f"{self._number(left)} {COMPARISONS[type(sign)]} {self._number(right)}"
            case ast.BoolOp(sign, values):
                return f"({f' {LOGIC[type(sign)]} '.join(map(self._truth, values))})"
            case ast.UnaryOp(ast.Not(), operand):
                return f"!({self._truth(operand)})"
            case ast.Attribute(ast.Name(self._self), name):
                return self._attribute(node, name, "truth")
        raise self._refused(node)

    def _attribute(self, node: ast.expr, name: str, kind: str) -> str:
        if self.attributes.setdefault(name, kind) != kind:
            raise self._refused(node)  # it is no number in one place and a condition in another
        return f"self_{name}"

    def _refused(self, node: ast.AST) -> TranslationError:
        return TranslationError(f"get_lr of {self._name} has no translation: {ast.unparse(node)}")


def is_exact(value: object) -> bool:
    """Tell whether a constant is a number that JavaScript holds as well."""
    if isinstance(value, int):
        return not isinstance(value, bool) and abs(value) < _EXACT
    return isinstance(value, float) and math.isfinite(value)


def indented(lines: Iterable[str]) -> list[str]:
    """Return lines of code one level deeper."""
    return [f"  {line}" for line in lines]
