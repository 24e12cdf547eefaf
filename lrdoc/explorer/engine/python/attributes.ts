/** Attributes and methods of values. */

import { familiar } from "../generated/oneflow.ts";
import { spend } from "./effort.ts";
import { Lost, Puzzle } from "./errors.ts";
import { attributeOf, noAttribute } from "./functions.ts";
import { builtin } from "./mathematics.ts";
import { current } from "./spoil.ts";
import {
  Class,
  type Dict,
  groups,
  Instance,
  isCallable,
  item,
  iterate,
  keyOf,
  Namespace,
  Sequence,
  text,
  Unknown,
  type Value,
  view,
} from "./values.ts";

export function attribute(object: Value, name: string): Value {
  if (object instanceof Instance) {
    return attributeOf(object, name);
  }
  if (object instanceof Namespace) {
    return member(object, name);
  }
  const found = ofBuiltin(object, name);
  return found === undefined ? refuse(object, name) : found;
}

function refuse(object: Value, name: string): never {
  throw noAttribute(object, name);
}

function member(module: Namespace, name: string): Value {
  const found = module.members.get(name);
  if (found === undefined) {
    const why = modules.lack(module.name, name) ? noAttribute(module, name) : new Puzzle("attribute", { name });
    if (why instanceof Puzzle && modules.exported(module.name).includes(name)) {
      return new Unknown(name, why);
    }
    throw why;
  }
  return found;
}

function ofClass(cls: Class, name: string): Value | undefined {
  if (name === "__name__") {
    return cls.name;
  }
  const gap = cls.gap();
  if (gap !== null && /(Enum|Flag)$/.test(gap.path ?? "")) {
    return new Unknown(`${cls.name}.${name}`, ...gap.whys); // it makes members of what its body assigns
  }
  const own = cls.attribute(name);
  return own === undefined ? (cls.method(name) ?? gap ?? undefined) : own;
}

function ofBuiltin(object: Value, name: string): Value | undefined {
  if (object instanceof Class) {
    return ofClass(object, name);
  }
  const further = methods.find(object, name);
  if (further !== undefined) {
    return further;
  }
  if (name === "format" && typeof object === "string") {
    return builtin("format", 0, 9, (...given) => format(object, given));
  }
  if (name === "copy" && object instanceof Sequence && object.kind === "list") {
    return builtin("copy", 0, 0, () => copied(object));
  }
  if (name === "append" && object instanceof Sequence && object.kind === "list") {
    return builtin("append", 1, 1, (value = null) => append(object, value), { takes: "any" });
  }
  if (object instanceof Map) {
    if (groups.has(object) && name !== "setdefault") {
      throw new Lost("forPlayground");
    }
    return ofDict(object, name);
  }
  return name === "__name__" && isCallable(object) ? object.name : undefined;
}

/** Further methods of Python's own types, for a page that reads whole scripts. */
export const methods: {
  find(object: Value, name: string): Value | undefined;
  /** Tell whether it is certain that an object of one of these types has no such attribute. */
  isMissing(object: Value, name: string): boolean;
} = {
  find: () => undefined,
  isMissing: () => false,
};

/** What modules have beside what is known of them; a page that does not read whole scripts knows of few names. */
export const modules: {
  /** The modules of which all names are known, by their paths. */
  paths: readonly string[];
  /** Tell whether it is certain that a module has no such name, or that there is no such module in it. */
  lack(path: string, name: string, isModule?: boolean): boolean;
  /** Return the names that importing all from a module binds. */
  exported(path: string): readonly string[];
} = {
  paths: ["oneflow.nn"],
  lack(path, name, isModule) {
    if (/^(oneflow|math)\b/.test(path) && (isModule || !familiar.includes(`${path}.${name}`))) {
      throw new Lost("forPlayground");
    }
    return false;
  },
  exported(path) {
    if (!/^oneflow\.optim/.test(path)) {
      modules.lack(path, "*");
    }
    return [];
  },
};

/** Tell whether it is certain that Python has no such attribute. */
export function isMissing(object: Value, name: string): boolean {
  return object instanceof Namespace ? modules.lack(object.name, name) : methods.isMissing(object, name);
}

function copied({ items }: Sequence): Sequence {
  spend(items.length);
  return new Sequence([...items]);
}

function append(list: Sequence, value: Value): null {
  list.items.push(value);
  return null;
}

export function ofDict(dict: Dict, name: string): Value | undefined {
  switch (name) {
    case "get":
      return builtin(
        "get",
        1,
        2,
        (key = null, other = null) => dict.get(keyOf(dict, key)) ?? (dict.has(keyOf(dict, key)) ? null : other),
        { takes: "any" },
      );
    case "setdefault":
      return builtin("setdefault", 1, 2, (key = null, other = null) => setDefault(dict, key, other), { takes: "any" });
    case "items":
      return builtin("items", 0, 0, () =>
        view("dict_items", () => Array.from(present(dict), (pair) => new Sequence(pair, "tuple"))),
      );
    case "keys":
      return builtin("keys", 0, 0, () => view("dict_keys", () => Array.from(iterate(present(dict)))));
    case "values":
      return builtin("values", 0, 0, () => view("dict_values", () => Array.from(present(dict).values())));
    default:
      return undefined;
  }
}

/** Return a dict of which it is known what it holds at the moment. */
function present(dict: Dict): Dict {
  spend(dict.size);
  const now = current(dict);
  return now instanceof Unknown ? now.demand("list") : dict;
}

function setDefault(dict: Dict, key: Value, value: Value): Value {
  const at = keyOf(dict, key);
  if (!dict.has(at)) {
    dict.set(at, value);
  }
  return item(dict, at);
}

function format(template: string, given: readonly Value[]): string {
  let at = 0;
  return template.replace(/\{(\d*)\}/g, (_, index: string) => {
    const value = given[index === "" ? at : Number(index)];
    at += 1;
    return value === undefined ? "" : text(value);
  });
}
