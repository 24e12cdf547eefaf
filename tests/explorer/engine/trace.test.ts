import assert from "node:assert/strict";
import { test } from "node:test";
import { type Options, trace } from "../../../lrdoc/explorer/engine/index.ts";
import "./whole.ts";

function curves(code: string, options: Options = {}): Record<string, number[]> {
  const traced = trace(code, { steps: 4, lr: 1, ...options });
  assert.deepEqual(traced.errors, []);
  return Object.fromEntries(traced.curves.map(({ label, lr }) => [label, Array.from(lr)]));
}

function errors(code: string, options: Options = {}): [message: string, text: string][] {
  return trace(code, { steps: 4, ...options }).errors.map(({ message, from, to }) => [message, code.slice(from, to)]);
}

test("a bare call gives a curve that carries the class's name", () => {
  assert.deepEqual(curves("StepLR(optimizer, step_size=2, gamma=0.5)"), { StepLR: [1, 1, 0.5, 0.5] });
});

test("a curve carries the name of the variable, and a number where the name comes again", () => {
  assert.deepEqual(Object.keys(curves("a = StepLR(optimizer, 2)\na = StepLR(optimizer, 3)\nStepLR(optimizer, 3)")), [
    "a",
    "a 2",
    "StepLR",
  ]);
});

test("a scheduler inside another has no curve of its own, bound to a name or not", () => {
  const code = `warm = LinearLR(optimizer)
s = SequentialLR(optimizer, [warm, StepLR(optimizer, 3)], [2])`;
  assert.deepEqual(Object.keys(curves(code)), ["s"]);
  assert.deepEqual(Object.keys(trace(code.replace("3", "0")).curves), []);
});

test("the class is found by every path that OneFlow gives it", () => {
  for (const path of [
    "flow.optim.lr_scheduler.",
    "oneflow.optim.lr_scheduler.",
    "optim.lr_scheduler.",
    "lr_scheduler.",
    "",
  ]) {
    assert.deepEqual(Object.keys(curves(`s = ${path}StepLR(optimizer, 2)`)), ["s"]);
  }
  assert.deepEqual(
    Object.keys(curves("from oneflow.optim import lr_scheduler as sched\ns = sched.StepLR(optimizer, 2)")),
    ["s"],
  );
  assert.deepEqual(Object.keys(curves("from oneflow.optim.lr_scheduler import StepLR as S\ns = S(optimizer, 2)")), [
    "s",
  ]);
});

test("a training script as it stands gives its curve", () => {
  const code = `import oneflow as flow

model = flow.nn.Linear(2, 1)
loader = DataLoader(dataset, batch_size=32)
optimizer = flow.optim.SGD(model.parameters(), lr=0.4, momentum=0.9)
scheduler = flow.optim.lr_scheduler.StepLR(optimizer, step_size=2 * 1, gamma=0.5)
for epoch in range(10):
    for x, y in loader:
        loss = (model(x) - y).pow(2).mean()
        loss.backward()
        optimizer.step()
        scheduler.step()
    print(f"{epoch:3d} {loss.item():.4f}")
`;
  assert.deepEqual(curves(code), { scheduler: [0.4, 0.4, 0.2, 0.2] });
});

test("schedulers that a function or a constructor makes are found", () => {
  const code = `def main(args):
    opt = flow.optim.SGD(net.parameters(), lr=0.5)
    sched = StepLR(opt, args.size, 0.5)`;
  assert.deepEqual(curves(code, { names: { "args.size": 2 } }), { sched: [0.5, 0.5, 0.25, 0.25] });
  const method = `class Trainer:
    def __init__(self):
        self.opt = flow.optim.SGD(net.parameters(), lr=0.5)
        self.sched = StepLR(self.opt, 2, 0.5)`;
  assert.deepEqual(curves(method), { sched: [0.5, 0.5, 0.25, 0.25] });
});

test("a name without a value is reported, all of them at once, and takes one from the options", () => {
  const code = "WarmupLR(optimizer, warmup_iters=warm * per_epoch, warmup_factor=first)";
  assert.deepEqual(
    trace(code).errors.map(({ name }) => name),
    ["warm", "per_epoch", "first"],
  );
  assert.equal(trace(code, { names: { warm: 1, per_epoch: 2, first: 0.5 } }).curves.length, 1);
});

test("the length of a data loader is asked for as the code has it", () => {
  assert.deepEqual(
    curves("loader = make()\ns = StepLR(optimizer, len(loader), 0.5)", { names: { "len(loader)": 2 } }),
    {
      s: [1, 1, 0.5, 0.5],
    },
  );
});

test("an unknown optimizer has the base learning rate of the options", () => {
  assert.deepEqual(curves("s = StepLR(self.opt, 2, 0.5)", { lr: 8 }), { s: [8, 8, 4, 4] });
});

test("a loop that makes schedulers gives a curve for each", () => {
  assert.deepEqual(curves("for gamma in [0.5, 0.25]:\n    ExponentialLR(optimizer, gamma)", { steps: 2 }), {
    ExponentialLR: [1, 0.5],
    "ExponentialLR 2": [1, 0.25],
  });
});

test("a class of one's own is stepped by its own rule", () => {
  const code = `class Halving(LRScheduler):
    def get_lr(self, base_lr, step):
        return base_lr / 2 ** step
s = Halving(optimizer)`;
  assert.deepEqual(curves(code), { s: [1, 0.5, 0.25, 0.125] });
});

test("ReduceLROnPlateau follows the metrics, the last of which repeats", () => {
  const metrics = [1, 1];
  assert.deepEqual(curves("s = ReduceLROnPlateau(optimizer, factor=0.5, patience=0)", { metrics }), {
    s: [1, 1, 0.5, 0.25],
  });
  assert.deepEqual(errors("ReduceLROnPlateau(optimizer)"), [
    ["ReduceLROnPlateau needs metrics", "ReduceLROnPlateau(optimizer)"],
  ]);
});

test("what OneFlow refuses is shown at the argument, in its words", () => {
  const code = "StepLR(optimizer, step_size=0)";
  const [error] = trace(code).errors;
  assert.equal(error?.message, "AssertionError: step_size must greater than zero, but got 0");
  assert.equal(error?.oneflow, true);
  assert.equal(error?.parameter, "step_size");
  assert.equal(code.slice(error?.from, error?.to), "0");
});

test("an exception at a step comes after the curve up to it", () => {
  const { curves, errors } = trace("s = LambdaLR(optimizer, lambda step: 1 / (3 - step))", { steps: 9, lr: 3 });
  assert.deepEqual(Array.from(curves[0]?.lr ?? []), [1, 1.5, 3]);
  assert.deepEqual(errors[0], {
    message: "ZeroDivisionError: division by zero",
    from: 37,
    to: 51,
    oneflow: true,
    curve: "s",
    step: 3,
  });
});

test("a nesting that OneFlow refuses only at its milestone is refused there", () => {
  const code = "s = SequentialLR(optimizer, [ConstantLR(optimizer, 0.5), LambdaLR(optimizer, lambda step: 1)], [2])";
  const { curves, errors } = trace(code, { lr: 1 });
  assert.deepEqual(Array.from(curves[0]?.lr ?? []), [0.5, 0.5]);
  assert.equal(errors[0]?.message, "NotImplementedError");
  assert.equal(errors[0]?.step, 2);
});

test("a scheduler that OneFlow does not have is reported", () => {
  assert.deepEqual(errors("OneCycleLR(optimizer, 3)"), [["OneCycleLR has no value", "OneCycleLR"]]);
  assert.deepEqual(errors("from torch.optim.lr_scheduler import StepLR\nStepLR(optimizer, 3)"), [
    ["StepLR is not OneFlow's", "StepLR"],
  ]);
});

test("what is no Python is underlined, and nothing is drawn, as Python would run nothing", () => {
  const { curves: drawn, errors: found } = trace("b = StepLR(optimizer, 3)\na = StepLR(optimizer, 3");
  assert.ok(found.some(({ message }) => message === "this is not Python"));
  assert.deepEqual(drawn, []);
});

test("code without a scheduler says so", () => {
  assert.deepEqual(errors("x = 1"), [["no scheduler was found in this code", "x = 1"]]);
  // A scheduler whose arguments are not understood is one all the same.
  assert.deepEqual(errors("StepLR(optimizer, **given)"), [["unpacking with * or ** is not understood", "**given"]]);
});

test("a learning rate that becomes complex ends the curve", () => {
  const { curves, errors } = trace("LambdaLR(optimizer, lambda step: (1 - step) ** 0.5)", { lr: 1 });
  assert.equal(curves[0]?.lr.length, 2);
  assert.match(errors[0]?.message ?? "", /a complex number$/);
  assert.equal(errors[0]?.oneflow, false);
});

test("options that make no sense are refused with a message", () => {
  for (const options of [
    { steps: 1e9 },
    { steps: 0 },
    { steps: 1.5 },
    { lr: "1" },
    { metrics: 3 },
    { names: { a: null } },
  ]) {
    assert.equal(errors("StepLR(optimizer, 3)", options as unknown as Options).length, 1);
  }
  assert.deepEqual(errors("StepLR(optimizer, 3)", { lr: -1 }), [["AssertionError: Invalid learning rate: -1.0", ""]]);
});

test("names are given numbers, texts, flags and lists of them, and nothing else", () => {
  const told = (value: unknown) => {
    const names = { n: value } as NonNullable<Options["names"]>;
    return trace("StepLR(optimizer, 3)", { names }).errors.map(({ key }) => key);
  };
  for (const value of [1, "one", true, [], [1, "one", [true]]]) {
    assert.deepEqual(told(value), [], JSON.stringify(value));
  }
  for (const value of [null, {}, [null], 1n, () => 1]) {
    assert.deepEqual(told(value), ["isNames"], String(value));
  }
});

test("schedulers whose functions share what they change are not drawn, as it is not known which is stepped first", () => {
  const shared =
    "k = [0]\ndef f(e):\n  k[0] += 1\n  return 0.9 ** k[0]\na = LambdaLR(optimizer, f)\nb = LambdaLR(optimizer, f)";
  const { curves: drawn, errors: told } = trace(shared, { steps: 4 });
  assert.deepEqual(
    [drawn, told.map(({ key, from, to }) => [key, shared.slice(from, to)])],
    [[], [["shared", "LambdaLR(optimizer, f)"]]],
  );
  const apart = "a = LambdaLR(optimizer, lambda e: 0.5 ** e)\nb = LambdaLR(optimizer, lambda e: 0.25 ** e)";
  assert.deepEqual(curves(apart), { a: [1, 0.5, 0.25, 0.125], b: [1, 0.25, 0.0625, 0.015625] });
});
