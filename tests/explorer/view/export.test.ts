import assert from "node:assert/strict";
import { test } from "node:test";
import { csv } from "../../../lrdoc/explorer/view/export.ts";

test("CSV has a column per curve and keeps every digit", () => {
  const lines = [
    { label: "a", lr: [0.1, 0.1 / 3] },
    { label: 'b "x", y', lr: [1] },
  ];
  assert.equal(csv(lines), `step,a,"b ""x"", y"\n0,0.1,1\n1,${0.1 / 3},\n`);
});

test("a spreadsheet does not take a label for a formula", () => {
  assert.match(csv([{ label: "=1+1", lr: [1] }]), /^step,'=1\+1\n/);
});
