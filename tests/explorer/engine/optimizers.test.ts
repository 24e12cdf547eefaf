import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "../../../lrdoc/explorer/engine/index.ts";

test("an optimizer's learning rate is what the code gives, by keyword or by position", () => {
  const code = "a = flow.optim.SGD(p, lr=0.1)\nb = flow.optim.Adam(p, 0.3)\nc = flow.optim.SGD(p)";
  const given = read(code).optimizers.map(({ lr }) => lr.value);
  assert.deepEqual(given, [0.1, 0.3, 0.001]);
});
