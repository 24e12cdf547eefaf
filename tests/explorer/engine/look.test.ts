import assert from "node:assert/strict";
import { test } from "node:test";
import { look, read, trace } from "../../../lrdoc/explorer/engine/index.ts";

test("looking gives what reading and tracing give", () => {
  const options = { steps: 20, lr: 0.3, names: { n: 4 } };
  for (const code of ["s = StepLR(optimizer, n)", "StepLR(optimizer, m)", "x = 1", "StepLR(optimizer, -1)", "a b"]) {
    const { schedulers, optimizers, ...traced } = look(code, options);
    assert.deepEqual(traced, trace(code, options));
    assert.deepEqual({ schedulers, optimizers }, { schedulers: read(code, options.names).schedulers, optimizers: [] });
  }
});

test("what is asked for stays asked for once it has a value", () => {
  const code = "StepLR(optimizer, args.size)";
  const asked = look(code).asks;
  assert.deepEqual(asked, [{ name: "args.size", kind: "number", from: 18, to: 27 }]);
  assert.deepEqual(look(code, { names: { "args.size": 3 } }).asks, asked);
});
