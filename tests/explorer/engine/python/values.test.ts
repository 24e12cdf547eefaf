import assert from "node:assert/strict";
import { test } from "node:test";
import { Complex, repr, Sequence, text, truth } from "../../../../lrdoc/explorer/engine/python/values.ts";

test("floats are written as Python writes them", () => {
  const written = [0.1, 1, 1e16, 1e15, 1e-4, 1e-5, 1.5e-7, -0, 123456789.125, 5e-324, 1e22, -2.5e-5, 0.00012].map(repr);
  assert.deepEqual(written, [
    "0.1",
    "1.0",
    "1e+16",
    "1000000000000000.0",
    "0.0001",
    "1e-05",
    "1.5e-07",
    "-0.0",
    "123456789.125",
    "5e-324",
    "1e+22",
    "-2.5e-05",
    "0.00012",
  ]);
  assert.deepEqual([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(repr), ["nan", "inf", "-inf"]);
});

test("other values are written as Python writes them", () => {
  assert.equal(repr(new Sequence([1n, 2, "a", null, true])), "[1, 2.0, 'a', None, True]");
  assert.equal(repr(new Sequence([3n], "tuple")), "(3,)");
  assert.equal(repr(new Complex(1, -0.5)), "(1-0.5j)");
  assert.equal(repr("it's"), '"it\'s"');
  assert.equal(text("it's"), "it's");
});

test("what is empty or zero is false", () => {
  assert.deepEqual([0n, 0, "", null, false, new Sequence([]), new Map()].map(truth), Array(7).fill(false));
  assert.deepEqual([2n, Number.NaN, "a", true, new Sequence([0n])].map(truth), Array(5).fill(true));
});
