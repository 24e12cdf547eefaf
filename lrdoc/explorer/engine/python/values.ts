/** Python's values: an int is a bigint, a float a number, a bool a boolean, None null, a dict a Map. */

import type { Want } from "./errors.ts";

/** What the code proposes for a name that has no value. */
export interface Proposal {
  readonly default?: Value;
  readonly kind?: Want["kind"];
  readonly choices?: readonly string[];
}

import { depthNow, spend, surface } from "./effort.ts";
import { Puzzle, PythonError, type Trouble, typeError } from "./errors.ts";
import type { Expression } from "./syntax.ts";

export type Value =
  | number
  | bigint
  | boolean
  | string
  | null
  | Complex
  | Sequence
  | Range
  | Dict
  | Callable
  | Bound
  | Class
  | Instance
  | Namespace
  | Slice
  | Steps
  | Unknown;

export type Dict = Map<Value, Value>;
export type Keywords = ReadonlyMap<string, Value>;

export class Complex {
  readonly re: number;
  readonly im: number;

  constructor(re: number, im: number) {
    this.re = re;
    this.im = im;
  }
}

/** A list, a tuple, a set, a deque, or an array of NumPy's. */
export class Sequence {
  readonly items: Value[];
  readonly kind: "list" | "tuple" | "set" | "deque" | "array" | View;

  constructor(items: Value[], kind: Sequence["kind"] = "list") {
    this.items = items;
    this.kind = kind;
  }
}

/** What `keys`, `values` and `items` of a dict return, which changes with the dict. */
export type View = "dict_keys" | "dict_values" | "dict_items";

/** Return a view of a dict; `read` tells what it holds at the moment. */
export function view(kind: View, read: () => Value[]): Sequence {
  return Object.defineProperty(new Sequence([], kind), "items", { get: read });
}

export class Range {
  readonly start: bigint;
  readonly stop: bigint;
  readonly step: bigint;

  constructor(start: bigint, stop: bigint, step: bigint) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** What stands between the brackets of `a[1:2]`. */
export class Slice {
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;

  constructor(start: Value, stop: Value, step: Value) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** An iterator, such as `zip` and a generator expression give: what it has yielded is gone. */
export class Steps {
  readonly type: string;
  readonly values: Iterator<Value>;
  /** What it goes through and calls. */
  readonly held: readonly Value[];
  /** Makes unknown what the code's own generator may change as it goes on. */
  readonly forget: (why: Trouble) => void;

  constructor(type: string, values: Iterator<Value>, held: readonly Value[] = [], forget: Steps["forget"] = () => {}) {
    this.type = type;
    this.values = values;
    this.held = held.filter((one) => one instanceof Steps || one instanceof Instance || canRun(one));
    this.forget = forget;
  }

  [Symbol.iterator](): Iterator<Value> {
    const { values } = this;
    return { next: () => values.next() }; // without `return`: a loop that is left early does not end the iterator
  }
}

/** A value that the code does not tell, or that comes of what is not understood. It may be handed on; where its value counts, `demand` is called. */
export class Unknown {
  /** As the code calls it, where a reader could give its value. */
  path: string | null;
  readonly #whys: readonly Trouble[];
  /** What the code proposes for its attributes. */
  proposals: ReadonlyMap<string, Proposal> = new Map();
  /** The schedulers and optimizers that were given to the function that returned it. */
  carried: readonly Value[] = [];
  /** That function, and the first of them, as they stand in the code. */
  carrier: readonly Expression[] = [];
  /** The lists, dicts and functions that it was made with, which its methods may change or call. */
  held: readonly Value[] = [];
  /** The lists, dicts and objects of the code's own of which it may be one. */
  choices: readonly Value[] = [];
  /** Whether it comes from outside of the code as it is, so that a default which the code names for a part of it can stand for that part. */
  isForeign: boolean = false;
  /** The object whose attribute or method it is, where that is unknown too. */
  owner: Unknown | null = null;
  /** What the code itself assigns to its attributes. */
  readonly attributes = new Map<string, Value>();
  /** Its attributes that are unknown themselves, so that they are the same each time. */
  readonly parts = new Map<string, Unknown>();
  /** Whether its attributes are what the code assigns to them: its class may make something else of that. */
  keeps = true;

  constructor(path: string | null, ...whys: readonly Trouble[]) {
    this.path = path;
    this.#whys = whys;
  }

  get whys(): readonly Trouble[] {
    return this.#whys;
  }

  /** Return an item of it, of which no more is known. */
  part(): Unknown {
    const part = new Unknown(null, ...this.#whys);
    part.carried = this.carried;
    part.carrier = this.carrier;
    part.held = this.held;
    part.choices = this.choices;
    part.isForeign = this.isForeign;
    return part;
  }

  /** Take in a value that the code gives it, or a part of it: its methods may change or call that. */
  take(value: Value): void {
    const more = value instanceof Instance ? [value] : containersIn([value]);
    for (let one: Unknown | null = more.length === 0 ? null : this; one !== null; one = one.owner) {
      one.held = [...one.held, ...more];
    }
  }

  /** Forget what the code assigned to its parts or proposes for them: something may have changed them. */
  forgetParts(): void {
    this.attributes.clear();
    this.parts.clear();
    this.proposals = new Map();
    this.isForeign = false;
  }

  /** Forget what the code assigned to its items: where it has any it is a dict, which a function may have changed that was given it. */
  forgetItems(): void {
    for (const parts of [this.attributes, this.parts]) {
      for (const part of [...parts.keys()].filter((name) => name.startsWith("["))) {
        parts.delete(part);
      }
    }
  }

  /** Throw why there is no value; a reader who can give it is asked for a `kind`. */
  demand(kind: Want["kind"] = "number"): never {
    const [first, ...others] = this.#whys.map((why) => why.asking(kind));
    if (first === undefined) {
      throw new Puzzle("notUnderstood");
    }
    first.also.push(...others);
    throw first;
  }
}

/** Return what comes of computing with values of which at least one is unknown. */
export function unknownOf(values: readonly Value[]): Unknown | undefined {
  const found = values.filter((value) => value instanceof Unknown);
  const [only] = found;
  return only === undefined || (found.length === 1 && only.path === null && !only.isForeign)
    ? only
    : new Unknown(null, ...found.flatMap(({ whys }) => whys).slice(0, 9));
}

/** A function: one of Python's own, or one that code defines. */
export interface Callable {
  readonly callable: "function" | "builtin_function_or_method";
  readonly name: string;
  call(given: readonly Value[], keywords: Keywords | null): Value;
}

/** Return the lists, dicts, iterators and functions among values: what is given them may change or call them. */
export function containersIn(values: readonly Value[]): Value[] {
  return values.filter((one) => one instanceof Sequence || one instanceof Map || one instanceof Steps || canRun(one));
}

function canRun(value: Value): boolean {
  return value instanceof Bound || isCallable(value);
}

export function isCallable(value: Value): value is Callable {
  return typeof value === "object" && value !== null && "callable" in value;
}

/** The classes of tuples and dicts that are more than that. */
export const natures = new WeakMap<object, Class>();

/** The param groups of OneFlow's optimizers, which have items and little else that dicts have. */
export const groups = new WeakSet<object>();

export function isDict(value: unknown): value is Dict {
  return value instanceof Map && !groups.has(value);
}

/** The lists, dicts and the like whose methods the code has taken. */
export const owners = new WeakMap<object, Value>();

/** What gives the items that dicts lack. */
export const lacking = new WeakMap<object, (key: Value) => Value>();

/** What enumerations stand for: a class for a list of its members, a member that is a number or a text for that. */
export const meant = new WeakMap<object, Value>();

/** Whether there are members that are numbers or texts. */
export const mixed = { any: false };

/** A method of an instance. */
export class Bound {
  readonly self: Value;
  readonly method: Callable;

  constructor(self: Value, method: Callable) {
    this.self = self;
    this.method = method;
  }
}

/** A method of a class, which is given the class itself. */
export class ClassMethod {
  readonly method: Callable;

  constructor(method: Callable) {
    this.method = method;
  }
}

export class Class {
  readonly name: string;
  /** The name with that of its module, as Python prints it. */
  readonly qualified: string;
  /** The class that it derives from; of several, the one with the most classes above it: a scheduler rather than what is mixed in. */
  readonly base: Class | null;
  /** The class itself and those above it, in the order in which Python looks for a name. */
  readonly order: readonly Class[];
  readonly methods = new Map<string, Callable>();
  /** The values that the class itself holds. */
  readonly attributes = new Map<string, Value | ClassMethod>();
  /** The names that the class's body annotates with a type. */
  fields: readonly string[] = [];
  /** Whether the user's code defines it, and may change it. */
  isUsers = false;
  /** Its methods that a class deriving from it has to define; null where Python does not ask for it. */
  abstract: Set<string> | null = null;
  /** Whether the attributes of its instances can't be set. */
  isFrozen = false;
  /** Why something may be missing here: a class that it derives from is not known. */
  unknown: Unknown | null = null;
  readonly properties = new Map<string, Callable>();
  /** What is called where a property is set. */
  readonly setters = new Map<string, Callable>();
  /** Why nothing is known of an instance: the class decides by itself what its attributes are. */
  opaque: Unknown | null = null;
  /** What calling one of Python's own classes returns; other classes run their `__init__`. */
  convert: ((given: readonly Value[], keywords: Keywords | null) => Value) | null;

  constructor(
    name: string,
    qualified: string,
    bases: Class | null | readonly Class[],
    convert: ((given: readonly Value[], keywords: Keywords | null) => Value) | null = null,
  ) {
    this.name = name;
    this.qualified = qualified;
    const above = bases instanceof Class ? [bases] : (bases ?? []);
    this.base = [...above].sort((a, b) => b.order.length - a.order.length)[0] ?? null;
    const [only] = above;
    const further =
      above.length === 1 && only !== undefined ? only.order : merged([...above.map((one) => one.order), above]);
    spend(further.length);
    this.order = [this, ...further];
    this.convert = convert;
  }

  method(name: string): Callable | undefined {
    return this.#holder(name)?.methods.get(name);
  }

  property(name: string): Callable | undefined {
    return this.#holder(name)?.properties.get(name);
  }

  setter(name: string): Callable | undefined {
    return this.#holder(name)?.setters.get(name);
  }

  attribute(name: string): Value | undefined {
    const found = this.#holder(name)?.attributes.get(name);
    return found instanceof ClassMethod ? new Bound(this, found.method) : found;
  }

  /** Return the class, of this one and those above it, that says what a name is. */
  #holder(name: string): Class | null {
    return this.above(name, 0);
  }

  /** Return the first class from a place in the order on that says what a name is. */
  above(name: string, from: number): Class | null {
    for (let at = from; at < this.order.length; at += 1) {
      const one = this.order[at];
      if (one?.has(name) === true) {
        return one;
      }
    }
    return null;
  }

  /** Tell whether the class itself says what a name is. */
  has(name: string): boolean {
    return this.methods.has(name) || this.attributes.has(name) || this.properties.has(name);
  }

  /** Let a name be a method (what `binds`), or a value, instead of what it was. */
  hold(name: string, value: Value | ClassMethod, binds: boolean): void {
    for (const kind of [this.methods, this.properties, this.setters, this.attributes]) {
      kind.delete(name);
    }
    if (binds) {
      this.methods.set(name, value as Callable);
    } else {
      this.attributes.set(name, value);
    }
  }

  /** Return the methods that it lacks, so that it has no instances. */
  lacking(): string[] {
    const asked = this.order.flatMap((one) => Array.from(one.abstract ?? []));
    return Array.from(new Set(asked))
      .filter((name) => this.#holder(name)?.abstract?.has(name) === true)
      .sort();
  }

  /** Return the unknown class that this one derives from, if there is one. */
  gap(): Unknown | null {
    return this.order.find((one) => one.unknown !== null)?.unknown ?? null;
  }

  /** Return why nothing is known of an instance, if that is so. */
  riddle(): Unknown | null {
    return this.order.find((one) => one.opaque !== null)?.opaque ?? null;
  }

  /** Tell whether an attribute is a field that an unknown base class gives each instance a value of its own. */
  isForeignField(name: string): boolean {
    return this.gap() !== null && this.order.some((one) => one.fields.includes(name));
  }

  /** A class that this one takes the place of: what derives from that derives from this one as well. */
  replaced: Class | null = null;

  isA(other: Class): boolean {
    return this.order.some((one) => one === other || one === other.replaced);
  }
}

/** Return classes in one order that keeps those of all lists, as Python does (C3). */
function merged(lists: readonly (readonly Class[])[]): Class[] {
  const left = lists.filter((one) => one.length > 0);
  if (left.length === 0) {
    return [];
  }
  const next = left.map(([first]) => first).find((one) => !left.some((list) => list.indexOf(one as Class) > 0));
  spend(left.reduce((sum, one) => sum + one.length, 0));
  if (next === undefined) {
    throw typeError("Cannot create a consistent method resolution order (MRO) for bases");
  }
  return [next, ...merged(left.map((list) => list.filter((one) => one !== next)))];
}

export class Instance {
  /** Set anew where a constructor returns an object of another class. */
  cls: Class;
  readonly attributes = new Map<string, Value>();
  /** The lists, dicts and functions that an unknown class above its own was given, whose methods may change or call them. */
  held: readonly Value[] = [];

  constructor(cls: Class) {
    this.cls = cls;
  }
}

/** Tell whether an object's class may say by itself what a part of the language does with it, such as `__add__`. */
export function isOwn(value: Value, ...names: readonly string[]): boolean {
  return (
    value instanceof Instance &&
    (value.cls.gap() !== null || names.some((name) => value.cls.method(name) !== undefined))
  );
}

/** A module. */
export class Namespace {
  readonly name: string;
  readonly members: Map<string, Value>;
  /** Whether the module has more than is known of it. */
  readonly isPart: boolean;

  constructor(name: string, members: Map<string, Value>, isPart = false) {
    this.name = name;
    this.members = members;
    this.isPart = isPart;
  }
}

/** What a method such as `__add__` returns where it leaves the operation to the other operand. */
export const NOT_IMPLEMENTED = new Namespace("NotImplemented", new Map());

/** Return what a method gives by which an object's class says what a part of the language does with it, such as `__add__`; undefined where there is none, or it leaves that to others. */
export function byOwn(object: Value, name: string, ...given: readonly Value[]): Value | undefined {
  const holder = object instanceof Instance ? object.cls.above(name, 0) : null;
  const method = holder?.methods.get(name);
  if (holder !== null && method === undefined) {
    throw new Puzzle("notUnderstood"); // a value such as None, which takes a meaning away
  }
  const found = method?.call([object, ...given], null);
  return found === NOT_IMPLEMENTED ? undefined : found;
}

/** Return the name of a value's type, as Python's messages call it. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case "number":
      return "float";
    case "bigint":
      return "int";
    case "boolean":
      return "bool";
    case "string":
      return "str";
    default:
      return value === null ? "NoneType" : objectTypeName(value);
  }
}

/** Methods that say nothing of what an object may be used for. */
const USUAL =
  /^(?!__)|^__([ri]?(add|sub|mul|truediv|floordiv|mod|pow)|lt|le|gt|ge|ne|init|call|enter|exit|post_init|init_subclass|str|repr|eq|hash|bool|setattr|getattr|contains|iter|next)__$/;

/** Return an object that Python's operators and functions take for nothing but an object: its type is to be named as the wrong one. */
function ordinary(value: Instance): Instance {
  if (value.cls.order.some(({ methods }) => Array.from(methods.keys()).some((name) => !USUAL.test(name)))) {
    throw new Puzzle("notUnderstood");
  }
  return value;
}

function objectTypeName(value: object): string {
  if (value instanceof Unknown) {
    return value.demand(); // what is not known is of no wrong type
  }
  if (value instanceof Sequence) {
    return value.kind;
  }
  if (value instanceof Class) {
    (value.gap() ?? value.riddle())?.demand(); // an Enum, for example, has items
  }
  if (value instanceof Instance) {
    return ordinary(value).cls.name;
  }
  if (value instanceof Steps) {
    return value.type;
  }
  if (groups.has(value)) {
    return "ParamGroup";
  }
  if ("callable" in value) {
    return value.callable as string;
  }
  const names = [
    [Complex, "complex"],
    [Range, "range"],
    [Map, "dict"],
    [Bound, "method"],
    [Class, "type"],
    [Namespace, "module"],
    [Slice, "slice"],
  ] as const;
  return names.find(([type]) => value instanceof type)?.[1] ?? "object";
}

export function truth(value: Value): boolean {
  switch (typeof value) {
    case "boolean":
      return value;
    case "number":
      return value !== 0;
    case "bigint":
      return value !== 0n;
    case "string":
      return value !== "";
    default:
      return value !== null && objectTruth(value);
  }
}

function objectTruth(value: object): boolean {
  if (value instanceof Unknown) {
    value.demand("flag");
  }
  if (value instanceof Sequence) {
    return refuseArray(value).items.length > 0;
  }
  if (value instanceof Instance) {
    const own = byOwn(value, "__bool__");
    const size = own ?? byOwn(value, "__len__") ?? true;
    return typeof size === "boolean" || (typeof size === "bigint" && own === undefined) ? truth(size) : unsaid(size);
  }
  if (value instanceof Map) {
    return value.size > 0;
  }
  if (value instanceof Complex) {
    return value.re !== 0 || value.im !== 0;
  }
  return !(value instanceof Range) || length(value) > 0n;
}

/** Return the number that the first of these methods gives of an object; any other value as it is. */
export function converted(value: Value, ...names: readonly string[]): Value {
  for (const name of names) {
    const own = byOwn(value, name);
    if (own !== undefined) {
      return typeof own === "object" ? unsaid(own) : own;
    }
  }
  return value;
}

/** Throw where the method of a class returns what is not known, or what Python takes otherwise than as it is. */
export function unsaid(value: Value): never {
  if (value instanceof Unknown) {
    value.demand("flag");
  }
  throw new Puzzle("notUnderstood");
}

/** Arrays have no truth of their own, and are compared item by item; a view of a dict is compared as a set, or not at all. */
export function refuseArray(value: Sequence): Sequence {
  if (value.kind === "array" || value.kind.startsWith("dict")) {
    throw new Puzzle("notUnderstood");
  }
  return value;
}

export function length(range: Range): bigint {
  const { start, stop, step } = range;
  const count = step > 0n ? (stop - start + step - 1n) / step : (start - stop - step - 1n) / -step;
  return count > 0n ? count : 0n;
}

/** Return what `str()` gives. */
export function text(value: Value): string {
  return typeof value === "string" ? value : (ownText(value, "__str__") ?? repr(value));
}

/** Return what an object says itself as a text; undefined where it leaves that to Python. */
function ownText(value: Value, name: "__str__" | "__repr__"): string | undefined {
  const method = value instanceof Instance ? value.cls.method(name) : undefined;
  const said = method?.call([value], null);
  if (method !== undefined && typeof said !== "string") {
    throw new Puzzle("notUnderstood");
  }
  return said as string | undefined;
}

/** Return what `repr()` gives. */
export function repr(value: Value): string {
  switch (typeof value) {
    case "number":
      return floatText(value);
    case "bigint":
      return String(value);
    case "boolean":
      return value ? "True" : "False";
    case "string":
      return stringText(value);
    default:
      return value === null ? "None" : (ownText(value, "__repr__") ?? objectText(value));
  }
}

function objectText(value: object): string {
  if (natures.has(value)) {
    throw new Puzzle("notUnderstood");
  }
  if (value instanceof Unknown) {
    value.demand("text");
  }
  if (value instanceof Sequence) {
    return sequenceText(value);
  }
  if (value instanceof Class) {
    return `<class '${value.qualified}'>`;
  }
  if (value instanceof Complex) {
    return complexText(value);
  }
  if (value instanceof Map) {
    spend(value.size);
    return `{${Array.from(value as Dict, ([key, item]) => `${repr(key)}: ${repr(item)}`).join(", ")}}`;
  }
  if (value instanceof Range) {
    return `range(${value.start}, ${value.stop}${value.step === 1n ? "" : `, ${value.step}`})`;
  }
  if ("callable" in value) {
    const { callable, name } = value as Callable;
    return callable === "function" ? `<function ${name}>` : `<built-in function ${name}>`;
  }
  return `<${value instanceof Instance ? value.cls.qualified : objectTypeName(value)} object>`;
}

function sequenceText({ items, kind }: Sequence): string {
  spend(items.length * 4);
  const inner = items.map(repr).join(", ");
  if (kind === "list") {
    return `[${inner}]`;
  }
  if (kind.startsWith("dict")) {
    return `${kind}([${inner}])`;
  }
  return kind === "tuple" ? `(${inner}${items.length === 1 ? "," : ""})` : `{${inner}}`;
}

function complexText({ re, im }: Complex): string {
  const imaginary = `${bare(im)}j`;
  if (re === 0 && !Object.is(re, -0)) {
    return imaginary;
  }
  return `(${bare(re)}${im < 0 || Object.is(im, -0) || Number.isNaN(im) ? "" : "+"}${imaginary})`;
}

function bare(value: number): string {
  return floatText(value).replace(/\.0$/, "");
}

function stringText(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
  return quote + escaped.replaceAll(quote, `\\${quote}`) + quote;
}

/** Return a float as Python writes it: the digits are JavaScript's, the exponent has at least two. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }
  if (value === 0) {
    return Object.is(value, -0) ? "-0.0" : "0.0";
  }
  const [digits = "", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 16) {
    const plain = String(value); // JavaScript writes an exponent below 1e-6 and from 1e21 on
    return plain.includes(".") ? plain : `${plain}.0`;
  }
  const sign = exponent < 0 ? "-" : "+";
  return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** Return the values that a loop over `value` goes through. */
export function iterate(value: Value): Iterable<Value> {
  if (value instanceof Sequence) {
    return itemsOf(value);
  }
  if (value instanceof Range) {
    return counted(value);
  }
  if (value instanceof Map) {
    return keysOf(value);
  }
  if (value instanceof Steps) {
    return value;
  }
  if (value instanceof Unknown) {
    value.demand("list");
  }
  if (typeof value === "string") {
    return value;
  }
  const members = value instanceof Class ? meant.get(value) : undefined;
  if (members !== undefined) {
    return iterate(members);
  }
  const iterator = byOwn(value, "__iter__");
  if (iterator !== undefined) {
    return iterator instanceof Steps ? iterator : asked(() => nextOf(iterator), "StopIteration");
  }
  if (value instanceof Instance && value.cls.method("__getitem__") !== undefined) {
    let at = -1n;
    return asked(
      () => {
        at += 1n;
        return byOwn(value, "__getitem__", at) ?? null;
      },
      "StopIteration",
      "IndexError",
    );
  }
  if (isOwn(value)) {
    throw new Puzzle("notUnderstood");
  }
  throw typeError(`'${typeName(value)}' object is not iterable`);
}

function keysOf(dict: Dict): Iterable<Value> {
  if (groups.has(dict)) {
    throw new PythonError("KeyError", "0"); // the first item that is asked for
  }
  return steady(Array.from(dict.keys()), "dictionary changed size", () => dict.size);
}

function itemsOf({ items, kind }: Sequence): Iterable<Value> {
  return kind === "deque" ? steady(items, "deque mutated", () => items.length) : items;
}

/** Yield values of something that must not grow or shrink meanwhile. */
function* steady(values: readonly Value[], what: string, size: () => number): Iterable<Value> {
  const before = size();
  for (const value of values) {
    yield value;
    if (size() !== before) {
      throw new PythonError("RuntimeError", `${what} during iteration`);
    }
  }
}

/** Ask an object of the code's for its next value. */
export function nextOf(iterator: Value): Value {
  if (iterator instanceof Unknown) {
    iterator.demand("list");
  }
  const found = byOwn(iterator, "__next__");
  if (found === undefined) {
    throw typeError(`iter() returned non-iterator of type '${typeName(iterator)}'`);
  }
  return found;
}

/** Yield what a function returns until it raises an exception that ends an iteration. */
function* asked(next: () => Value, ...ends: readonly string[]): Iterable<Value> {
  for (;;) {
    const depth = depthNow();
    let value: Value;
    try {
      value = next();
    } catch (error) {
      if (error instanceof PythonError && ends.includes(error.kind)) {
        surface(depth);
        return;
      }
      throw error;
    }
    yield value;
  }
}

function* counted({ start, stop, step }: Range): Iterable<Value> {
  for (let at = start; step > 0n ? at < stop : at > stop; at += step) {
    yield at;
  }
}

/** Return the key under which a dict holds, or would hold, an item: Python takes 1, 1.0 and True for the same, and equal tuples too. */
export function keyOf(dict: Dict, key: Value): Value {
  const plain = plainOf(key);
  const found = plainKey(dict, plain);
  if (!mixed.any || dict.has(found)) {
    return found;
  }
  return (
    Array.from(dict.keys()).find((one) => one instanceof Instance && plainOf(one) === plain) ??
    (plain === key ? found : key)
  );
}

/** Return a member of an enumeration as the number or text that it is; any other value itself. */
export function plainOf(value: Value): Value {
  return (mixed.any && value instanceof Instance ? meant.get(value) : undefined) ?? value;
}

function plainKey(dict: Dict, key: Value): Value {
  if (typeof key === "number" || typeof key === "boolean") {
    return numbersLike(key).find((one) => dict.has(one)) ?? key;
  }
  if (typeof key === "bigint") {
    return dict.has(key) ? key : (numbersLike(key).find((one) => dict.has(one)) ?? key);
  }
  return typeof key === "object" && key !== null ? objectKey(dict, key) : key;
}

/** Return the numbers and truth values that Python takes for the same. */
function numbersLike(key: number | bigint | boolean): Value[] {
  if (Number.isNaN(key)) {
    throw new Puzzle("notUnderstood"); // two of them are two keys, unless they are one
  }
  if (typeof key === "number" && !Number.isSafeInteger(key)) {
    return [key];
  }
  const whole = BigInt(key);
  return [whole, Number(key), ...(whole === 0n || whole === 1n ? [whole === 1n] : [])];
}

function objectKey(dict: Dict, key: Value): Value {
  if (key instanceof Unknown) {
    key.demand("text");
  }
  if (isOwn(key, "__eq__", "__hash__")) {
    throw new Puzzle("notUnderstood");
  }
  if (key instanceof Map || (key instanceof Sequence && key.kind !== "tuple")) {
    throw typeError(`unhashable type: '${typeName(key)}'`);
  }
  if (key instanceof Sequence) {
    spend(dict.size * (4 + key.items.length));
    return Array.from(dict.keys()).find((one) => one instanceof Sequence && areAlike(one.items, key.items)) ?? key;
  }
  return key;
}

/** Tell whether tuples of these are the same key. */
function areAlike(some: readonly Value[], others: readonly Value[]): boolean {
  return (
    some.length === others.length && some.every((one, at) => keyOf(new Map([[one, null]]), others[at] as Value) === one)
  );
}

/** Return what a dict gives for a key that it lacks; raise Python's KeyError where it gives nothing. */
function added(dict: Dict, key: Value): Value {
  const made = lacking.get(dict)?.(key);
  if (made === undefined) {
    throw new PythonError("KeyError", repr(key));
  }
  return made;
}

/** Return an item of a sequence or a dict. */
export function item(container: Value, index: Value): Value {
  if (container instanceof Map) {
    const key = keyOf(container, index);
    const found = container.get(key);
    return found === undefined ? added(container, key) : found;
  }
  if (container instanceof Unknown || index instanceof Unknown) {
    return chosen(container, unknownOf([container, index]) ?? null);
  }
  if (container instanceof Sequence || typeof container === "string") {
    return elementOf(container, index);
  }
  if (container instanceof Range && typeof index === "bigint") {
    return ofRange(container, index);
  }
  throw typeError(`'${typeName(container)}' object is not subscriptable`);
}

/** Return an unknown value as one of the objects in a list. */
function chosen(container: Value, value: Value): Value {
  const choices = container instanceof Sequence ? container.items.filter((one) => typeof one === "object") : [];
  if (!(value instanceof Unknown) || choices.length === 0) {
    return value;
  }
  const found = new Unknown(null, ...value.whys);
  found.choices = choices;
  return found;
}

function ofRange(range: Range, index: bigint): bigint {
  const size = length(range);
  const at = index < 0n ? size + index : index;
  if (at < 0n || at >= size) {
    throw new PythonError("IndexError", "range object index out of range");
  }
  return range.start + at * range.step;
}

function elementOf(container: Sequence | string, index: Value): Value {
  const kind = typeof container === "string" ? "string" : container.kind;
  if (typeof index !== "bigint" && typeof index !== "boolean") {
    if (kind === "array") {
      throw new Puzzle("notUnderstood"); // it may pick several
    }
    throw typeError(
      kind === "string"
        ? "string indices must be integers"
        : `${kind} indices must be integers or slices, not ${typeName(index)}`,
    );
  }
  const items = typeof container === "string" ? container : container.items;
  if (typeof container !== "string" && /^(set|dict)/.test(container.kind)) {
    throw typeError(`'${container.kind}' object is not subscriptable`);
  }
  const at = Number(index);
  const found = items[at < 0 ? items.length + at : at];
  if (found === undefined) {
    throw new PythonError("IndexError", `${kind} index out of range`);
  }
  return found;
}
