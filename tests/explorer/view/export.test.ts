import assert from "node:assert/strict";
import { test } from "node:test";
import { csv } from "../../../lrdoc/explorer/view/export.ts";

test("CSV has a column per curve and keeps every digit", async () => {
  const lines = [
    { label: "a", lr: [0.1, 0.1 / 3] },
    { label: 'b "x", y', lr: [1] },
  ];
  assert.equal((await csv(lines)).join(""), `step,a,"b ""x"", y"\n0,0.1,1\n1,${0.1 / 3},\n`);
});

test("a spreadsheet does not take a label for a formula", async () => {
  assert.match((await csv([{ label: "=1+1", lr: [1] }])).join(""), /^step,'=1\+1\n/);
});

test("of curves at some steps alone, CSV has these steps", async () => {
  const lines = [{ label: "a", lr: [1, 0.5], places: [0, 500_000] }];
  assert.equal((await csv(lines)).join(""), "step,a\n0,1\n500000,0.5\n");
});

test("a long CSV has a row for each step", async () => {
  const rows = (await csv([{ label: "a", lr: new Float64Array(12_345).fill(0.1) }])).join("").trim().split("\n");
  assert.equal(rows.length, 12_346);
  assert.equal(rows.at(-1), "12344,0.1");
});
