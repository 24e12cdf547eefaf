/** All that whole scripts need and reference pages do not: the playground alone installs it. */

import * as contents from "../generated/names.ts";
import { addModules } from "../library.ts";
import { once } from "../once.ts";
import { modules as all, methods } from "../python/attributes.ts";
import { addBuiltins, BUILTINS, ordering } from "../python/builtins.ts";
import { removeAttribute, setAttribute, slices } from "../python/compile.ts";
import { Puzzle, PythonError } from "../python/errors.ts";
import { flowOf } from "../python/generators.ts";
import { builtin } from "../python/mathematics.ts";
import { meanings, type Operator } from "../python/operators.ts";
import { patterns, places } from "../python/parse.ts";
import { refusedIn } from "../python/places.ts";
import { spoilWhole } from "../python/spoil.ts";
import { flows } from "../python/statements.ts";
import { Refusal } from "../python/tokens.ts";
import {
  Class,
  type Dict,
  groups,
  Instance,
  item,
  keyOf,
  Range,
  Sequence,
  typeName,
  Unknown,
  type Value,
} from "../python/values.ts";
import { vars } from "./argparse.ts";
import { counterMethod, dequeMethod, joinedCounters, joinedDeques, namedItem } from "./collections.ts";
import { combined, dictMethod, sequenceMethod, setSlice, slice, sortAsPython } from "./containers.ts";
import { derived, installDicts, ownAttribute, setOwn, setPlainly } from "./dicts.ts";
import { memberOf } from "./enums.ts";
import { installGuesses } from "./guesses.ts";
import { HELPERS, isAny, matching } from "./matching.ts";
import { modules } from "./modules.ts";
import { arrayMethod, elementwise } from "./numpy.ts";
import { installFormats, percent, textMethod } from "./texts.ts";
import { misspelt, unnamed } from "./words.ts";

/** Let the engine read whole scripts. */
export function install(): void {
  installFormats();
  installGuesses();
  flows.of = flowOf;
  patterns.test = matching;
  patterns.isAny = isAny;
  places.refused = (statements, words) => {
    const span = misspelt(words, statements) ?? refusedIn(statements);
    const strange = unnamed(words);
    return span !== null
      ? new Refusal(span).mistake
      : strange !== null
        ? new Refusal(strange, "notUnderstood").mistake
        : null;
  };
  (BUILTINS.get("object") as Class).methods.set(
    "__setattr__",
    builtin("__setattr__", 3, 3, setInObject, { takes: "any" }),
  );
  ordering.sort = sortAsPython;
  methods.find = find;
  methods.isMissing = isMissing;
  all.paths = Object.keys(contents.names).filter((path) => path.startsWith("oneflow."));
  all.lack = lacks;
  all.exported = exported;
  slices.slice = slice;
  slices.set = setSlice;
  slices.item = itemOf;
  slices.assign = setOwn;
  flows.derives = derived;
  installDicts();
  meanings.splice(0, meanings.length, joinedDeques, joinedCounters, combined, elementwise, (sign, a, b) =>
    sign === "%" && typeof a === "string" ? percent(a, b) : union(sign, a, b),
  );
  addBuiltins(
    new Map([
      ["issubclass", builtin("issubclass", 2, 2, (cls = null, above = null) => isSubclass(cls, above))],
      ["vars", builtin("vars", 1, 1, (object = null) => vars(object), { takes: "any" })],
      ...["IOError", "EnvironmentError"].map((name) => [name, BUILTINS.get("OSError") ?? null] as const),
      ["setattr", builtin("setattr", 3, 3, set, { takes: "any" })],
      ["delattr", builtin("delattr", 2, 2, remove, { takes: "any" })],
    ]),
  );
  addBuiltins(HELPERS);
  addModules(modules());
}

/** Return what `int | float` stands for: one of several types. */
function union(sign: Operator, a: Value, b: Value): Value | undefined {
  return sign === "|" && a instanceof Class && b instanceof Class ? new Sequence([a, b], "tuple") : undefined;
}

/** Python's `issubclass`. */
function isSubclass(cls: Value, above: Value): boolean {
  if (above instanceof Sequence && above.kind === "tuple") {
    return above.items.some((one) => isSubclass(cls, one));
  }
  if (!(cls instanceof Class && above instanceof Class) || cls.gap() !== null) {
    throw new Puzzle("notUnderstood");
  }
  const isBool = cls === BUILTINS.get("bool") && above === BUILTINS.get("int");
  return cls.isA(above) || isBool || above === BUILTINS.get("object");
}

function find(object: Value, name: string): Value | undefined {
  const own = ownAttribute(object, name);
  return own === undefined ? ofPython(object, name) : own;
}

/** Return an attribute of a value of one of Python's own types. */
function ofPython(object: Value, name: string): Value | undefined {
  if (typeof object === "string") {
    return textMethod(object, name);
  }
  if (object instanceof Sequence) {
    const item = namedItem(object, name);
    const byKind = object.kind === "array" ? arrayMethod : object.kind === "deque" ? dequeMethod : sequenceMethod;
    return item === undefined ? byKind(object, name) : item;
  }
  if (object instanceof Unknown) {
    return name === "__dict__" ? vars(object) : undefined;
  }
  if (!(object instanceof Map)) {
    return undefined;
  }
  return groups.has(object) ? groupMethod(object, name) : (counterMethod(object, name) ?? dictMethod(object, name));
}

/** Return a method of a param group of OneFlow's, which is no dict. */
function groupMethod(group: Dict, name: string): Value {
  if (name === "items" || name === "options" || name === "parameters" || name.startsWith("_")) {
    throw new Puzzle("attribute", { name });
  }
  if (name !== "setdefault") {
    throw new PythonError("AttributeError", `'ParamGroup' object has no attribute '${name}'`);
  }
  const set = (key: Value = null, value: Value = null): null => {
    const at = keyOf(group, key);
    group.set(at, group.has(at) ? item(group, at) : value);
    return null;
  };
  return builtin(name, 2, 2, set, { takes: "any" });
}

/** Python's `setattr`. */
function set(object: Value = null, name: Value = null, value: Value = null): Value {
  if (isNamed(object, name)) {
    setAttribute(object, name, value);
  }
  return null;
}

/** The method by which an object sets an attribute whatever its class says. */
function setInObject(object: Value = null, name: Value = null, value: Value = null): Value {
  if (!(object instanceof Instance || object instanceof Map)) {
    throw new Puzzle("assigning");
  }
  if (isNamed(object, name)) {
    if (object instanceof Map) {
      setPlainly(object, name, value);
    } else {
      object.attributes.set(name, value);
    }
  }
  return null;
}

/** Python's `delattr`. */
function remove(object: Value = null, name: Value = null): Value {
  if (isNamed(object, name)) {
    removeAttribute(object, name);
  }
  return null;
}

/** Tell whether it is known which attribute is set; where it is not, nothing is known of the object any more. */
function isNamed(object: Value, name: Value): name is string {
  if (name instanceof Unknown && typeof object === "object" && object !== null) {
    spoilWhole(object, new Unknown(null, ...name.whys));
    return false;
  }
  if (typeof name !== "string") {
    throw new PythonError("TypeError", `attribute name must be string, not '${typeName(name)}'`);
  }
  return true;
}

/** The attributes of Python's own types that do not begin with an underscore; an OrderedDict is taken for a dict. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  NoneType: "",
  bool: "as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag numerator real to_bytes",
  dict: "clear copy fromkeys get items keys move_to_end pop popitem setdefault update values",
  float: "as_integer_ratio conjugate fromhex hex imag is_integer real",
  int: "as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag is_integer numerator real to_bytes",
  list: "append clear copy count extend index insert pop remove reverse sort",
  set: "add clear copy difference difference_update discard intersection intersection_update isdisjoint issubset issuperset pop remove symmetric_difference symmetric_difference_update union update",
  str: "capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill",
  tuple: "count index",
};

/** The names of each module. */
const NAMES = once(
  () => new Map(Object.entries(contents.names).map(([path, words]) => [path, new Set(words.split(" "))])),
);
const FILES = once(() => new Set(contents.modules.split(" ")));

/** Tell whether OneFlow or Python has no such name, or no such module. */
function lacks(path: string, name: string, isModule = false): boolean {
  if (isModule) {
    return /^oneflow\b/.test(path) && !FILES().has(`${path}.${name}`);
  }
  const names = NAMES().get(path);
  return names !== undefined && !(names.has(name) || name.startsWith("__") || FILES().has(`${path}.${name}`));
}

function exported(path: string): readonly string[] {
  const words = contents.exported[path] ?? contents.names[path] ?? "";
  return words.split(" ").filter((name) => path in contents.exported || !/^_|^$/.test(name));
}

function isMissing(object: Value, name: string): boolean {
  if (object instanceof Map && groups.has(object)) {
    return true;
  }
  const known = ATTRIBUTES[typeName(object)];
  return known !== undefined && !name.startsWith("_") && !known.split(" ").includes(name);
}

/** Return an item of an object of a class that has items. */
function itemOf(container: Value, index: Value): Value {
  if (index instanceof Unknown) {
    return new Unknown(null, ...index.whys);
  }
  const member = container instanceof Class ? memberOf(container, index) : undefined;
  if (member !== undefined) {
    return member;
  }
  const method = container instanceof Instance ? container.cls.method("__getitem__") : undefined;
  if (method !== undefined) {
    return method.call([container, index], null);
  }
  if (
    container instanceof Class ||
    container instanceof Instance ||
    (container instanceof Range && typeof index !== "bigint")
  ) {
    throw new Puzzle("notUnderstood");
  }
  return item(container, index);
}
