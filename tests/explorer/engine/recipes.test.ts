import assert from "node:assert/strict";
import { test } from "node:test";
import { asOneFlow } from "../../../lrdoc/explorer/engine/asoneflow.ts";
import { look, recipes } from "../../../lrdoc/explorer/engine/index.ts";
import { install } from "../../../lrdoc/explorer/engine/recipebook.ts";

install();

test("a call of a recipe has the recipe's arguments to show, with their defaults", () => {
  const { schedulers, curves } = look("scheduler = warmup_linear(optimizer, total_steps=4)", { steps: 5, lr: 1 });
  assert.deepEqual(
    schedulers.map(({ className, label }) => [className, label]),
    [["warmup_linear", "scheduler"]],
  );
  const values = schedulers[0]?.arguments.map(({ parameter, value, given }) => [parameter, value, given]);
  assert.deepEqual(values?.slice(1), [
    ["total_steps", 4, true],
    ["warmup_steps", 0, false],
  ]);
  assert.deepEqual(Array.from(curves[0]?.lr ?? []), [1, 0.75, 0.5, 0.25, 0]);
});

test("recipes are imported from where they are, and called as they are", () => {
  for (const code of [
    "from lrdoc import recipes\nrecipes.poly(optimizer, total_steps=2, power=1.0)",
    "import lrdoc.recipes as r\nr.poly(optimizer, total_steps=2, power=1.0)",
    "from lrdoc.recipes import poly\npoly(optimizer, total_steps=2, power=1.0)",
    "poly(optimizer, total_steps=2, power=1.0)",
  ]) {
    const { curves, errors } = look(code, { steps: 3, lr: 1 });
    assert.deepEqual(errors, [], code);
    assert.deepEqual(Array.from(curves[0]?.lr ?? []), [1, 0.5, 0], code);
  }
});

test("a function of the reader's own takes the place of a recipe of its name", () => {
  const code =
    "def poly(optimizer, total_steps):\n    return ConstantLR(optimizer, 0.5, 9)\n\nscheduler = poly(optimizer, 3)";
  const { curves, schedulers } = look(code, { steps: 2, lr: 1 });
  assert.deepEqual(Array.from(curves[0]?.lr ?? []), [0.5, 0.5]);
  assert.deepEqual(
    schedulers.map(({ className }) => className),
    ["ConstantLR"],
  );
});

test("a refused argument is shown at its place, with the message that Python would show", () => {
  const code = "warmup_linear(optimizer, total_steps=10, warmup_steps=11)";
  const [error] = look(code).errors;
  assert.equal(error?.message, "ValueError: warmup_steps is an int from 0 to total_steps, not 11");
  assert.equal(error?.parameter, "warmup_steps");
  assert.equal(code.slice(error?.from, error?.to), "11");
});

test("arguments by position are refused as Python refuses them", () => {
  const imported = "from lrdoc.recipes import warmup_linear\n";
  const [error] = look(`${imported}warmup_linear(optimizer, 10)`).errors;
  assert.equal(error?.message, "TypeError: warmup_linear() takes 1 positional argument but 2 were given");
  const [missing] = look(`${imported}warmup_linear(optimizer)`).errors;
  assert.equal(missing?.message, "TypeError: warmup_linear() missing 1 required keyword-only argument: 'total_steps'");
});

test("a recipe can stand inside a scheduler that takes another", () => {
  const code = "WarmupLR(poly(optimizer, total_steps=4, power=1.0), warmup_factor=0.0, warmup_iters=2)";
  const { curves, schedulers, errors } = look(code, { steps: 4, lr: 1 });
  assert.deepEqual(errors, []);
  assert.equal(schedulers.length, 1);
  assert.deepEqual(Array.from(curves[0]?.lr ?? []), [0, 0.25, 0.5, 0.25]);
});

test("every recipe's example is drawn", () => {
  for (const { presets } of recipes()) {
    for (const { code, steps, lr } of presets) {
      const { curves, errors } = look(code, { steps, lr });
      assert.deepEqual(errors, [], code);
      assert.equal(curves[0]?.lr.length, steps, code);
    }
  }
});

test("code for OneFlow alone holds the functions of the recipes that it calls, and their imports", () => {
  const made =
    asOneFlow("s = warmup_cosine(optimizer, total_steps=4)\nt = one_cycle(optimizer, total_steps=9)")?.code ?? "";
  assert.match(made, /^from oneflow.optim.lr_scheduler import CosineDecayLR, LinearLR, SequentialLR$/m);
  for (const line of ["import math", "def warmup_cosine(optimizer, *, total_steps, ", "def level(", "def one_cycle("]) {
    assert.ok(made.includes(`\n${line}`) || made.startsWith(line), `${line} in ${made}`);
  }
  assert.match(made, /\ns = warmup_cosine\(optimizer, total_steps=4\)\n/);
});

test("a name that is a recipe's and not called as one is a name of the code's own", () => {
  for (const [code, ask] of [
    ["StepLR(optimizer, poly)", "poly"],
    ["StepLR(optimizer, cyclic + 1)", "cyclic"],
    ["s = StepLR(optimizer, 3 if one_cycle else 30)", "one_cycle"],
    ["if one_cycle:\n    s = StepLR(optimizer, 3)\nelse:\n    s = StepLR(optimizer, 30)", "one_cycle"],
    ["LambdaLR(optimizer, noam)", "noam"],
  ] as const) {
    const { curves, asks, errors } = look(code);
    assert.deepEqual(curves, [], code);
    assert.ok(asks.some(({ name }) => name === ask) || errors.some(({ name }) => name === ask), code);
  }
  for (const code of [
    "s = poly(optimizer, 100, 0.9)",
    "s = noam(optimizer, warmup=10)",
    "s = yolo(model)(optimizer)",
  ]) {
    assert.deepEqual(look(code).curves, [], code);
  }
  assert.deepEqual(look("from utils import poly\ns = poly(optimizer, total_steps=2)").curves, []);
});
