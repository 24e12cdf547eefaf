/** Python's `dataclasses`. */

import { Puzzle, typeError } from "../python/errors.ts";
import { bind, call, type Parameter } from "../python/functions.ts";
import { builtin } from "../python/mathematics.ts";
import {
  type Callable,
  Class,
  type Dict,
  Instance,
  type Keywords,
  Namespace,
  Sequence,
  type Value,
} from "../python/values.ts";

const FIELD = new Class("Field", "dataclasses.Field", null);
const FACTORY = new WeakMap<Class, ReadonlyMap<string, Value>>();

/** Give a class the constructor that its fields tell. */
function dataclass(given: Value): Value {
  if (!(given instanceof Class)) {
    throw new Puzzle("decorators");
  }
  const cls: Class = given;
  const factories = new Map(cls.base === null ? [] : FACTORY.get(cls.base));
  for (const name of cls.fields) {
    const value = cls.attributes.get(name);
    if (value instanceof Instance && value.cls === FIELD) {
      cls.attributes.delete(name);
      const [fixed, factory] = [value.attributes.get("default"), value.attributes.get("default_factory")];
      if (fixed !== undefined) {
        cls.attributes.set(name, fixed);
      }
      if (factory !== undefined) {
        factories.set(name, factory);
      }
    }
  }
  FACTORY.set(cls, factories);
  cls.fields = Array.from(new Set([...(cls.base?.fields ?? []), ...cls.fields]));
  cls.methods.set(
    "__eq__",
    builtin("__eq__", 2, 2, () => null),
  ); // objects with equal fields are equal
  if (!cls.methods.has("__init__")) {
    cls.methods.set("__init__", constructorOf(cls, factories));
  }
  return cls;
}

/** What stands for a default that is made anew for each object. */
const ANEW = new Class("anew", "anew", null);

function constructorOf(cls: Class, factories: ReadonlyMap<string, Value>): Callable {
  const name = `${cls.name}.__init__`;
  return {
    callable: "function",
    name,
    call([self = null, ...given], keywords) {
      if (!(self instanceof Instance)) {
        throw typeError(`${name}() missing 1 required positional argument: 'self'`);
      }
      const fields: Parameter[] = cls.fields.map((field) => ({
        name: field,
        default: factories.has(field) ? ANEW : cls.attribute(field),
      }));
      const slots: (Value | undefined)[] = [];
      bind(name, [{ name: "self", default: undefined }, ...fields], [self, ...given], keywords, slots);
      for (const [at, field] of cls.fields.entries()) {
        const value = slots[at + 1] ?? null;
        self.attributes.set(field, value === ANEW ? call(factories.get(field) ?? null, [], null) : value);
      }
      cls.method("__post_init__")?.call([self], null);
      return null;
    },
  };
}

function field(keywords: Keywords | null): Value {
  const made = new Instance(FIELD);
  for (const [name, value] of keywords ?? []) {
    made.attributes.set(name, value);
  }
  return made;
}

function asDict(value: Value): Value {
  if (value instanceof Instance && value.cls.fields.length > 0) {
    const dict: Dict = new Map();
    for (const name of value.cls.fields) {
      dict.set(name, asDict(value.attributes.get(name) ?? null));
    }
    return dict;
  }
  return value instanceof Sequence ? new Sequence(value.items.map(asDict), value.kind) : value;
}

function replaced(object: Value, keywords: Keywords | null): Value {
  if (!(object instanceof Instance)) {
    throw new Puzzle("notUnderstood");
  }
  const kept = object.cls.fields.map((name) => [name, object.attributes.get(name) ?? null] as const);
  return call(object.cls, [], new Map([...kept, ...(keywords ?? [])]));
}

function byName(name: string, run: (given: readonly Value[], keywords: Keywords | null) => Value): [string, Callable] {
  return [name, { callable: "builtin_function_or_method", name, call: run }];
}

export const dataclasses = new Namespace(
  "dataclasses",
  new Map<string, Value>([
    byName("dataclass", ([cls]) =>
      cls === undefined ? builtin("dataclass", 1, 1, (one = null) => dataclass(one)) : dataclass(cls),
    ),
    byName("field", (_given, keywords) => field(keywords)),
    byName("replace", ([object = null], keywords) => replaced(object, keywords)),
    ["asdict", builtin("asdict", 1, 1, (object = null) => asDict(object))],
  ]),
);
