"""The constructors and rules of OneFlow's schedulers as they are installed, cut down to what decides a learning rate.

The explorer's engine interprets this text, so that its checks, messages and rounding are OneFlow's own.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterable
from typing import Any

import oneflow as flow
from oneflow.optim import lr_scheduler

from lrdoc import register

LEFT_OUT = ("state_dict", "load_state_dict", "_generate_conf_for_graph")
"""Methods that have no part in a learning rate."""


def schedulers() -> str:
    """Return the classes of all schedulers, each after the one it derives from."""
    classes = sorted(
        (found.cls for found in register.entries().values()), key=lambda cls: (len(cls.__mro__), cls.__name__)
    )
    return "\n\n".join(_scheduler(cls) for cls in (lr_scheduler._LRScheduler, *classes))


def optimizers() -> str:
    """Return the optimizers: what their constructors check, and the learning rate of their only param group."""
    return "\n\n".join(_optimizer(cls) for cls in optimizer_classes())


def notice() -> str:
    """Return the copyright notice at the head of OneFlow's own files, which goes with what is taken from them."""
    return str(inspect.getmodule(lr_scheduler.StepLR).__doc__).strip()


def optimizer_classes() -> list[Any]:
    """Return the installed optimizers that have a learning rate."""
    found = [value for value in vars(flow.optim).values() if inspect.isclass(value)]
    return [cls for cls in found if "lr" in inspect.signature(cls).parameters]


def exported() -> dict[str, str]:
    """Return the name of every class of ``oneflow.optim.lr_scheduler``, by the names that it has there."""
    return {name: cls.__name__ for name, cls in vars(lr_scheduler).items() if inspect.isclass(cls)}


def qualified(classes: Iterable[Any]) -> dict[str, str]:
    """Return the classes' names with those of their modules, as Python prints them, by the bare name."""
    return {cls.__name__: f"{cls.__module__}.{cls.__qualname__}" for cls in classes}


def plain(node: ast.FunctionDef | ast.ClassDef) -> ast.AST:
    """Return a definition without docstrings and annotations."""
    if isinstance(node, ast.ClassDef) and ast.get_docstring(node) is not None:
        node.body = node.body[1:]
    result: ast.AST = _Plain().visit(node)
    return result


def _scheduler(cls: Any) -> str:
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    assert isinstance(tree, ast.ClassDef)
    kept: list[ast.stmt] = [
        node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name not in LEFT_OUT
    ]
    return _written(ast.ClassDef(tree.name, tree.bases, [], kept, []))


def _optimizer(cls: Any) -> str:
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(cls.__init__))).body
    assert isinstance(tree, ast.FunctionDef)
    tree.body = [node for node in tree.body if isinstance(node, ast.Assert)] + ast.parse(_ONE_GROUP).body
    bases: list[ast.expr] = [ast.Name("Optimizer")]
    return _written(ast.ClassDef(cls.__name__, bases, [], [tree], []))


def _written(tree: ast.ClassDef) -> str:
    """Return a class as code, each level one space deeper: every page with an explorer loads it."""
    code = ast.unparse(_Plain().visit(tree))
    return re.sub(r"^(?: {4})+", lambda deep: " " * (len(deep[0]) // 4), code, flags=re.MULTILINE)


_ONE_GROUP = "self.param_groups = [{'lr': lr}]"  # what Optimizer.__init__ makes of one list of parameters


class _Plain(ast.NodeTransformer):
    """Leave out docstrings and annotations."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        if ast.get_docstring(node) is not None:
            node.body = node.body[1:]
        node.returns = None
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node
