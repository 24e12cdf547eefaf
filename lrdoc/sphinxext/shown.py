"""How measured things look on a page: numbers, tables, code, exceptions and learning rates, as nodes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docutils import nodes

from lrdoc.running.worker import ABORTED, Outcome
from lrdoc.translation.words import _

FULL_STOP, COLON = "。", "："
"""The full stop and the colon of Chinese, which are as wide as a character: no space follows them."""


def words(text: str) -> nodes.inline:
    """Return a text that is translated already as a node that translators do not see."""
    return nodes.inline("", text, translatable=False)


def table(heads: Sequence[str], rows: Iterable[Sequence[nodes.Node]], classes: Sequence[str] = ()) -> nodes.container:
    """Return a table with one head row, in a box that scrolls where it is too wide; each cell is one inline node."""
    return table_of([_cell(words(head)) for head in heads], (map(_cell, cells) for cells in rows), classes)


def _cell(content: nodes.Node) -> nodes.paragraph:
    return nodes.paragraph("", "", content, translatable=False)


def table_of(
    heads: Sequence[nodes.paragraph], rows: Iterable[Iterable[nodes.paragraph]], classes: Sequence[str] = ()
) -> nodes.container:
    """Return such a table of paragraphs, which translators see where they are translatable."""
    group = nodes.tgroup(cols=len(heads))
    group += [nodes.colspec(colwidth=1) for _head in heads]
    group += nodes.thead("", _row(heads))
    group += nodes.tbody("", *map(_row, rows))
    # furo wraps the tables of a page's source in such a box; this one comes later.
    return nodes.container("", nodes.table("", group, classes=["lr-table", *classes]), classes=["table-wrapper"])


def _row(cells: Iterable[nodes.paragraph]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", cell) for cell in cells))


def call_block(code: str) -> nodes.literal_block:
    """Return a block of Python code that says which call the table below it is about; it breaks where it would be cut.

    Its raw source equals its text: otherwise Sphinx would not highlight it, and the keyboard could not scroll it.
    """
    return nodes.literal_block(code, code, language="python", classes=["lr-caption"])


def number(value: float) -> str:
    """Return a learning rate as the site prints it: six significant digits, no trailing zeros."""
    return f"{value:.6g}"


def shown(value: Any) -> nodes.Node:
    """Return a measured value as a node."""
    if isinstance(value, float):
        return nodes.inline("", f"{value:.1e}" if value else "0", classes=["lr-fact"])
    if isinstance(value, int):
        return nodes.inline("", f"{value:,}", classes=["lr-fact"])
    return nodes.literal("", str(value))


def refused(outcome: Outcome) -> bool:
    """Tell whether an attempt ended in an exception or took the process with it."""
    return outcome.error is not None or "error" in outcome.result


def verdict(outcome: Outcome) -> nodes.Node:
    """Return what came of an attempt as one inline node: the exception and when it came, or the learning rates."""
    if outcome.error is not None:
        return nodes.inline("", "", *exception(outcome.error, outcome.message), classes=["lr-refused"])
    report = outcome.result
    if "error" in report:
        parts = [*exception(report["error"], report["message"]), words(aside(moment(report["when"])))]
        return nodes.inline("", "", *parts, classes=["lr-refused"])
    rates = nodes.literal("", runs(report["lrs"]))
    return nodes.inline("", "", words(str(_("accepted: "))), rates, classes=["lr-accepted"])


def exception(error: str, message: str) -> list[nodes.Node]:
    """Return an exception's class and text as inline nodes."""
    name, between = _called(error)
    head = words if error == ABORTED else lambda text: nodes.literal("", text)
    return [head(name), *([words(between), nodes.literal("", message)] if message else [])]


def exception_text(error: str, message: str) -> str:
    """Return an exception's class and text as Python writes them; of an aborted process, which Python can't tell of, in the page's language."""
    name, between = _called(error)
    return f"{name}{between}{message}"


def _called(error: str) -> tuple[str, str]:
    """Return what an exception is called, and what stands between this and its message."""
    return (str(_("process aborted")), str(_(": "))) if error == ABORTED else (error, ": ")


def aside(text: str) -> str:
    """Return a text in the parentheses of the page's language, to follow another text."""
    return str(_(" (%s)")) % text


def moment(when: str) -> str:
    """Return, in the page's language, when an attempt was refused: ``when`` as ``lrdoc.checks.attempt`` reports it."""
    kind, _space, count = when.partition(" ")
    if kind == "step":
        return str(_("at step %s")) % count
    return {
        "construction": _("at construction"),
        "first": _("at the first call"),
        "add_optimizer": _("at add_optimizer"),
    }[kind]


def runs(lrs: Sequence[Any], most: int = 5) -> str:
    """Return learning rates as text, equal ones in a row counted: ``0.1 ×10, 0.05 ×10``.

    Where there are more than ``most`` such runs, it is the first three, and of the steps after them those that tell what becomes of the curve: the first that is no finite number, the lowest and the highest.
    """
    found = list(_runs(lrs))
    if len(found) <= most:
        return ", ".join(found)
    shown = sum(itertools.islice(_lengths(lrs), 3))
    told = [at for at in _telling(lrs) if at >= shown]
    parts = [", ".join(found[:3]), *(f"step {at}: {_text(lrs[at])}" for at in told)]
    return ", …, ".join(parts) + ("" if told[-1:] == [len(lrs) - 1] else ", …")


def _telling(lrs: Sequence[Any]) -> list[int]:
    """Return the steps of the lowest and the highest learning rate, and of the first that is no finite number (a text, if it has been through JSON)."""
    finite = [at for at, lr in enumerate(lrs) if not isinstance(lr, str)]
    others = [at for at, lr in enumerate(lrs) if isinstance(lr, str)]
    extremes = [choose(finite, key=lambda at: lrs[at]) for choose in (min, max)] if finite else []
    return sorted({*extremes, *others[:1]})


def _lengths(lrs: Sequence[Any]) -> Iterator[int]:
    return (len(list(group)) for _text_of, group in itertools.groupby(map(_text, lrs)))


def _text(lr: Any) -> str:
    return lr if isinstance(lr, str) else number(lr)


def _runs(lrs: Sequence[Any]) -> Iterator[str]:
    for text, group in itertools.groupby(map(_text, lrs)):
        count = len(list(group))
        yield f"{text} ×{count}" if count > 1 else text
