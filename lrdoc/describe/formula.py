"""One SymPy definition of a closed form; its LaTeX, its NumPy function and its high-precision value.

Nothing here knows a particular scheduler: the definitions stand in ``lrdoc/schedulers/``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import mpmath
import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy.core.symbol import Str
from sympy.printing.latex import LatexPrinter

base_lr = sp.Symbol("base_lr", real=True)
step = sp.Symbol("step", integer=True, nonnegative=True)

Exact: TypeAlias = Callable[[Any, int], mpmath.mpf]
"""A learning rate by base learning rate and step."""

DIGITS = 50
"""Decimal digits of the high-precision value: enough that its own rounding never shows beside a float's."""


def parameter(name: str) -> sp.Symbol:
    """Return the symbol of a constructor parameter, under OneFlow's own name."""
    return sp.Symbol(name, real=True)


class reached(sp.Function):  # type: ignore[misc]  # SymPy ships no types
    """``reached(milestones, step)``: how many of the milestones are at or before ``step``."""

    def _latex(self, printer: Any) -> str:
        milestones, at = (printer._print(argument) for argument in self.args)
        return rf"\#\{{m \in {milestones} : m \le {at}\}}"


class element(sp.Function):  # type: ignore[misc]
    """``element(sequence, index)``: one element of a parameter that is a list."""

    def _latex(self, printer: Any) -> str:
        sequence, index = (printer._print(argument) for argument in self.args)
        return rf"{sequence}_{{{index}}}"


class applied(sp.Function):  # type: ignore[misc]
    """``applied(function, step)``: the value of a function that is itself a parameter."""

    def _latex(self, printer: Any) -> str:
        function, at = (printer._print(argument) for argument in self.args)
        return rf"{function}({at})"


class chosen(sp.Function):  # type: ignore[misc]
    """``chosen(parameter, word)``: 1 where a parameter that is one of a few words is this one, else 0."""

    def _latex(self, printer: Any) -> str:
        return rf"{printer._print(self.args[0])} = \texttt{{{self.args[1].name}}}"

    def _pythoncode(self, printer: Any) -> str:
        return f"({printer._print(self.args[0])} == {self.args[1].name!r})"

    _mpmathcode = _numpycode = _pythoncode


def is_chosen(name: str, word: str) -> Any:
    """Return the condition that the parameter called ``name`` is ``word``."""
    return sp.Ne(chosen(parameter(name), Str(word)), 0)


class child(sp.Function):  # type: ignore[misc]
    """``child(schedulers, index, base_lr, step)``: the learning rate of one scheduler of a list."""

    def _latex(self, printer: Any) -> str:
        schedulers, index, base, at = (printer._print(argument) for argument in self.args)
        return rf"{schedulers}_{{{index}}}\left({base},\, {at}\right)"


class folded(sp.Function):  # type: ignore[misc]
    """``folded(schedulers, base_lr, step)``: each scheduler in turn takes the result of the one before it as its base."""

    def _latex(self, printer: Any) -> str:
        schedulers, base, at = (printer._print(argument) for argument in self.args)
        first, second, last = (rf"{schedulers}_{{{index}}}" for index in ("0", "1", "n"))
        return (
            rf"{last}\left(\dots {second}\left({first}\left({base},\, {at}\right),\, {at}\right) \dots,\, {at}\right)"
        )


class wrapped(sp.Function):  # type: ignore[misc]
    """``wrapped(scheduler, base_lr, step)``: the learning rate of a scheduler that is itself a parameter, or ``base_lr`` where none is given."""

    def _latex(self, printer: Any) -> str:
        scheduler, base, at = (printer._print(argument) for argument in self.args)
        return rf"{scheduler}\left({base},\, {at}\right)"


@dataclass(frozen=True, eq=False)
class ClosedForm:
    """The learning rate as a function of ``base_lr``, ``step`` and the constructor's parameters.

    ``where`` names parts of ``expr``, each in terms of the parameters and of the parts before it.
    """

    expr: sp.Expr
    where: tuple[tuple[sp.Symbol, sp.Expr], ...] = ()

    def latex(self, condition: str = "if", otherwise: str = "otherwise") -> str:
        """Return the whole definition as a LaTeX ``aligned`` environment, with the two given words in its branches."""
        printer = _Printer({"condition": condition, "otherwise": otherwise})
        lines = [(sp.Symbol("lr"), self.expr), *self.where]
        body = r" \\[0.8em] ".join(f"{printer.doprint(left)} &= {printer.doprint(right)}" for left, right in lines)
        return rf"\begin{{aligned}} {body} \end{{aligned}}"

    def numpy(self, arguments: Mapping[str, Any], base: float, steps: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the learning rates at ``steps`` (any shape), in float64; step by step where schedulers are nested."""
        if (self.expr + sum(expr for _, expr in self.where)).has(child, folded, wrapped):
            pointwise = np.vectorize(lambda at: float(self.exact(arguments, base, at)), otypes=[np.float64])
            return np.asarray(pointwise(steps))
        given = {name: _spread(value, steps) for name, value in self._given(arguments).items()}
        with np.errstate(divide="ignore", invalid="ignore"):  # select() evaluates also the branches it drops
            values = self._evaluate("numpy", {"base_lr": base, "step": steps, **given})
        return np.broadcast_to(np.asarray(values, dtype=np.float64), np.shape(steps)).copy()

    def exact(self, arguments: Mapping[str, Any], base: Any, at: int) -> mpmath.mpf:
        """Return the learning rate at step ``at`` with ``DIGITS`` digits; see ``of``."""
        return self.of(arguments)(base, at)

    def of(self, arguments: Mapping[str, Any]) -> Exact:
        """Return the learning rate of a scheduler with these arguments as a function of base learning rate and step, with ``DIGITS`` digits, taking every float argument for exactly what it is.

        A scheduler among the arguments is such a function itself.
        """
        given = {name: _widened(value) for name, value in self._given(arguments).items()}

        def exact(base: Any, at: int) -> mpmath.mpf:
            with mpmath.workdps(DIGITS):
                known = {"base_lr": mpmath.mpf(base), "step": mpmath.mpf(at), **given}
                return mpmath.mpf(self._evaluate("mpmath", known))

        return exact

    def _given(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {name: arguments[name] for name in self.parameters}

    def _evaluate(self, backend: str, known: dict[str, Any]) -> Any:
        # Part by part, each with lazy branches: a division that a condition guards is not reached.
        # A part that divides by zero matters only where the learning rate is made from it.
        for name, names, function in _compiled(self, backend):
            known[name] = _or_nan(function, [known[needed] for needed in names])
        if backend == "mpmath" and mpmath.isnan(known["lr"]):
            raise ZeroDivisionError(f"the closed form divides by zero: {self.expr}")
        return known["lr"]

    @functools.cached_property
    def parameters(self) -> tuple[str, ...]:
        """The names of the constructor parameters that the form uses, sorted."""
        named = {symbol for symbol, _ in self.where}
        used = set().union(*(part.free_symbols for part in (self.expr, *(expr for _, expr in self.where))))
        return tuple(sorted(symbol.name for symbol in used - named - {base_lr, step}))

    @functools.cached_property
    def only_multiplies(self) -> bool:
        """Whether nothing is added or subtracted, so that floats lose no digits to cancellation."""
        return not any(part.has(sp.Add) for part in (self.expr, *(expr for _, expr in self.where)))


def _or_nan(function: Callable[..., Any], arguments: Sequence[Any]) -> Any:
    try:
        return function(*arguments)
    except ZeroDivisionError:
        return mpmath.nan


class _Printer(LatexPrinter):  # type: ignore[misc]
    """LaTeX with OneFlow's names as they are typed in code, and branches that read as sentences."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__({"mul_symbol": "dot", "fold_short_frac": False})
        self._words = words

    def _print_Symbol(self, expr: sp.Symbol, style: str = "plain") -> str:
        return expr.name if len(expr.name) == 1 else rf"\mathtt{{{expr.name}}}".replace("_", r"\_")

    def _as_ordered_terms(self, expr: sp.Add, order: str | None = None) -> list[sp.Expr]:
        return sorted(super()._as_ordered_terms(expr, order), key=lambda term: term.could_extract_minus_sign())

    def _print_Piecewise(self, expr: sp.Piecewise) -> str:
        branches = (rf"{self._print(value)} & {self._condition(condition)}" for value, condition in expr.args)
        return r"\begin{cases} " + r" \\[0.4em] ".join(branches) + r" \end{cases}"

    def _print_Relational(self, expr: Any) -> str:
        if isinstance(expr.lhs, (chosen, element)) and expr == sp.Ne(expr.lhs, 0):
            return str(self._print(expr.lhs))  # a truth value in its own right
        return str(super()._print_Relational(expr.reversed if expr.rhs == step else expr))

    def _condition(self, condition: Any) -> str:
        if condition == True:  # noqa: E712  # SymPy's own true
            return rf"\text{{{self._words['otherwise']}}}"
        return rf"\text{{{self._words['condition']} }} {self._print(condition)}"


def _spread(value: Any, steps: NDArray[np.int64]) -> Any:
    # SymPy's NumPy printer joins conditions by stacking them, which needs them all of one shape.
    return np.full(np.shape(steps), value) if isinstance(value, (int, float)) else value


def _widened(value: Any) -> Any:
    return mpmath.mpf(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


@functools.cache
def _compiled(form: ClosedForm, backend: str) -> list[tuple[str, list[str], Callable[..., Any]]]:
    functions = []
    for target, expr in (*form.where, (sp.Symbol("lr"), form.expr)):
        symbols = sorted(expr.free_symbols, key=lambda symbol: symbol.name)
        function = sp.lambdify(symbols, expr, modules=[_OWN[backend], backend])
        functions.append((target.name, [symbol.name for symbol in symbols], function))
    return functions


def _floor(value: mpmath.mpf) -> mpmath.mpf:
    # A quotient or logarithm that is an integer may come out just below it.
    # Any other is further from one than this, since the arguments are floats and integers.
    return mpmath.floor(value + mpmath.mpf(10) ** (10 - DIGITS))


def _element(sequence: Any, index: Any) -> Any:
    # A single truth value stands for a list of equal ones, as in interval_rescaling.
    return sequence if isinstance(sequence, bool) else sequence[int(index)]


def _folded(schedulers: Sequence[Callable[[Any, int], Any]], base: Any, at: Any) -> Any:
    for scheduler in schedulers:
        base = scheduler(base, int(at))
    return base


def _wrapped(scheduler: Callable[[Any, int], Any] | None, base: Any, at: Any) -> Any:
    return base if scheduler is None else scheduler(base, int(at))


_OWN: dict[str, dict[str, Callable[..., Any]]] = {
    "numpy": {
        "reached": lambda milestones, at: np.searchsorted(np.asarray(milestones, dtype=np.float64), at, side="right"),
        "applied": lambda function, at: np.vectorize(function, otypes=[np.float64])(at),
    },
    "mpmath": {
        "reached": lambda milestones, at: sum(milestone <= at for milestone in milestones),
        "element": _element,
        "applied": lambda function, at: mpmath.mpf(function(int(at))),
        "child": lambda schedulers, index, base, at: schedulers[int(index)](base, int(at)),
        "folded": _folded,
        "wrapped": _wrapped,
        "floor": _floor,
        "ceiling": lambda value: -_floor(-value),
        "ceil": lambda value: -_floor(-value),
    },
}
