import assert from "node:assert/strict";
import { test } from "node:test";
import { type NumericParameter, recipes, schedulers } from "../../../lrdoc/explorer/engine/index.ts";
import { install } from "../../../lrdoc/explorer/engine/recipebook.ts";
import {
  arrowsAt,
  evenNotches,
  including,
  logNotches,
  notchAt,
  notchesFor,
  placeOf,
} from "../../../lrdoc/explorer/view/scales.ts";

install();

const PARAMETERS = [...schedulers, ...recipes()].flatMap(({ parameters }) =>
  parameters.filter((one): one is NumericParameter => "usual" in one),
);
const AROUND = [0, 1e-8, 3e-4, 0.1, 7, 1e308].flatMap((lr) =>
  [1, 50, 1_234, 1_000_000].map((steps) => ({ lr, steps })),
);

function named(scheduler: string, parameter: string): NumericParameter {
  const found = schedulers.find(({ name }) => name === scheduler)?.parameters.find(({ name }) => name === parameter);
  return found as NumericParameter;
}

test("the notches of every parameter rise, are finite and valid, and are few enough for a slider", () => {
  for (const parameter of PARAMETERS) {
    for (const around of AROUND) {
      const notches = notchesFor(parameter, around);
      assert.ok(notches.length >= 2 && notches.length < 600, `${parameter.name}: ${notches.length}`);
      for (const [at, notch] of notches.entries()) {
        assert.ok(Number.isFinite(notch) && (at === 0 || notch > (notches[at - 1] as number)), parameter.name);
        assert.ok(notch >= (parameter.minimum ?? 0) && (!parameter.open || notch > 0), `${parameter.name} ${notch}`);
        assert.ok(parameter.kind !== "steps" || Number.isInteger(notch), `${parameter.name} ${notch}`);
      }
    }
  }
});

test("a factor that is applied at many steps comes as near to one as the steps need, and always to 0.999", () => {
  const gamma = named("exponential_lr", "gamma");
  assert.ok(notchesFor(gamma, { lr: 0.1, steps: 10 }).includes(0.999));
  assert.ok(notchesFor(gamma, { lr: 0.1, steps: 100_000 }).includes(0.99999));
  assert.ok(notchesFor(gamma, { lr: 0.1, steps: 10 }).includes(0.95));
  assert.ok(notchesFor(gamma, { lr: 0.1, steps: 10 }).includes(1));
});

test("a learning rate among the parameters goes in proportion to that of the optimizer", () => {
  const rates = (lr: number) => notchesFor(named("cosine_annealing_lr", "eta_min"), { lr, steps: 100 });
  assert.deepEqual([rates(1)[0], rates(1)[1], rates(1).at(-1)], [0, 1e-4, 2]);
  assert.deepEqual([rates(3e-4)[0], rates(3e-4)[1], rates(3e-4).at(-1)], [0, 3e-8, 6e-4]);
});

test("a margin goes by powers of ten", () => {
  const notches = notchesFor(named("reduce_lr_on_plateau", "eps"), { lr: 0.1, steps: 100 });
  assert.deepEqual(notches, [0, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2]);
});

test("a count of steps reaches to the end of the training", () => {
  assert.equal(notchesFor(named("step_lr", "step_size"), { lr: 0.1, steps: 10_000 }).at(-1), 10_000);
});

test("rates go by 1, 2 and 5 times powers of ten", () => {
  assert.deepEqual(logNotches(1e-4, 1e-2), [1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2]);
});

test("even notches have no more digits than tell them apart", () => {
  const long = [
    ...[0, 0.1].flatMap((low) => [0.7, 1, 3].flatMap((high) => evenNotches(low, high))),
    ...evenNotches(0, 1e-3),
  ].filter((value) => String(value).length > "0.000005".length);
  assert.deepEqual(long, []);
});

test("from a value between two notches a key leads to its neighbours, whatever the slider can tell apart", () => {
  const rates = logNotches(1e-5, 10);
  const here = placeOf(3e-4, rates);
  assert.equal(notchAt(here + 0.01, here, rates, false), 5e-4);
  assert.equal(notchAt(here - 0.01, here, rates, false), 2e-4);
  for (const [at, rate] of rates.entries()) {
    assert.equal(placeOf(rate, rates), at);
    assert.equal(notchAt(at + 0.1, at, rates, false), rates[Math.min(at + 1, rates.length - 1)]);
    assert.equal(notchAt(at - 0.1, at, rates, false), rates[Math.max(at - 1, 0)]);
  }
});

test("a pointer that holds a slider leads to the nearest notch", () => {
  const rates = logNotches(1e-5, 10);
  assert.equal(notchAt(3.4, 3, rates, true), rates[3]);
  assert.equal(notchAt(3.6, 3, rates, true), rates[4]);
});

test("a slider reaches to every finite value that is typed, on either side", () => {
  for (const value of [-1e308, -3, -5e-324, 0, 5e-324, 3e-4, 1, 1e308]) {
    const notches = including(value, [0, 1, 2]);
    assert.ok((notches[0] as number) <= value && (notches.at(-1) as number) >= value);
    assert.ok(notches.every((notch, at) => at === 0 || notch > (notches[at - 1] as number)));
  }
  assert.deepEqual(including(Number.NaN, [0, 1]), [0, 1]);
});

test("the arrows of a number box move by about a tenth, of a count by one", () => {
  assert.deepEqual(
    [3e-4, 0.1, 0.3, 1, 15, 5e-324, 0, undefined].map((value) => arrowsAt(value, false)),
    [1e-4, 0.01, 0.1, 0.1, 1, 1e-323, 0.01, 0.01],
  );
  assert.equal(arrowsAt(5_000, true), 1);
});
