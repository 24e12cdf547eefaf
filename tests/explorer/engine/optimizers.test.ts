import assert from "node:assert/strict";
import { test } from "node:test";
import { read, trace } from "../../../lrdoc/explorer/engine/index.ts";

test("an optimizer's learning rate is what the code gives, by keyword or by position", () => {
  const code = "a = flow.optim.SGD(p, lr=0.1)\nb = flow.optim.Adam(p, 0.3)\nc = flow.optim.SGD(p)";
  const given = read(code).optimizers.map(({ lr }) => lr.value);
  assert.deepEqual(given, [0.1, 0.3, 0.001]);
});

test("a learning rate without a value is asked for, and nothing is drawn until it has one", () => {
  for (const [rate, names] of [
    ["args.lr", { "args.lr": 0.5 }],
    ["base_lr * batch_size / 256", { base_lr: 0.125, batch_size: 1024 }],
  ] as const) {
    const code = `o = flow.optim.SGD(net.parameters(), lr=${rate})\ns = StepLR(o, 2)`;
    const { asks, optimizers } = read(code);
    assert.deepEqual(
      asks.map(({ name }) => name),
      Object.keys(names),
    );
    assert.equal(optimizers[0]?.lr.value, undefined);
    assert.deepEqual(trace(code).curves, []);
    assert.deepEqual(Array.from(trace(code, { steps: 3, names }).curves[0]?.lr ?? []), [0.5, 0.5, 0.05]);
  }
});

test("two optimizers ask for two learning rates", () => {
  const code = "a = flow.optim.SGD(p, lr=x)\nb = flow.optim.Adam(p, lr=y)\ns = StepLR(a, 9)\nt = StepLR(b, 9)";
  assert.deepEqual(
    read(code).asks.map(({ name }) => name),
    ["x", "y"],
  );
  const { curves } = trace(code, { steps: 1, names: { x: 1, y: 2 } });
  assert.deepEqual(
    curves.map(({ lr }) => lr[0]),
    [1, 2],
  );
});

test("other arguments of an optimizer need no value", () => {
  const code = "o = flow.optim.SGD(net.parameters(), lr=0.5, momentum=args.momentum)\nStepLR(o, 2)";
  assert.deepEqual(read(code).asks, []);
  assert.equal(trace(code).curves[0]?.lr[0], 0.5);
});
