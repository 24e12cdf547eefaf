"""Random programs for the engine, as training scripts compute what they give to a scheduler. The same seed gives the same programs.

A program binds its scheduler to ``scheduler``.
Most run; some raise an exception, where a division, an index or a key goes wrong.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

STEPS = 40
T = TypeVar("T")


def programs(seed: int, count: int) -> Iterator[dict[str, Any]]:
    """Yield programs with the options of the engine."""
    for at in range(count):
        yield {"code": Program(random.Random(f"{seed} {at}")).code(), "lr": 0.1, "steps": STEPS, "known": True}


def unknowns(seed: int, count: int) -> Iterator[dict[str, Any]]:
    """Yield programs that call functions of a module which CPython knows and the engine does not."""
    for at in range(count):
        rng = random.Random(f"{seed} {at}")
        yield {"code": Program(rng, unknown=True).code(), "lr": 0.1, "steps": STEPS, "known": False}


Kind = str
"""``int``, ``float``, ``ints`` (a list), ``dict`` (of texts and numbers), ``str`` or ``bool``."""


class Program:
    """Writes one program: statements that compute values, then a scheduler that is given them."""

    def __init__(self, rng: random.Random, *, unknown: bool = False) -> None:
        self._rng = rng
        self._has_unknown = unknown
        self._lines: list[str] = []
        self._indent = 0
        self._names: list[dict[str, Kind]] = [{}]
        self._count = 0
        self._functions: list[tuple[str, int]] = []
        self._imports = {
            "import math",
            "import oneflow as flow",
            "from oneflow.optim.lr_scheduler import *",
            "from oneflow.optim.lr_scheduler import _LRScheduler",
        }

    def code(self) -> str:
        """Return the program."""
        for _ in range(self._rng.randint(3, 11)):
            self._statement(2)
            if self._has_unknown and self._rng.random() < 0.3:
                self._unknown()
        self._scheduler()
        return "\n".join([*sorted(self._imports), *self._lines, ""])

    # names and lines

    def _line(self, text: str) -> None:
        self._lines.append("    " * self._indent + text)

    def _new(self, prefix: str = "v") -> str:
        self._count += 1
        return f"{prefix}{self._count}"

    def _bind(self, name: str, kind: Kind) -> str:
        self._names[-1][name] = kind
        return name

    def _known(self, kind: Kind, local: bool = False) -> list[str]:
        scopes = self._names[-1:] if local else self._names
        return [name for scope in scopes for name, one in scope.items() if one == kind]

    def _pick(self, *choices: Callable[[], T]) -> T:
        return self._rng.choice(choices)()

    # expressions

    def _int(self, depth: int = 2) -> str:
        rng = self._rng
        known = self._known("int")
        if depth == 0 or rng.random() < 0.25:
            return rng.choice(known) if known and rng.random() < 0.7 else str(rng.randint(-3, 20))

        def one() -> str:
            return self._int(depth - 1)

        def two() -> str:
            return self._ints(depth - 1)

        return self._pick(
            lambda: f"({one()} {rng.choice('+-*')} {one()})",
            lambda: f"({one()} {rng.choice(['//', '%'])} {rng.randint(1, 7)})",
            lambda: f"len({two()})",
            lambda: f"sum({two()})",
            lambda: f"{rng.choice(['max', 'min'])}({one()}, {one()})",
            lambda: f"{rng.choice(['max', 'min'])}({two()}, default={one()})",
            lambda: f"int({self._float(depth - 1)})",
            lambda: f"abs({one()})",
            lambda: f"({one()} if {self._bool(depth - 1)} else {one()})",
            lambda: f"{two()}[{rng.choice(['0', '-1', '1', one()])}]" if rng.random() < 0.3 else one(),
            lambda: f"{two()}.count({one()})",
            lambda: f"len({self._str(depth - 1)})",
            lambda: f"math.{rng.choice(['floor', 'ceil'])}({self._float(depth - 1)})",
            lambda: f"sum(1 for x in {two()} if x {rng.choice(['<', '>', '!='])} {one()})",
            lambda: f"round({self._float(depth - 1)})",
            lambda: f"({one()} {rng.choice('&|^')} {rng.randint(0, 9)})",
            lambda: f"int({self._bool(depth - 1)})",
            lambda: self._call(depth),
        )

    def _float(self, depth: int = 2) -> str:
        rng = self._rng
        known = self._known("float")
        if depth == 0 or rng.random() < 0.25:
            return (
                rng.choice(known) if known and rng.random() < 0.7 else str(rng.choice([0.5, 0.1, 1.5, 2.0, 0.25, 1e-3]))
            )

        def one() -> str:
            return self._float(depth - 1)

        return self._pick(
            lambda: f"({one()} {rng.choice('+-*')} {one()})",
            lambda: f"({self._int(depth - 1)} / {rng.choice(['4', '10', '3.0', self._int(0)])})",
            lambda: f"({one()} * {self._int(depth - 1)})",
            lambda: f"float({self._int(depth - 1)})",
            lambda: f"math.{rng.choice(['cos', 'sin', 'tanh', 'atan'])}({one()})",
            lambda: f"math.sqrt(abs({one()}))",
            lambda: f"round({one()}, {rng.randint(0, 4)})",
            lambda: f"{self._dict(depth - 1)}.get({rng.choice(KEYS)!r}, {one()})",
            lambda: f"min({one()}, {one()})",
            lambda: f"float('{rng.choice(['0.5', '1e-2', '3', ' 0.125 '])}')",
            lambda: f"float(f'{{{self._float(0)}:.{rng.randint(0, 3)}f}}')",
            lambda: f"({one()} ** 2)",
            lambda: f"({one()} if {self._bool(depth - 1)} else {one()})",
            lambda: f"sum([{one()}, {one()}]) / 2",
            lambda: self._numpy(),
        )

    def _numpy(self) -> str:
        self._imports.add("import numpy as np")
        one = self._rng.choice(["0.5", *self._known("float")])
        return self._pick(
            lambda: f"float(np.{self._rng.choice(['cos', 'sin', 'tanh'])}({one}))",
            lambda: f"float(np.clip({one}, 0.0, 1.0))",
            lambda: f"float(np.linspace(0, 1, {self._rng.randint(2, 6)})[{self._rng.randint(0, 1)}])",
            lambda: "np.pi",
        )

    def _bool(self, depth: int = 1) -> str:
        rng = self._rng
        known = self._known("bool")
        if depth == 0:
            return rng.choice([*known, "True", "False"])

        def one() -> str:
            return self._int(depth - 1)

        return self._pick(
            lambda: f"{one()} {rng.choice(['<', '<=', '>', '>=', '==', '!='])} {one()}",
            lambda: f"{self._int(0)} <= {one()} < {rng.randint(3, 30)}",
            lambda: f"(not {self._bool(depth - 1)})",
            lambda: f"({self._bool(depth - 1)} {rng.choice(['and', 'or'])} {self._bool(depth - 1)})",
            lambda: f"{one()} {rng.choice(['in', 'not in'])} {self._ints(depth - 1)}",
            lambda: f"{rng.choice(KEYS)!r} in {self._dict(0)}",
            lambda: f"{rng.choice(['any', 'all'])}(x > {one()} for x in {self._ints(depth - 1)})",
            lambda: f"bool({self._ints(depth - 1)})",
            lambda: f"{self._str(0)} == {rng.choice(WORDS)!r}",
            lambda: f"isinstance({one()}, {rng.choice(['int', 'float', '(int, float)'])})",
        )

    def _ints(self, depth: int = 2) -> str:
        rng = self._rng
        known = self._known("ints")
        if depth <= 0 or rng.random() < 0.25:
            literal = f"[{', '.join(str(rng.randint(0, 30)) for _ in range(rng.randint(1, 5)))}]"
            return rng.choice(known) if known and rng.random() < 0.7 else literal

        def one() -> str:
            return self._ints(depth - 1)

        def number() -> str:
            return self._int(depth - 1)

        return self._pick(
            lambda: f"[x {rng.choice('+-*')} {rng.randint(1, 5)} for x in {one()}]",
            lambda: f"[x for x in {one()} if x {rng.choice(['<', '>', '%'])} {rng.randint(1, 9)}]",
            lambda: f"list(range({rng.randint(0, 9)}, {rng.randint(5, 40)}, {rng.randint(1, 7)}))",
            lambda: f"({one()} + {one()})",
            lambda: f"{one()}[{rng.choice(['1:', ':-1', '::2', '::-1', ':3', '-2:'])}]",
            lambda: (
                f"sorted({one()}{rng.choice(['', ', reverse=True', ', key=lambda x: -x', ', key=lambda x: x % 3'])})"
            ),
            lambda: f"sorted(set({one()}))",
            lambda: f"[int(s) for s in {','.join(str(rng.randint(1, 60)) for _ in range(3))!r}.split(',')]",
            lambda: f"list(map(lambda x: x + {rng.randint(1, 9)}, {one()}))",
            lambda: f"list(filter(lambda x: x > {rng.randint(1, 9)}, {one()}))",
            lambda: f"list(reversed({one()}))",
            lambda: f"[a * b for a, b in zip({one()}, {one()})]",
            lambda: f"[i + x for i, x in enumerate({one()}, {rng.randint(0, 2)})]",
            lambda: f"[*({one()}), {number()}]",
            lambda: f"[x * y for x in {one()} for y in [1, 2] if x != y]",
            lambda: f"list({self._dict(0)}.keys()) and {one()}",
            lambda: f"({one()} * 2)",
            lambda: f"(lambda *a: list(a))(*{one()})",
        )

    def _str(self, depth: int = 1) -> str:
        rng = self._rng
        known = self._known("str")
        if depth <= 0 or rng.random() < 0.4:
            return rng.choice([*known, repr(rng.choice(WORDS))])

        def one() -> str:
            return self._str(depth - 1)

        return self._pick(
            lambda: f"{one()}.{rng.choice(['upper', 'lower', 'strip', 'title'])}()",
            lambda: f"({one()} + {one()})",
            lambda: f"'-'.join([{one()}, {one()}])",
            lambda: f"{one()}.replace('s', 'zz')",
            lambda: f"str({self._int(0)})",
            lambda: f"{one()}[{rng.choice([':2', '1:', '::-1', '0', '-1'])}]",
            lambda: 'f"{' + self._int(0) + "}-{" + self._int(0) + rng.choice([":03d", "", ":>4"]) + '}"',
            lambda: f"'{{}}:{{}}'.format({self._int(0)}, {self._int(0)})",
            lambda: f"'%d_%s' % ({self._int(0)}, {one()})",
        )

    def _dict(self, depth: int = 1) -> str:
        rng = self._rng
        known = self._known("dict")
        if known and rng.random() < 0.7:
            return rng.choice(known)
        items = [
            (rng.choice(KEYS), self._pick(lambda: self._int(0), lambda: self._float(0)))
            for _ in range(rng.randint(1, 3))
        ]
        return self._pick(
            lambda: "{" + ", ".join(f"{key!r}: {value}" for key, value in items) + "}",
            lambda: "dict(" + ", ".join(f"{key}={value}" for key, value in dict(items).items()) + ")",
            lambda: (
                "{**" + (self._dict(depth - 1) if depth > 0 else "{}") + ", " + f"{items[0][0]!r}: {items[0][1]}" + "}"
            ),
            lambda: "{k: i for i, k in enumerate(['lr', 'step', 'gamma'])}",
        )

    def _call(self, depth: int) -> str:
        if not self._functions:
            return self._int(depth - 1)
        name, count = self._rng.choice(self._functions)
        return f"{name}({', '.join(self._int(0) for _ in range(count))})"

    # statements

    def _statement(self, depth: int) -> None:
        simple = [
            self._assign,
            self._assign,
            self._assign,
            self._augment,
            self._list_method,
            self._dict_method,
            self._unpack,
            self._walrus,
            self._item,
        ]
        compound = [
            self._if,
            self._if,
            self._for,
            self._for,
            self._while,
            self._function,
            self._class,
            self._try,
            self._nonlocal,
            self._recursion,
            self._dataclass,
            self._namespace,
            self._partial,
            self._argparse,
            self._generator,
            self._alias,
        ]
        nested = [self._if, self._for, self._while, self._try]
        is_simple = depth == 0 or self._rng.random() < 0.5
        self._rng.choice(simple if is_simple else compound if self._indent == 0 else nested)()

    def _assign(self) -> None:
        kind, write = self._rng.choice(
            [
                ("int", self._int),
                ("float", self._float),
                ("ints", self._ints),
                ("str", self._str),
                ("dict", self._dict),
                ("bool", self._bool),
            ]
        )
        value = write()
        local = self._known(kind, local=True)
        again = local and (self._indent > 0 or self._rng.random() < 0.4)
        name = self._rng.choice(local) if again else self._new()
        bound = {"int": f"({value}) % 1000", "ints": f"({value})[:40]", "str": f"({value})[:40]"}
        self._line(f"{name} = {bound.get(kind, value) if self._indent > 0 else value}")  # what loops double grows fast
        if self._indent == 0 or len(self._names) > 1:  # a name of a branch may have no value after it
            self._bind(name, kind)

    def _augment(self) -> None:
        names = [(name, kind) for kind in ("int", "float", "ints", "str") for name in self._known(kind, local=True)]
        if not names:
            self._assign()
            return
        name, kind = self._rng.choice(names)
        value = {
            "int": lambda: f"{self._rng.choice(['+', '-', '*'])}= ({self._int(1)}) % 7",
            "float": lambda: f"{self._rng.choice(['+', '-', '*'])}= ({self._float(1)}) % 1.5",
            "ints": lambda: f"+= {self._ints(1)}[:3]",
            "str": lambda: f"+= {self._str(0)}[:3]",
        }[kind]()
        self._line(f"{name} {value}")

    def _list_method(self) -> None:
        names = self._known("ints", local=True)
        if not names:
            self._assign()
            return
        name = self._rng.choice(names)
        self._line(
            self._pick(
                lambda: f"{name}.append({self._int(1)})",
                lambda: f"{name}.insert({self._rng.choice(['0', '1', '-1'])}, {self._int(1)})",
                lambda: f"{name}.extend({self._ints(1)}[:3])",
                lambda: f"{name}.sort({self._rng.choice(['', 'reverse=True', 'key=abs'])})",
                lambda: f"{name}.reverse()",
                lambda: f"if {name}: {name}.pop({self._rng.choice(['', '0', '-1'])})",
                lambda: f"{name} and {name}.remove({name}[0])",
                lambda: f"{name} = {name}.copy()",
            )
        )

    def _dict_method(self) -> None:
        names = self._known("dict", local=True)
        if not names:
            self._assign()
            return
        name, key = self._rng.choice(names), self._rng.choice(KEYS)
        self._line(
            self._pick(
                lambda: f"{name}[{key!r}] = {self._int(1)}",
                lambda: f"{name}.update({key}={self._float(1)})",
                lambda: f"{name}.update({{{key!r}: {self._int(1)}}})",
                lambda: f"{name}.setdefault({key!r}, {self._int(1)})",
                lambda: f"{name}.pop({key!r}, None)",
                lambda: f"{name}[{key!r}] = {name}.get({key!r}, 0) + 1",
            )
        )

    def _unpack(self) -> None:
        a, b = self._new(), self._new()
        self._pick(
            lambda: self._line(f"{a}, {b} = {self._int(1)}, {self._int(1)}"),
            lambda: self._line(f"({a}, {b}) = ({self._int(1)}, {self._int(1)})[::-1]"),
            lambda: self._line(f"{a} = {b} = {self._int(1)}"),
            lambda: self._line(f"{a}, {b} = divmod({self._int(1)}, {self._rng.randint(1, 9)})"),
            lambda: self._line(f"{a}, *{b} = [{self._int(1)}] + {self._ints(1)}; {b} = len({b})"),
        )
        if self._indent == 0:
            self._bind(a, "int")
            self._bind(b, "int")

    def _walrus(self) -> None:
        a, b = self._new(), self._new()
        self._line(f"{a} = ({b} := {self._int(1)}) * 2")
        if self._indent == 0:
            self._bind(a, "int")
            self._bind(b, "int")

    def _item(self) -> None:
        names = self._known("ints", local=True)
        if not names:
            self._assign()
            return
        name = self._rng.choice(names)
        self._line(
            f"if len({name}) > 1: {name}[{self._rng.choice(['0', '-1', '1'])}] {self._rng.choice(['=', '+='])} {self._int(1)}"
        )

    def _block(self, count: int = 2) -> None:
        self._indent += 1
        for _ in range(self._rng.randint(1, count)):
            self._statement(1 if self._indent < 3 else 0)
        self._indent -= 1

    def _if(self) -> None:
        self._line(f"if {self._bool(2)}:")
        self._block()
        if self._rng.random() < 0.4:
            self._line(f"elif {self._bool(1)}:")
            self._block()
        if self._rng.random() < 0.5:
            self._line("else:")
            self._block()

    def _for(self) -> None:
        name = self._new("i")
        head = self._pick(
            lambda: f"{name} in range({self._rng.randint(1, 6)})",
            lambda: f"{name} in {self._ints(1)}[:6]",
            lambda: f"{name}, _ in enumerate({self._ints(1)}[:5])",
            lambda: f"_, {name} in zip(range(4), {self._ints(1)})",
            lambda: f"{name} in sorted({self._dict(0)}.values())",
            lambda: f"{name} in [len(k) for k, w in {self._dict(0)}.items()]",
            lambda: f"{name} in (len(s) for s in {self._str(0)}.split('-'))",
        )
        self._line(f"for {head}:")
        self._indent += 1
        targets = self._known("int", local=True)
        if targets:
            self._line(f"{self._rng.choice(targets)} += {name}")
        lists = self._known("ints", local=True)
        if lists and self._rng.random() < 0.6:
            self._line(
                f"{self._rng.choice(lists)}.append({name} * {self._rng.randint(1, 9)})"
                if "dict" not in head
                else "pass"
            )
        if self._rng.random() < 0.3:
            self._line(f"if {name} > {self._rng.randint(2, 8)}: {self._rng.choice(['break', 'continue'])}")
        self._indent -= 1
        self._block()
        if self._rng.random() < 0.15:
            self._line("else:")
            self._block(1)

    def _while(self) -> None:
        name = self._new("n")
        self._line(f"{name} = 0")
        self._line(f"while {name} < {self._rng.randint(1, 6)}:")
        self._indent += 1
        self._line(f"{name} += 1")
        if self._rng.random() < 0.4:
            self._line(f"if {self._bool(1)}: {self._rng.choice(['break', 'continue'])}")
        self._indent -= 1
        self._block()

    def _function(self) -> None:
        name = self._new("f")
        parameters = ["a", "b"][: self._rng.randint(1, 2)]
        least = len(parameters)
        tail = self._rng.choice(
            ["", f", c={self._rng.randint(0, 9)}", ", *rest", ", **more", f", *, d={self._rng.randint(0, 9)}"]
        )
        self._line(f"def {name}({', '.join(parameters)}{tail}):")
        outer = self._functions
        self._functions = []
        self._names.append(
            dict.fromkeys(parameters, "int")
            | ({"c": "int"} if "c=" in tail else {})
            | ({"d": "int"} if "d=" in tail else {})
        )
        self._indent += 1
        for _ in range(self._rng.randint(0, 2)):
            self._assign()
        if self._rng.random() < 0.3:
            self._line(f"if {self._bool(1)}: return {self._int(1)}")
        extra = {", *rest": " + len(rest)", ", **more": " + sum(more.values())"}.get(tail, "")
        self._line(f"return {self._int(2)}{extra}")
        self._indent -= 1
        self._names.pop()
        self._functions = [*outer, (name, least)]
        result = self._new()
        given = ", ".join(self._int(1) for _ in range(least))
        more = {", *rest": ", 1, 2", ", **more": ", p=1, q=2"}.get(tail, "")
        for name_of_default in ("c", "d"):
            if f" {name_of_default}=" in tail and self._rng.random() < 0.5:
                more = f", {name_of_default}={self._int(0)}"
        self._line(f"{result} = {name}({given}{more})")
        self._bind(result, "int")

    def _recursion(self) -> None:
        name, result = self._new("r"), self._new()
        self._line(f"def {name}(n):")
        self._line(f"    return {self._rng.randint(0, 3)} if n <= 0 else n + {name}(n - {self._rng.randint(1, 2)})")
        self._line(f"{result} = {name}({self._rng.randint(1, 12)})")
        self._bind(result, "int")

    def _nonlocal(self) -> None:
        outer, result, name = self._new("make"), self._new(), self._rng.choice([*self._known("int"), "none"])
        if name != "none" and self._rng.random() < 0.5:
            self._line(f"def {outer}(by):")
            self._line(f"    global {name}")
            self._line(f"    {name} += by")
            self._line(f"    return {name}")
            self._line(f"{result} = {outer}({self._int(1)})")
        else:
            self._line(f"def {outer}(start):")
            self._line("    total = start")
            self._line("    def add(x):")
            self._line("        nonlocal total")
            self._line("        total += x")
            self._line("        return total")
            self._line("    return add")
            self._line(f"g{result} = {outer}({self._int(0)})")
            self._line(f"g{result}({self._int(1)})")
            self._line(f"{result} = g{result}({self._int(1)})")
        self._bind(result, "int")

    def _class(self) -> None:
        name, result = self._new("C"), self._new()
        self._line(f"class {name}:")
        self._line(f"    scale = {self._rng.randint(1, 5)}")
        self._line("    def __init__(self, n, more=2):")
        self._line(f"        self.n = n * {self._rng.choice(['self.scale', f'{name}.scale', '3'])}")
        self._line("        self.seen = []")
        self._line("    @property")
        self._line("    def twice(self):")
        self._line("        return self.n * 2")
        self._line("    @staticmethod")
        self._line("    def helper(x):")
        self._line(f"        return x + {self._rng.randint(1, 5)}")
        self._line("    @classmethod")
        self._line("    def default(cls):")
        self._line(f"        return cls({self._rng.randint(1, 9)})")
        self._line("    def __call__(self, x):")
        self._line("        self.seen.append(x)")
        self._line("        return x * self.n + len(self.seen)")
        cls = name
        if self._rng.random() < 0.4:
            cls = self._new("C")
            self._line(f"class {cls}({name}):")
            self._line("    def __init__(self, n, **more):")
            self._line("        super().__init__(n + 1, **more)")
            self._line(f"        self.n += {self._rng.randint(1, 4)}")
        made = self._rng.choice([f"{cls}({self._int(1)})", f"{cls}({self._int(1)}, more=3)", f"{cls}.default()"])
        self._line(f"o{result} = {made}")
        self._line(
            f"{result} = "
            + self._rng.choice(
                [
                    f"o{result}.n",
                    f"o{result}.twice",
                    f"o{result}({self._int(0)})",
                    f"{cls}.helper({self._int(0)})",
                    f"getattr(o{result}, 'n', 3)",
                    f"getattr(o{result}, 'absent', 3)",
                    f"o{result}(1) + o{result}(2)",
                ]
            )
        )
        self._bind(result, "int")

    def _dataclass(self) -> None:
        self._imports.add("from dataclasses import dataclass, field, replace, asdict")
        name, result = self._new("D"), self._new()
        self._line("@dataclass")
        self._line(f"class {name}:")
        self._line("    first: int")
        self._line(f"    second: int = {self._int(0)}")
        self._line("    third: list = field(default_factory=list)")
        given = self._rng.choice(
            [f"{self._int(0)}", f"first={self._int(0)}, second={self._int(0)}", f"{self._int(0)}, third=[1, 2]"]
        )
        self._line(f"o{result} = {name}({given})")
        if self._rng.random() < 0.3:
            self._line(f"o{result} = replace(o{result}, second={self._int(0)})")
        self._line(f"o{result}.third.append({self._int(0)})")
        self._line(
            f"{result} = "
            + self._rng.choice(
                [f"o{result}.first + o{result}.second", f"len(o{result}.third)", f"asdict(o{result})['second']"]
            )
        )
        self._bind(result, "int")

    def _namespace(self) -> None:
        self._imports.add("from types import SimpleNamespace")
        name, result = self._new("cfg"), self._new()
        self._line(f"{name} = SimpleNamespace(lr={self._float(0)}, epochs={self._int(0)}, ms={self._ints(0)})")
        self._line(f"{name}.epochs += {self._int(0)}")
        self._line(f"{name}.ms.append({name}.epochs)")
        self._line(f"{result} = {name}.ms[-1] + getattr({name}, 'absent', {self._int(0)})")
        self._bind(result, "int")

    def _partial(self) -> None:
        self._imports.add("from functools import partial, reduce")
        result = self._new()
        self._line(
            self._pick(
                lambda: (
                    f"{result} = partial(lambda a, b, c=1: a * b + c, {self._int(0)})({self._int(0)}, c={self._int(0)})"
                ),
                lambda: f"{result} = reduce(lambda a, b: a + b, {self._ints(1)}, {self._int(0)})",
                lambda: f"{result} = [lambda: i for i in range(3)][0]()",
                lambda: f"{result} = (lambda a, b={self._int(0)}: a + b)({self._int(0)})",
            )
        )
        self._bind(result, "int")

    def _argparse(self) -> None:
        self._imports.add("import argparse")
        name, result, kind = self._new("parser"), self._new(), self._rng.choice(["int", "float"])
        self._line(f"{name} = argparse.ArgumentParser()")
        self._line(f"{name}.add_argument('--epochs', type=int, default={self._rng.randint(1, 30)})")
        self._line(f"{name}.add_argument('--warm-up', '-w', type={kind}, default={self._rng.randint(1, 9)})")
        self._line(f"{name}.add_argument('--flag', action='{self._rng.choice(['store_true', 'store_false'])}')")
        self._line(f"a{result} = {name}.parse_args()")
        self._line(f"{result} = a{result}.epochs - int(a{result}.warm_up) if a{result}.flag else a{result}.epochs")
        self._bind(result, "int")

    def _generator(self) -> None:
        result = self._new()
        self._line(f"it{result} = iter({self._ints(1)})")
        self._line(
            self._pick(
                lambda: f"{result} = next(it{result}, 0) + next(it{result}, 1) + sum(it{result})",
                lambda: f"{result} = sum(it{result}) + len(list(it{result}))",
                lambda: f"{result} = next((x for x in it{result} if x > {self._int(0)}), -1)",
                lambda: (
                    f"z{result} = zip(it{result}, range(3)); {result} = len(list(z{result})) * 10 + len(list(z{result}))"
                ),
            )
        )
        self._bind(result, "int")

    def _alias(self) -> None:
        names = self._known("ints", local=True)
        if not names:
            self._assign()
            return
        name, other = self._rng.choice(names), self._new()
        self._line(f"{other} = {self._rng.choice([name, f'{name}[:]', f'list({name})', f'({name})'])}")
        self._line(f"{other}.append({self._int(0)})")
        self._bind(other, "ints")

    def _try(self) -> None:
        self._line("try:")
        self._indent += 1
        self._statement(0)
        names = self._known("int", local=True)
        target = self._rng.choice(names) if names else "unused"
        self._line(
            f"{target} = "
            + self._rng.choice(
                ["1 // 0", "[1][4]", "{'a': 1}['b']", "int('x')", "int('7')", self._int(1), "None + 1", "(1).missing_"]
            )
            if names
            else "pass"
        )
        self._indent -= 1
        kinds = self._rng.choice(
            [
                "",
                " Exception",
                " (ZeroDivisionError, IndexError, KeyError, ValueError, TypeError, AttributeError)",
                " LookupError",
                " ArithmeticError as e",
            ]
        )
        self._line(f"except{kinds}:")
        self._indent += 1
        self._line(f"{target} = {self._int(0)}" if names else "pass")
        self._indent -= 1
        if self._rng.random() < 0.3:
            self._line(self._rng.choice(["else:", "finally:"]))
            self._indent += 1
            self._line(f"{target} = {self._int(0)}" if names else "pass")
            self._indent -= 1

    def _unknown(self) -> None:
        """Write a statement with something from the module ``elsewhere``; CPython's is in ``program_side``."""
        self._imports.add("from elsewhere import change, number, flag, some, Thing")
        ints, numbers = self._known("ints", local=True) or ["[]"], self._known("int", local=True) or ["unused"]
        name, value = self._rng.choice(ints), self._rng.choice(numbers)
        self._line(
            self._pick(
                lambda: f"change({name})",
                lambda: f"{value} = number({self._int(0)})",
                lambda: f"if flag(): {value} = {self._int(1)}",
                lambda: f"for _ in some(): {value} = {self._int(0)}",
                lambda: f"for x in some():\n    if x > 1: {name} and {name}.append(x)",
                lambda: f"while flag():\n    {value} = 7\n    break",
                lambda: f"thing = Thing({name})\nthing.change()",
                lambda: f"other = {name}\nfor x in some(): other.append(x)" if name != "[]" else f"{value} = 1",
                lambda: f"def apply(values):\n    change(values)\napply({name})",
                lambda: f"def pick():\n    if flag():\n        return 3\n    return 4\n{value} = pick()",
                lambda: f"def add():\n    global {value}\n    for x in some():\n        {value} = x\nadd()",
                lambda: f"try:\n    {value} = number(1) // 0\nexcept ZeroDivisionError:\n    {value} = 2",
                lambda: f"print(number(1), flag(), {name})",
                lambda: f"with Thing({name}) as held:\n    {value} = 3",
            )
        )

    # the scheduler

    def _count_of(self, value: str) -> str:
        return f"abs(int({value})) % 17 + 1"

    def _scheduler(self) -> None:
        rng = self._rng
        self._line(f"base_lr = 0.001 + abs({self._float(1)}) % 1.0")
        self._line(f"n = {self._count_of(self._int(2))}")
        self._line(f"gamma = 0.1 + abs({self._float(2)}) % 0.8")
        self._line(f"ms = sorted(set(abs(int(x)) % 40 + 1 for x in {self._ints(2)})) or [5]")
        self._line(self._optimizer())
        self._line(rng.choice(self._schedulers())())

    def _optimizer(self) -> str:
        def weights() -> str:
            return "[flow.nn.Parameter(flow.zeros(1))]"

        def group(rate: str) -> str:
            return "{'params': " + weights() + (f", 'lr': {rate}" if rate else "") + "}"

        return self._pick(
            lambda: f"optimizer = flow.optim.SGD({weights()}, lr=base_lr)",
            lambda: f"optimizer = flow.optim.SGD({weights()}, base_lr, momentum=0.9)",
            lambda: f"optimizer = flow.optim.Adam({weights()}, **dict(lr=base_lr))",
            lambda: f"optimizer = flow.optim.SGD([{group('')}, {group('base_lr * 2')}], lr=base_lr)",
            lambda: (
                f"groups = [{group('gamma')}]\ngroups.append({group('')})\noptimizer = flow.optim.SGD(groups, lr=base_lr)"
            ),
        )

    def _schedulers(self) -> list[Callable[[], str]]:
        rng = self._rng
        rule = self._rule
        simple = [
            "StepLR(optimizer, n, gamma)",
            "MultiStepLR(optimizer, milestones=ms, gamma=gamma)",
            "ExponentialLR(optimizer, gamma)",
            "CosineAnnealingLR(optimizer, T_max=n * 2, eta_min=base_lr * gamma)",
            "CosineDecayLR(optimizer, n * 3, alpha=gamma)",
            "PolynomialLR(optimizer, n * 3, 0.0001, 2.0)",
            "LinearLR(optimizer, gamma, 1.0, n)",
            "ConstantLR(optimizer, gamma, n)",
            "WarmupLR(StepLR(optimizer, n, gamma), gamma, n)",
            "SequentialLR(optimizer, [ConstantLR(optimizer, gamma, n), StepLR(optimizer, n, gamma)], [n])",
        ]
        one = rng.choice(simple)
        return [
            lambda: f"scheduler = {one}",
            lambda: f"scheduler = {one}",
            lambda: f"def build(optimizer, n=n, *, gamma=gamma):\n    return {one}\nscheduler = build(optimizer)",
            lambda: "kwargs = {'step_size': n}\nkwargs['gamma'] = gamma\nscheduler = StepLR(optimizer, **kwargs)",
            lambda: "args = (n, gamma)\nscheduler = StepLR(optimizer, *args)",
            lambda: (
                f"scheduler = {{'step': StepLR, 'exp': ExponentialLR}}[{rng.choice(['step', 'exp'])!r}](optimizer, {rng.choice(['n', 'gamma'])})"
            ),
            lambda: "scheduler = getattr(flow.optim.lr_scheduler, 'Step' + 'LR')(optimizer, step_size=n, gamma=gamma)",
            lambda: f"if {self._bool(2)}:\n    scheduler = {one}\nelse:\n    scheduler = {rng.choice(simple)}",
            lambda: "from functools import partial\nscheduler = partial(StepLR, step_size=n)(optimizer, gamma=gamma)",
            lambda: (
                f"class Trainer:\n    def __init__(self, optimizer):\n        self.optimizer = optimizer\n        self.scheduler = self.build()\n    def build(self):\n        optimizer = self.optimizer\n        return {one}\nscheduler = Trainer(optimizer).scheduler"
            ),
            lambda: (
                "class Own(_LRScheduler):\n    def __init__(self, optimizer, n, power=2, **more):\n        self.n, self.power = n, power\n        super().__init__(optimizer, **more)\n    def get_lr(self, base_lr, step):\n        if step < self.n:\n            return base_lr * (step + 1) / self.n\n        return base_lr * gamma ** (step // self.power)\nscheduler = Own(optimizer, n)"
            ),
            *[lambda: rule()] * 5,
        ]

    def _rule(self) -> str:
        body = self._rng.choice(
            [
                "gamma ** (step // n)",
                "max(0.0, 1 - step / (n * 3))",
                "(step + 1) / n if step < n else gamma ** sum(step >= m for m in ms)",
                "0.5 * (1 + math.cos(math.pi * min(step, n) / n))",
                "1.0 if step not in ms else gamma",
                "gamma ** len([m for m in ms if m <= step])",
                "sum(m for m in ms if m > step) / sum(ms)",
                "min((step + 1) ** -0.5, (step + 1) * n ** -1.5)",
            ]
        )
        return self._pick(
            lambda: f"scheduler = LambdaLR(optimizer, lambda step: {body})",
            lambda: f"def rule(step):\n    return {body}\nscheduler = LambdaLR(optimizer, lr_lambda=rule)",
            lambda: (
                f"def make(n):\n    def rule(step):\n        return {body}\n    return rule\nscheduler = LambdaLR(optimizer, make(n + 1))"
            ),
            lambda: (
                f"class Rule:\n    def __init__(self, n):\n        self.n = n\n    def __call__(self, step):\n        n = self.n\n        return {body}\nscheduler = LambdaLR(optimizer, Rule(n))"
            ),
            lambda: f"rule = lambda step, n=n * 2: {body}\nscheduler = LambdaLR(optimizer, rule)",
            lambda: (
                f"table = [{body} for step in range(60)]\nscheduler = LambdaLR(optimizer, lambda step: table[step])"
            ),
            lambda: (
                "def rule(step):\n    factor = 1.0\n    for m in ms:\n        if step < m:\n            break\n        factor *= gamma\n    return factor\nscheduler = LambdaLR(optimizer, rule)"
            ),
            lambda: (
                "def rule(step):\n    i = 0\n    while i < len(ms) and ms[i] <= step:\n        i += 1\n    return gamma ** i\nscheduler = LambdaLR(optimizer, rule)"
            ),
            lambda: (
                "from bisect import bisect_right\nscheduler = LambdaLR(optimizer, lambda step: gamma ** bisect_right(ms, step))"
            ),
            lambda: (
                "from functools import partial\ndef rule(n, step, *, power=1):\n    return max(0.0, 1 - step / (n * 4)) ** power\nscheduler = LambdaLR(optimizer, partial(rule, n, power=2))"
            ),
        )


KEYS = ("lr", "step", "gamma", "epochs")
WORDS = ("step", "cosine", "poly-warm", "a-b-c", "Step")
