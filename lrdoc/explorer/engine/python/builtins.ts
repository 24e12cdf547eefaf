/** Python's built-in functions and types, and those of the modules that OneFlow's schedulers use. */

import * as effort from "./effort.ts";
import { PythonError, typeError } from "./errors.ts";
import { builtin, extreme, mathematics, toInteger } from "./mathematics.ts";
import { add, compare, equal, negate, operator, toFloat } from "./operators.ts";
import {
  Bound,
  type Callable,
  Class,
  Complex,
  Instance,
  isCallable,
  item,
  iterate,
  length,
  Namespace,
  Range,
  Sequence,
  text,
  truth,
  typeName,
  type Value,
} from "./values.ts";

function native(name: string, convert: (given: readonly Value[]) => Value): Class {
  return new Class(name, name, null, convert);
}

const object = new Class("object", "object", null);
const integer = native("int", ([value = 0n]) => int(value));

const TYPES: Readonly<Record<string, Class>> = {
  float: native("float", ([value = 0]) => float(value)),
  int: integer,
  bool: native("bool", ([value = false]) => truth(value)),
  str: native("str", ([value = ""]) => text(value)),
  list: native("list", ([value]) => new Sequence(all(value))),
  tuple: native("tuple", ([value]) => new Sequence(all(value), "tuple")),
  dict: native("dict", () => new Map()),
  complex: native("complex", ([re = 0, im = 0]) => new Complex(number(re), number(im))),
  object,
};

const OTHER_TYPES = new Map<string, Class>();

/** Return the type of a value. */
export function typeOf(value: Value): Class {
  if (value instanceof Instance) {
    return value.cls;
  }
  const name = typeName(value);
  const known = TYPES[name] ?? OTHER_TYPES.get(name);
  const type = known ?? native(name, () => null);
  OTHER_TYPES.set(name, type);
  return type;
}

function all(value: Value | undefined): Value[] {
  const items: Value[] = [];
  for (const one of value === undefined ? [] : iterate(value)) {
    effort.spend(3);
    items.push(one);
  }
  return items;
}

function number(value: Value): number {
  if (typeof value === "number" || typeof value === "bigint") {
    return toFloat(value);
  }
  if (typeof value === "boolean") {
    return value ? 1 : 0;
  }
  throw typeError(`float() argument must be a string or a real number, not '${typeName(value)}'`);
}

const NUMBER = /^[+-]?(\d[\d_]*\.?[\d_]*(e[+-]?\d+)?|\.\d+(e[+-]?\d+)?)$/i;
const WORD = /^([+-]?)(inf|infinity|nan)$/i;

function float(value: Value): number {
  if (typeof value !== "string") {
    return number(value);
  }
  const trimmed = value.trim();
  const word = WORD.exec(trimmed);
  if (word !== null) {
    const size = word[2]?.toLowerCase() === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
    return word[1] === "-" ? -size : size;
  }
  if (!NUMBER.test(trimmed)) {
    throw new PythonError(
      "ValueError",
      `could not convert string to float: ${text(new Sequence([value])).slice(1, -1)}`,
    );
  }
  return Number(trimmed.replaceAll("_", ""));
}

function int(value: Value): bigint {
  if (typeof value === "string") {
    if (!/^\s*[+-]?\d+\s*$/.test(value)) {
      const shown = text(new Sequence([value])).slice(1, -1);
      throw new PythonError("ValueError", `invalid literal for int() with base 10: ${shown}`);
    }
    return BigInt(value.trim().replace("+", ""));
  }
  if (typeof value !== "number" && typeof value !== "bigint" && typeof value !== "boolean") {
    throw typeError(`int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`);
  }
  return toInteger(value, Math.trunc);
}

function len(value: Value): bigint {
  if (value instanceof Sequence) {
    return BigInt(value.items.length);
  }
  if (value instanceof Range) {
    return length(value);
  }
  if (value instanceof Map) {
    return BigInt(value.size);
  }
  if (typeof value === "string") {
    return BigInt(value.length);
  }
  throw typeError(`object of type '${typeName(value)}' has no len()`);
}

function abs(value: Value): Value {
  if (value instanceof Complex) {
    return Math.hypot(value.re, value.im);
  }
  if (typeof value === "number") {
    return Math.abs(value);
  }
  if (typeof value === "bigint" || typeof value === "boolean") {
    const whole = BigInt(value);
    return whole < 0n ? negate(whole) : whole;
  }
  throw typeError(`bad operand type for abs(): '${typeName(value)}'`);
}

function index(value: Value): bigint {
  if (typeof value === "bigint" || typeof value === "boolean") {
    return BigInt(value);
  }
  throw typeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
}

function range(first: Value, second?: Value, third: Value = 1n): Range {
  const step = index(third);
  if (step === 0n) {
    throw new PythonError("ValueError", "range() arg 3 must not be zero");
  }
  return second === undefined ? new Range(0n, index(first), step) : new Range(index(first), index(second), step);
}

/** Round half to even; with digits, as the decimal number that Python prints. */
function round(value: Value, digits?: Value): Value {
  if (typeof value === "bigint" || typeof value === "boolean") {
    return BigInt(value);
  }
  if (typeof value !== "number") {
    throw typeError(`type ${typeName(value)} doesn't define __round__ method`);
  }
  if (digits === undefined || digits === null) {
    return toInteger(value, halfToEven);
  }
  const places = Number(index(digits));
  if (!Number.isFinite(value) || places > 100) {
    return value;
  }
  return places >= 0 ? decimals(value, places) : halfToEven(value / 10 ** -places) * 10 ** -places;
}

/** Round to a number of decimals. A float that lies exactly between two goes to the even one, where toFixed goes away from zero. */
function decimals(value: number, places: number): number {
  const rounded = Number(value.toFixed(places));
  const scaled = value * 10 ** places;
  const tie = Math.abs(scaled % 1) === 0.5 && Number(value.toFixed(Math.min(100, places + 20))) === value;
  return tie && scaled / 10 ** places === value ? Number((halfToEven(scaled) / 10 ** places).toFixed(places)) : rounded;
}

function halfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest === 0.5) {
    return floor % 2 === 0 ? floor : floor + 1;
  }
  return rest < 0.5 ? floor : floor + 1;
}

function isInstance(value: Value, wanted: Value): boolean {
  if (wanted instanceof Sequence) {
    return wanted.items.some((one) => isInstance(value, one));
  }
  if (!(wanted instanceof Class)) {
    throw typeError("isinstance() arg 2 must be a type, a tuple of types, or a union");
  }
  return typeOf(value).isA(wanted) || (typeof value === "boolean" && wanted === integer) || wanted === object;
}

function sum(values: Value, start: Value = 0n): Value {
  let total = start;
  for (const value of iterate(values)) {
    effort.spend(1);
    total = add(total, value);
  }
  return total;
}

function zip(columns: readonly Value[]): Value {
  const [first, ...others] = columns.map((column) => all(column));
  const rows = (first ?? []).map((one, at) => [one, ...others.map((other) => other[at])]);
  return new Sequence(
    rows.filter((row): row is Value[] => !row.includes(undefined)).map((row) => new Sequence(row, "tuple")),
  );
}

function enumerate(values: Value): Value {
  return new Sequence(all(values).map((value, at) => new Sequence([BigInt(at), value], "tuple")));
}

function some(values: Value, wanted: boolean): boolean {
  for (const value of iterate(values)) {
    effort.spend(1);
    if (truth(value) === wanted) {
      return wanted;
    }
  }
  return !wanted;
}

function choose(name: string, sign: "<" | ">"): Callable {
  return builtin(name, 1, Number.POSITIVE_INFINITY, (...values) => {
    const [only = null] = values;
    return extreme(name, sign, values.length === 1 ? iterate(only) : values);
  });
}

function sorted(values: Value): Value {
  const items = all(values);
  effort.spend(items.length * 10);
  return new Sequence(items.sort((a, b) => (compare("<", a, b) ? -1 : equal(a, b) ? 0 : 1)));
}

/** Return how many items are at or before `value`, by halving. */
function bisect(sorted: Value, value: Value): bigint {
  let [low, high] = [0n, len(sorted)];
  while (low < high) {
    const middle = (low + high) / 2n;
    if (compare("<", value, item(sorted, middle))) {
      high = middle;
    } else {
      low = middle + 1n;
    }
  }
  return low;
}

/** NumPy's comparison of the base learning rates of param groups with one of them; what it returns has a method `all`. */
function isClose(values: Value, to: Value): Value {
  const close = all(values).map((value) => Math.abs(number(value) - number(to)) <= 1e-8 + 1e-5 * Math.abs(number(to)));
  const same = all(values).map((value, at) => (close[at] ?? false) || equal(value, to));
  return new Namespace("array", new Map([["all", builtin("all", 0, 0, () => same.every(Boolean))]]));
}

const FUNCTIONS: Readonly<Record<string, Callable>> = {
  abs: builtin("abs", 1, 1, (value = null) => abs(value)),
  all: builtin("all", 1, 1, (values = null) => some(values, false)),
  any: builtin("any", 1, 1, (values = null) => some(values, true)),
  callable: builtin("callable", 1, 1, (value = null) => isCallable(value) || value instanceof Bound),
  divmod: builtin(
    "divmod",
    2,
    2,
    (a = null, b = null) => new Sequence([operator("//")(a, b), operator("%")(a, b)], "tuple"),
  ),
  enumerate: builtin("enumerate", 1, 1, (values = null) => enumerate(values)),
  isinstance: builtin("isinstance", 2, 2, (value = null, type = null) => isInstance(value, type)),
  len: builtin("len", 1, 1, (value = null) => len(value)),
  max: choose("max", ">"),
  min: choose("min", "<"),
  pow: builtin("pow", 2, 2, (a = null, b = null) => operator("**")(a, b)),
  range: builtin("range", 1, 3, (first = null, second, third) => range(first, second, third)),
  round: builtin("round", 1, 2, (value = null, digits) => round(value, digits)),
  sorted: builtin("sorted", 1, 1, (values = null) => sorted(values)),
  sum: builtin("sum", 1, 2, (values = null, start) => sum(values, start)),
  type: builtin("type", 1, 1, (value = null) => typeOf(value)),
  zip: builtin("zip", 0, 9, (...columns) => zip(columns)),
};

/** The classes of the exceptions that OneFlow's schedulers raise. */
export const EXCEPTIONS: ReadonlyMap<string, Class> = new Map(
  [
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "Exception",
    "IndexError",
    "KeyError",
    "NotImplementedError",
    "OverflowError",
    "RuntimeError",
    "TypeError",
    "ValueError",
    "ZeroDivisionError",
  ].map((name) => [name, new Class(name, name, null)]),
);

export const BUILTINS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...Object.entries(TYPES),
  ...Object.entries(FUNCTIONS),
  ...EXCEPTIONS,
]);

const bisection = new Map<string, Value>([
  ["bisect_right", builtin("bisect_right", 2, 2, (a = null, b = null) => bisect(a, b))],
]);
const closeness = new Map<string, Value>([
  ["isclose", builtin("isclose", 2, 2, (a = null, b = null) => isClose(a, b))],
]);

/** The modules that OneFlow's schedulers import, under the names that they have there. */
export const MODULES: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["math", mathematics],
  ["inf", Number.POSITIVE_INFINITY],
  ["bisect", new Namespace("bisect", bisection)],
  ["np", new Namespace("numpy", closeness)],
]);
