import assert from "node:assert/strict";
import { test } from "node:test";
import { look, MOST_IN_TURN, MOST_STEPS, schedulers } from "../../../lrdoc/explorer/engine/index.ts";
import { placesOf } from "../../../lrdoc/explorer/view/model.ts";

const HEAD = "import oneflow as flow\nfrom oneflow.optim.lr_scheduler import *\n";

test("the learning rates of some steps are those that all steps have, for every preset", () => {
  const steps = 3_000;
  const places = [0, 1, 2, 9, 10, 11, 999, 1_000, 2_999];
  let some = 0;
  for (const { className, presets } of schedulers) {
    for (const { code, lr, metrics = [] } of presets) {
      const options = { lr, steps, metrics };
      const whole = look(code, options);
      const sampled = look(code, { ...options, places });
      assert.deepEqual(sampled.errors, whole.errors, className);
      for (const [at, curve] of whole.curves.entries()) {
        const found = sampled.curves[at];
        some += found?.places === undefined ? 0 : 1;
        const wanted = found?.places === undefined ? curve.lr : places.map((place) => curve.lr[place]);
        assert.deepEqual([...(found?.lr ?? [])], [...wanted], `${className}: ${code}`);
      }
    }
  }
  assert.ok(some > schedulers.length);
});

test("what needs the steps before, or calls functions of the code, is computed at all steps", () => {
  const codes = ["LambdaLR(optimizer, lambda step: 0.9 ** step)", "ReduceLROnPlateau(optimizer)"];
  for (const code of codes) {
    const { curves, errors } = look(HEAD + code, { steps: 100, metrics: [1], places: [0, 50, 99] });
    assert.deepEqual(errors, []);
    assert.deepEqual(
      curves.map(({ lr, places }) => [lr.length, places]),
      [[100, undefined]],
      code,
    );
  }
});

test("where a step has no learning rate, all steps before it are computed, and the error is told", () => {
  const code = `${HEAD}PolynomialLR(optimizer, 10, power=-1)`;
  const options = { steps: 3_000, places: [0, 5, 2_999] };
  assert.deepEqual(look(code, options), look(code, { steps: 3_000 }));
});

test("every param group has its learning rates at the steps that are asked for", () => {
  const code = `${HEAD}optimizer = flow.optim.SGD([{"params": [], "lr": 1.0}, {"params": []}], lr=0.1)
StepLR(optimizer, 10)`;
  const whole = look(code, { steps: 100 });
  const some = look(code, { steps: 100, places: [0, 9, 10, 99] });
  assert.equal(some.curves.length, 2);
  for (const [at, { lr }] of some.curves.entries()) {
    assert.deepEqual(
      [...lr],
      [0, 9, 10, 99].map((step) => whole.curves[at]?.lr[step]),
    );
  }
});

test("the steps that are asked for rise from the first to the last, and hold the one that is pointed at", () => {
  for (const steps of [2_001, 2_002, 10_000, 1_000_000]) {
    for (const also of [null, 0, 1, 777, steps - 1, steps]) {
      const places = placesOf(steps, { pointed: also, stretch: { from: 0, to: steps } });
      assert.ok(
        places.every((place, at) => Number.isInteger(place) && (at === 0 || place > (places[at - 1] as number))),
      );
      assert.deepEqual([places[0], places.at(-1)], [0, steps - 1]);
      assert.ok(also === null || also === steps || places.includes(also));
      assert.ok(places.length <= 2_003);
    }
  }
});

test("of steps that are shown alone, each that has room is asked for", () => {
  const places = placesOf(1_000_000, { pointed: null, stretch: { from: 500_000, to: 501_000 } });
  assert.deepEqual([places[0], places.at(-1), places.length], [0, 999_999, 1_002]);
  assert.ok(Array.from({ length: 1_000 }, (_nothing, at) => 500_000 + at).every((step) => places.includes(step)));
});

test("a curve that is computed in turn is computed up to a bound, and says so", () => {
  for (const code of ["LambdaLR(optimizer, lambda step: 0.5)", "ReduceLROnPlateau(optimizer)"]) {
    const { curves, errors } = look(HEAD + code, { steps: MOST_STEPS, metrics: [1], places: [0, 999_999] });
    assert.deepEqual([curves[0]?.lr.length, curves[0]?.places], [MOST_IN_TURN, undefined]);
    assert.deepEqual(
      errors.map(({ key, step }) => [key, step]),
      [["inTurn", MOST_IN_TURN]],
    );
    const left = look(HEAD + code, { steps: MOST_STEPS, metrics: [1], places: [0, 999_999], inTurn: false });
    assert.deepEqual([left.curves[0]?.lr.length, left.errors], [0, []]);
  }
});

test("a curve with a closed form has the last of a million steps", () => {
  const { curves, errors } = look(`${HEAD}StepLR(optimizer, 500_000)`, { steps: MOST_STEPS, places: [0, 999_999] });
  assert.deepEqual([[...(curves[0]?.lr ?? [])], errors], [[0.1, 0.1 * 0.1], []]);
});

test("some steps of millions are computed, and all of them are refused where none can be left out", () => {
  const [steps, places] = [2_000_000, [0, 1_000_000, 1_999_999]];
  const { curves, errors } = look(`${HEAD}CosineDecayLR(optimizer, decay_steps=2000000)`, { lr: 1, steps, places });
  assert.deepEqual(errors, []);
  assert.deepEqual(
    curves.map(({ lr }) => [lr[0], Number(lr[1]?.toFixed(9)), lr.length]),
    [[1, 0.5, 3]],
  );
  const refused = look(`${HEAD}LambdaLR(optimizer, lambda step: 0.9 ** step)`, { steps, places });
  assert.deepEqual(
    refused.errors.map(({ key }) => key),
    ["isSteps"],
  );
  assert.deepEqual(refused.curves, []);
});
