"""The closed form of a scheduler in a few lines: that of the arguments with which most people call it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from lrdoc.describe.entry import Entry
from lrdoc.describe.formula import ClosedForm, chosen, element


def brief(entry: Entry) -> ClosedForm:
    """Return the closed form of ``entry`` in which each parameter that chooses between branches, whatever the step, has its default.

    Names that come to stand for a symbol or a number are replaced by it.
    Raises ``ValueError`` where there is no closed form.
    """
    if entry.closed_form is None:
        raise ValueError(f"{entry.name} has no closed form")
    default = {name: entry.defaults[name] for name in choosing(entry)}
    expr, where = _given(entry.closed_form.expr, default), []
    short: dict[sp.Symbol, sp.Expr] = {}
    for name, value in entry.closed_form.where:
        told = _given(value, default).subs(short)
        if told.is_Atom:
            short[name] = told
        else:
            where.append((name, told))
    expr = expr.subs(short)
    return ClosedForm(expr, tuple((name, value) for name, value in where if _used(name, expr, where)))


def choosing(entry: Entry) -> list[str]:
    """Return the names of the parameters that choose between branches of the closed form, whatever the step, in the order of the names."""
    form = entry.closed_form
    parts = [] if form is None else [form.expr, *(value for _, value in form.where)]
    conditions = [condition for part in parts for piece in part.atoms(sp.Piecewise) for _, condition in piece.args]
    found = {name for condition in conditions for name in _alone(condition)}
    return sorted(found & entry.defaults.keys())


def _alone(condition: Any) -> Iterator[str]:
    """Yield the parameters that decide alone on a part of a condition."""
    if isinstance(condition, (sp.And, sp.Or, sp.Not)):
        yield from (name for part in condition.args for name in _alone(part))
    elif calls := condition.atoms(element):
        yield from (call.args[0].name for call in calls)
    elif len(condition.free_symbols) == 1:
        yield next(iter(condition.free_symbols)).name


def _given(expr: sp.Expr, default: dict[str, Any]) -> sp.Expr:
    """Return an expression with the values of some parameters put in."""
    expr = expr.replace(
        lambda part: isinstance(part, (chosen, element)) and part.args[0].name in default,
        lambda part: sp.Integer(_truth(part, default[part.args[0].name])),
    )
    symbols = {symbol: default[symbol.name] for symbol in expr.free_symbols if symbol.name in default}
    return expr.subs({symbol: sp.sympify(value) for symbol, value in symbols.items()})


def _truth(part: Any, value: Any) -> bool:
    return bool(value == part.args[1].name if isinstance(part, chosen) else value)


def _used(name: sp.Symbol, expr: sp.Expr, where: list[tuple[sp.Symbol, sp.Expr]]) -> bool:
    return any(name in part.free_symbols for part in (expr, *(value for _, value in where)))
