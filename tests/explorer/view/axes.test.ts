import assert from "node:assert/strict";
import { test } from "node:test";
import { logLimits, logMarks, powerOfTen } from "../../../lrdoc/explorer/view/axes.ts";

test("the limits of a logarithmic axis are floats larger than 0, the second larger than the first", () => {
  const floats = [
    Number.MIN_VALUE,
    1e-323,
    1e-320,
    1e-308,
    3e-33,
    1e-32,
    1e-24,
    0.1,
    1,
    10,
    1e32,
    1e308,
    Number.MAX_VALUE,
  ];
  for (const least of floats) {
    for (const largest of floats.filter((one) => one >= least)) {
      const [low, high] = logLimits(least, largest).map(powerOfTen) as [number, number];
      assert.ok(low > 0 && low < high && high < Number.POSITIVE_INFINITY, `${least} to ${largest}`);
    }
  }
});

test("an axis without a number that has a logarithm goes from 0.001 to 1", () => {
  assert.deepEqual(logLimits(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY), [-3, 0]);
});

test("marks rise within their limits, few of them have labels, and an axis of any length has some", () => {
  for (const [low, high] of [
    [-1, 0],
    [-3, 0],
    [-4, 0],
    [-33, 0],
    [-323, -1],
    [-323, 308],
  ] as const) {
    const marks = logMarks(low, high);
    const values = marks.map(({ value }) => value);
    assert.deepEqual(
      values,
      [...new Set(values)].sort((a, b) => a - b),
    );
    assert.ok((values[0] as number) >= powerOfTen(low) && (values.at(-1) as number) <= powerOfTen(high));
    const labelled = marks.filter((mark) => mark.labelled);
    assert.ok(labelled.length >= 2 && labelled.length <= 9, `${low} to ${high}: ${labelled.length}`);
  }
});
