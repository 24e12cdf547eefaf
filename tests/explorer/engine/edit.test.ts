import assert from "node:assert/strict";
import { test } from "node:test";
import { literal, replace } from "../../../lrdoc/explorer/engine/edit.ts";

test("replacing a span leaves the rest of the code as it is", () => {
  assert.equal(replace("StepLR(optimizer, 10)  # tens", { from: 18, to: 20 }, "20"), "StepLR(optimizer, 20)  # tens");
});

test("a value is written as Python code", () => {
  assert.equal(literal(true), "True");
  assert.equal(literal(null), "None");
  assert.equal(literal("min"), '"min"');
  assert.equal(literal(1e-7), "1e-7");
  assert.equal(literal(1e21), "1e21");
  assert.equal(literal([2, 5]), "[2, 5]");
  assert.equal(literal(Number.NaN), 'float("nan")');
});

test("a whole number that is meant as a float is written as one", () => {
  assert.equal(literal(1, true), "1.0");
  assert.equal(literal(1), "1");
});
