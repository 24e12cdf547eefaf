import assert from "node:assert/strict";
import { test } from "node:test";
import { listed, readList, shownAlike } from "../../../lrdoc/explorer/view/numbers.ts";

test("a list is read with or without brackets, in Python's spelling as well", () => {
  assert.deepEqual(readList("30, 60"), [30, 60]);
  assert.deepEqual(readList(" [30, 60.5,] "), [30, 60.5]);
  assert.deepEqual(readList("(True, False)"), [true, false]);
  assert.deepEqual(readList("warm, 'cold'"), ["warm", "cold"]);
  assert.deepEqual(readList('[[1, 2], "a, b"]'), [[1, 2], "a, b"]);
  assert.deepEqual(readList(""), []);
});

test("half of a list is none", () => {
  for (const source of ["[1, 2", "1, (2", "[[1], 2", '{"a": 1}']) {
    assert.equal(readList(source), null, source);
  }
});

test("a list comes back from how it is shown", () => {
  for (const values of [
    [1, 2.5, -3],
    [true, "warm"],
    [[1, 2], [3]],
  ]) {
    assert.deepEqual(readList(listed(values).replaceAll("true", "True")), values);
  }
});

test("the marks of an axis have one format", () => {
  assert.deepEqual(shownAlike([0, 0.02, 0.1]), ["0.00", "0.02", "0.10"]);
  assert.deepEqual(shownAlike([0, 2e-5, 0.0001]), ["0", "2e-5", "1e-4"]);
  assert.deepEqual(shownAlike([0, 2.5e-5, 5e-5]), ["0", "2.5e-5", "5.0e-5"]);
  assert.deepEqual(shownAlike([0, 250_000, 1_000_000]), ["0", "250000", "1000000"]);
  assert.deepEqual(shownAlike([1e-5, null, 1]), ["1e-5", "", "1e0"]);
  assert.deepEqual(shownAlike([5e-324, 1e308]), ["5e-324", "1e308"]);
  assert.deepEqual(shownAlike([]), []);
});
