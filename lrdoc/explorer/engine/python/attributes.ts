/** Attributes and methods of values. */

import { Puzzle } from "./errors.ts";
import { attributeOf, noAttribute } from "./functions.ts";
import { builtin } from "./mathematics.ts";
import {
  Class,
  type Dict,
  Instance,
  isCallable,
  item,
  iterate,
  Namespace,
  Sequence,
  text,
  type Value,
} from "./values.ts";

export function attribute(object: Value, name: string): Value {
  if (object instanceof Instance) {
    return attributeOf(object, name);
  }
  if (object instanceof Namespace) {
    return member(object, name);
  }
  return ofBuiltin(object, name) ?? refuse(object, name);
}

function refuse(object: Value, name: string): never {
  throw noAttribute(object, name);
}

function member(module: Namespace, name: string): Value {
  const found = module.members.get(name);
  if (found === undefined) {
    throw new Puzzle("attribute", { name });
  }
  return found;
}

function ofBuiltin(object: Value, name: string): Value | undefined {
  if (object instanceof Class) {
    return name === "__name__" ? object.name : object.method(name);
  }
  if (name === "format" && typeof object === "string") {
    return builtin("format", 0, 9, (...given) => format(object, given));
  }
  if (name === "copy" && object instanceof Sequence && object.kind === "list") {
    return builtin("copy", 0, 0, () => new Sequence([...object.items]));
  }
  if (name === "append" && object instanceof Sequence && object.kind === "list") {
    return builtin("append", 1, 1, (value = null) => append(object, value));
  }
  if (object instanceof Map) {
    return ofDict(object, name);
  }
  return name === "__name__" && isCallable(object) ? object.name : undefined;
}

function append(list: Sequence, value: Value): null {
  list.items.push(value);
  return null;
}

function ofDict(dict: Dict, name: string): Value | undefined {
  switch (name) {
    case "get":
      return builtin("get", 1, 2, (key = null, other = null) => (dict.has(key) ? item(dict, key) : other));
    case "setdefault":
      return builtin("setdefault", 1, 2, (key = null, other = null) => setDefault(dict, key, other));
    case "items":
      return builtin("items", 0, 0, () => new Sequence(Array.from(dict, (pair) => new Sequence(pair, "tuple"))));
    case "keys":
      return builtin("keys", 0, 0, () => new Sequence(Array.from(iterate(dict))));
    case "values":
      return builtin("values", 0, 0, () => new Sequence(Array.from(dict.values())));
    default:
      return undefined;
  }
}

function setDefault(dict: Dict, key: Value, value: Value): Value {
  if (!dict.has(key)) {
    dict.set(key, value);
  }
  return item(dict, key);
}

function format(template: string, given: readonly Value[]): string {
  let at = 0;
  return template.replace(/\{(\d*)\}/g, (_, index: string) => {
    const value = given[index === "" ? at : Number(index)];
    at += 1;
    return value === undefined ? "" : text(value);
  });
}
