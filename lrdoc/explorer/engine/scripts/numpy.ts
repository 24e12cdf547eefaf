/** NumPy, as far as learning rates are computed with it: functions of numbers, and one row of numbers. */

import { inOrder } from "../python/compile.ts";
import { spend } from "../python/effort.ts";
import { Puzzle } from "../python/errors.ts";
import { log as logarithm } from "../python/logarithm.ts";
import { builtin, real as float } from "../python/mathematics.ts";
import { type Operator, operator } from "../python/operators.ts";
import { numpy as kinds } from "../python/spoil.ts";
import { type Callable, isCallable, Namespace, Sequence, type Value } from "../python/values.ts";
import { positional } from "./positional.ts";

/** Return an array of numbers. */
function array(items: Value[]): Sequence {
  spend(items.length);
  return new Sequence(items, "array");
}

/** Return a number as a float; not where NumPy would take more than one. */
function real(value: Value): number {
  if (isRow(value)) {
    throw new Puzzle("notUnderstood");
  }
  return float(value);
}

/** Return a number of a row; rows of rows are not understood. */
function single(value: Value): Value {
  if (isRow(value)) {
    throw new Puzzle("notUnderstood");
  }
  return value;
}

function isArray(value: Value): value is Sequence {
  return value instanceof Sequence && value.kind === "array";
}

/** Return what an operator gives for arrays, item by item. */
export function elementwise(sign: Operator, a: Value, b: Value): Value | undefined {
  if (!isArray(a) && !isArray(b)) {
    return undefined;
  }
  return paired(operator(sign), [a, b], isRow(a) ? rowOf(a) : null, isRow(b) ? rowOf(b) : null);
}

/** Return what `run` gives for two values: item by item for those that are rows, of one length. */
function paired(
  run: (a: Value, b: Value) => Value,
  [a, b]: readonly [Value, Value],
  left: readonly Value[] | null,
  right: readonly Value[] | null,
): Value {
  const size = (left ?? right ?? []).length;
  if ([left, right].some((one) => one !== null && one.length !== size)) {
    throw new Puzzle("notUnderstood");
  }
  const at = (value: Value, row: readonly Value[] | null, index: number): Value => (row ? (row[index] ?? null) : value);
  return array(Array.from({ length: size }, (_, index) => run(at(a, left, index), at(b, right, index))));
}

function functionOf(name: string, compute: (x: number) => number): [string, Callable] {
  const run = (value: Value): Value =>
    isRow(value) ? array(rowOf(value).map(run)) : finite(compute(real(value)), real(value));
  return [name, builtin(name, 1, 1, (value = null) => run(value))];
}

/** NumPy warns where Python's own functions raise an exception, and goes on with a number that is none. */
function finite(result: number, x: number): number {
  if (!Number.isFinite(result) && Number.isFinite(x)) {
    throw new Puzzle("noNumber", { value: String(result) });
  }
  return result;
}

function isRow(value: Value): boolean {
  return value instanceof Sequence;
}

function rowOf(value: Value): Value[] {
  return Array.from(inOrder(value));
}

function pairwise(name: string, choose: (a: number, b: number) => boolean): [string, Callable] {
  const run = (a: Value, b: Value): Value => {
    if (isRow(a) || isRow(b)) {
      return paired(run, [a, b], isRow(a) ? rowOf(a) : null, isRow(b) ? rowOf(b) : null);
    }
    return choose(real(a), real(b)) ? a : b;
  };
  return [name, builtin(name, 2, 2, (a = null, b = null) => run(a, b))];
}

function linspace(start: Value, stop: Value, count: Value = 50n): Value {
  const [from, to, size] = [real(start), real(stop), Number(count)];
  spend(size);
  const step = (to - from) / (size - 1);
  return array(
    Array.from({ length: size }, (_, at) => (at === size - 1 && size > 1 ? to : size === 1 ? from : from + at * step)),
  );
}

function arange(first: Value, second?: Value, third: Value = 1n): Value {
  const [start, stop] = second === undefined ? ([0n, first] as const) : ([first, second] as const);
  const size = Math.max(0, Math.ceil((real(stop) - real(start)) / real(third)));
  spend(size);
  const [add, times] = [operator("+"), operator("*")];
  return array(Array.from({ length: size }, (_, at) => add(start, times(BigInt(at), third))));
}

function clip(value: Value, low: Value, high: Value): Value {
  if (isRow(value)) {
    return array(rowOf(value).map((one) => clip(one, low, high)));
  }
  return real(value) < real(low) ? low : real(value) > real(high) ? high : value;
}

function interpolated(x: Value, xs: Value, ys: Value): Value {
  if (isRow(x)) {
    return array(rowOf(x).map((one) => interpolated(one, xs, ys)));
  }
  const [at, from, to] = [real(x), rowOf(xs).map(real), rowOf(ys).map(real)];
  const next = from.findIndex((one) => one > at);
  if (next < 0 || next === 0) {
    return (next === 0 ? to[0] : to.at(-1)) ?? null;
  }
  const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [from[next - 1], from[next], to[next - 1], to[next]];
  return ((y1 - y0) / (x1 - x0)) * (at - x0) + y0;
}

function concatenated(rows: Value): Value {
  return array(rowOf(rows).flatMap(rowOf));
}

function filled(count: Value, value: Value): Value {
  if (typeof count !== "bigint") {
    throw new Puzzle("notUnderstood");
  }
  spend(Number(count));
  return array(Array.from({ length: Math.max(0, Number(count)) }, () => value));
}

function sums(values: Value): Value {
  const add = operator("+");
  let sum: Value = 0n;
  return array(
    rowOf(values).map((one) => {
      sum = add(sum, one);
      return sum;
    }),
  );
}

/** Make a function of NumPy's, most of whose arguments by name are not understood. */
function byPlace(...made: Parameters<typeof builtin>): Callable {
  return positional(builtin(...made), "notUnderstood");
}

/** Return a method of an array. */
export function arrayMethod(self: Sequence, name: string): Callable | undefined {
  switch (name) {
    case "tolist":
      return builtin(name, 0, 0, () => new Sequence([...self.items]));
    default:
      return undefined;
  }
}

/** Note that the code computes with NumPy's numbers. */
function noting([name, value]: readonly [string, Value]): [string, Value] {
  if (!isCallable(value)) {
    return [name, value];
  }
  const call: Callable["call"] = (given, keywords) => {
    const result = value.call(given, keywords);
    kinds.floats = true;
    kinds.integers ||= typeof result !== "number";
    return result;
  };
  return [name, { ...value, name: value.name, call }];
}

const MEMBERS: readonly (readonly [string, Value])[] = [
  functionOf("cos", Math.cos),
  functionOf("sin", Math.sin),
  functionOf("tan", Math.tan),
  functionOf("tanh", Math.tanh),
  functionOf("exp", Math.exp),
  functionOf("sqrt", Math.sqrt),
  functionOf("log", logarithm),
  functionOf("log2", Math.log2),
  functionOf("log10", Math.log10),
  functionOf("floor", Math.floor),
  functionOf("ceil", Math.ceil),
  functionOf("sign", Math.sign),
  functionOf("radians", (x) => (x * Math.PI) / 180),
  functionOf("deg2rad", (x) => (x * Math.PI) / 180),
  ["abs", builtin("abs", 1, 1, (x = null) => (typeof x === "bigint" ? (x < 0n ? -x : x) : Math.abs(real(x))))],
  pairwise("minimum", (a, b) => a <= b),
  pairwise("maximum", (a, b) => a >= b),
  ["power", builtin("power", 2, 2, (a = null, b = null) => operator("**")(a, b))],
  ["clip", byPlace("clip", 3, 3, (value = null, low = null, high = null) => clip(value, low, high))],
  ["interp", byPlace("interp", 3, 3, (x = null, xs = null, ys = null) => interpolated(x, xs, ys))],
  ["linspace", byPlace("linspace", 2, 3, (start = null, stop = null, count) => linspace(start, stop, count))],
  ["arange", byPlace("arange", 1, 3, (first = null, second, third) => arange(first, second, third))],
  ["concatenate", byPlace("concatenate", 1, 1, (rows = null) => concatenated(rows))],
  ["cumsum", byPlace("cumsum", 1, 1, (values = null) => sums(values))],
  ["ones", byPlace("ones", 1, 1, (count = null) => filled(count, 1))],
  ["zeros", byPlace("zeros", 1, 1, (count = null) => filled(count, 0))],
  ["full", byPlace("full", 2, 2, (count = null, value = null) => filled(count, value))],
  ["array", byPlace("array", 1, 1, (values = null) => array(rowOf(values).map(single)), { takes: "list" })],
  ["pi", Math.PI],
  ["e", Math.E],
  ["inf", Number.POSITIVE_INFINITY],
  ["nan", Number.NaN],
];

export const numpy = new Namespace("numpy", new Map(MEMBERS.map(noting)));
