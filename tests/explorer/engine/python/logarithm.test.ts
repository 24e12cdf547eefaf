import assert from "node:assert/strict";
import { test } from "node:test";
import { log } from "../../../../lrdoc/explorer/engine/python/logarithm.ts";

test("logarithms agree with JavaScript's but for the last digit", () => {
  for (const value of [
    5e-324,
    1e-310,
    1e-100,
    0.3,
    0.71,
    0.999999,
    1,
    1.0000001,
    1.42,
    2,
    10,
    1e22,
    1e308,
    Number.MAX_VALUE,
  ]) {
    const known = Math.log(value);
    assert.ok(Math.abs(log(value) - known) <= Math.abs(known) * 2 ** -52, String(value));
  }
});
