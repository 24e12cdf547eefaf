/** Python's `collections`: tuples whose items have names, and dicts that make what they lack. */

import { BUILTINS } from "../python/builtins.ts";
import { inOrder } from "../python/compile.ts";
import { spend } from "../python/effort.ts";
import { Puzzle, PythonError, typeError } from "../python/errors.ts";
import { bind, call, type Parameter } from "../python/functions.ts";
import { builtin } from "../python/mathematics.ts";
import { add, compare, type Operator, subtract } from "../python/operators.ts";
import {
  type Callable,
  Class,
  type Dict,
  isCallable,
  iterate,
  type Keywords,
  keyOf,
  lacking,
  natures,
  Sequence,
  Steps,
  Unknown,
  unknownOf,
  type Value,
} from "../python/values.ts";
import { listMethod, sequenceMethod } from "./containers.ts";

/** The names of the items of tuples that have them. */
const NAMES = new WeakMap<Class, readonly string[]>();

/** Return an item of a tuple by its name, or what its names allow; undefined where it has none of that name. */
export function namedItem(tuple: Sequence, name: string): Value | undefined {
  const cls = natures.get(tuple);
  const names = cls === undefined ? undefined : NAMES.get(cls);
  if (cls === undefined || names === undefined) {
    return undefined;
  }
  const held = new Map<string, Value>(names.map((one, at) => [one, tuple.items[at] ?? null]));
  switch (name) {
    case "_asdict":
      return builtin(name, 0, 0, () => new Map<Value, Value>(held));
    case "_replace":
      return {
        callable: "builtin_function_or_method",
        name,
        call(given, keywords) {
          if (given.length > 0 || Array.from(keywords?.keys() ?? []).some((one) => !held.has(one))) {
            throw new Puzzle("notUnderstood");
          }
          return call(cls, [], new Map([...held, ...(keywords ?? [])]));
        },
      };
    default:
      return held.get(name);
  }
}

/** Return a class of tuples whose items have names. */
export const namedtuple: Callable = {
  callable: "builtin_function_or_method",
  name: "namedtuple",
  call([name = null, fields = null, ...others], keywords) {
    const { defaults = null, ...options } = Object.fromEntries(keywords ?? []);
    if (typeof name !== "string" || others.length > 0 || Object.keys(options).length > 0) {
      throw new Puzzle("notUnderstood");
    }
    const names = typeof fields === "string" ? fields.split(/[\s,]+/).filter(Boolean) : Array.from(inOrder(fields));
    if (!names.every((one): one is string => typeof one === "string" && /^[^\W_]\w*$/.test(one))) {
      throw new Puzzle("notUnderstood");
    }
    return classOf(name, names, defaults === null ? [] : Array.from(inOrder(defaults)));
  },
};

function classOf(name: string, names: readonly string[], defaults: readonly Value[]): Class {
  const first = names.length - defaults.length;
  const parameters: Parameter[] = names.map((one, at) => ({ name: one, default: defaults[at - first] }));
  const self: Parameter = { name: "_cls", default: undefined };
  const convert = (given: readonly Value[], keywords: Keywords | null): Value => {
    const slots: (Value | undefined)[] = [];
    bind(`${name}.__new__`, [self, ...parameters], [null, ...given], keywords, slots);
    const made = new Sequence(
      slots.slice(1).map((one) => one ?? null),
      "tuple",
    );
    natures.set(made, cls);
    return made;
  };
  const cls = new Class(name, `__main__.${name}`, BUILTINS.get("tuple") as Class, convert);
  NAMES.set(cls, names);
  return cls;
}

const DEFAULTING: Class = new Class(
  "defaultdict",
  "collections.defaultdict",
  BUILTINS.get("dict") as Class,
  (given, keywords) => {
    const [make = null, items, ...others] = given;
    unknownOf(given)?.demand();
    if (others.length > 0 || (items !== undefined && !(items instanceof Map))) {
      throw new Puzzle("notUnderstood");
    }
    if (make !== null && !(isCallable(make) || make instanceof Class)) {
      throw typeError("first argument must be callable or None");
    }
    const made: Dict = new Map<Value, Value>([...(items ?? []), ...(keywords ?? [])]);
    natures.set(made, DEFAULTING);
    if (make !== null) {
      lacking.set(made, (key) => {
        const value = call(make, [], null);
        made.set(key, value);
        return value;
      });
    }
    return made;
  },
);

export const defaultdict: Value = DEFAULTING;

const COUNTING: Class = new Class(
  "Counter",
  "collections.Counter",
  BUILTINS.get("dict") as Class,
  ([values, ...others], keywords) => {
    if (others.length > 0) {
      throw new Puzzle("notUnderstood");
    }
    const made = counterWith([]);
    count(made, values, keywords, add);
    return made;
  },
);

function counterWith(items: Iterable<readonly [Value, Value]>): Dict {
  const made: Dict = new Map(items);
  natures.set(made, COUNTING);
  lacking.set(made, () => 0n);
  return made;
}

/** Return what an operator gives of two Counters: no more than what is counted once at least. */
export function joinedCounters(sign: Operator, a: Value, b: Value): Value | undefined {
  const isCounter = (one: Value): one is Dict => one instanceof Map && natures.get(one) === COUNTING;
  if (!(isCounter(a) && isCounter(b))) {
    return undefined;
  }
  const [left, right] = [a, b];
  const counts = new Map(
    Array.from(new Set([...left.keys(), ...right.keys()]), (key) => {
      const [one, other] = [left.get(key) ?? 0n, right.get(key) ?? 0n];
      const isMore = compare(">", one, other);
      const joined = {
        "+": add(one, other),
        "-": subtract(one, other),
        "|": isMore ? one : other,
        "&": isMore ? other : one,
      };
      return [key, joined[sign as "+"] ?? null] as const;
    }),
  );
  return counterWith(Array.from(counts).filter(([, times]) => compare(">", times, 0n)));
}

export const counter: Value = COUNTING;

/** Let a Counter count values, or what a dict has counted: `combine` adds that, or takes it away. */
function count(dict: Dict, values: Value | undefined, keywords: Keywords | null, combine: typeof add): null {
  const put = (key: Value, by: Value): void => {
    const at = keyOf(dict, key);
    dict.set(at, combine(dict.get(at) ?? 0n, by));
  };
  for (const one of values === undefined || values === null || values instanceof Map ? [] : iterate(values)) {
    spend(2);
    put(one, 1n);
  }
  for (const [key, by] of [...(values instanceof Map ? (values as Dict) : []), ...(keywords ?? [])]) {
    put(key, by);
  }
  return null;
}

/** Return a method of a Counter; undefined for those that it has as any dict. */
export function counterMethod(dict: Dict, name: string): Callable | undefined {
  if (natures.get(dict) !== COUNTING) {
    return undefined;
  }
  switch (name) {
    case "update":
    case "subtract": {
      const combine = name === "update" ? add : subtract;
      return {
        callable: "builtin_function_or_method",
        name,
        call: ([values], keywords) => count(dict, values, keywords, combine),
      };
    }
    case "most_common":
      return builtin(name, 0, 1, (most = null) => {
        const pairs = Array.from(dict, (pair) => new Sequence([...pair], "tuple"));
        const sorted = pairs.sort((a, b) => -Number(compare(">", a.items[1] ?? null, b.items[1] ?? null)));
        return new Sequence(most === null ? sorted : sorted.slice(0, Number(most)));
      });
    case "elements":
      return builtin(name, 0, 0, () => {
        const each = Array.from(dict, ([key, times]) => new Array<Value>(Math.max(0, Number(times))).fill(key));
        return new Steps("itertools.chain", each.flat()[Symbol.iterator]());
      });
    case "copy":
      return builtin(name, 0, 0, () => counterWith(dict));
    case "total":
      return builtin(name, 0, 0, () => Array.from(dict.values()).reduce(add, 0n));
    case "fromkeys":
      throw new Puzzle("notUnderstood");
    default:
      return undefined;
  }
}

/** The most items that deques hold. */
const MOST = new WeakMap<Sequence, number>();

const DEQUE: Class = new Class("deque", "collections.deque", null, (given, keywords) => {
  const { iterable, maxlen = null, ...others } = Object.fromEntries(keywords ?? []);
  const [values = iterable, most = maxlen] = given;
  if (given.length > 2 || Object.keys(others).length > 0) {
    throw new Puzzle("notUnderstood");
  }
  if (most instanceof Unknown) {
    most.demand();
  }
  return deque(values === undefined ? [] : Array.from(inOrder(values)), most === null ? null : Number(most));
});

export const dequeClass: Value = DEQUE;

/** Return a deque with the last `most` of some items. */
function deque(items: Value[], most: number | null): Sequence {
  const made = new Sequence(items, "deque");
  natures.set(made, DEQUE);
  if (most !== null) {
    MOST.set(made, most);
  }
  return within(made, false);
}

/** Let a deque drop what it holds too much, on the left or on the right. */
function within(self: Sequence, onRight: boolean): Sequence {
  const more = self.items.length - (MOST.get(self) ?? Number.POSITIVE_INFINITY);
  if (more > 0) {
    self.items.splice(onRight ? self.items.length - more : 0, more);
  }
  return self;
}

/** Return what `+` gives of two deques; other operators on them are not understood. */
export function joinedDeques(sign: Operator, a: Value, b: Value): Value | undefined {
  const [first, second] = [a, b].map((one) => (one instanceof Sequence && one.kind === "deque" ? one : null));
  if (first && second && sign === "+") {
    return deque([...first.items, ...second.items], MOST.get(first) ?? null);
  }
  if (first || second) {
    throw new Puzzle("operator", { sign });
  }
  return undefined;
}

/** Return a method, or the greatest length, of a deque. */
export function dequeMethod(self: Sequence, name: string): Value | undefined {
  const { items } = self;
  const method = (least: number, run: (value: Value) => unknown): Callable =>
    builtin(
      name,
      least,
      1,
      (value = null) => {
        spend(items.length / 10);
        return (run(value) as Value | undefined) ?? null;
      },
      { takes: "any" },
    );
  const growing = (run: (value: Value) => void, onRight: boolean): Callable =>
    method(1, (value) => {
      run(value);
      within(self, onRight);
    });
  const taking = (take: () => Value | undefined): Callable =>
    method(0, () => {
      if (items.length === 0) {
        throw new PythonError("IndexError", "pop from an empty deque");
      }
      return take();
    });
  switch (name) {
    case "maxlen":
      return MOST.has(self) ? BigInt(MOST.get(self) ?? 0) : null;
    case "append":
      return growing((value) => items.push(value), false);
    case "appendleft":
      return growing((value) => items.unshift(value), true);
    case "extend":
      return growing((values) => items.push(...Array.from(inOrder(values))), false);
    case "extendleft":
      return growing((values) => items.unshift(...Array.from(inOrder(values)).reverse()), true);
    case "pop":
      return taking(() => items.pop());
    case "popleft":
      return taking(() => items.shift());
    case "rotate":
      return builtin(name, 0, 1, (by = 1n) => {
        const size = items.length;
        const from = size === 0 ? 0 : (((size - Number(by)) % size) + size) % size;
        items.push(...items.splice(0, from));
        return null;
      });
    case "copy":
      return builtin(name, 0, 0, () => deque([...items], MOST.get(self) ?? null));
    case "remove":
    case "insert":
    case "clear":
    case "reverse":
      return MOST.has(self) && name === "insert" ? undefined : listMethod(items, name);
    default:
      return sequenceMethod(self, name);
  }
}
