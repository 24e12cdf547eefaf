import assert from "node:assert/strict";
import { test } from "node:test";
import { read, trace } from "../../../lrdoc/explorer/engine/index.ts";
import { install } from "../../../lrdoc/explorer/engine/scripts/install.ts";
import { MOST_WORK, workOf } from "./work.ts";

install();

const LAMBDA = "LambdaLR(optimizer, lambda step: ";
const CODES: Readonly<Record<string, string>> = {
  "a power tower": "StepLR(optimizer, 9**9**9**9)",
  "powers at every step": `${LAMBDA}3**50000 * 3**50000 % 7)`,
  "squares of squares": `x = 3\n${"x = x * x\n".repeat(200)}StepLR(optimizer, x)`,
  "a loop without end": "def f(n):\n  while True:\n    n += 1\nLambdaLR(optimizer, f)",
  "a range without end": `${LAMBDA}sum([i for i in range(10**12)]))`,
  "a list without end": `${LAMBDA}len(list(range(10**12))))`,
  "a list that grows while it is read": `x = [1]\n${LAMBDA}len([x.append(1) for i in x]))`,
  "a long list": `${LAMBDA}len([0] * 10**12))`,
  "a long string": `x = 'a'\n${"x = x * 1000\n".repeat(10)}StepLR(optimizer, x)`,
  "a function that calls itself": "f = lambda n: f(n)\nLambdaLR(optimizer, f)",
  "a rule that calls itself":
    "class A(LRScheduler):\n  def get_lr(self, b, s):\n    return self.get_lr(b, s)\nA(optimizer)",
  "schedulers without end": "for i in range(10**9):\n  StepLR(optimizer, 3)",
  "param groups without end": "o = SGD([{'params': p}] * 10**6)\nStepLR(o, 3)",
  "many param groups": "o = SGD([{'params': p}] * 40)\nStepLR(o, 3)\nStepLR(o, 4)\nStepLR(o, 5)",
  "names that stand for each other": `${"a = b = c = d = [a, b, c, d, x]\n".repeat(800)}for i in range(10**6):\n  o = SGD(a)\nStepLR(o, 0)`,
  "deep brackets": `StepLR(optimizer, ${"(".repeat(9000)}3${")".repeat(9000)})`,
  "deep lists": `StepLR(optimizer, ${"[".repeat(9000)}${"]".repeat(9000)})`,
  "deep schedulers": `${"WarmupLR(".repeat(1000)}optimizer${")".repeat(1000)}`,
  "a long sum": `StepLR(optimizer, ${"1+".repeat(9000)}1)`,
  "many signs": `StepLR(optimizer, ${"-".repeat(20000)}1)`,
  "many negations": `StepLR(optimizer, ${"not ".repeat(7000)}1)`,
  "many conjunctions": `StepLR(optimizer, ${"1 and ".repeat(4000)}1)`,
  "a long chain": `StepLR(optimizer, ${"1 < ".repeat(7000)}1)`,
  "many conditions": `StepLR(optimizer, ${"1 if 1 else ".repeat(2000)}1)`,
  "many branches": `if a:\n pass\n${"elif b:\n pass\n".repeat(1500)}`,
  "many lambdas": `LambdaLR(optimizer, ${"lambda s: ".repeat(2500)}1)`,
  "many attributes": `StepLR(optimizer${".a".repeat(9000)}, 3)`,
  "many calls": `StepLR(optimizer${"()".repeat(9000)}, 3)`,
  "many mistakes": "a b c d ".repeat(3500),
  "many digits": `StepLR(optimizer, ${"9".repeat(29000)})`,
  "more than anyone types": "x".repeat(10_000_000),
  "a text that doubles": "x = 'a'\nfor i in range(100):\n  x += x\nStepLR(optimizer, len(x))",
  "a list that doubles": "x = [1]\nwhile True:\n  x += x\nStepLR(optimizer, len(x))",
  "a slice of a range without end": "x = range(10**12)[::1]\nStepLR(optimizer, x)",
  "a generator without end": `${LAMBDA}sum(1 for x in range(10**12)))`,
  "a map without end": `${LAMBDA}sum(map(lambda x: x, range(10**12))))`,
  "tuples as keys": "d = {}\nfor i in range(10**7):\n  d[(i,)] = i\nStepLR(optimizer, d)",
  "a long list that is counted": "x = [1] * 10**6\nwhile True:\n  x.count(1)\nStepLR(optimizer, 1)",
  "a long list that is shown": "x = [1] * 10**6\nwhile True:\n  str(x)\nStepLR(optimizer, 1)",
  "long lists that are compared": "x = [1] * 10**6\nwhile x == x[:]:\n  pass\nStepLR(optimizer, 1)",
  "a list that holds itself": "x = []\nx.append(x)\nStepLR(optimizer, str(x) + str(x == [x]))",
  "what is not understood, without end": "while True:\n  x = unknown(1)\n  y = x.z[3] + 1 > 2\nStepLR(optimizer, y)",
  "a wide format": `StepLR(optimizer, f"{1:>999999999}")`,
  "a class that makes itself": "class A:\n  def __init__(self):\n    self.a = A()\nStepLR(optimizer, A())",
  "decorators without end": "def f(g):\n  return f(g)\n@f\ndef h(): pass\nStepLR(optimizer, h)",
  "properties of each other":
    "class A:\n  @property\n  def a(self): return self.b\n  @property\n  def b(self): return self.a\nStepLR(optimizer, A().a)",
  "a view of a long dict that is read without end":
    "d = {i: i for i in range(20000)}\nv = d.values()\nwhile True:\n  len(v)\nStepLR(optimizer, 1)",
  "classes with many classes above them": `class A0: pass\nclass B0: pass\n${Array.from({ length: 400 }, (_, i) => `class A${i + 1}(A${i}, B${i}): pass\nclass B${i + 1}(A${i}, B${i}): pass\n`).join("")}StepLR(optimizer, 3)`,
  "a generator that is made without end": "def g():\n  a = 1\n  yield a\nwhile True:\n  g()\nStepLR(optimizer, 3)",
  "functions that are handed on without end": `from lib import go\n${Array.from({ length: 300 }, (_, i) => `def f${i}(): b.append(1)\n`).join("")}b = []\nwhile True:\n  go(f0, f1, f2)\nStepLR(optimizer, 3)`,
  "items without end, as the exception that ends them is not understood":
    "class E(IndexError): pass\nclass A:\n  def __getitem__(self, i):\n    if i > 2: raise E\n    return i\nMultiStepLR(optimizer, list(A()))",
  "an iterator without end":
    "class A:\n  def __iter__(self): return self\n  def __next__(self): return 1\nMultiStepLR(optimizer, list(A()))",
  "a generator of the code's own without end": "def g():\n  while True: yield 1\nMultiStepLR(optimizer, list(g()))",
  "a generator that is read without end where nothing is understood":
    "from lib import go\ndef g():\n  while True:\n    x = go(1) + [y for y in go(x)]\n    yield x\nfor z in g(): pass\nStepLR(optimizer, 3)",
  "an unknown condition around everything, without end":
    "from lib import go\na = [1]\nclass C:\n  def __call__(self): a.append(1)\nc = C()\nwhile True:\n  if go(): c()\n  b = a if go() else c\nStepLR(optimizer, 3)",
  "a class that is told of without end":
    "class A:\n  def __init_subclass__(cls):\n    class B(A): pass\nclass C(A): pass\nStepLR(optimizer, 3)",
  "a script element": "<script>alert(1)</script>",
  "control characters": "\0\u0001\uffff\ud800\u202e StepLR(optimizer, 3)",
};

for (const [name, code] of Object.entries(CODES)) {
  test(`${name}: ends soon, with a message`, () => {
    let messages = 0;
    const traced = workOf(() => {
      messages = trace(code, { steps: 100_000 }).errors.length;
    });
    const wasRead = workOf(() => read(code));
    assert.notEqual(messages, 0);
    assert.ok(Math.max(traced, wasRead) < MOST_WORK, `${traced} and ${wasRead} blocks were entered`);
  });
}

test("names of JavaScript's own objects are names like any other", () => {
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "prototype"]) {
    assert.equal(trace(`StepLR(optimizer, ${name})`).errors[0]?.message, `${name} has no value`);
    assert.equal(trace(`${name} = StepLR(optimizer, 3)`).curves[0]?.label, name);
    const refused = `TypeError: StepLR.__init__() got an unexpected keyword argument '${name}'`;
    assert.equal(trace(`StepLR(optimizer, 3, ${name}=1)`).errors[0]?.message, refused);
    assert.equal(trace(`StepLR(optimizer, optimizer.${name})`).errors[0]?.message, `.${name} is not understood here`);
    assert.equal(trace("StepLR(optimizer, x)", { names: JSON.parse(`{"${name}": 3}`) }).curves.length, 0);
  }
  assert.equal(Object.getPrototypeOf({}), Object.prototype);
  assert.deepEqual(Object.keys(Object.prototype), []);
});
