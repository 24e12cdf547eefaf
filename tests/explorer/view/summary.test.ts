import assert from "node:assert/strict";
import { test } from "node:test";
import "./words.ts";
import { jumps, peak, stretches, summary } from "../../../lrdoc/explorer/view/summary.ts";

test("a staircase is told by the steps at which it changes", () => {
  const stairs = Array.from({ length: 30 }, (_nothing, step) => 0.1 * 0.5 ** Math.floor(step / 10));
  assert.deepEqual(jumps(stairs), { count: 2, first: [10, 20], last: 20 });
  assert.match(summary(stairs), /^Starts at 0\.1, .* ends at 0\.025 at step 29\. It changes at step 10, 20 /);
});

test("the steps of a staircase are listed as the language does", (context) => {
  const stairs = [3, 3, 2, 1];
  const words = window.lrdocStrings;
  context.after(() => Object.assign(window, { lrdocStrings: words }));
  Object.assign(window, { lrdocStrings: { ...words, summaryAnd: "、" } });
  assert.match(summary(stairs), /step 2、3 /);
});

test("a curve that moves at every step is told by its stretches", () => {
  const hill = Array.from(
    { length: 40 },
    (_nothing, step) => Math.min(step, 10) - 0.1 * Math.max(0, Math.min(step, 30) - 10),
  );
  assert.deepEqual(stretches(hill), [
    { way: "rising", from: 0, to: 10 },
    { way: "falling", from: 10, to: 30 },
    { way: "constant", from: 30, to: 39 },
  ]);
  assert.match(
    summary(hill),
    /rises from step 0 to 10\. It falls from step 10 to 30\. It stays the same from step 30 to 39\.$/,
  );
});

test("a curve with many stretches is told by how often it changes", () => {
  const saw = Array.from({ length: 40 }, (_nothing, step) => step % 2);
  assert.match(summary(saw), /It changes 39 times, first at step 1 and last at step 39\.$/);
});

test("a constant curve never changes, and its peak is its start", () => {
  assert.match(summary([0.1, 0.1]), /never changes/);
  assert.equal(peak([0.1, 0.1]), 0);
});
