import assert from "node:assert/strict";
import { test } from "node:test";
import { trace } from "../../../lrdoc/explorer/engine/index.ts";
import "./whole.ts";

function lr(code: string): number[] {
  const { curves, errors } = trace(code, { steps: 6, lr: 1 });
  assert.deepEqual(errors, []);
  return Array.from(curves[0]?.lr ?? []);
}

test("a loop that only computes is carried out", () => {
  const twice = [1, 1, 0.5, 0.5, 0.25, 0.25];
  for (const before of [
    "m = []\nfor e in [2, 4]:\n  m.append(e)",
    "n = 0\nm = [2]\nwhile n < 3:\n  n += 1\nm.append(n + 1)",
    "m = []\nfor s in range(2):\n  m.append(2 * s + 2)",
  ]) {
    assert.deepEqual(lr(`${before}\nMultiStepLR(optimizer, m, 0.5)`), twice);
  }
  assert.deepEqual(lr("total = 0\nfor x in [1, 1]:\n  total += x\nStepLR(optimizer, total, 0.5)"), twice);
  assert.deepEqual(
    lr("o = flow.optim.SGD(p, lr=9)\nfor g in o.param_groups:\n  g['lr'] = 1\nStepLR(o, 2, 0.5)"),
    twice,
  );
});

test("what is not carried out leaves no value behind", () => {
  for (const [message, code] of [
    ["world_size has no value", "n = 2\nn *= world_size\nStepLR(optimizer, n)"],
    ["n has no value", "n = 2\nfor x in loader:\n  n = f(x)\nStepLR(optimizer, n)"],
    ["n has no value", "n = 2\nwhile g():\n  n += 1\nStepLR(optimizer, n)"],
    ["m has no value", "m = [4]\nm.insert(0, 3)\nMultiStepLR(optimizer, m)"],
    ["m has no value", "m = [4]\nm[i] = 3\nMultiStepLR(optimizer, m)"],
    ["args.size has no value", "args.size = 2\nargs.size = f()\nStepLR(optimizer, args.size)"],
  ] as const) {
    const { curves, errors } = trace(code);
    assert.deepEqual(curves, [], code);
    assert.deepEqual(
      errors.map((error) => error.message),
      [message],
      code,
    );
  }
});

test("what a function is called tells whether it may change what it is given, where it is carried out and where it is not", () => {
  for (const [called, isKept] of [
    ["log(m)", true],
    ["logger.info(m)", true],
    ["Trainer(m)", true],
    ["change(m)", false],
    ["tool.change(m)", false],
  ] as const) {
    for (const code of [called, `for x in loader:\n  ${called}`]) {
      const { curves } = trace(`m = [4]\n${code}\nMultiStepLR(optimizer, m)`);
      assert.equal(curves.length, isKept ? 1 : 0, code);
    }
  }
});

test("a training loop changes neither its schedulers nor its optimizers", () => {
  const code = `o = flow.optim.SGD(p, lr=1.0)
s = StepLR(o, 2, 0.5)
for epoch in range(100):
  for x, y in loader:
    o.zero_grad()
    loss(x, y).backward()
    o.step()
  s.step()
t = StepLR(o, 3, 0.5)`;
  const { curves, errors } = trace(code, { steps: 4 });
  assert.deepEqual(errors, []);
  assert.deepEqual(
    curves.map((one) => Array.from(one.lr)),
    [
      [1, 1, 0.5, 0.5],
      [1, 1, 1, 0.5],
    ],
  );
});

test("a class of the code's own takes the place of OneFlow's, also where it is not understood", () => {
  const code = "class WarmUpLR(torch.LRScheduler):\n  pass\ns = WarmUpLR(optimizer, 3)";
  assert.deepEqual(trace(code).curves, []);
  assert.notEqual(trace(code).errors.length, 0);
});

test("a step with an argument that the scheduler does not take is told", () => {
  const message = "TypeError: LRScheduler.step() takes 1 positional argument but 2 were given";
  for (const use of ["s.step(3)", "for e in range(9):\n  train(e)\n  s.step(e)", "while f():\n  s.step(e)"]) {
    const { curves, errors } = trace(`s = StepLR(optimizer, 2)\n${use}`);
    assert.deepEqual(curves, []);
    assert.deepEqual(
      errors.map((error) => error.message),
      [message],
      use,
    );
  }
  for (const use of ["s.step()", "for e in loader:\n  o.step(3)\n  s.step()"]) {
    assert.deepEqual(trace(`s = StepLR(optimizer, 2)\n${use}`).errors, []);
  }
  const plateau = "s = ReduceLROnPlateau(optimizer)\nfor e in range(9):\n  f()\n  s.step(loss)";
  assert.deepEqual(trace(plateau, { metrics: [1] }).errors, []);
  assert.equal(
    trace(plateau.replace("(loss)", "()"), { metrics: [1] }).errors[0]?.message,
    "TypeError: ReduceLROnPlateau.step() missing 1 required positional argument: 'metrics'",
  );
});
