"""Closed forms as TypeScript: the same SymPy definition that the pages' formulas are made from, for the explorer's engine.

The engine must round as OneFlow does.
So a sum that the installed ``get_lr`` computes as well is printed in the order in which it does, once SymPy has found the two to be equal; where a sum comes near zero, another order would leave other digits.
A floor or a ceiling jumps where its argument is an integer but for rounding: there such an order must be found.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

import sympy as sp
from oneflow.optim import lr_scheduler
from sympy.printing.jscode import JavascriptCodePrinter

from lrdoc import register
from lrdoc.describe.entry import Entry
from lrdoc.describe.formula import (
    ClosedForm,
    applied,
    base_lr,
    child,
    chosen,
    element,
    folded,
    parameter,
    reached,
    step,
    wrapped,
)

_KINDS = {reached: "numbers", element: "flags", applied: "rule", child: "rates", folded: "rates", wrapped: "rate"}
"""What a parameter is that stands first in one of the functions of ``lrdoc.describe.formula``; ``step`` and numbers stand in their other places."""


def module() -> str:
    """Return the TypeScript module that holds the closed form of every scheduler that has one, by its class's name."""
    forms = [_function(found) for found in register.entries().values() if found.closed_form is not None]
    return "\n".join(['import * as own from "../forms.ts";', "", "export const forms: own.Forms = {", *forms, "};", ""])


def _function(found: Entry) -> str:
    form = found.closed_form
    assert form is not None
    printer = _Printer(_ordered(found))
    given = [f"const {name} = given.{kind}({name!r});" for name, kind in sorted(kinds(form).items())]
    parts = [f"const {name} = {printer.doprint(expr)};" for name, expr in form.where]
    inner = "\n      ".join([*parts, f"return {printer.doprint(form.expr)};"])
    body = "\n    ".join([*given, f"return (base_lr, step) => {{\n      {inner}\n    }};"])
    return f"  {found.cls.__name__}: (given) => {{\n    {body}\n  }},"


def kinds(form: ClosedForm) -> dict[str, str]:
    """Return the constructor's parameters in a form, each with its kind."""
    found = dict.fromkeys(form.parameters, "number")
    for part in (form.expr, *(expr for _, expr in form.where)):
        for function, kind in _KINDS.items():
            found |= {use.args[0].name: kind for use in part.atoms(function) if use.args[0].name in found}
        found |= {use.args[0].name: "word" for use in part.atoms(chosen)}
        found |= {symbol.name: "flag" for symbol in _conditions(part) if symbol.name in found}
    # A list that is both counted and indexed is one of numbers.
    numbers = {use.args[0].name for expr in (form.expr, *(e for _, e in form.where)) for use in expr.atoms(reached)}
    return found | dict.fromkeys(numbers, "numbers")


def _conditions(part: Any) -> Iterator[Any]:
    """Yield the symbols that stand as a condition of their own."""
    for piecewise in part.atoms(sp.Piecewise):
        for _, condition in piecewise.args:
            yield from (symbol for symbol in sp.And.make_args(condition) if symbol.is_Symbol)


class _Printer(JavascriptCodePrinter):  # type: ignore[misc]  # SymPy ships no types
    """JavaScript with OneFlow's names; ``ordered`` holds the code of the parts whose order of operations is OneFlow's."""

    def __init__(self, ordered: dict[Any, str]) -> None:
        super().__init__({"precision": 17})
        self._ordered = ordered

    def _print_Add(self, expr: Any, order: Any = None) -> str:
        return self._ordered.get(expr) or str(super()._print_Add(expr, order))

    def _print_Piecewise(self, expr: Any) -> str:
        *branches, (last, _) = expr.args
        tests = [f"{self._print(condition)} ? {self.parenthesize(value, 0)} : " for value, condition in branches]
        return f"({''.join(tests)}{self.parenthesize(last, 0)})"

    def _print_floor(self, expr: Any) -> str:
        return self._ordered.get(expr) or f"Math.floor({self._print(expr.args[0])})"

    def _print_ceiling(self, expr: Any) -> str:
        return self._ordered.get(expr) or f"Math.ceil({self._print(expr.args[0])})"

    def _print_log(self, expr: Any) -> str:
        return f"own.log({self._print(expr.args[0])})"

    def _print_Relational(self, expr: Any) -> str:
        if isinstance(expr.lhs, (chosen, element)) and expr == sp.Ne(expr.lhs, 0):
            return str(self._print(expr.lhs))  # a truth value in its own right
        return str(super()._print_Relational(expr))

    def _print_chosen(self, expr: Any) -> str:
        return f"{self._print(expr.args[0])} === {expr.args[1].name!r}"

    def _print_element(self, expr: Any) -> str:
        return f"own.element({self.stringify(expr.args, ', ')})"

    def _print_reached(self, expr: Any) -> str:
        return f"own.reached({self.stringify(expr.args, ', ')})"

    def _print_folded(self, expr: Any) -> str:
        return f"own.folded({self.stringify(expr.args, ', ')})"

    def _print_child(self, expr: Any) -> str:
        schedulers, index, base, at = map(self._print, expr.args)
        return f"own.element({schedulers}, {index})({base}, {at})"

    def _print_wrapped(self, expr: Any) -> str:
        scheduler, base, at = map(self._print, expr.args)
        return f"{scheduler}({base}, {at})"

    def _print_applied(self, expr: Any) -> str:
        function, at = map(self._print, expr.args)
        return f"{function}({at})"


def _ordered(found: Entry) -> dict[Any, str]:
    """Return the code of the form's sums, floors and ceilings that the installed ``get_lr`` computes as well.

    Raises ``ValueError`` for a floor or ceiling whose argument could be computed in more than one order, where it has no equal one.
    """
    form = found.closed_form
    assert form is not None
    parts = (form.expr, *(expr for _, expr in form.where))
    known = list(_computed(found.cls))
    sums = {part: _equal(part, known) for part in set().union(*(part.atoms(sp.Add) for part in parts))}
    roundings = set().union(*(part.atoms(sp.floor, sp.ceiling) for part in parts))
    needed = {part: _equal(part.args[0], known) for part in roundings if not _is_one_division(part.args[0])}
    for part, code in needed.items():
        if code is None:
            raise ValueError(f"get_lr of {found.cls.__name__} computes nothing that equals {part.args[0]}")
    names = {part: "floor" if isinstance(part, sp.floor) else "ceil" for part in needed}
    rounded = {part: f"Math.{names[part]}({code})" for part, code in needed.items()}
    return {part: code for part, code in sums.items() if code is not None} | rounded


def _is_one_division(argument: Any) -> bool:
    numerator, denominator = argument.as_numer_denom()
    return bool(numerator.is_Symbol and denominator.is_Symbol)


def _equal(part: Any, known: list[tuple[Any, str]]) -> str | None:
    """Return the code of what is known to equal ``part``."""
    alike = (code for expr, code in known if expr.free_symbols == part.free_symbols and sp.simplify(expr - part) == 0)
    return next(alike, None)


def _computed(cls: Any) -> Iterator[tuple[Any, str]]:
    """Yield all that ``get_lr`` computes, as an expression and as code that keeps its order.

    A class without a ``get_lr`` of its own computes by the schedulers that it makes: theirs, with the arguments that it gives them.
    """
    if "get_lr" in vars(cls):
        yield from _terms(cls, {})
    for node in _nodes(cls):
        match node:
            case ast.Call(ast.Name(name), keywords=words) if "get_lr" in vars(getattr(lr_scheduler, name, object)):
                given = {word.arg: ast.unparse(word.value).removeprefix("self.") for word in words if word.arg}
                yield from _terms(getattr(lr_scheduler, name), given)


def _terms(cls: Any, names: Mapping[str, str]) -> Iterator[tuple[Any, str]]:
    for node in _nodes(cls.get_lr):
        if isinstance(node, (ast.BinOp, ast.Call)):
            try:
                yield _expression(node, names), _code(node, names)
            except ValueError:
                continue  # it calls something that formulas do without


def _nodes(source: Any) -> Iterator[Any]:
    return ast.walk(ast.parse(textwrap.dedent(inspect.getsource(source))))


def _expression(node: ast.expr, names: Mapping[str, str]) -> Any:
    match node:
        case ast.Constant(value):
            return sp.Rational(str(value))
        case ast.Name(name):
            return {"step": step, "base_lr": base_lr}.get(name, parameter(name))
        case ast.Attribute(ast.Name("self"), name):
            return parameter(names.get(name, name))
        case ast.BinOp(left, sign, right) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)][0](_expression(left, names), _expression(right, names))
        case ast.Call(ast.Attribute(ast.Name("math"), "log"), [argument, base]):
            return sp.log(_expression(argument, names)) / sp.log(_expression(base, names))
    raise ValueError(f"cannot be written as a formula: {ast.unparse(node)}")


def _code(node: ast.expr, names: Mapping[str, str]) -> str:
    match node:
        case ast.Constant(value):
            return repr(value)
        case ast.Name(name):
            return name
        case ast.Attribute(ast.Name("self"), name):
            return names.get(name, name)
        case ast.BinOp(left, sign, right) if type(sign) in _OPERATORS:
            return f"({_code(left, names)} {_OPERATORS[type(sign)][1]} {_code(right, names)})"
        case ast.Call(ast.Attribute(ast.Name("math"), "log"), [argument, base]):
            return f"own.log({_code(argument, names)}) / own.log({_code(base, names)})"
    raise ValueError(f"cannot be written as code: {ast.unparse(node)}")


_OPERATORS: dict[type[ast.operator], tuple[Any, str]] = {
    ast.Add: (lambda a, b: a + b, "+"),
    ast.Sub: (lambda a, b: a - b, "-"),
    ast.Mult: (lambda a, b: a * b, "*"),
    ast.Div: (lambda a, b: a / b, "/"),
}
