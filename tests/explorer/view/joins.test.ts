import assert from "node:assert/strict";
import { test } from "node:test";
import { dropsOf } from "../../../lrdoc/explorer/view/joins.ts";

test("a drop is a step with a lower learning rate than the one before, of those that are shown", () => {
  const lr = [0.1, 0.1, 0.05, 0.05, 0.2, 0.1];
  assert.deepEqual(dropsOf({ lr }, { from: 0, to: 6 }), [2, 5]);
  assert.deepEqual(dropsOf({ lr }, { from: 3, to: 6 }), [5]);
  assert.deepEqual(dropsOf({ lr }, { from: 0, to: 5 }), [2]);
});

test("a drop to the first step that is shown is one", () => {
  assert.deepEqual(dropsOf({ lr: [0.1, 0.05] }, { from: 1, to: 2 }), [1]);
});

test("a curve that ends before the shown steps do has no drop at its end", () => {
  assert.deepEqual(dropsOf({ lr: [0.1, 0.1] }, { from: 0, to: 10 }), []);
  assert.deepEqual(dropsOf({ lr: [Number.NaN, 0.1, Number.NaN] }, { from: 0, to: 3 }), []);
});
