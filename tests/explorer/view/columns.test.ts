import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf } from "../../../lrdoc/explorer/view/columns.ts";

test("where there is room every level is kept, and the last one is carried to the end", () => {
  const { steps, levels, merged } = columnsOf([[0.3, 0.2, 0.1]], 3, 100);
  assert.deepEqual(steps, [0, 1, 2, 3]);
  assert.deepEqual(levels, [[0.3, 0.2, 0.1, 0.1]]);
  assert.equal(merged, false);
});

test("a curve that ends earlier is followed by a gap", () => {
  assert.deepEqual(columnsOf([[0.3, 0.2]], 3, 100).levels, [[0.3, 0.2, null, null]]);
});

test("what is not finite, or not above the limit, is a gap", () => {
  const lr = [0.1, Number.NaN, Number.POSITIVE_INFINITY, 0, -1];
  assert.deepEqual(columnsOf([lr], 5, 100).levels, [[0.1, null, null, 0, -1, -1]]);
  assert.deepEqual(columnsOf([lr], 5, 100, 0).levels, [[0.1, null, null, null, null, null]]);
});

test("a single step among many that share a pixel is seen", () => {
  const lr = new Float64Array(100_000).fill(0.1);
  [lr[777], lr[50_001]] = [0.9, 0.001];
  const { steps, levels, merged } = columnsOf([lr], lr.length, 500);
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
  const [column = []] = columnsOf([falling], falling.length, 100).levels;
  assert.ok(column.every((level, at) => at === 0 || (level as number) <= (column[at - 1] as number)));
});

test("a curve of many steps that ends early has a gap after its end alone", () => {
  const { steps, levels } = columnsOf([new Float64Array(5_000).fill(0.1)], 10_000, 100);
  const [column = []] = levels;
  assert.deepEqual(
    column.map((level) => level === null),
    steps.map((step) => step >= 5_000),
  );
});
