/** Modules of Python's own library that training scripts import. */

import { BUILTINS, MODULES } from "../python/builtins.ts";
import { inOrder } from "../python/compile.ts";
import { spend } from "../python/effort.ts";
import { Lost, Puzzle, PythonError } from "../python/errors.ts";
import { call, Func, Partial } from "../python/functions.ts";
import { builtin, mathematics, real } from "../python/mathematics.ts";
import { add, compare, multiply, operator } from "../python/operators.ts";
import {
  type Callable,
  Class,
  groups,
  Instance,
  isCallable,
  item,
  Namespace,
  natures,
  Sequence,
  Steps,
  Unknown,
  type Value,
} from "../python/values.ts";
import { argparse, simple } from "./argparse.ts";
import { counter, defaultdict, dequeClass, namedtuple } from "./collections.ts";
import { dataclasses } from "./dataclasses.ts";
import { likeOf, setPlainly } from "./dicts.ts";
import { auto, ENUM, INT_ENUM, unique } from "./enums.ts";
import { ofJson, ofLiteral } from "./literals.ts";
import { numpy } from "./numpy.ts";
import { positional } from "./positional.ts";

function module(name: string, members: Readonly<Record<string, Value>>): [string, Namespace] {
  return [name, new Namespace(name, new Map(Object.entries(members)))];
}

/** A module of which one function is known. */
function part(name: string, known: Callable): [string, Namespace] {
  return [name, new Namespace(name, new Map([[known.name, positional(known, "notUnderstood")]]), true)];
}

function reduce(run: Value, values: Value, start?: Value): Value {
  let result = start;
  for (const one of inOrder(values)) {
    spend(2);
    result = result === undefined ? one : call(run, [result, one], null);
  }
  if (result === undefined) {
    throw new PythonError("TypeError", "reduce() of empty iterable with no initial value");
  }
  return result;
}

/** Have a function run once for the same arguments. */
function remember(one: Value): Value {
  if (one instanceof Func) {
    one.memo = new Map();
  }
  return one;
}

/** A decorator that leaves what a function returns as it is, with or without arguments of its own. */
function harmless(name: string, mark: (one: Value) => Value = (one) => one): Callable {
  return {
    callable: "builtin_function_or_method",
    name,
    call: ([first]) =>
      first !== undefined && (isCallable(first) || first instanceof Unknown)
        ? mark(first)
        : builtin(name, 1, 1, (one = null) => mark(one)),
  };
}

function* accumulated(values: Value, run: Value): Iterator<Value> {
  let total: Value | undefined;
  for (const one of inOrder(values)) {
    spend(2);
    total = total === undefined ? one : run === null ? add(total, one) : call(run, [total, one], null);
    yield total;
  }
}

function* chained(several: readonly Value[]): Iterator<Value> {
  for (const values of several) {
    for (const one of inOrder(values)) {
      spend(1);
      yield one;
    }
  }
}

function bisect(values: Value, value: Value, isRight: boolean): bigint {
  let [low, high] = [0n, BigInt(Array.from(inOrder(values)).length)];
  while (low < high) {
    const middle = (low + high) / 2n;
    const at = item(values, middle);
    if (isRight ? compare("<", value, at) : !compare("<", at, value)) {
      high = middle;
    } else {
      low = middle + 1n;
    }
  }
  return low;
}

const bisectRight = builtin("bisect_right", 2, 2, (values = null, value = null) => bisect(values, value, true));
const bisectLeft = builtin("bisect_left", 2, 2, (values = null, value = null) => bisect(values, value, false));

function whole(value: Value): bigint {
  if (typeof value === "bigint" || typeof value === "boolean") {
    return BigInt(value);
  }
  throw new PythonError(
    "TypeError",
    `'${typeof value === "number" ? "float" : "object"}' object cannot be interpreted as an integer`,
  );
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? (a < 0n ? -a : a) : divisor(b, a % b);
}

function combinations(n: bigint, k: bigint): Value {
  if (n < 0n || k < 0n) {
    throw new PythonError("ValueError", `${n < 0n ? "n" : "k"} must be a non-negative integer`);
  }
  let result: Value = n < k ? 0n : 1n;
  for (let at = 1n; at <= k && n >= k; at += 1n) {
    spend(1);
    result = operator("//")(multiply(result, n - k + at), at);
  }
  return result;
}

/** Yield all rows with an item of each of several iterables, the last of which change first. */
function* rows(several: readonly (readonly Value[])[]): Iterator<Value> {
  const [first, ...others] = several;
  if (first === undefined) {
    yield new Sequence([], "tuple");
    return;
  }
  for (const one of first) {
    const more = rows(others);
    for (let row = more.next(); row.done !== true; row = more.next()) {
      spend(2);
      yield new Sequence([one, ...(row.value as Sequence).items], "tuple");
    }
  }
}

function* counted(start: Value, step: Value): Iterator<Value> {
  for (let at = start; ; at = add(at, step)) {
    spend(1);
    yield at;
  }
}

function* repeated(value: Value, times: bigint | null): Iterator<Value> {
  for (let at = 0n; times === null || at < times; at += 1n) {
    spend(1);
    yield value;
  }
}

function* sliced(values: Value, from: bigint, to: bigint | null, step: bigint): Iterator<Value> {
  const each = inOrder(values)[Symbol.iterator]();
  for (let at = 0n; to === null || at < to; at += 1n) {
    spend(1);
    const { done, value } = each.next();
    if (done === true) {
      return;
    }
    if (at >= from && (at - from) % step === 0n) {
      yield value;
    }
  }
}

/** Return a function of itertools, what it returns being made when it is asked for. */
function steps(
  name: string,
  least: number,
  most: number,
  run: (...given: readonly Value[]) => Iterator<Value>,
): [string, Callable] {
  const make = (...given: readonly Value[]): Steps => new Steps(`itertools.${name}`, run(...given), given);
  return [name, positional(builtin(name, least, most, make, { takes: "list" }), "notUnderstood")];
}

/** Return where a part of what is looped over begins, ends, and how it goes on. */
function bounds(given: readonly Value[]): [bigint, bigint | null, bigint] {
  const [first = null, second, third] = given;
  const [from, to] = second === undefined ? [null, first] : [first, second];
  const found = [from ?? 0n, to, third ?? 1n] as const;
  if (found.some((one) => one !== null && !(typeof one === "bigint" && one >= 0n)) || third === 0n) {
    throw new PythonError("ValueError", "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
  }
  return found as unknown as [bigint, bigint | null, bigint];
}

function product(values: Value, start: Value = 1n): Value {
  let result = start;
  for (const one of inOrder(values)) {
    spend(1);
    result = multiply(result, one);
  }
  return result;
}

function multiple(x: bigint, y: bigint): bigint {
  const shared = divisor(x, y);
  const result = shared === 0n ? 0n : (x / shared) * y;
  return result < 0n ? -result : result;
}

/** What `math` has beside what OneFlow's schedulers use. */
const FURTHER: Readonly<Record<string, Value>> = {
  comb: builtin("comb", 2, 2, (n = null, k = null) => combinations(whole(n), whole(k))),
  copysign: builtin("copysign", 2, 2, (x = null, y = null) => {
    const isNegative = real(y) < 0 || Object.is(real(y), -0);
    return isNegative ? -Math.abs(real(x)) : Math.abs(real(x));
  }),
  factorial: builtin("math.factorial", 1, 1, (x = null) => {
    const count = whole(x);
    if (count < 0n) {
      throw new PythonError("ValueError", "factorial() not defined for negative values");
    }
    let result: Value = 1n;
    for (let at = 2n; at <= count; at += 1n) {
      spend(1);
      result = multiply(result, at);
    }
    return result;
  }),
  fmod: builtin("fmod", 2, 2, (x = null, y = null) => {
    if (real(y) === 0) {
      throw new PythonError("ValueError", "math domain error");
    }
    return real(x) % real(y);
  }),
  gcd: builtin("gcd", 0, 99, (...several) => several.map(whole).reduce(divisor, 0n)),
  lcm: builtin("lcm", 0, 99, (...several) => several.map(whole).reduce(multiple, 1n)),
  isqrt: builtin("math.isqrt", 1, 1, (x = null) => {
    const value = whole(x);
    let root = BigInt(Math.floor(Math.sqrt(Number(value))));
    while (root * root > value) {
      root -= 1n;
    }
    while ((root + 1n) * (root + 1n) <= value) {
      root += 1n;
    }
    return root;
  }),
  prod: builtin("prod", 1, 1, (values = null) => product(values)),
};

/** Return the modules by their names. */
export function modules(): ReadonlyMap<string, Value> {
  for (const [name, value] of Object.entries(FURTHER)) {
    mathematics.members.set(name, value);
  }
  const partial: Callable = {
    callable: "builtin_function_or_method",
    name: "partial",
    call: ([run = null, ...given], keywords) =>
      run instanceof Partial
        ? new Partial(run.run, [...run.given, ...given], new Map([...run.keywords, ...(keywords ?? [])]))
        : new Partial(run, given, keywords ?? new Map()),
  };
  const namespace = new Class("SimpleNamespace", "types.SimpleNamespace", null, (_given, keywords) => simple(keywords));
  const dict = BUILTINS.get("dict") ?? null;
  return new Map<string, Value>([
    ["argparse", argparse],
    ["dataclasses", dataclasses],
    ["numpy", numpy],
    module("functools", {
      partial,
      reduce: builtin("reduce", 2, 3, (run = null, values = null, start) => reduce(run, values, start)),
      lru_cache: harmless("lru_cache", remember),
      cache: harmless("cache", remember),
      wraps: builtin("wraps", 1, 1, () => harmless("wraps")),
    }),
    module("itertools", {
      accumulate: builtin(
        "accumulate",
        1,
        2,
        (values = null, run = null) => new Steps("itertools.accumulate", accumulated(values, run), [values, run]),
        { takes: "list" },
      ),
      chain: builtin("chain", 0, 99, (...several) => new Steps("itertools.chain", chained(several), several), {
        takes: "list",
      }),
      ...Object.fromEntries([
        steps("count", 0, 2, (start = 0n, step = 1n) => counted(start, step)),
        steps("islice", 2, 4, (values = null, ...given) => sliced(values, ...bounds(given))),
        steps("product", 0, 9, (...several) => rows(several.map((one) => Array.from(inOrder(one))))),
        steps("repeat", 1, 2, (value = null, times) => repeated(value, times === undefined ? null : whole(times))),
      ]),
    }),
    module("bisect", { bisect: bisectRight, bisect_right: bisectRight, bisect_left: bisectLeft }),
    module("collections", { OrderedDict: dict, namedtuple, defaultdict, Counter: counter, deque: dequeClass }),
    module("enum", { Enum: ENUM, IntEnum: INT_ENUM, auto, unique }),
    part(
      "ast",
      builtin("literal_eval", 1, 1, (text = null) => ofLiteral(text)),
    ),
    part(
      "json",
      builtin("loads", 1, 1, (text = null) => ofJson(text)),
    ),
    module("types", { SimpleNamespace: namespace }),
    module("operator", {
      mul: builtin("mul", 2, 2, (a = null, b = null) => operator("*")(a, b)),
      add: builtin("add", 2, 2, (a = null, b = null) => operator("+")(a, b)),
    }),
    module("copy", {
      copy: builtin("copy", 1, 1, (value = null) => copied(value, null)),
      deepcopy: builtin("deepcopy", 1, 1, (value = null) => copied(value, new Map())),
    }),
    ["math", MODULES.get("math") ?? null],
  ]);
}

/** Methods by which a class decides how its objects are copied. */
const COPYING = ["__copy__", "__deepcopy__", "__reduce__", "__reduce_ex__", "__getstate__", "__setstate__"];

/** Copy a value and, if `known` is there to hold the copies, what it holds; what it holds twice is one thing in the copy too. */
function copied(value: Value, known: Map<Value, Value> | null): Value {
  spend(1);
  const inner = (one: Value): Value => (known === null ? one : (known.get(one) ?? copied(one, known)));
  refuseOthers(value);
  if (value instanceof Sequence) {
    const made = new Sequence([], value.kind);
    known?.set(value, made);
    for (const one of value.items) {
      made.items.push(inner(one));
    }
    return made;
  }
  if (value instanceof Map) {
    const { made, attributes } = likeOf(value) ?? { made: new Map(), attributes: new Map() };
    known?.set(value, made);
    for (const [key, one] of value) {
      made.set(key, inner(one));
    }
    for (const [name, one] of attributes) {
      setPlainly(made, String(name), inner(one));
    }
    return made;
  }
  if (value instanceof Instance) {
    const made = new Instance(value.cls);
    known?.set(value, made);
    for (const [name, one] of value.attributes) {
      made.attributes.set(name, inner(one));
    }
    return made;
  }
  return value; // a number, a text, a function or a class is its own copy
}

/** Refuse what is more than a list, a dict or an object of the code's own. */
function refuseOthers(value: Value): void {
  if (value instanceof Instance && !value.cls.isUsers) {
    throw new Lost("notUnderstood"); // an optimizer or a scheduler, which OneFlow mostly refuses
  }
  const isOdd =
    typeof value === "object" &&
    value !== null &&
    ((natures.has(value) && !(value instanceof Map && likeOf(value) !== null)) || groups.has(value));
  const isOwn = value instanceof Instance && COPYING.some((name) => value.cls.method(name));
  if (isOdd || isOwn || value instanceof Steps) {
    throw new Puzzle("notUnderstood");
  }
}
