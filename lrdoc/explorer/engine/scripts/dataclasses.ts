/** Python's `dataclasses`. */

import { Puzzle, PythonError, typeError } from "../python/errors.ts";
import { attributeOf, bind, call, type Parameter } from "../python/functions.ts";
import { builtin } from "../python/mathematics.ts";
import { compare, equal } from "../python/operators.ts";
import {
  type Callable,
  Class,
  type Dict,
  Instance,
  type Keywords,
  Namespace,
  NOT_IMPLEMENTED,
  repr,
  Sequence,
  truth,
  typeName,
  type Value,
} from "../python/values.ts";

const FIELD = new Class("Field", "dataclasses.Field", null);

/** How fields differ from plain ones. */
interface Fields {
  /** What makes the default of a field anew for each object. */
  readonly factories: Map<string, Value>;
  /** The fields that the constructor takes no argument for. */
  readonly apart: Set<string>;
  /** The fields that are not compared, and those that are not shown. */
  readonly aside: Set<string>;
  readonly unshown: Set<string>;
}

const FIELDS = new WeakMap<Class, Fields>();

/** The options that decide what the constructor does, as they usually are. */
const USUAL: ReadonlyMap<string, Value> = new Map([
  ["init", true],
  ["kw_only", false],
]);

/** The methods by which objects with fields are compared, and the operators that they stand for. */
const ORDERING = { __lt__: "<", __le__: "<=", __gt__: ">", __ge__: ">=" } as const;

/** Return a method that compares what two objects of one class hold; objects of others are left to these. */
export function comparing(
  name: string,
  held: (object: Instance) => Value,
  run: (a: Value, b: Value) => boolean = equal,
): Callable {
  const compared = (self: Value = null, other: Value = null): Value =>
    self instanceof Instance && other instanceof Instance && self.cls === other.cls
      ? run(held(self), held(other))
      : NOT_IMPLEMENTED;
  return builtin(name, 2, 2, compared, { takes: "any" });
}

/** Let the objects of a class be compared and shown as its options say, by their fields. */
function addComparisons(cls: Class, options: Keywords, { aside, unshown }: Fields): void {
  const fields = cls.fields.filter((name) => !aside.has(name));
  const held = (object: Instance): Value =>
    new Sequence(
      fields.map((name) => attributeOf(object, name)),
      "tuple",
    );
  if (truth(options.get("eq") ?? true) && !cls.has("__eq__")) {
    cls.methods.set("__eq__", comparing("__eq__", held));
  }
  if (truth(options.get("repr") ?? true) && !cls.has("__repr__")) {
    const shown = cls.fields.filter((name) => !unshown.has(name));
    cls.methods.set(
      "__repr__",
      builtin("__repr__", 1, 1, (self = null) => {
        const values = shown.map(
          (name) => `${name}=${repr(self instanceof Instance ? attributeOf(self, name) : null)}`,
        );
        return `${cls.name}(${values.join(", ")})`;
      }),
    );
  }
  if (truth(options.get("order") ?? false)) {
    for (const [name, sign] of Object.entries(ORDERING)) {
      cls.methods.set(
        name,
        comparing(name, held, (a, b) => compare(sign, a, b)),
      );
    }
  }
}

/** Give a class the constructor that its fields tell. */
function dataclass(given: Value, keywords: Keywords | null = null): Value {
  const options = new Map([...USUAL, ...(keywords ?? [])]);
  if (!(given instanceof Class) || Array.from(USUAL).some(([name, usual]) => options.get(name) !== usual)) {
    throw new Puzzle("decorators");
  }
  const cls: Class = given;
  cls.isFrozen = truth(options.get("frozen") ?? false);
  const above = cls.order.filter((one) => one !== cls && FIELDS.has(one)).reverse();
  refuseMixed(cls, above);
  const inherited = above.map((one) => FIELDS.get(one) as Fields);
  const fields: Fields = {
    factories: new Map(inherited.flatMap(({ factories }) => [...factories])),
    apart: new Set(inherited.flatMap(({ apart }) => [...apart])),
    aside: new Set(inherited.flatMap(({ aside }) => [...aside])),
    unshown: new Set(inherited.flatMap(({ unshown }) => [...unshown])),
  };
  for (const name of cls.fields) {
    const value = cls.attributes.get(name);
    if (value instanceof Map || (value instanceof Sequence && value.kind !== "tuple")) {
      const type = `mutable default <class '${typeName(value)}'>`;
      throw new PythonError("ValueError", `${type} for field ${name} is not allowed: use default_factory`);
    }
    if (value instanceof Instance && value.cls === FIELD) {
      cls.attributes.delete(name);
      takeIn(name, value, cls, fields);
    }
  }
  if (truth(options.get("slots") ?? false)) {
    cls.attributes.set("__slots__", new Sequence([...cls.fields], "tuple"));
  }
  FIELDS.set(cls, fields);
  cls.fields = Array.from(new Set([...above.flatMap((one) => one.fields), ...cls.fields]));
  refuseLate(cls, fields);
  addComparisons(cls, options, fields);
  if (!cls.methods.has("__init__")) {
    cls.methods.set("__init__", constructorOf(cls, fields));
  }
  return cls;
}

/** Raise Python's TypeError where of a class and those above it not all are frozen, or none. */
function refuseMixed({ isFrozen }: Class, above: readonly Class[]): void {
  if (above.some((one) => one.isFrozen !== isFrozen)) {
    const [one, all] = isFrozen ? ["frozen", "a non-frozen"] : ["non-frozen", "a frozen"];
    throw typeError(`cannot inherit ${one} dataclass from ${all} one`);
  }
}

/** Take in what a call of `field` says of a field. */
function takeIn(
  name: string,
  { attributes }: Instance,
  cls: Class,
  { factories, apart, aside, unshown }: Fields,
): void {
  const [fixed, factory] = [attributes.get("default"), attributes.get("default_factory")];
  if (fixed !== undefined) {
    cls.attributes.set(name, fixed);
  }
  if (factory !== undefined) {
    factories.set(name, factory);
  }
  if (attributes.get("init") === false) {
    apart.add(name);
  }
  if (attributes.get("compare") === false) {
    aside.add(name);
  }
  if (attributes.get("repr") === false) {
    unshown.add(name);
  }
}

/** Raise Python's TypeError where a field without a default follows one that has a default. */
function refuseLate(cls: Class, { factories, apart }: Fields): void {
  const taken = cls.fields.filter((name) => !apart.has(name));
  const hasDefault = (name: string): boolean => factories.has(name) || cls.attribute(name) !== undefined;
  const first = taken.findIndex(hasDefault);
  const late = taken.find((name, at) => at > first && first >= 0 && !hasDefault(name));
  if (late !== undefined) {
    throw typeError(`non-default argument '${late}' follows default argument`);
  }
}

/** What stands for a default that is made anew for each object. */
const ANEW = new Class("anew", "anew", null);

function constructorOf(cls: Class, { factories, apart }: Fields): Callable {
  const name = `${cls.name}.__init__`;
  const all: Parameter[] = cls.fields.map((field) => ({
    name: field,
    default: factories.has(field) ? ANEW : cls.attribute(field),
  }));
  return {
    callable: "function",
    name,
    call([self = null, ...given], keywords) {
      if (!(self instanceof Instance)) {
        throw typeError(`${name}() missing 1 required positional argument: 'self'`);
      }
      const taken = all.filter((field) => !apart.has(field.name));
      const slots: (Value | undefined)[] = [];
      bind(name, [{ name: "self", default: undefined }, ...taken], [self, ...given], keywords, slots);
      for (const field of all) {
        const value = taken.includes(field) ? (slots[taken.indexOf(field) + 1] ?? null) : field.default;
        const made = value === ANEW ? call(factories.get(field.name) ?? null, [], null) : value;
        give(self, field.name, made);
      }
      cls.method("__post_init__")?.call([self], null);
      return null;
    },
  };
}

/** Give an object the value of a field; one without a value is left to `__post_init__`. */
function give(object: Instance, name: string, value: Value | undefined): void {
  if (value !== undefined) {
    object.attributes.set(name, value);
  }
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
    byName("dataclass", ([cls], keywords) =>
      cls === undefined ? builtin("dataclass", 1, 1, (one = null) => dataclass(one, keywords)) : dataclass(cls),
    ),
    byName("field", (_given, keywords) => field(keywords)),
    byName("replace", ([object = null], keywords) => replaced(object, keywords)),
    ["asdict", builtin("asdict", 1, 1, (object = null) => asDict(object))],
  ]),
);
