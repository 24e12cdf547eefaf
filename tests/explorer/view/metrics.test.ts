import assert from "node:assert/strict";
import { test } from "node:test";
import { held, PRESETS, stroke, valuesOf } from "../../../lrdoc/explorer/view/metrics.ts";

test("every preset gives one finite number per step, the same each time", () => {
  for (const preset of PRESETS) {
    const values = valuesOf({ preset }, 100);
    assert.equal(values.length, 100);
    assert.ok(values.every(Number.isFinite), preset);
    assert.deepEqual(values, valuesOf({ preset }, 100));
  }
});

test("the last number is held to the end", () => {
  assert.deepEqual(held([3, 2], 4), [3, 2, 2, 2]);
  assert.deepEqual(held([3, 2, 1], 2), [3, 2]);
});

test("a stroke of the pen is a straight line, in either direction, within the series", () => {
  assert.deepEqual(stroke([0, 0, 0, 0], { step: 0, value: 1 }, { step: 2, value: 3 }), [1, 2, 3, 0]);
  assert.deepEqual(stroke([0, 0, 0, 0], { step: 2, value: 3 }, { step: 0, value: 1 }), [1, 2, 3, 0]);
  assert.deepEqual(stroke([0, 0], { step: -5, value: 1 }, { step: 9, value: 1 }), [1, 1]);
});
