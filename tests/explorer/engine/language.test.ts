import assert from "node:assert/strict";
import { test } from "node:test";
import { trace } from "../../../lrdoc/explorer/engine/index.ts";
import { holds } from "./holds.ts";

test("loops are left, gone on with and ended as Python does", () => {
  holds(
    "a = []\nfor i in range(9):\n  if i == 2: continue\n  if i == 5: break\n  a.append(i)\nelse:\n  a.append(99)",
    "a == [0, 1, 3, 4]",
  );
  holds("n = 0\nwhile n < 3:\n  n += 1\nelse:\n  n = 10", "n == 10");
  holds("a = [(i, j) for i in range(3) for j in range(i) if i != 2 or j]", "a == [(1, 0), (2, 1)]");
  holds("for i, (x, *rest) in enumerate([[1, 2, 3], [4]], 1): pass", "i == 2", "x == 4", "rest == []");
});

test("an augmented assignment changes a list in its place", () => {
  holds("a = b = [1]\na += [2]\nc = a\nc = c + [3]", "b == [1, 2]", "c == [1, 2, 3]");
  holds("n = 7\nn //= 2\nn **= 2\nn %= 5\nn <<= 2\nn |= 1", "n == 17");
});

test("functions take arguments in all of Python's ways", () => {
  const code = "def f(a, b=2, *rest, c=3, **more):\n  return [a, b, rest, c, more]";
  holds(
    code,
    "f(1) == [1, 2, (), 3, {}]",
    "f(1, 5, 6, 7, c=8, d=9) == [1, 5, (6, 7), 8, {'d': 9}]",
    "f(*[1, 2], **{'c': 4}) == [1, 2, (), 4, {}]",
    "f(b=1, a=2)[:2] == [2, 1]",
  );
  for (const [call, message] of [
    ["f()", "TypeError: f() missing 1 required positional argument: 'a'"],
    ["f(1, a=2)", "TypeError: f() got multiple values for argument 'a'"],
  ]) {
    assert.equal(trace(`${code}\n${call}\nStepLR(optimizer, 1)`).errors[0]?.message, message);
  }
  holds("def g(a, *, b): return a - b", "g(5, b=2) == 3");
});

test("names stand where Python has them", () => {
  holds("n = 1\ndef f():\n  global n\n  n += 1\nf()\nf()", "n == 3");
  holds(
    "def make():\n  n = 0\n  def add():\n    nonlocal n\n    n += 1\n    return n\n  return add\na = make()\na()",
    "a() == 2",
  );
  holds("n = 5\na = [n for n in range(3)]", "n == 5");
  holds("fs = [lambda: i for i in range(3)]", "fs[0]() == 2");
  holds("def f(gamma):\n  n = 9\n  return gamma\nn = 1\nf(2)", "n == 1");
  holds("a = 1\nb = 2\ndel a\na = b", "a == 2");
  holds("if (n := 4) > 3: m = n", "m == 4");
});

test("classes have attributes, properties, methods of all kinds and can be called", () => {
  const code = `class A:
  size = 3
  names = ['a']
  def __init__(self, n=1): self.n = n
  @property
  def twice(self): return 2 * self.n
  @staticmethod
  def one(): return 1
  @classmethod
  def of(cls, n): return cls(n)
  def __call__(self, x): return x + self.n
  def __len__(self): return 7
class B(A):
  size = 4
  def __init__(self, n): super().__init__(n + 1)
a, b = A(5), B.of(5)`;
  holds(code, "a.twice == 10", "A.one() == 1", "b.n == 6", "b.size == 4 and a.size == 3", "a(1) == 6", "len(b) == 7");
  holds(code, "isinstance(b, A) and not isinstance(a, B)", "getattr(a, 'none', 8) == 8", "hasattr(b, 'n')");
});

test("exceptions are caught by their kinds", () => {
  holds("try:\n  x = 1 / 0\nexcept (KeyError, ArithmeticError):\n  x = 3\nfinally:\n  y = 4", "x == 3", "y == 4");
  holds("try:\n  x = {}['a']\nexcept IndexError:\n  x = 1\nexcept LookupError as e:\n  x = 2", "x == 2");
  holds("try:\n  x = int('7')\nexcept ValueError:\n  x = 0\nelse:\n  x += 1", "x == 8");
  holds("def f():\n  try:\n    raise ValueError('no')\n  except Exception:\n    return 1", "f() == 1");
  const { errors } = trace("try:\n  x = 1 / 0\nexcept KeyError:\n  x = 3\nStepLR(optimizer, 1)");
  assert.equal(errors[0]?.message, "ZeroDivisionError: division by zero");
});

test("numbers and texts of one value are one key", () => {
  holds("d = {1: 'a', (1, 2): 'b'}\nd[1.0] = 'c'\nd[True] = 'd'", "d[1] == 'd'", "d[(1, 2)] == 'b'", "len(d) == 2");
  holds("s = {1, 1.0, True, 2}", "len(s) == 2", "1 in s", "s == {2, 1}");
});

test("an iterator gives each value once", () => {
  holds("z = zip([1, 2], [3, 4])\na = list(z)\nb = list(z)", "len(a) == 2 and b == []");
  holds("g = (x for x in range(5))\na = next(g)\nb = [x for x in g if x > 2]", "a == 0 and b == [3, 4]");
  holds("n = any(1 / x > 0 for x in [1, 0])", "n"); // the second is not looked at
});

test("an error of Python's is told, wherever it arises", () => {
  for (const [code, message] of [
    ["[1][3]", "IndexError: list index out of range"],
    ["{}['a']", "KeyError: 'a'"],
    ["int('x')", "ValueError: invalid literal for int() with base 10: 'x'"],
    ["'a' + 1", 'TypeError: can only concatenate str (not "int") to str'],
    ["a, b = 1, 2, 3", "ValueError: too many values to unpack (expected 2)"],
  ] as const) {
    assert.equal(trace(`${code}\nStepLR(optimizer, 1)`).errors[0]?.message, message);
  }
});

test("values tell whether they convert to an integer and to a float, as Python's do", () => {
  for (const [value, ...converts] of [
    ["3", true, true],
    ["True", true, true],
    ["3.0", false, true],
    ["'3'", false, false],
    ["None", false, false],
    ["[3]", false, false],
    ["complex(0, 2)", false, false],
  ]) {
    const wanted = converts.map((one) => (one ? "True" : "False"));
    holds("", `hasattr(${value}, '__index__') == ${wanted[0]}`, `hasattr(${value}, '__float__') == ${wanted[1]}`);
  }
});
