import assert from "node:assert/strict";
import { test } from "node:test";
import { trace } from "../../../../lrdoc/explorer/engine/index.ts";
import { Script } from "../../../../lrdoc/explorer/engine/script.ts";
import { install } from "../../../../lrdoc/explorer/engine/scripts/install.ts";

install();

test("code is run once where its functions compute with numbers alone, and again where one may change what another uses", (context) => {
  const runs = context.mock.method(Script.prototype, "run").mock;
  const runsOf = (functions: string, rule: string): number => {
    const before = runs.callCount();
    trace(`import math\n${functions}\na = LambdaLR(optimizer, ${rule})\nb = LambdaLR(optimizer, ${rule})`);
    return runs.callCount() - before;
  };
  for (const [functions, rule] of [
    ["", "lambda e: 0.5 ** e if e < 3 else max(0.1, 1 / e)"],
    [
      "def f(e):\n  'Falls.'\n  if e > 2:\n    return g(e)\n  x = math.cos(e)\n  return abs(x)\ndef g(e): return 1 - e / 100",
      "f",
    ],
  ] as const) {
    assert.equal(runsOf(functions, rule), 1, functions + rule);
  }
  for (const [functions, rule] of [
    ["k = [1]", "lambda e: k[0] ** e"],
    ["it = iter(range(900))", "lambda e: max(it, default=0)"],
    ["it = iter(range(900))", "lambda e: 3 in it"],
    ["def f(e, k=[]):\n  if k: return 0.5\n  k += [e]\n  return 1", "f"],
    ["n = 0\ndef f(e):\n  global n\n  n = n + 1\n  return n", "f"],
    ["math = [0.5, 0.25]", "lambda e: math.count(e)"],
    ["from functools import lru_cache\n@lru_cache\ndef f(e):\n  return 0.5", "f"],
    ["class A:\n  def __call__(self, e): return 0.5", "A()"],
  ] as const) {
    assert.equal(runsOf(functions, rule), 2, functions + rule);
  }
});
