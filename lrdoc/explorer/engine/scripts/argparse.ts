/** Python's `argparse`: what a script lets its user set on the command line is asked for, with the default that it has. */

import type { Proposal } from "../python/compile.ts";
import { Puzzle, type Want } from "../python/errors.ts";
import { call } from "../python/functions.ts";
import { builtin } from "../python/mathematics.ts";
import { spoilWhole } from "../python/spoil.ts";
import {
  type Callable,
  Class,
  type Dict,
  Instance,
  iterate,
  type Keywords,
  Namespace,
  natures,
  Sequence,
  Unknown,
  type Value,
} from "../python/values.ts";
import { comparing } from "./dataclasses.ts";
import { ownAttribute } from "./dicts.ts";

const PARSER = new Class("ArgumentParser", "argparse.ArgumentParser", null, () => parser());

function method(name: string, run: (given: readonly Value[], keywords: Keywords) => Value): Callable {
  return { callable: "builtin_function_or_method", name, call: (given, keywords) => run(given, keywords ?? new Map()) };
}

function parser(): Value {
  const made = new Instance(PARSER);
  const proposals = new Map<string, Proposal>();
  /** What a text becomes that is given for an argument. */
  const types = new Map<string, Value>();
  /** Return what is parsed; where the code itself says what is given, no default is known to hold. */
  const parsed = (given: Value = null, into: Value = null): Unknown => {
    if (typeof into === "object" && into !== null) {
      spoilWhole(into, new Unknown(null, new Puzzle("notUnderstood"))); // it may have values already, which hold
      throw new Puzzle("notUnderstood");
    }
    const found = new Unknown(null);
    const isOpen =
      given === null || given instanceof Unknown || (given instanceof Sequence && given.items.length === 0);
    const proposed = Array.from(proposals, ([name, { default: _, ...others }]) => [name, others] as const);
    found.isForeign = isOpen;
    found.proposals = new Map(isOpen ? proposals : proposed);
    return found;
  };
  const methods: readonly Callable[] = [
    method("add_argument", (given, keywords) => {
      const [name, proposal] = argument(given, keywords);
      proposals.set(name, proposal);
      types.set(name, keywords.get("type") ?? null);
      return null;
    }),
    method("add_argument_group", () => made),
    method("add_mutually_exclusive_group", () => made),
    method("set_defaults", (_given, keywords) => {
      for (const [name, value] of keywords) {
        proposals.set(name, { ...proposals.get(name), default: asType(value, types.get(name) ?? null) });
      }
      return null;
    }),
    method("parse_args", ([given, into], keywords) =>
      parsed(given ?? keywords.get("args"), into ?? keywords.get("namespace")),
    ),
    method(
      "parse_known_args",
      ([given, into], keywords) =>
        new Sequence(
          [parsed(given ?? keywords.get("args"), into ?? keywords.get("namespace")), new Sequence([])],
          "tuple",
        ),
    ),
  ];
  for (const one of methods) {
    made.attributes.set(one.name, one);
  }
  return made;
}

/** Return under which name an argument is found, and what is proposed for it. */
function argument(flags: readonly Value[], keywords: Keywords): [string, Proposal] {
  const names = flags.filter((one) => typeof one === "string");
  const long = names.find((one) => one.startsWith("--")) ?? names[0] ?? "";
  const destination = keywords.get("dest");
  const name = typeof destination === "string" ? destination : long.replace(/^-+/, "").replaceAll("-", "_");
  const value = defaultOf(keywords);
  const choices = keywords.get("choices");
  const listed = choices instanceof Sequence ? choices.items.filter((one) => typeof one === "string") : [];
  const kind = kindOf(keywords, value);
  return [
    name,
    {
      ...(kind === null ? {} : { kind }),
      ...(value === null ? {} : { default: value }),
      ...(listed.length > 0 ? { choices: listed } : {}),
    },
  ];
}

/** Return the default; null where the code has none, or one that says that none is set. */
function defaultOf(keywords: Keywords): Value {
  const value = keywords.get("default") ?? null;
  const action = keywords.get("action");
  if (value === null && (action === "store_true" || action === "store_false")) {
    return action === "store_false";
  }
  return value instanceof Unknown ? null : asType(value, keywords.get("type") ?? null);
}

/** Return a default, which a text stands for as on the command line. */
function asType(value: Value, type: Value): Value {
  return typeof value === "string" && type !== null ? call(type, [value], null) : value;
}

function kindOf(keywords: Keywords, value: Value): Want["kind"] | null {
  const [action, type, many] = [keywords.get("action"), keywords.get("type") ?? null, keywords.get("nargs") ?? null];
  if (action === "store_true" || action === "store_false" || typeof value === "boolean") {
    return "flag";
  }
  if (many !== null && many !== "?") {
    return "list";
  }
  return type instanceof Class ? (KINDS[type.name] ?? null) : ofValue(value);
}

const KINDS: Readonly<Record<string, Want["kind"]>> = { str: "text", int: "number", float: "number" };

function ofValue(value: Value): Want["kind"] | null {
  return typeof value === "string" ? "text" : typeof value === "number" || typeof value === "bigint" ? "number" : null;
}

/** The attributes of something unknown, as the items of its dict: what changes the one changes the other. */
class Items<T> extends Map<string, T> {
  readonly #attributes: Map<string, T>;
  readonly #own: Map<string, T>;

  constructor(attributes: Map<string, T>, own: readonly (readonly [string, T])[] = []) {
    super();
    this.#attributes = attributes;
    this.#own = new Map(own);
  }

  override get(key: string): T | undefined {
    return key.startsWith("[") ? this.#attributes.get(key.slice(1, -1)) : this.#own.get(key);
  }

  override set(key: string, value: T): this {
    this.#attributes.set(key.slice(1, -1), value);
    return this;
  }

  override delete(key: string): boolean {
    return this.#attributes.delete(key.slice(1, -1));
  }

  override clear(): void {
    this.#attributes.clear();
  }

  override keys(): MapIterator<string> {
    return new Set(Array.from(this.#attributes.keys(), (name) => `[${name}]`)).keys();
  }
}

/** Return the method `update` of the dict with the attributes of something unknown. */
function updating(object: Unknown): Callable {
  return method("update", ([more = new Map()], keywords) => {
    if (!(more instanceof Map)) {
      object.forgetParts();
    }
    for (const [key, value] of [...(more instanceof Map ? (more as Dict) : []), ...keywords]) {
      object.attributes.set(String(key), value);
    }
    return null;
  });
}

/** Return something unknown as a dict. */
function dictOf(object: Unknown): Unknown {
  const found = new Unknown(object.path === null ? null : `vars(${object.path})`, ...object.whys);
  const shared = (name: "proposals" | "isForeign"): PropertyDescriptor => ({
    get: () => object[name],
    set: (value) => Object.assign(object, { [name]: value }),
  });
  return Object.defineProperties(found, {
    attributes: { value: new Items(object.attributes, [["update", updating(object)]]) },
    parts: { value: new Items(object.parts) },
    proposals: shared("proposals"),
    isForeign: shared("isForeign"),
    forgetItems: { value: () => undefined }, // what is handed to a function keeps its attributes, as elsewhere
  });
}

/** Python's `vars`: the attributes of an object as a dict, which is the object's own. */
export function vars(object: Value): Value {
  if (object instanceof Unknown) {
    return dictOf(object);
  }
  if (object instanceof Class) {
    throw new Puzzle("notUnderstood");
  }
  if (object instanceof Map && natures.has(object)) {
    return ownAttribute(object, "__dict__") ?? new Unknown(null, new Puzzle("notUnderstood"));
  }
  return object instanceof Instance
    ? (object.attributes as Map<Value, Value>)
    : new Map(Array.from(iterate(object), (one) => [one, one]));
}

export const argparse = new Namespace(
  "argparse",
  new Map<string, Value>([
    ["ArgumentParser", PARSER],
    ["Namespace", new Class("Namespace", "argparse.Namespace", null, (_given, keywords) => simple(keywords))],
    ...["ArgumentDefaultsHelpFormatter", "RawTextHelpFormatter", "RawDescriptionHelpFormatter", "HelpFormatter"].map(
      (name) => [name, new Class(name, name, null)] as const,
    ),
  ]),
);

const SIMPLE = new Class("SimpleNamespace", "types.SimpleNamespace", null);

SIMPLE.methods.set(
  "__eq__",
  comparing("__eq__", ({ attributes }) => attributes as Dict),
);
SIMPLE.methods.set(
  "__contains__",
  builtin("__contains__", 2, 2, () => {
    throw new Puzzle("notUnderstood"); // argparse's tells, that of types raises an exception
  }),
);

/** Make an object with nothing but attributes. */
export function simple(keywords: Keywords | null): Instance {
  const made = new Instance(SIMPLE);
  for (const [name, value] of keywords ?? []) {
    made.attributes.set(name, value);
  }
  return made;
}
