"""Recurrences as TypeScript, translated from ``step`` of OneFlow's schedulers as they are installed.

A scheduler without ``get_lr`` (``ReduceLROnPlateau``) has no closed form: each step goes on from the one before.
To interpret its source ten thousand times takes several frames of a page, so what a step does is translated once, statement by statement, with the methods and properties that it uses.
A list that ``step`` keeps and no step reads (``_last_lr``) is left out: to make one for each step would take longer than all the rest.
Ints and floats are both numbers of JavaScript, so a product is translated only where Python computes it with floats, and ``own.exact`` of ``engine/recurrence.ts`` refuses a sum that may be an int too large.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Collection, Iterator
from typing import Any

from oneflow.optim.lr_scheduler import _LRScheduler

from lrdoc import register
from lrdoc.explorer.forms import ARITHMETIC, COMPARISONS, LOGIC, TranslationError, indented, is_exact

_KINDS = {"number": "number", "numbers": "readonly number[]", "text": "string", "truth": "boolean"}
"""What an attribute is read as, and its type in TypeScript."""


def module() -> str:
    """Return the TypeScript module that holds the recurrence of every class that derives not from ``LRScheduler``, by the class's name.

    Raises ``TranslationError`` for a statement or an operation that has no translation.
    """
    classes = [found.cls for found in register.entries().values() if not issubclass(found.cls, _LRScheduler)]
    members = [recurrence(cls) for cls in classes]
    head = 'import * as own from "../recurrence.ts";'
    return "\n".join([head, "", "export const recurrences: own.Recurrences = {", *members, "};", ""])


def recurrence(cls: type) -> str:
    """Return the recurrence of one class as a member of the object that ``module`` writes.

    Raises ``TranslationError`` for a statement or an operation that has no translation.
    """
    found = _Class(cls)
    found.methods()
    translation = _Class(cls, unread=set(found.written) - set(found.read))
    methods = translation.methods()
    body = [*translation.fields(methods), *(line for lines in methods.values() for line in lines)]
    return "\n".join(indented([f"{cls.__name__}: class {{", *indented(body), "},"]))


class _Class:
    """The translation of a class: of ``step``, and of all that ``step`` uses; it collects the attributes of ``self``."""

    def __init__(self, cls: type, unread: Collection[str] = ()) -> None:
        self.cls = cls
        self.unread = unread
        """The attributes that ``step`` sets and nothing of it reads, once that is known."""
        self.read: dict[str, str] = {}
        """What each attribute is read as."""
        self.written: dict[str, str] = {}
        """What each attribute becomes that ``step`` sets."""
        self.groups: dict[tuple[str, str], set[str]] = {}
        """The keys that are used of the dicts in a list, such as ``optimizer.param_groups``."""
        self.wanted: dict[str, str] = {"step": "void"}
        """What each method returns that is used."""

    def methods(self) -> dict[str, list[str]]:
        """Return the lines of every method by its name; a method may use further ones."""
        done: dict[str, list[str]] = {}
        while waiting := [name for name in self.wanted if name not in done]:
            done[waiting[0]] = _Method(self, waiting[0], self.wanted[waiting[0]]).lines()
        return done

    def fields(self, methods: dict[str, list[str]]) -> Iterator[str]:
        """Yield the declarations of the attributes, and the constructor that reads them."""
        yield f"static readonly methods = {list(methods)};"
        for name, kind in (self.written | self.read).items():
            yield f"{name}{'' if name in self.read else '!'}: {_KINDS[kind]};"
        for (owner, name), keys in self.groups.items():
            yield f"readonly {owner}_{name}: readonly Record<{' | '.join(map(repr, sorted(keys)))}, number>[];"
        yield "constructor(self: own.Attributes) {"
        for name, kind in self.read.items():
            yield f"  this.{name} = self.{kind}({name!r});"
        for (owner, name), keys in self.groups.items():
            yield f"  this.{owner}_{name} = self.groups({owner!r}, {name!r}, {sorted(keys)});"
        yield "}"

    def method(self, name: str, returns: str, *, is_property: bool = False) -> bool:
        """Note the use of a method; return whether the class has one that is used so everywhere."""
        found = inspect.getattr_static(self.cls, name, None)
        is_one = isinstance(found, property) if is_property else inspect.isfunction(found)
        return is_one and self.wanted.setdefault(name, returns) == returns

    def function(self, name: str) -> tuple[ast.FunctionDef, bool]:
        """Return the syntax tree of a method, and whether it is a property."""
        found: Any = inspect.getattr_static(self.cls, name)
        function: Any = found.fget if isinstance(found, property) else found
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
        assert isinstance(tree, ast.FunctionDef)
        return tree, isinstance(found, property)


class _Method:
    """The translation of one method; parameters are numbers, and so are variables but those that go through dicts."""

    def __init__(self, owner: _Class, name: str, returns: str) -> None:
        self._owner = owner
        self._name = name
        self._returns = returns
        self._tree, self._is_property = owner.function(name)
        self._self, *self._parameters = (argument.arg for argument in self._tree.args.args)
        self._assigned: dict[str, bool] = {}
        """The variables, each with whether it is a float (else it may be an int)."""
        self._dicts: dict[str, tuple[str, str]] = {}
        """The variables that go through the dicts of a list."""
        self._counts: set[str] = set()
        """The variables that count them."""

    def lines(self) -> list[str]:
        plain = ast.arguments([], self._tree.args.args, None, [], [], None, [])
        if ast.unparse(plain) != ast.unparse(self._tree.args):
            raise self._refused(self._tree.args)
        body = self._body(self._tree.body)
        names = ", ".join(f"{name}: number" for name in self._assigned)
        parameters = ", ".join(f"{name}: number" for name in self._parameters)
        returns = "boolean" if self._returns == "truth" else "void"
        getter = "get " if self._is_property else ""
        return [
            f"{getter}{self._name}({parameters}): {returns} {{",
            *indented([f"let {names};"] if names else []),
            *indented(body),
            "}",
        ]

    def _body(self, statements: list[ast.stmt]) -> list[str]:
        return [line for statement in statements for line in self._statement(statement)]

    def _statement(self, node: ast.stmt) -> Iterator[str]:
        match node:
            case ast.Expr(ast.Constant(str())):
                pass  # the docstring
            case ast.Expr(ast.Call() as call):
                yield f"{self._called(call)};"
            case ast.Assign(
                [ast.Attribute(ast.Name(self._self), name)], ast.ListComp(ast.Subscript(_, ast.Constant())) as value
            ) if name in self._owner.unread:
                self._listed(value)  # it has a translation, and reading items of dicts changes nothing
            case ast.Assign([target], value):
                yield f"{self._assigning(target, value)};"
            case ast.AugAssign(ast.Attribute() as target, sign, value):
                read = ast.Attribute(target.value, target.attr, ast.Load())
                yield f"{self._assigning(target, ast.BinOp(read, sign, value))};"
            case ast.Return(ast.expr() as value) if self._returns == "truth":
                yield f"return {self._truth(value)};"
            case _:
                yield from self._block(node)

    def _block(self, node: ast.stmt) -> Iterator[str]:
        match node:
            case ast.If(test, body, orelse):
                yield f"if ({self._truth(test)}) {{"
                yield from indented(self._body(body))
                if orelse:
                    yield "} else {"
                    yield from indented(self._body(orelse))
                yield "}"
            case ast.For(
                ast.Tuple([ast.Name(count), ast.Name(name)]), ast.Call(ast.Name("enumerate"), [values], []), body, []
            ):
                yield f"for (const [{count}, {name}] of {self._through(name, values)}.entries()) {{"
                self._counts.add(count)
                yield from indented(self._body(body))
                self._counts.remove(count)
                del self._dicts[name]
                yield "}"
            case _:
                raise self._refused(node)

    def _called(self, node: ast.Call) -> str:
        """Return the code of a call that stands as a statement."""
        match node:
            case ast.Call(ast.Name("print"), [ast.Call(ast.Attribute(ast.Constant(str()), "format"), shown, [])], []):
                return f"own.print({', '.join(map(self._number, shown))})"
            case ast.Call(ast.Attribute(ast.Name(self._self), name), given, []) if self._owner.method(name, "void"):
                return f"this.{name}({', '.join(map(self._number, given))})"
        raise self._refused(node)

    def _assigning(self, target: ast.expr, value: ast.expr) -> str:
        match target, value:
            case ast.Name(name), _ if name not in {*self._parameters, *self._dicts, *self._counts}:
                code = self._number(value)
                if self._assigned.setdefault(name, self._is_float(value)) != self._is_float(value):
                    raise self._refused(target)  # it is a float in one place and may be an int in another
                return f"{name} = {code}"
            case ast.Attribute(ast.Name(self._self), name), ast.ListComp():
                return f"{self._set(target, name, 'numbers')} = {self._listed(value)}"
            case ast.Attribute(ast.Name(self._self), name), _:
                return f"{self._set(target, name, 'number')} = {self._number(value)}"
            case ast.Subscript(), _:
                return f"{self._item(target)} = {self._number(value)}"
        raise self._refused(target)

    def _listed(self, node: ast.ListComp) -> str:
        match node:
            case ast.ListComp(element, [ast.comprehension(ast.Name(name), values, [], 0)]):
                through = self._through(name, values)
                code = f"{through}.map(({name}) => {self._number(element)})"
                del self._dicts[name]
                return code
        raise self._refused(node)

    def _through(self, name: str, node: ast.expr) -> str:
        """Return the code of a list of dicts, which the variable ``name`` goes through."""
        match node:
            case ast.Attribute(ast.Attribute(ast.Name(self._self), owner), attribute) if name not in self._assigned:
                self._owner.groups.setdefault((owner, attribute), set())
                self._dicts[name] = (owner, attribute)
                return f"this.{owner}_{attribute}"
        raise self._refused(node)

    def _number(self, node: ast.expr) -> str:
        """Return the code of an expression whose value is a number."""
        match node:
            case ast.Constant(value) if is_exact(value):
                return repr(value)
            case ast.Name(name) if name in {*self._assigned, *self._parameters, *self._counts}:
                return name
            case ast.Attribute(ast.Name(self._self), name):
                return self._get(node, name, "number")
            case ast.Subscript():
                return self._item(node)
            case ast.Call(ast.Name("float"), [value], []):
                return self._number(value)
            case ast.Call(ast.Name("max"), [first, second], []):
                return f"own.max({self._number(first)}, {self._number(second)})"
        return self._operation(node)

    def _operation(self, node: ast.expr) -> str:
        match node:
            case ast.BinOp(left, sign, right) if type(sign) in ARITHMETIC:
                code = f"({self._number(left)} {ARITHMETIC[type(sign)]} {self._number(right)})"
                if self._is_float(node):
                    return code
                if not isinstance(sign, ast.Mult):
                    return f"own.exact{code}"
        raise self._refused(node)

    def _is_float(self, node: ast.expr) -> bool:
        """Tell whether an expression is a float whatever the attributes are; what is not may be an int."""
        match node:
            case ast.Constant(value):
                return isinstance(value, float)
            case ast.Name(name):
                return self._assigned.get(name, False)
            case ast.Call(ast.Name("float")):
                return True
            case ast.BinOp(left, _, right):
                return self._is_float(left) or self._is_float(right)
        return False

    def _item(self, node: ast.expr) -> str:
        """Return the code of an item: of a dict that is gone through, or of a list by the count."""
        match node:
            case ast.Subscript(ast.Name(name), ast.Constant(str(key))) if name in self._dicts:
                self._owner.groups[self._dicts[name]].add(key)
                return f"{name}[{key!r}]"
            case ast.Subscript(ast.Attribute(ast.Name(self._self), name), ast.Name(count), ast.Load()) if (
                count in self._counts
            ):
                return f"own.at({self._get(node, name, 'numbers')}, {count})"
        raise self._refused(node)

    def _truth(self, node: ast.expr) -> str:
        """Return the code of an expression that stands as a condition."""
        match node:
            case ast.Compare(ast.Attribute(ast.Name(self._self), name), [ast.Eq()], [ast.Constant(str(text))]):
                return f"{self._get(node, name, 'text')} === {text!r}"
            case ast.Compare(left, [sign], [right]) if type(sign) in COMPARISONS:
                return f"{self._number(left)} {COMPARISONS[type(sign)]} {self._number(right)}"
            case ast.BoolOp(sign, values):
                return f"({f' {LOGIC[type(sign)]} '.join(map(self._truth, values))})"
            case ast.Call(ast.Attribute(ast.Name(self._self), name), given, []) if self._owner.method(name, "truth"):
                return f"this.{name}({', '.join(map(self._number, given))})"
            case ast.Attribute(ast.Name(self._self), name):
                is_property = self._owner.method(name, "truth", is_property=True)
                return f"this.{name}" if is_property else self._get(node, name, "truth")
        raise self._refused(node)

    def _get(self, node: ast.expr, name: str, kind: str) -> str:
        return self._attribute(self._owner.read, node, name, kind)

    def _set(self, node: ast.expr, name: str, kind: str) -> str:
        return self._attribute(self._owner.written, node, name, kind)

    def _attribute(self, uses: dict[str, str], node: ast.expr, name: str, kind: str) -> str:
        """Note a use of an attribute, which is of one kind everywhere; return its code."""
        uses.setdefault(name, kind)
        known = {use[name] for use in (self._owner.read, self._owner.written) if name in use}
        if known != {kind} or inspect.getattr_static(self._owner.cls, name, None) is not None:
            raise self._refused(node)
        return f"this.{name}"

    def _refused(self, node: ast.AST) -> TranslationError:
        where = f"{self._name} of {self._owner.cls.__name__}"
        return TranslationError(f"{where} has no translation: {ast.unparse(node)}")
