import assert from "node:assert/strict";
import { test } from "node:test";
import { listed, readList } from "../../../lrdoc/explorer/view/numbers.ts";

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
