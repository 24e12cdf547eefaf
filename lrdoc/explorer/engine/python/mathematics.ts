/** Python's module `math`, as far as a learning rate may need it. */

import { Puzzle, PythonError, typeError, type Want } from "./errors.ts";
import { log as logarithm } from "./logarithm.ts";
import { bits, compare, toFloat } from "./operators.ts";
import { type Callable, converted, Namespace, typeName, Unknown, unknownOf, type Value } from "./values.ts";

/** Functions that take more in Python than here. */
const MORE = /^(isclose|prod|bisect|accumulate|int$)/;

/** Make one of Python's own functions. It takes between `least` and `most` positional arguments; what it makes of an unknown one is unknown, unless it takes any. */
export function builtin(
  name: string,
  least: number,
  most: number,
  run: (...given: readonly Value[]) => Value,
  { takes = "number" }: { readonly takes?: Want["kind"] | "any" } = {},
): Callable {
  return {
    callable: "builtin_function_or_method",
    name,
    call(given, keywords) {
      const unknown = takes === "any" ? undefined : unknownOf([...given, ...(keywords?.values() ?? [])]);
      if (unknown !== undefined && takes !== "any") {
        return new Unknown(null, ...unknown.whys.map((why) => why.asking(takes)));
      }
      check(name, least, most, given.length, keywords?.size ?? 0);
      return run(...given);
    },
  };
}

/** Refuse a number of arguments, as Python does where it is certain that it does. */
function check(name: string, least: number, most: number, got: number, named: number): void {
  if (MORE.test(name) && (named > 0 || got > most)) {
    throw new Puzzle("notUnderstood");
  }
  if (named > 0) {
    throw typeError(`${name}() takes no keyword arguments`);
  }
  if (got < least || got > most) {
    throw typeError(counted(name, least, most, got));
  }
}

function counted(name: string, least: number, most: number, got: number): string {
  if (least === most) {
    const wanted = least === 1 ? "exactly one argument" : `exactly ${least} arguments`;
    return `${name}() takes ${wanted} (${got} given)`;
  }
  const bound = got < least ? `at least ${least}` : `at most ${most}`;
  const limit = got < least ? least : most;
  return `${name} expected ${bound} argument${limit === 1 ? "" : "s"}, got ${got}`;
}

/** Return a number as a float, as functions of `math` take it. */
export function real(given: Value): number {
  const value = converted(given, "__float__", "__index__");
  if (typeof value === "number") {
    return value;
  }
  if (typeof value === "bigint" || typeof value === "boolean") {
    return toFloat(typeof value === "boolean" ? BigInt(value) : value);
  }
  throw typeError(`must be real number, not ${typeName(value)}`);
}

/** Round to an int with `how`; an int stays what it is. */
export function toInteger(value: Value, how: (value: number) => number): bigint {
  if (typeof value === "bigint" || typeof value === "boolean") {
    return BigInt(value);
  }
  const float = real(value);
  if (Number.isNaN(float)) {
    throw new PythonError("ValueError", "cannot convert float NaN to integer");
  }
  if (!Number.isFinite(float)) {
    throw new PythonError("OverflowError", "cannot convert float infinity to integer");
  }
  return BigInt(how(float));
}

function domainError(): PythonError {
  return new PythonError("ValueError", "math domain error");
}

/** Make a function of one float. A finite argument that gives NaN is outside the domain; one that gives infinity overflows, or is outside as well. */
function elementary(name: string, compute: (x: number) => number, overflows = false): [string, Callable] {
  const run = (value: Value): number => {
    const x = real(value);
    const result = compute(x);
    if (Number.isNaN(result) && !Number.isNaN(x)) {
      throw domainError();
    }
    if (!Number.isFinite(result) && Number.isFinite(x)) {
      throw overflows ? new PythonError("OverflowError", "math range error") : domainError();
    }
    return result;
  };
  return [name, builtin(name, 1, 1, (x = null) => run(x))];
}

function logOf(value: Value, compute: (x: number) => number, ofTwo: number): number {
  if (typeof value === "bigint" && value > 0n && !Number.isFinite(Number(value))) {
    const shift = BigInt(bits(value) - 64);
    return compute(Number(value >> shift)) + Number(shift) * ofTwo;
  }
  const x = real(value);
  if (x <= 0) {
    throw domainError();
  }
  return Number.isFinite(x) ? compute(x) : x;
}

function log(value: Value, base?: Value): number {
  const top = logOf(value, logarithm, Math.LN2);
  if (base === undefined) {
    return top;
  }
  const bottom = logOf(base, logarithm, Math.LN2);
  if (bottom === 0) {
    throw new PythonError("ZeroDivisionError", "float division by zero");
  }
  return top / bottom;
}

function pow(x: number, y: number): number {
  if (x === 1 || y === 0) {
    return 1;
  }
  if (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) {
    return 1;
  }
  const result = x ** y;
  if (Number.isFinite(x) && Number.isFinite(y) && !Number.isFinite(result)) {
    if (Number.isNaN(result) || x === 0) {
      throw domainError();
    }
    throw new PythonError("OverflowError", "math range error");
  }
  return result;
}

function isClose(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

const FUNCTIONS: readonly (readonly [string, Callable])[] = [
  ["floor", builtin("math.floor", 1, 1, (x = null) => toInteger(x, Math.floor))],
  ["ceil", builtin("math.ceil", 1, 1, (x = null) => toInteger(x, Math.ceil))],
  ["trunc", builtin("math.trunc", 1, 1, (x = null) => toInteger(x, Math.trunc))],
  ["log", builtin("log", 1, 2, (x = null, base) => log(x, base))],
  ["log2", builtin("math.log2", 1, 1, (x = null) => logOf(x, Math.log2, 1))],
  ["log10", builtin("math.log10", 1, 1, (x = null) => logOf(x, Math.log10, Math.log10(2)))],
  ["pow", builtin("pow", 2, 2, (x = null, y = null) => pow(real(x), real(y)))],
  ["fabs", builtin("math.fabs", 1, 1, (x = null) => Math.abs(real(x)))],
  ["hypot", builtin("hypot", 0, 9, (...sides) => Math.hypot(...sides.map(real)))],
  ["atan2", builtin("atan2", 2, 2, (y = null, x = null) => Math.atan2(real(y), real(x)))],
  ["degrees", builtin("math.degrees", 1, 1, (x = null) => (real(x) * 180) / Math.PI)],
  ["radians", builtin("math.radians", 1, 1, (x = null) => (real(x) * Math.PI) / 180)],
  ["isnan", builtin("math.isnan", 1, 1, (x = null) => Number.isNaN(real(x)))],
  ["isinf", builtin("math.isinf", 1, 1, (x = null) => Math.abs(real(x)) === Number.POSITIVE_INFINITY)],
  ["isfinite", builtin("math.isfinite", 1, 1, (x = null) => Number.isFinite(real(x)))],
  ["isclose", builtin("isclose", 2, 2, (a = null, b = null) => isClose(real(a), real(b)))],
  elementary("sqrt", Math.sqrt),
  elementary("exp", Math.exp, true),
  elementary("expm1", Math.expm1, true),
  elementary("log1p", Math.log1p),
  elementary("cos", Math.cos),
  elementary("sin", Math.sin),
  elementary("tan", Math.tan),
  elementary("acos", Math.acos),
  elementary("asin", Math.asin),
  elementary("atan", Math.atan),
  elementary("cosh", Math.cosh, true),
  elementary("sinh", Math.sinh, true),
  elementary("tanh", Math.tanh),
];

export const mathematics = new Namespace(
  "math",
  new Map<string, Value>([
    ...FUNCTIONS,
    ["pi", Math.PI],
    ["e", Math.E],
    ["tau", 2 * Math.PI],
    ["inf", Number.POSITIVE_INFINITY],
    ["nan", Number.NaN],
  ]),
);

/** Return the least or the largest of `values`, the first of equal ones; `sign` is the comparison. */
export function extreme(name: string, sign: "<" | ">", values: Iterable<Value>): Value {
  let found: Value | undefined;
  for (const value of values) {
    if (found === undefined || compare(sign, value, found)) {
      found = value;
    }
  }
  if (found === undefined) {
    throw new PythonError("ValueError", `${name}() arg is an empty sequence`);
  }
  return found;
}
