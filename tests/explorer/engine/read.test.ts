import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Argument,
  type Call,
  read,
  schedulers,
  setArgument,
  trace,
} from "../../../lrdoc/explorer/engine/index.ts";

function only(code: string): Call {
  const [call] = read(code).schedulers;
  assert.ok(call !== undefined);
  return call;
}

function argument(call: Call, name: string): Argument {
  const found = call.arguments.find(({ parameter }) => parameter === name);
  assert.ok(found !== undefined);
  return found;
}

test("a call is read with its parameters in the signature's order, given or not", () => {
  const call = only("s = StepLR(optimizer, 30)");
  assert.deepEqual(
    call.arguments.map(({ parameter, given }) => [parameter, given]),
    [
      ["optimizer", true],
      ["step_size", true],
      ["gamma", false],
      ["last_step", false],
      ["verbose", false],
    ],
  );
  assert.equal(argument(call, "step_size").value, 30);
  assert.equal(argument(call, "gamma").value, 0.1);
  assert.equal(call.label, "s");
});

test("an argument's span is its expression", () => {
  const code = "StepLR(optimizer, step_size=(2 * 15), gamma=-.5)";
  const call = only(code);
  const size = argument(call, "step_size");
  assert.equal(code.slice(size.span.from, size.span.to), "(2 * 15)");
  assert.deepEqual([size.value, size.literal], [30, false]);
  assert.deepEqual([argument(call, "gamma").value, argument(call, "gamma").literal], [-0.5, true]);
});

test("schedulers inside others are read as values of their arguments", () => {
  const call = only("SequentialLR(optimizer, [ConstantLR(optimizer, factor=0.5), StepLR(optimizer, 3)], [4])");
  const inside = argument(call, "schedulers").value as readonly Call[];
  assert.deepEqual(
    inside.map(({ className }) => className),
    ["ConstantLR", "StepLR"],
  );
  assert.deepEqual(argument(call, "milestones").value, [4]);
});

test("an argument of a class of the code's own is the parameter of OneFlow's that it becomes", () => {
  const own = (body: string): Call =>
    only(`class Own(StepLR):
    def __init__(self, optimizer, step_size, gamma, warmup):
        ${body}
s = Own(optimizer, 30, gamma=0.5, warmup=2)`);
  const owners = (call: Call): string[] => ["step_size", "gamma", "warmup"].map((name) => argument(call, name).owner);
  assert.deepEqual(owners(own("super().__init__(optimizer, step_size, gamma)")), ["StepLR", "StepLR", "Own"]);
  assert.deepEqual(owners(own("super().__init__(optimizer, step_size * 10, gamma)")), ["Own", "StepLR", "Own"]);
  assert.deepEqual(owners(own("super().__init__(optimizer, -step_size, gamma)")), ["StepLR", "StepLR", "Own"]); // refused
  assert.equal(argument(only("s = StepLR(optimizer, 30)"), "gamma").owner, "StepLR");
});

test("a lambda is read as its source", () => {
  assert.deepEqual(argument(only("LambdaLR(optimizer, lambda s: 0.5 ** s)"), "lr_lambda").value, {
    source: "lambda s: 0.5 ** s",
  });
});

test("a call that OneFlow refuses is read all the same", () => {
  const reading = read("s = StepLR(optimizer, step_size=0)");
  assert.equal(reading.errors.length, 1);
  assert.equal(argument(reading.schedulers[0] as Call, "step_size").value, 0);
});

test("the learning rate of an optimizer is read", () => {
  const code = "opt = flow.optim.Adam(net.parameters(), lr=3e-4)\nStepLR(opt, 3)";
  const [optimizer] = read(code).optimizers;
  assert.equal(optimizer?.label, "opt");
  assert.equal(optimizer?.lr.value, 3e-4);
  assert.equal(code.slice(optimizer?.lr.span.from, optimizer?.lr.span.to), "3e-4");
});

test("the names that want a value are listed once", () => {
  assert.deepEqual(
    read("a = StepLR(optimizer, n)\nb = StepLR(optimizer, n * m)").asks.map(({ name }) => name),
    ["n", "m"],
  );
});

test("setting an argument changes its text alone", () => {
  const code = "s = StepLR(\n    optimizer,  # mine\n    step_size=30,\n)\n";
  assert.equal(setArgument(code, only(code), "step_size", "7"), code.replace("30", "7"));
});

test("an argument that was not given is added by its name", () => {
  assert.equal(
    setArgument("StepLR(optimizer, 3)", only("StepLR(optimizer, 3)"), "gamma", "0.5"),
    "StepLR(optimizer, 3, gamma=0.5)",
  );
  assert.equal(setArgument("ConstantLR()", only("ConstantLR()"), "factor", "0.5"), "ConstantLR(factor=0.5)");
  const code = "StepLR(\n    optimizer,\n    3,\n)";
  assert.equal(setArgument(code, only(code), "gamma", "0.5"), "StepLR(\n    optimizer,\n    3, gamma=0.5,\n)");
});

test("a parameter that there is not cannot be set", () => {
  assert.throws(() => setArgument("StepLR(optimizer, 3)", only("StepLR(optimizer, 3)"), "gama", "1"), /gama/);
});

test("every preset of every scheduler is read and drawn without an error", () => {
  for (const { className, presets } of schedulers) {
    for (const { code, lr, steps, metrics } of presets) {
      const traced = trace(code, { lr, steps, ...(metrics === undefined ? {} : { metrics }) });
      assert.deepEqual(traced.errors, []);
      assert.equal(traced.curves[0]?.lr.length, steps);
      assert.equal(only(code).className, className);
    }
  }
});
