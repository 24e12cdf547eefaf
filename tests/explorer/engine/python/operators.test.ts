import assert from "node:assert/strict";
import { test } from "node:test";
import { PythonError } from "../../../../lrdoc/explorer/engine/python/errors.ts";
import {
  augmented,
  compare,
  equal,
  negate,
  type Operator,
  operator,
} from "../../../../lrdoc/explorer/engine/python/operators.ts";
import { Complex, Sequence, type Value } from "../../../../lrdoc/explorer/engine/python/values.ts";

function raised(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof PythonError);
    return error.message;
  }
  assert.fail("no exception");
}

const compute = (a: Value, sign: Operator, b: Value): Value => operator(sign)(a, b);

test("ints are exact and stay ints, but for the true division", () => {
  assert.equal(compute(2n, "**", 100n), 2n ** 100n);
  assert.equal(compute(7n, "//", -2n), -4n);
  assert.equal(compute(7n, "%", -2n), -1n);
  assert.equal(compute(7n, "/", 2n), 3.5);
  assert.equal(compute(2n, "**", -1n), 0.5);
});

test("the division of large ints is rounded once", () => {
  assert.equal(compute(10n ** 400n, "/", 10n ** 399n), 10);
  assert.equal(compute(2n ** 53n + 1n, "/", 1n), 2 ** 53);
  assert.equal(compute(3n ** 300n, "/", 3n ** 301n), 1 / 3);
});

test("a float with an int is a float, and a bool is an int", () => {
  assert.equal(compute(1, "+", 2n), 3);
  assert.equal(compute(true, "+", true), 2n);
  assert.equal(compute(5, "//", 2n), 2);
  assert.equal(compute(-5, "%", 3n), 1);
  assert.ok(Object.is(compute(0, "%", -3), -0));
});

test("powers are Python's where JavaScript's differ", () => {
  assert.equal(compute(1, "**", Number.NaN), 1);
  assert.equal(compute(-1, "**", Number.POSITIVE_INFINITY), 1);
  assert.ok(compute(-8, "**", 1 / 3) instanceof Complex);
});

test("each exception has Python's class and words", () => {
  assert.equal(
    raised(() => compute(1n, "/", 0n)),
    "ZeroDivisionError: division by zero",
  );
  assert.equal(
    raised(() => compute(1, "/", 0n)),
    "ZeroDivisionError: float division by zero",
  );
  assert.equal(
    raised(() => compute(1n, "%", 0n)),
    "ZeroDivisionError: integer division or modulo by zero",
  );
  assert.equal(
    raised(() => compute(1, "//", 0)),
    "ZeroDivisionError: float floor division by zero",
  );
  assert.equal(
    raised(() => compute(0, "**", -1)),
    "ZeroDivisionError: 0.0 cannot be raised to a negative power",
  );
  assert.equal(
    raised(() => compute(10, "**", 400n)),
    "OverflowError: (34, 'Numerical result out of range')",
  );
  assert.equal(
    raised(() => compute(0.5, "*", 10n ** 400n)),
    "OverflowError: int too large to convert to float",
  );
  assert.equal(
    raised(() => compute("a", "+", true)),
    'TypeError: can only concatenate str (not "bool") to str',
  );
  assert.equal(
    raised(() => compute(1, "-", null)),
    "TypeError: unsupported operand type(s) for -: 'float' and 'NoneType'",
  );
  assert.equal(
    raised(() => compute(0.1, "*", "a")),
    "TypeError: can't multiply sequence by non-int of type 'float'",
  );
  assert.equal(
    raised(() => augmented("+")(null, 1n)),
    "TypeError: unsupported operand type(s) for +=: 'NoneType' and 'int'",
  );
  assert.equal(
    raised(() => negate("a")),
    "TypeError: bad operand type for unary -: 'str'",
  );
  assert.equal(
    raised(() => compare("<", 1n, "a")),
    "TypeError: '<' not supported between instances of 'int' and 'str'",
  );
});

test("ints and floats compare by what they are worth, exactly", () => {
  assert.ok(equal(1n, 1));
  assert.ok(equal(true, 1n));
  assert.ok(compare(">", 2n ** 53n + 1n, 2 ** 53));
  assert.ok(!compare("<", Number.NaN, 1n));
  assert.ok(compare("<", new Sequence([1n, 2n]), new Sequence([1n, 3n])));
});
