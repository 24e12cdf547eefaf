/** Python's `collections`: tuples whose items have names, and dicts that make what they lack. */

import { BUILTINS } from "../python/builtins.ts";
import { inOrder } from "../python/compile.ts";
import { Puzzle, typeError } from "../python/errors.ts";
import { bind, call, type Parameter } from "../python/functions.ts";
import { builtin } from "../python/mathematics.ts";
import {
  type Callable,
  Class,
  type Dict,
  isCallable,
  type Keywords,
  lacking,
  natures,
  Sequence,
  unknownOf,
  type Value,
} from "../python/values.ts";

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
      lacking.set(made, () => call(make, [], null));
    }
    return made;
  },
);

export const defaultdict: Value = DEFAULTING;
