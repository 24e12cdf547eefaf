import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "../../../../lrdoc/explorer/engine/index.ts";
import { holds } from "../holds.ts";

test("texts have Python's methods and formats", () => {
  holds(
    "s = ' a,b,,c '",
    "s.strip().split(',') == ['a', 'b', '', 'c']",
    "'a b  c'.split() == ['a', 'b', 'c']",
    "'a-b-c'.split('-', 1) == ['a', 'b-c']",
    "'-'.join(['x', 'y']).upper() == 'X-Y'",
    "'xxabxx'.strip('x') == 'ab' and 'abc'[::-1] == 'cba' and 'abc'[-2:] == 'bc'",
    "'cosine_lr'.startswith(('cos', 'x')) and not 'a'.endswith('b')",
    "f'{3:03d}|{0.5:.2f}|{2.5:.0f}|{1e-5:g}|{12.5:8.1f}|{0.25:.0%}|{\"a\":>3}' == '003|0.50|2|1e-05|    12.5|25%|  a'",
    "'{}-{:.1f}-{0}'.replace('{0}', 'z').format(1, 2) == '1-2.0-z'",
    "'%d_%s_%.2f%%' % (3.9, 'a', 0.5) == '3_a_0.50%'",
    "'step' in 'multistep' and 'abc'.find('c') == 2 and 'a,b'.replace(',', ';') == 'a;b'",
  );
});

test("lists, sets and dicts have Python's methods", () => {
  holds(
    "a = [3, 1, 2]\na.insert(0, 9)\na.extend([5])\na.remove(1)\nb = a.pop()\nc = a.pop(0)\na.sort(reverse=True)\nd = a.copy()\nd.reverse()",
    "a == [3, 2]",
    "(b, c) == (5, 9)",
    "d == [2, 3] and a.index(2) == 1 and [1, 1].count(1) == 2",
    "sorted([3, 1, 2], key=lambda x: -x) == [3, 2, 1]",
    "max([1, 5, 3], key=lambda x: x % 5) == 3 and min([], default=4) == 4",
  );
  holds(
    "d = dict(a=1, **{'b': 2})\nd.update(c=3)\nd.update({'a': 4})\nx = d.pop('b')\ny = d.pop('z', 8)\ne = {**d, 'k': 0}",
    "d == {'a': 4, 'c': 3} and x == 2 and y == 8",
    "d.get('q', 5) == 5 and d.setdefault('n', 6) == 6 and 'k' in e",
    "{k: v * 2 for k, v in {'a': 1}.items()} == {'a': 2} and ({'a': 1} | {'b': 2}) == {'a': 1, 'b': 2}",
  );
  holds(
    "s = {1, 2}\ns.add(3)\ns.discard(1)",
    "s == {2, 3}",
    "s - {2} == {3} and s | {9} == {2, 3, 9} and s & {2} == {2}",
  );
  holds(
    "a = list(range(10))",
    "a[2:8:3] == [2, 5]",
    "a[::-4] == [9, 5, 1]",
    "a[-3:] == [7, 8, 9]",
    "range(10)[3] == 3",
  );
  holds("a, *b, c = 'wxyz'", "b == ['x', 'y'] and c == 'z'", "[*b, 1] == ['x', 'y', 1]");
});

test("the order of a set is not known, and nothing goes on as if it were", () => {
  const { curves, errors } = look("MultiStepLR(optimizer, list({9, 3}))");
  assert.deepEqual([curves, errors[0]?.key], [[], "setOrder"]);
  holds("", "sorted({9, 3}) == [3, 9]", "sum({9, 3}) == 12", "len({9, 3}) == 2");
});

test("the modules that scripts import are there, and known without an import in fragments", () => {
  holds(
    "from functools import partial, reduce\nimport math, bisect, itertools, copy\nfrom types import SimpleNamespace\nfrom collections import OrderedDict",
    "partial(lambda a, b, c=0: a * b + c, 2)(3, c=1) == 7",
    "reduce(lambda a, b: a * b, [2, 3], 2) == 12",
    "bisect.bisect_right([1, 3], 3) == 2 and bisect.bisect_left([1, 3], 3) == 1",
    "math.gcd(12, 18) == 6 and math.factorial(4) == 24 and math.prod([2, 3]) == 6 and math.isqrt(17) == 4",
    "list(itertools.accumulate([1, 2, 3])) == [1, 3, 6] and list(itertools.chain([1], [2])) == [1, 2]",
    "SimpleNamespace(a=1, b=[2]).b == [2] and OrderedDict([('a', 1)])['a'] == 1",
    "copy.deepcopy([[1]]) == [[1]]",
  );
  holds("x = np.cos(0)", "x == 1 and partial(max, 2)(3) == 3");
});

test("NumPy's functions of numbers and rows of numbers compute as NumPy's do", () => {
  holds(
    "import numpy as np",
    "np.clip(3, 0, 2) == 2 and np.minimum(1, 2) == 1 and np.pi > 3",
    "np.linspace(0, 1, 5).tolist() == [0.0, 0.25, 0.5, 0.75, 1.0]",
    "(np.arange(3) * 2 + 1).tolist() == [1, 3, 5]",
    "np.interp(2.5, [0, 5], [0, 10]) == 5 and sum(np.array([1, 2])) == 3",
    "np.interp([0, 2.5], [0, 5], [0, 10]).tolist() == [0, 5] and np.clip([3, 1], 0, 2).tolist() == [2, 1]",
    "np.minimum([1, 5], 2).tolist() == [1, 2] and np.maximum([1, 5], np.array([3, 4])).tolist() == [3, 5]",
    "np.concatenate(([1], np.zeros(1), np.full(1, 7))).tolist() == [1, 0, 7] and np.ones(2).tolist() == [1.0, 1.0]",
    "np.cumsum([5, 10, 20]).tolist() == [5, 15, 35]",
  );
  assert.deepEqual(look("StepLR(optimizer, 3 if np.array([1]) == 1 else 2)").curves, []);
  const twoRows = look("StepLR(optimizer, int(np.linspace([0, 1], 5, 3)[0]))");
  assert.deepEqual(
    twoRows.errors.filter(({ oneflow }) => oneflow),
    [],
    "what is not understood is no exception",
  );
});

test("dataclasses have the constructor that their fields tell", () => {
  holds(
    `from dataclasses import dataclass, field, asdict, replace
@dataclass(frozen=True)
class A:
    a: int
    b: float = 0.5
    c: list = field(default_factory=list)
@dataclass(frozen=True)
class B(A):
    d: int = 9
x, y = A(1), B(2, c=[3])
x.c.append(1)`,
    "x.a == 1 and x.b == 0.5 and A(1).c == []",
    "y.c == [3] and y.d == 9 and asdict(x)['b'] == 0.5",
    "replace(x, a=7).a == 7",
  );
});

test("schedulers are made through registries, partial functions and stars", () => {
  for (const make of [
    "{'step': StepLR}['step'](optimizer, 2, 0.5)",
    "getattr(flow.optim.lr_scheduler, 'StepLR')(optimizer, 2, 0.5)",
    "partial(StepLR, step_size=2)(optimizer, gamma=0.5)",
    "StepLR(*[optimizer, 2], **{'gamma': 0.5})",
    "(lambda cls, *a, **k: cls(*a, **k))(StepLR, optimizer, 2, gamma=0.5)",
  ]) {
    const { curves, errors } = look(make, { lr: 1, steps: 4 });
    assert.deepEqual(errors, [], make);
    assert.deepEqual(Array.from(curves[0]?.lr ?? []), [1, 1, 0.5, 0.5], make);
  }
});
