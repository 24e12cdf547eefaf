/** Dicts of classes of the code's own, whose items are often their attributes as well, and attributes of functions. */

import { ofDict as ofPlainDict } from "../python/attributes.ts";
import { BUILTINS } from "../python/builtins.ts";
import { Puzzle, PythonError } from "../python/errors.ts";
import { call, Func } from "../python/functions.ts";
import { contains } from "../python/operators.ts";
import {
  Bound,
  type Callable,
  type Class,
  ClassMethod,
  type Dict,
  isCallable,
  item,
  type Keywords,
  keyOf,
  natures,
  Unknown,
  type Value,
} from "../python/values.ts";
import { dictMethod } from "./containers.ts";

/** The attributes of dicts, of classes of the code's own, and of functions; those of a dict may be its items. */
const ATTRIBUTES = new WeakMap<object, Dict>();

/** Methods of dicts that stand for what they are named in Python, with the dict as their first argument. */
const UNBOUND: Readonly<Record<string, (self: Dict, given: readonly Value[], keywords: Keywords | null) => Value>> = {
  __init__: (self, given, keywords) => call(methodOf(self, "update"), given, keywords),
  __getitem__: (self, [key = null]) => item(self, key),
  __setitem__: (self, [key = null, value = null]) => {
    self.set(keyOf(self, key), value);
    return null;
  },
  __delitem__: (self, [key = null]) => {
    item(self, key); // raises an exception where there is none
    self.delete(keyOf(self, key));
    return null;
  },
  __contains__: (self, [key = null]) => contains(self, key),
  __setattr__: (self, [name = null, value = null]) => {
    if (typeof name !== "string") {
      throw new Puzzle("assigning");
    }
    setPlainly(self, name, value);
    return null;
  },
  ...Object.fromEntries(
    ["get", "update", "pop", "setdefault", "items", "keys", "values"].map((name) => [
      name,
      (self: Dict, given: readonly Value[], keywords: Keywords | null) => call(methodOf(self, name), given, keywords),
    ]),
  ),
};

/** Methods by which a class decides what else is done with its items; such a class is not understood. */
const DECIDING =
  /^__(getitem|setitem|delitem|contains|iter|len|missing|eq|bool|new|getattribute|or|ror|ior|reversed|copy|deepcopy|reduce|init_subclass|class_getitem)__$|^(get|keys|values|items|update|pop|setdefault|copy)$/;

/** Let the class of dicts have its methods by their names, and say what becomes of a class that derives from it. */
export function installDicts(): void {
  const dict = BUILTINS.get("dict") as Class;
  for (const [name, run] of Object.entries(UNBOUND)) {
    const method: Callable = {
      callable: "builtin_function_or_method",
      name,
      call([self = null, ...given], keywords) {
        if (!(self instanceof Map)) {
          throw new Puzzle("notUnderstood");
        }
        return run(self, given, keywords);
      },
    };
    dict.methods.set(name, method);
  }
}

/** Let a class that derives from dict make dicts; return false where it derives from another class of Python's own as well. */
export function derived(cls: Class): boolean {
  const dict = BUILTINS.get("dict");
  if (!cls.order.slice(1).every((one) => one === dict || (one.isUsers && one.unknown === null))) {
    return false;
  }
  cls.convert = (given, keywords) => {
    const own = cls.order.filter((one) => one.isUsers);
    const isOdd = own.some(
      (one) =>
        one.unknown !== null || [...one.methods.keys(), ...one.attributes.keys()].some((name) => DECIDING.test(name)),
    );
    if (isOdd) {
      const unknown = new Unknown(null, new Puzzle("bases"));
      unknown.keeps = false;
      unknown.held = given;
      return unknown;
    }
    const made: Dict = new Map();
    natures.set(made, cls);
    ATTRIBUTES.set(made, new Map());
    call(cls.method("__init__") ?? null, [made, ...given], keywords);
    return made;
  };
  return true;
}

/** Return a dict of the same class without items, and its attributes, which may be its items; null for a dict of Python's own, and where its class answers for attributes that it does not have, as those by which it is copied. */
export function likeOf(dict: Dict): { readonly made: Dict; readonly attributes: Dict } | null {
  const [attributes, cls] = [ATTRIBUTES.get(dict), natures.get(dict)];
  if (attributes === undefined || cls === undefined || special(cls, "__getattr__") !== null) {
    return null;
  }
  const made: Dict = new Map();
  natures.set(made, cls);
  ATTRIBUTES.set(made, attributes === dict ? made : new Map());
  return { made, attributes: attributes === dict ? new Map() : attributes };
}

/** Return an attribute of a function, or of a dict of a class of the code's own; undefined for others. */
export function ownAttribute(object: Value, name: string): Value | undefined {
  if (object instanceof Func) {
    return ATTRIBUTES.get(object)?.get(name);
  }
  const cls = object instanceof Map && ATTRIBUTES.has(object) ? natures.get(object) : undefined;
  return cls === undefined ? undefined : ofDict(object as Dict, cls, name);
}

function ofDict(object: Dict, cls: Class, name: string): Value {
  const property = cls.property(name);
  if (property !== undefined) {
    return property.call([object], null);
  }
  const attributes = ATTRIBUTES.get(object) as Dict;
  if (name === "__dict__") {
    return attributes;
  }
  if (name === "__class__") {
    return cls;
  }
  const own = attributes.get(name) ?? ofClass(object, cls, name);
  if (own !== undefined) {
    return own;
  }
  const otherwise = special(cls, "__getattr__");
  if (otherwise === null) {
    throw new PythonError("AttributeError", `'${cls.name}' object has no attribute '${name}'`);
  }
  return call(otherwise, [object, name], null);
}

/** Return what the class of a dict, or Python's own, says what a name is. */
function ofClass(object: Dict, cls: Class, name: string): Value | undefined {
  const holder = cls.above(name, 0);
  const method = holder?.methods.get(name);
  if (method !== undefined) {
    return new Bound(object, method);
  }
  const value = holder?.attributes.get(name);
  if (value instanceof ClassMethod) {
    return new Bound(cls, value.method);
  }
  return value instanceof Func
    ? new Bound(object, value)
    : (value ?? dictMethod(object, name) ?? ofPlainDict(object, name));
}

/** Return a method such as `__getattr__` that a class has; null where it has none. */
function special(cls: Class, name: string): Value | null {
  return cls.method(name) ?? cls.attribute(name) ?? null;
}

/** Set an attribute of a function, or of a dict of a class of the code's own. */
export function setOwn(object: Value, name: string, value: Value): void {
  if (object instanceof Func) {
    if (name.startsWith("__")) {
      throw new Puzzle("assigning"); // such as its defaults
    }
    const attributes: Dict = ATTRIBUTES.get(object) ?? new Map();
    ATTRIBUTES.set(object, attributes);
    attributes.set(name, value);
    return;
  }
  const cls = object instanceof Map && ATTRIBUTES.has(object) ? natures.get(object) : undefined;
  if (cls === undefined) {
    throw new Puzzle("assigning");
  }
  const deciding = special(cls, "__setattr__");
  if (deciding === null) {
    setPlainly(object as Dict, name, value);
  } else {
    call(deciding, [object, name, value], null);
  }
}

/** Set an attribute of a dict whatever its class says. */
export function setPlainly(object: Dict, name: string, value: Value): void {
  const cls = natures.get(object);
  const attributes = ATTRIBUTES.get(object);
  if (attributes === undefined || cls?.property(name) !== undefined) {
    throw new Puzzle("assigning");
  }
  if (name !== "__dict__") {
    attributes.set(name, value);
  } else if (value instanceof Map) {
    ATTRIBUTES.set(object, value);
  } else {
    throw new Puzzle("assigning");
  }
}

function methodOf(dict: Dict, name: string): Value {
  const found = dictMethod(dict, name) ?? ofPlainDict(dict, name);
  if (found === undefined || !isCallable(found)) {
    throw new Puzzle("attribute", { name });
  }
  return found;
}
