import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf, levelAt } from "../../../lrdoc/explorer/view/columns.ts";

test("where there is room every level is kept, and the last one is carried to the end", () => {
  const { steps, levels, merged } = columnsOf([{ lr: [0.3, 0.2, 0.1] }], 3, 100);
  assert.deepEqual(steps, [0, 1, 2, 3]);
  assert.deepEqual(levels, [[0.3, 0.2, 0.1, 0.1]]);
  assert.equal(merged, false);
});

test("a curve that ends earlier is followed by a gap", () => {
  assert.deepEqual(columnsOf([{ lr: [0.3, 0.2] }], 3, 100).levels, [[0.3, 0.2, null, null]]);
});

test("what is not finite, or not above the limit, is a gap", () => {
  const lr = [0.1, Number.NaN, Number.POSITIVE_INFINITY, 0, -1];
  assert.deepEqual(columnsOf([{ lr }], 5, 100).levels, [[0.1, null, null, 0, -1, -1]]);
  assert.deepEqual(columnsOf([{ lr }], 5, 100, 0).levels, [[0.1, null, null, null, null, null]]);
});

test("a single step among many that share a pixel is seen", () => {
  const lr = new Float64Array(100_000).fill(0.1);
  [lr[777], lr[50_001]] = [0.9, 0.001];
  const { steps, levels, merged } = columnsOf([{ lr }], lr.length, 500);
  assert.ok(merged);
  assert.ok(steps.length <= 2000);
  const [column = []] = levels;
  assert.equal(column.length, steps.length);
  const peak = steps[column.indexOf(0.9)] ?? Number.NaN;
  const dip = steps[column.indexOf(0.001)] ?? Number.NaN;
  const pixel = lr.length / 500;
  assert.ok(Math.abs(peak - 777) < pixel && Math.abs(dip - 50_001) < pixel);
});

test("the least and the largest of a pixel come in the order of the curve", () => {
  const falling = Float64Array.from({ length: 10_000 }, (_nothing, step) => 1 - step / 10_000);
  const [column = []] = columnsOf([{ lr: falling }], falling.length, 100).levels;
  assert.ok(column.every((level, at) => at === 0 || (level as number) <= (column[at - 1] as number)));
});

test("a curve of many steps that ends early has a gap after its end alone", () => {
  const { steps, levels } = columnsOf([{ lr: new Float64Array(5_000).fill(0.1) }], 10_000, 100);
  const [column = []] = levels;
  assert.deepEqual(
    column.map((level) => level === null),
    steps.map((step) => step >= 5_000),
  );
});

test("a curve of some steps is drawn from these, without a gap between them, beside one of all steps", () => {
  const places = [0, 4_000, 9_999];
  const some = { lr: [0.3, 0.2, 0.1], places };
  const all = { lr: new Float64Array(10_000).fill(0.5) };
  const { steps, levels, merged } = columnsOf([some, all], 10_000, 100);
  assert.ok(merged);
  const [drawn = [], beside = []] = levels;
  assert.deepEqual(
    drawn,
    steps.map((step) => (step < 4_000 ? 0.3 : step < 9_950 ? 0.2 : 0.1)),
  );
  assert.ok(beside.every((level) => level === 0.5));
});

test("a curve of some steps is drawn from these where there is room for all as well", () => {
  const { steps, levels } = columnsOf([{ lr: [0.3, 0.1], places: [0, 2_999] }], 3_000, 2_000);
  assert.equal(levels[0]?.length, steps.length);
  assert.equal(levels[0]?.at(-1), 0.1);
});

test("a level is known at the steps that a curve has", () => {
  const some = { lr: [0.3, 0.1], places: [0, 7] };
  assert.deepEqual(
    [0, 1, 7].map((step) => levelAt(some, step)),
    [0.3, undefined, 0.1],
  );
  assert.deepEqual(
    [0, 1, 2].map((step) => levelAt({ lr: [0.3, 0.1] }, step)),
    [0.3, 0.1, undefined],
  );
});

test("of steps that are shown alone, the levels are those of these steps", () => {
  const lr = Array.from({ length: 20 }, (_nothing, step) => step);
  assert.deepEqual(columnsOf([{ lr }], 20, 100, undefined, { from: 5, to: 8 }), {
    steps: [5, 6, 7, 8],
    levels: [[5, 6, 7, 8]],
    merged: false,
  });
  assert.deepEqual(columnsOf([{ lr }], 20, 100, undefined, { from: 18, to: 22 }).levels, [[18, 19, 19, null, null]]);
});

test("of many steps that are shown alone, the extremes are those of these steps", () => {
  const lr = Float64Array.from({ length: 100_000 }, (_nothing, step) => step);
  const places = Array.from({ length: 10_001 }, (_nothing, at) => 10 * at);
  for (const curve of [{ lr }, { lr: Float64Array.from(places), places }]) {
    const { steps, levels, merged } = columnsOf([curve], 100_000, 10, undefined, { from: 50_000, to: 60_000 });
    assert.ok(merged);
    assert.equal(steps[0], 50_000);
    assert.equal(levels[0]?.[0], 50_000);
    assert.ok(Math.abs((levels[0]?.at(-1) ?? 0) - 60_000) <= 10);
  }
});
