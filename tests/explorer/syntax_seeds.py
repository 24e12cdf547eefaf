"""Programs that have each construct of Python's grammar, and such as Python refuses for a rare reason."""

SEEDS = [
    'a = "\\N{DIGIT ONE}"\nb = f"\\N{DIGIT TWO}{a}"\nc = f"{a:{b}}{{{a!s}}}{a[\'b\']}{(lambda: a)()}{ {1: 2}[1] }"\n',
    """
def decorated():
    @a
    @b.c(d)
    async def f(x=(yield), *, y=[i for i in (yield)]):
        r = [i async for i in z]
        def g(): return [lambda: (k := 3) for k in x if (l := k)]
        return await x, [await y], {await z: 1}, f(await a, *await b)
    class D(a, *b, c=d, **e):
        z: int = (lambda: (yield))
        [lambda: (i := 3) for i in []]
        def __f(self, /, *, k): self.__k, k = k, self.__k
    return -1, *x
if a: pass
elif b: x = 1
else:
    try: x
    finally: y
try:
    x = yield_
except* E if a else B: pass
""".replace("except* E if a else B", "except E if a else B"),
    """
def f(a, b=1, /, c: int = 2, *args: str, d, e=3, **kw) -> None:
    global g
    g = 1
    def inner(*, x, y=2):
        nonlocal a
        a += 1
        yield x
        z = yield
        yield from range(3)
        return z
    return inner
def h(a, /, b): pass
def i(*args, **kw): return args, kw
lam = lambda a, b=1, /, c=2, *args, d, e=3, **kw: (a, b)
lam2 = lambda: (yield)
lam3 = lambda *, k: k
""",
    '''
async def f():
    async for x in y:
        await x
    async with a as b, c:
        pass
    r = [x async for x in y if await x]
    yield 1
    return
class C(A, B, metaclass=M, **kw):
    """Text."""
    x: int = 3
    y: "str"
    def m(self): return super().m()
    @property
    def p(self): return self.__x
    @p.setter
    def p(self, v): self.__x = v
''',
    """
match point:
    case 0 | 1 | -1:
        pass
    case "a" "b" | None | True:
        pass
    case (a, b) if a > b:
        pass
    case [a, *rest]:
        pass
    case {"k": v, "l": 1.5, **others}:
        pass
    case C(x, y=0):
        pass
    case mod.K | -1.5 | 1 + 2j:
        pass
    case C() as c:
        pass
    case (1 as one) | (2 as one):
        pass
    case _:
        pass
match = 3
match[0] = case = 4
match(x)
""",
    """
for i, (a, *b) in x, y:
    if i: continue
    elif a: break
    else: pass
else:
    pass
while x := f():
    if (y := x) and not z: break
try:
    pass
except (A, B) as e:
    raise X from e
except C:
    raise
except:
    pass
else:
    x
finally:
    del a, b[0], c.d, (e, f), [g]
with open(a) as f, (g) as h: pass
with (open(a) as f, g() as (h, i),): pass
with (a, b): pass
import a, b.c as d
from a import b as c, d
from . import x
from ..a.b import (c, d as e,)
""",
    """
a = b = c, = d
a, *b = *c, d
(a, b), [c, d] = e
a: int
a.b: int = 3
(a): int = 4
x[0]: int = 5
a += 1; b **= 2; c //= 3; d @= e; f >>= 1
x = a if b else c if d else lambda: e
x = not a in b, a not in b, a is not b, -a ** -b, ~a
x = a < b <= c != d
x = {**a, "b": c, d: e}
x = {*a, b}
x = {k: v for k, v in a if b if c}
x = [a for b in c for d in e if f]
x = {a for a in b}
x = (a for a in b if (c := a))
x = [*a, *b], (*a,), ()
x = f(a, *b, c, *d, e=1, **g, h=2)
x = f(a for a in b)
x = f((a for a in b), c)
x = f(a := 1, b)
x = a[1:2, ::3, ..., b][c:=1]
x = a[b, c][d:e][:][::]
assert a, b
assert (a, b)
print(*a, sep="")
""",
    '''
a = f"{x}{{}}{y!r}{z:>{w}.{p}}" "b" f'{d["a"]}' rf"\\d{x}"
b = b"a" b"b"
c = "\\x41\\u0041\\U00000041\\101"
d = r"\\N{x}"
e = """a
b"""
g = f"{x=}{x = !s}{x:%Y}"
h = f"""{
x}"""
i = 0x1F, 0b1, 0o7, 1_000, 1e5, 1.5j, .5, 5., 00
j = (a
     .b
     .c)
k = a + \\
    b
if a: b; c
class D: pass
@a.b(c)
def e(): ...
x = yield_ = 1
''',
]
"""What Python takes."""

REFUSED = [
    "async def f():\n    yield from x",
    "def f(a, /, b, /): pass",
    "def f(*, a, /): pass",
    "def f(/, a): pass",
    "lambda *a, *b: 1",
    "__debug__ = 3",
    "def f(__debug__): pass",
    "f(__debug__=1)",
    "import a as __debug__",
    "x.__debug__ = 1",
    "for __debug__ in x: pass",
    "def f():\n    global n\n    n: int = 3",
    "def f():\n    n: int\n    global n",
    "x = f'{a#}'",
    "x = f'{a:{b:{c}}}'",
    "x = f'{a:{*b}}'",
    "x = f'{a:{}}'",
    "x = f'{a!x}'",
    "class C(a for a in b): pass",
    "match x:\n    case *a: pass",
    "match x:\n    case (a, a): pass",
    "match x:\n    case a | b: pass",
    "match x:\n    case [a] | [b]: pass",
    "match x:\n    case a as b: pass\n    case 1: pass",
    "match x:\n    case 1 as _: pass",
    "match x:\n    case {'a': 1, 'a': 2}: pass",
    "match x:\n    case {**a, 'b': 1}: pass",
    "match x:\n    case a[0]: pass",
    "match x:\n    case 1 + 2: pass",
    "match x:\n    case (a := 1): pass",
    "def f(): [(yield) for a in b]",
    "class C:\n    x = yield",
    "def f(a=(yield)): pass",
    "def f():\n    class C:\n        yield 1",
    "x = 1\\\n",
    "f(i for i in a, )",
    "f(a, i for i in b)",
    "def g(): yield yield 1",
    "def g(): return yield 1",
    "raise a, b",
    "x += *a",
    "for x in *a: pass",
    "with a as *b: pass",
    "a, b: int",
    "if False: f(a=1, 2)",
    "for i in x: pass\nelse: break",
    "async def f():\n    def g(): await x",
    "class C:\n    [i := 3 for j in []]",
    "a[*b]",
]
"""What Python refuses."""
