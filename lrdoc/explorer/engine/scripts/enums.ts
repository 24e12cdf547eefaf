/** Python's `enum`: classes whose attributes are their only objects. */

import { attribute } from "../python/attributes.ts";
import { BUILTINS } from "../python/builtins.ts";
import { Puzzle, PythonError } from "../python/errors.ts";
import { builtin } from "../python/mathematics.ts";
import {
  add,
  COMPARED,
  type Comparison,
  compare,
  contains,
  equal,
  METHODS,
  type Operator,
  operator,
} from "../python/operators.ts";
import {
  Bound,
  type Callable,
  Class,
  ClassMethod,
  Instance,
  isCallable,
  meant,
  mixed,
  plainOf,
  repr,
  Sequence,
  truth,
  Unknown,
  type Value,
} from "../python/values.ts";

/** Stands for a value that is to be the next number. */
const AUTO = new Class("auto", "enum.auto", null);
/** What decides by itself what the members are. */
const DECIDING = ["__init__", "__eq__", "__hash__", "_missing_", "_generate_next_value_"];

export const ENUM = new Class("Enum", "enum.Enum", null);
const [INT, STR] = ["int", "str"].map((name) => BUILTINS.get(name) as Class) as [Class, Class];
export const INT_ENUM = new Class("IntEnum", "enum.IntEnum", [INT, ENUM]);

ENUM.methods.set(
  "__init_subclass__",
  builtin("__init_subclass__", 1, 1, (cls = null) => (cls instanceof Class ? enumerate(cls) : null)),
);
for (const [name, shown] of [
  ["__str__", (cls, member) => `${cls}.${member}`],
  ["__repr__", (cls, member, value) => `<${cls}.${member}: ${value}>`],
] as readonly [string, (cls: string, member: string, value: string) => string][]) {
  ENUM.methods.set(
    name,
    builtin(name, 1, 1, (self = null) =>
      self instanceof Instance ? shown(self.cls.name, String(self.attributes.get("_name_")), repr(held(self))) : null,
    ),
  );
}

for (const name of ["name", "value"]) {
  const read = builtin(name, 1, 1, (self = null) =>
    self instanceof Instance ? (self.attributes.get(`_${name}_`) ?? null) : null,
  );
  ENUM.properties.set(name, read); // which cannot be set
}

ENUM.convert = () => {
  throw new Puzzle("bases"); // it makes a class
};
INT_ENUM.convert = ENUM.convert;

export const auto: Callable = builtin("auto", 0, 0, () => new Instance(AUTO));

/** A decorator that refuses two names for one value. */
export const unique: Callable = builtin("unique", 1, 1, (cls = null) => {
  const members = cls instanceof Class ? membersOf(cls) : [];
  if (new Set(members.map(([, member]) => member)).size < members.length) {
    throw new Puzzle("decorators");
  }
  return cls;
});

function membersOf(cls: Class): [string, Instance][] {
  return Array.from(cls.attributes).filter(
    (pair): pair is [string, Instance] => pair[1] instanceof Instance && pair[1].cls === cls,
  );
}

function held(member: Instance): Value {
  return member.attributes.get("_value_") ?? null;
}

/** Return an item of a class: the member of that name. */
export function memberOf(cls: Class, name: Value): Instance | undefined {
  return membersOf(cls).find(([one]) => one === name)?.[1];
}

/** Let the values that a class's body assigns be its members. */
function enumerate(cls: Class): null {
  const isPlain = cls.order.every((one) => one.isUsers || [ENUM, INT_ENUM, INT, STR].includes(one));
  if (!isPlain || DECIDING.some((name) => cls.method(name) !== undefined)) {
    throw new Puzzle("bases");
  }
  cls.opaque = new Unknown(null, new Puzzle("bases")); // what else it decides is not known
  const members = found(cls);
  const type = cls.isA(INT) ? "bigint" : cls.isA(STR) ? "string" : null;
  if (type !== null) {
    mix(cls, members, type);
  }
  if (members.length > 0) {
    meant.set(cls, new Sequence([...members]));
    cls.attributes.set("__members__", new Map(membersOf(cls)));
    cls.convert = ([value = null]) => {
      const same = members.find((one) => one === value || equal(held(one), value));
      if (same === undefined) {
        throw new PythonError("ValueError", `${repr(value)} is not a valid ${cls.name}`);
      }
      return same;
    };
  }
  return null;
}

/** Make the members of a class of what its body assigns; return each once. */
function found(cls: Class): Instance[] {
  const members: Instance[] = [];
  for (const [name, given] of Array.from(cls.attributes)) {
    if (name.startsWith("_") || given instanceof ClassMethod) {
      continue;
    }
    if (isCallable(given) || given instanceof Bound || given instanceof Class || given instanceof Unknown) {
      throw new Puzzle("bases"); // some are members, others are not
    }
    cls.attributes.set(name, member(cls, name, given, members));
  }
  return members;
}

/** Let the members of a class do what the numbers or texts do that they are. */
function mix(cls: Class, members: readonly Instance[], type: "bigint" | "string"): void {
  if (members.some((one) => typeof held(one) !== type)) {
    throw new Puzzle("bases"); // they become numbers or texts
  }
  mixed.any = true;
  for (const one of members) {
    meant.set(one, held(one));
  }
  const hold = (name: string, run: (self: Value, other: Value) => Value): void => {
    const made = builtin(name, 1, 2, (self = null, other = null) => run(plainOf(self), plainOf(other)), {
      takes: "any",
    });
    if (!cls.order.some(({ isUsers, methods }) => isUsers && methods.has(name))) {
      cls.methods.set(name, made);
    }
  };
  for (const [sign, name] of Object.entries(METHODS) as [Operator, string][]) {
    hold(`__${name}__`, operator(sign));
    hold(`__r${name}__`, (self, other) => operator(sign)(other, self));
  }
  for (const [sign, [name]] of Object.entries(COMPARED) as [Comparison, readonly [string, string]][]) {
    hold(name, (self, other) => compare(sign, self, other));
  }
  for (const name of ["__index__", "__int__", "__bool__"]) {
    hold(name, (self) => (name === "__bool__" ? truth(self) : self));
  }
  hold("__contains__", contains);
  hold("__getattr__", (self, name) => attribute(self, String(name)));
  for (const name of ["__str__", "__format__"]) {
    hold(name, () => {
      throw new Puzzle("notUnderstood"); // releases of Python differ
    });
  }
}

/** Return the member of a name: the one that there is for its value, or a new one. */
function member(cls: Class, name: string, given: Value, members: Instance[]): Instance {
  const last = members.at(-1);
  const next = given instanceof Instance && given.cls === AUTO ? given.attributes : null;
  const value = next?.get("value") ?? (next === null ? given : last === undefined ? 1n : add(held(last), 1n));
  next?.set("value", value); // another name for it may follow
  const known = members.find((one) => equal(held(one), value));
  if (known !== undefined) {
    return known;
  }
  const made = new Instance(cls);
  made.attributes.set("_name_", name).set("_value_", value);
  members.push(made);
  return made;
}
