import assert from "node:assert/strict";
import { test } from "node:test";
import { asOneFlow } from "../../../../lrdoc/explorer/engine/asoneflow.ts";
import { install } from "../../../../lrdoc/explorer/engine/scripts/install.ts";

install();

test("what a decorator needs that is not written is not written either", () => {
  const code = `R = {}
def reg(name): return lambda f: R.setdefault(name, f)
@reg("x")
def rule(step): return 0.9 ** step
scheduler = LambdaLR(optimizer, R["x"])`;
  const written = asOneFlow(code)?.code ?? "";
  assert.match(written, /def rule\(step\)/);
  assert.doesNotMatch(written, /\bR\b|reg\(/);
});

test("a container that is more than a list or a dict is not written as one", () => {
  const head = "from collections import Counter, deque\n";
  for (const made of ["Counter([3, 3])", "deque([3])"]) {
    const code = `${head}held = ${made}\nscheduler = LambdaLR(optimizer, lambda step: 0.5 ** len(held))`;
    assert.equal(asOneFlow(code), null, made);
  }
});
