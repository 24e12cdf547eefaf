/** Python's built-in functions and types, and those of the modules that OneFlow's schedulers use. */

import { attribute, isMissing } from "./attributes.ts";
import { addAll, inOrder, setOf } from "./compile.ts";
import * as effort from "./effort.ts";
import { EXCEPTIONS as KINDS, Puzzle, PythonError, typeError } from "./errors.ts";
import { call, hasAttribute } from "./functions.ts";
import { builtin, extreme, mathematics, toInteger } from "./mathematics.ts";
import { add, compare, equal, negate, operator, toFloat } from "./operators.ts";
import {
  Bound,
  byOwn,
  type Callable,
  Class,
  Complex,
  converted,
  type Dict,
  Instance,
  isCallable,
  isDict,
  isOwn,
  item,
  iterate,
  type Keywords,
  keyOf,
  length,
  meant,
  Namespace,
  NOT_IMPLEMENTED,
  natures,
  Range,
  repr,
  Sequence,
  Steps,
  text,
  truth,
  typeName,
  Unknown,
  unknownOf,
  type Value,
} from "./values.ts";

function native(name: string, convert: (given: readonly Value[]) => Value): Class {
  const takes = LISTS.has(name) ? "list" : name === "str" ? "text" : "number";
  const strict = builtin(name, 0, 2, (...given) => convert(given), { takes });
  return new Class(name, name, null, (given, keywords) => strict.call(given, keywords));
}

const LISTS = new Set(["list", "tuple", "set", "frozenset"]);

const object = new Class("object", "object", null);
const integer = native("int", ([value = 0n, base]) => {
  if (base !== undefined) {
    throw new Puzzle("notUnderstood");
  }
  return int(value);
});

const TYPES: Readonly<Record<string, Class>> = {
  float: native("float", ([value = 0]) => float(value)),
  int: integer,
  bool: native("bool", ([value = false]) => truth(value)),
  str: native("str", ([value = ""]) => text(value)),
  list: native("list", ([value]) => new Sequence(all(value))),
  tuple: native("tuple", ([value]) => new Sequence(all(value), "tuple")),
  set: native("set", ([value]) => setOf(value === undefined ? [] : every(value))),
  dict: new Class("dict", "dict", null, (given, keywords) => dict(given, keywords)),
  complex: native("complex", ([re = 0, im = 0]) => {
    if (typeof re === "string") {
      throw new Puzzle("notUnderstood");
    }
    return new Complex(number(re), number(im));
  }),
  object,
};

const OTHER_TYPES = new Map<string, Class>();

/** Return the type of a value. */
export function typeOf(value: Value): Class {
  if (value instanceof Instance) {
    return value.cls;
  }
  const nature = typeof value === "object" && value !== null ? natures.get(value) : undefined;
  if (nature !== undefined) {
    return nature;
  }
  const name = typeName(value);
  const known = TYPES[name] ?? OTHER_TYPES.get(name);
  const type = known ?? native(name, () => null);
  OTHER_TYPES.set(name, type);
  return type;
}

function all(value: Value | undefined): Value[] {
  return value === undefined ? [] : collected(inOrder(value));
}

/** Return the values of any iterable, in whatever order. */
function every(value: Value): Value[] {
  return collected(iterate(value));
}

function collected(values: Iterable<Value>): Value[] {
  const items: Value[] = [];
  for (const one of values) {
    effort.spend(3);
    items.push(one);
  }
  return items;
}

function dict([given, ...others]: readonly Value[], keywords: Keywords | null): Value {
  const made: Dict = new Map();
  if (others.length > 0) {
    throw typeError(`dict expected at most 1 argument, got ${others.length + 1}`);
  }
  if (isDict(given)) {
    addAll(made, given);
  } else if (given !== undefined) {
    for (const pair of all(given)) {
      const [key = null, value = null, ...more] = all(pair);
      if (more.length > 0) {
        throw new Puzzle("notUnderstood");
      }
      made.set(keyOf(made, key), value);
    }
  }
  for (const [key, value] of keywords ?? []) {
    made.set(key, value);
  }
  return made;
}

function number(given: Value): number {
  const value = converted(given, "__float__", "__index__");
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

function int(given: Value): bigint {
  const value = converted(given, "__int__", "__index__", "__trunc__");
  if (typeof value === "string") {
    if (!/^\s*[+-]?\d+(_\d+)*\s*$/.test(value)) {
      const shown = text(new Sequence([value])).slice(1, -1);
      throw new PythonError("ValueError", `invalid literal for int() with base 10: ${shown}`);
    }
    return BigInt(value.trim().replace(/[+_]/g, ""));
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
  if (isDict(value)) {
    return BigInt(value.size);
  }
  if (isOwn(value, "__len__")) {
    const found = byOwn(value, "__len__");
    if (typeof found !== "bigint") {
      throw new Puzzle("notUnderstood");
    }
    return found;
  }
  if (typeof value === "string") {
    return BigInt([...value].length);
  }
  if (value instanceof Class && meant.has(value)) {
    return len(meant.get(value) ?? null);
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
  const own = byOwn(value, "__abs__");
  if (own !== undefined) {
    return own;
  }
  throw typeError(`bad operand type for abs(): '${typeName(value)}'`);
}

function index(given: Value): bigint {
  const value = converted(given, "__index__");
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
    if (typeof digits === "bigint" && digits < 0n) {
      throw new Puzzle("notUnderstood");
    }
    return BigInt(value);
  }
  const own = byOwn(value, "__round__", ...(digits === undefined ? [] : [digits]));
  if (own !== undefined) {
    return own;
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
  return isTie(value, places) && scaled / 10 ** places === value
    ? Number((halfToEven(scaled) / 10 ** places).toFixed(places))
    : rounded;
}

/** Tell whether a float lies exactly between two numbers with so many decimals. */
export function isTie(value: number, places: number): boolean {
  const [, decimal = ""] = value.toFixed(Math.min(100, places + 30)).split(".");
  return /^50*$/.test(decimal.slice(places));
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
  if (wanted instanceof Unknown || (value instanceof Instance && value.cls.gap() !== null)) {
    throw new Puzzle("notUnderstood");
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
  return new Steps("zip", zipped(columns.map((column) => inOrder(column)[Symbol.iterator]())), columns);
}

function* zipped(columns: readonly Iterator<Value>[]): Iterator<Value> {
  while (columns.length > 0) {
    const row: Value[] = [];
    for (const column of columns) {
      const { done, value } = column.next();
      if (done === true) {
        return;
      }
      row.push(value);
    }
    effort.spend(3);
    yield new Sequence(row, "tuple");
  }
}

function enumerate(values: Value, start: Value = 0n): Value {
  const first = index(start);
  return new Steps("enumerate", enumerated(inOrder(values), first), [values]);
}

function* enumerated(values: Iterable<Value>, first: bigint): Iterator<Value> {
  let at = first;
  for (const value of values) {
    effort.spend(3);
    yield new Sequence([at, value], "tuple");
    at += 1n;
  }
}

function map(run: Value, columns: readonly Value[]): Value {
  return new Steps("map", mapped(run, zipped(columns.map((column) => inOrder(column)[Symbol.iterator]()))), [
    run,
    ...columns,
  ]);
}

/** Return a function that calls its first argument with items of the others; where that is unknown, it may change them. */
function applying(name: string, most: number, run: (called: Value, columns: readonly Value[]) => Value): Callable {
  const apply = (called: Value = null, ...columns: readonly Value[]): Value => {
    const unknown = unknownOf([called, ...columns]);
    if (unknown === undefined) {
      return run(called, columns);
    }
    if (called instanceof Unknown) {
      call(called, columns, null);
    }
    return new Unknown(null, ...unknown.whys.map((why) => why.asking("list")));
  };
  return builtin(name, 2, most, apply, { takes: "any" });
}

function* mapped(run: Value, rows: Iterator<Value>): Iterator<Value> {
  for (let row = rows.next(); row.done !== true; row = rows.next()) {
    yield call(run, row.value instanceof Sequence ? row.value.items : [], null);
  }
}

function filter(run: Value, values: Value): Value {
  return new Steps("filter", filtered(run, inOrder(values)), [run, values]);
}

function* filtered(run: Value, values: Iterable<Value>): Iterator<Value> {
  for (const value of values) {
    effort.spend(3);
    if (truth(run === null ? value : call(run, [value], null))) {
      yield value;
    }
  }
}

function reversed(value: Value): Value {
  if (value instanceof Instance) {
    throw new Puzzle("notUnderstood");
  }
  if (value instanceof Steps || (value instanceof Sequence && value.kind === "set")) {
    throw typeError(`'${typeName(value)}' object is not reversible`);
  }
  return new Steps("reversed", all(value).reverse()[Symbol.iterator]());
}

function next(values: Value, otherwise?: Value): Value {
  if (!(values instanceof Steps)) {
    return nextOwn(values, otherwise);
  }
  const { done, value } = values.values.next();
  if (done !== true) {
    return value;
  }
  if (otherwise === undefined) {
    throw new PythonError("StopIteration", "");
  }
  return otherwise;
}

function nextOwn(values: Value, otherwise: Value | undefined): Value {
  const depth = effort.depthNow();
  try {
    const own = byOwn(values, "__next__");
    if (own !== undefined) {
      return own;
    }
  } catch (error) {
    if (!(error instanceof PythonError && error.kind === "StopIteration") || otherwise === undefined) {
      throw error;
    }
    effort.surface(depth);
    return otherwise;
  }
  throw typeError(`'${typeName(values)}' object is not an iterator`);
}

/** Return Python's `getattr`, or `hasattr` where there is no attribute to fall back to. */
function find(object: Value, name: Value): Value | undefined {
  if (typeof name !== "string") {
    throw typeError("attribute name must be string");
  }
  try {
    return attribute(object, name);
  } catch (error) {
    if (!(error instanceof PythonError && error.kind === "AttributeError")) {
      throw error;
    }
    if (object instanceof Instance ? object.cls.gap() === null : isMissing(object, name)) {
      return undefined;
    }
    throw new Puzzle("attribute", { name });
  }
}

/** Tell whether an object has an attribute; what `__getattr__` would answer may not be known. */
function has(object: Value, name: Value): boolean {
  const found = find(object, name);
  if (found instanceof Unknown && object instanceof Instance && !hasAttribute(object, text(name))) {
    found.demand();
  }
  return found !== undefined;
}

/** Tell whether a value of Python's own converts itself to an integer or a float; undefined for others, and for other attributes. */
function hasConversion(object: Value, name: Value): boolean | undefined {
  if (name !== "__index__" && name !== "__float__") {
    return;
  }
  if (typeof object === "number") {
    return name === "__float__";
  }
  if (typeof object === "bigint" || typeof object === "boolean") {
    return true;
  }
  return object === null || typeof object === "string" || object instanceof Sequence || object instanceof Complex
    ? false
    : undefined;
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
  const run = (values: readonly Value[], keywords: Keywords | null): Value => {
    const [only = null] = values;
    const { key = null, default: otherwise } = Object.fromEntries(keywords ?? []);
    const items = values.length === 1 ? every(only) : values;
    if (items.length === 0 && otherwise !== undefined) {
      return otherwise;
    }
    if (key === null) {
      return extreme(name, sign, items);
    }
    const keyed = items.map((one) => [one, call(key, [one], null)] as const);
    const best = extreme(
      name,
      sign,
      keyed.map(([, one]) => one),
    );
    return keyed.find(([, one]) => one === best)?.[0] ?? null;
  };
  return named(name, 1, Number.POSITIVE_INFINITY, ["key", "default"], run);
}

/** Make one of Python's own functions that takes some arguments by name. */
export function named(
  name: string,
  least: number,
  most: number,
  names: readonly string[],
  run: (given: readonly Value[], keywords: Keywords | null) => Value,
): Callable {
  const plain = builtin(name, least, most, (...given) => run(given, null), { takes: "list" });
  return {
    ...plain,
    call(given, keywords) {
      if (keywords === null || keywords.size === 0 || Array.from(keywords.keys()).some((one) => !names.includes(one))) {
        return plain.call(given, keywords);
      }
      const unknown = unknownOf([...given, ...keywords.values()]);
      return unknown === undefined ? run(given, keywords) : new Unknown(null, ...unknown.whys);
    },
  };
}

/** Return values in order: as `key` has it, and the other way round if `reverse`. */
export function inSequence(values: Value, key: Value, reverse: boolean): Value[] {
  const keyed = every(values).map((one) => [one, key === null ? one : call(key, [one], null)] as const);
  effort.spend(keyed.length * 10);
  const sorted = ordering.sort(reverse ? keyed.reverse() : keyed).map(([one]) => one);
  return reverse ? sorted.reverse() : sorted;
}

/** A value, and what it is sorted by. */
export type Keyed = readonly [Value, Value];

/** How values are sorted; a page that reads whole scripts compares them as Python does, in its order. */
export const ordering: { sort(items: readonly Keyed[]): readonly Keyed[] } = {
  sort: (items) => [...items].sort(([, a], [, b]) => (compare("<", a, b) ? -1 : compare("<", b, a) ? 1 : 0)),
};

function sorted([values = null]: readonly Value[], keywords: Keywords | null): Value {
  const reverse = truth(keywords?.get("reverse") ?? false);
  return new Sequence(inSequence(values, keywords?.get("key") ?? null, reverse));
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

/** Print nothing, but let the code's own objects say their texts. */
function printed(given: readonly Value[]): null {
  for (const one of given) {
    if (one instanceof Instance && one.cls.gap() === null) {
      text(one);
    }
  }
  return null;
}

const FUNCTIONS: Readonly<Record<string, Callable>> = {
  abs: builtin("abs", 1, 1, (value = null) => abs(value)),
  all: builtin("all", 1, 1, (values = null) => some(values, false)),
  any: builtin("any", 1, 1, (values = null) => some(values, true)),
  callable: builtin(
    "callable",
    1,
    1,
    (value = null) =>
      isCallable(value) ||
      value instanceof Bound ||
      value instanceof Class ||
      (value instanceof Instance && value.cls.method("__call__") !== undefined),
  ),
  divmod: builtin(
    "divmod",
    2,
    2,
    (a = null, b = null) => new Sequence([operator("//")(a, b), operator("%")(a, b)], "tuple"),
  ),
  enumerate: named("enumerate", 1, 2, ["start"], ([values = null, start], keywords) =>
    enumerate(values, keywords?.get("start") ?? start),
  ),
  filter: applying("filter", 2, (run, [values = null]) => filter(run, values)),
  getattr: builtin("getattr", 2, 3, (object = null, name = null, otherwise) => {
    const found = find(object, name);
    return found === undefined ? (otherwise === undefined ? attribute(object, String(name)) : otherwise) : found;
  }),
  hasattr: builtin("hasattr", 2, 2, (object = null, name = null) => hasConversion(object, name) ?? has(object, name)),
  id: builtin("id", 1, 1, () => {
    throw new Puzzle("notUnderstood");
  }),
  isinstance: builtin("isinstance", 2, 2, (value = null, type = null) => isInstance(value, type)),
  iter: builtin(
    "iter",
    1,
    2,
    (values = null, sentinel?: Value) => {
      if (sentinel !== undefined) {
        throw new Puzzle("notUnderstood");
      }
      return values instanceof Steps
        ? values
        : (byOwn(values, "__iter__") ?? new Steps("iterator", inOrder(values)[Symbol.iterator](), [values]));
    },
    { takes: "list" },
  ),
  len: builtin("len", 1, 1, (value = null) => len(value), { takes: "list" }),
  map: applying("map", 9, map),
  next: builtin("next", 1, 2, (values = null, otherwise) => next(values, otherwise), { takes: "list" }),
  print: { callable: "builtin_function_or_method", name: "print", call: printed },
  repr: builtin("repr", 1, 1, (value = null) => repr(value), { takes: "text" }),
  reversed: builtin("reversed", 1, 1, (value = null) => reversed(value), { takes: "list" }),
  max: choose("max", ">"),
  min: choose("min", "<"),
  pow: builtin("pow", 2, 3, (a = null, b = null, modulus = null) => {
    if (modulus !== null) {
      throw new Puzzle("notUnderstood");
    }
    return operator("**")(a, b);
  }),
  range: builtin("range", 1, 3, (first = null, second, third) => range(first, second, third)),
  round: builtin("round", 1, 2, (value = null, digits) => round(value, digits)),
  sorted: named("sorted", 1, 1, ["key", "reverse"], sorted),
  sum: named("sum", 1, 2, ["start"], ([values = null, start], keywords) =>
    sum(values, keywords?.get("start") ?? start),
  ),
  type: builtin("type", 1, 3, (value = null, ...more) => {
    if (more.length > 0) {
      throw new Puzzle("notUnderstood"); // it makes a class
    }
    return typeOf(value);
  }),
  zip: named("zip", 0, 9, ["strict"], (columns, keywords) => {
    if (truth(keywords?.get("strict") ?? false)) {
      throw new Puzzle("notUnderstood");
    }
    return zip(columns);
  }),
};

/** The classes of Python's exceptions. */
const EXCEPTIONS = new Map<string, Class>();

function exception(name: string): Class {
  const above = KINDS.get(name) ?? "";
  const cls = EXCEPTIONS.get(name) ?? new Class(name, name, above === "" ? null : exception(above));
  EXCEPTIONS.set(name, cls);
  return cls;
}

for (const name of KINDS.keys()) {
  exception(name);
}
for (const [name, run] of [
  ["__init__", (self, given) => nothing(self.attributes.set("args", new Sequence(given, "tuple")))],
  ["__str__", ({ attributes, cls }) => shown(attributes.get("args") ?? null, cls)],
  ["__repr__", () => shown(null)],
] as readonly [string, (self: Instance, given: Value[]) => Value][]) {
  exception("BaseException").methods.set(name, {
    callable: "builtin_function_or_method",
    name,
    call: ([self, ...given]) => run(self as Instance, given),
  });
}

function nothing(_done: unknown): null {
  return null;
}

/** Return an exception's text, by what it was made with. */
function shown(args: Value, cls?: Class): string {
  if (!(args instanceof Sequence)) {
    throw new Puzzle("exceptions");
  }
  const [first, ...others] = args.items;
  if (first === undefined || others.length > 0) {
    return first === undefined ? "" : repr(args);
  }
  return cls?.isA(exception("KeyError")) === true ? repr(first) : text(first); // a key is shown as code
}

/** Add further functions of Python's own. */
export function addBuiltins(further: ReadonlyMap<string, Value>): void {
  for (const [name, value] of further) {
    ALL.set(name, value);
  }
}

const ALL = new Map<string, Value>([
  ...Object.entries(TYPES),
  ...Object.entries(FUNCTIONS),
  ...EXCEPTIONS,
  [NOT_IMPLEMENTED.name, NOT_IMPLEMENTED],
]);

export const BUILTINS: ReadonlyMap<string, Value> = ALL;

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
