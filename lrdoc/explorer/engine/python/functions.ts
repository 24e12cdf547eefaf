/** Functions that code defines, and how arguments find their parameters, with Python's own messages. */

import { enter, leave, spend } from "./effort.ts";
import { Puzzle, PythonError, type Trouble, typeError } from "./errors.ts";
import { spoil } from "./spoil.ts";
import {
  Bound,
  type Callable,
  Class,
  containersIn,
  type Dict,
  Instance,
  isCallable,
  isOwn,
  type Keywords,
  Namespace,
  Sequence,
  typeName,
  Unknown,
  type Value,
} from "./values.ts";

/** The variables of one call. */
export class Frame {
  readonly slots: (Value | undefined)[];
  readonly parent: Frame | null;
  result: Value = null;
  /** Why it is not known what the code has done, since something was not understood. */
  lost: Trouble | null = null;

  constructor(size: number, parent: Frame | null) {
    this.slots = new Array<Value | undefined>(size);
    this.parent = parent;
  }
}

export interface Parameter {
  readonly name: string;
  /** `undefined`: it must be given. */
  readonly default: Value | undefined;
  /** Whether it takes all further arguments, by position or by name. */
  readonly stars?: "*" | "**";
  /** Whether it is given by name alone, or by position alone. */
  readonly named?: boolean;
  readonly placed?: boolean;
  /** Whether Python's callers do not know of it: it holds what is made. */
  readonly hidden?: boolean;
}

export class Func implements Callable {
  readonly callable = "function";
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Whether it has been called. */
  called = false;
  /** What it returned, by its arguments, where it is to run once for each; null for other functions. */
  memo: Map<string, Value> | null = null;
  readonly #size: number;
  readonly #cost: number;
  readonly #run: (frame: Frame) => Value;
  readonly #closure: Frame | null;

  constructor(
    name: string,
    parameters: readonly Parameter[],
    { size, cost }: { readonly size: number; readonly cost: number },
    run: (frame: Frame) => Value,
    closure: Frame | null,
  ) {
    this.name = name;
    this.parameters = parameters;
    this.#size = size;
    this.#cost = cost;
    this.#run = run;
    this.#closure = closure;
  }

  call(given: readonly Value[], keywords: Keywords | null): Value {
    const frame = new Frame(this.#size, this.#closure);
    bind(this.name, this.parameters, given, keywords, frame.slots);
    for (const [at, { name }] of this.parameters.entries()) {
      const value = frame.slots[at];
      if (value instanceof Unknown) {
        value.path ??= name;
      }
    }
    spend(this.#cost);
    this.called = true;
    const key = this.memo === null ? null : memoKey(frame.slots.slice(0, this.parameters.length));
    const known = key === null ? undefined : this.memo?.get(key);
    if (known !== undefined) {
      return known;
    }
    enter();
    const result = this.#run(frame);
    leave();
    if (key !== null) {
      this.memo?.set(key, result);
    }
    return result;
  }
}

/** Return a text that is the same for equal arguments; null where that is not known of all. */
function memoKey(given: readonly (Value | undefined)[]): string | null {
  if (given.some((one) => one !== undefined && isOwn(one, "__eq__", "__hash__"))) {
    throw new Puzzle("notUnderstood");
  }
  const keys = given.map((one) => (one instanceof Instance ? placeOf(one) : `${typeof one}:${String(one)}`));
  const areKeys = given.every((one) => one === null || typeof one !== "object" || one instanceof Instance);
  return areKeys ? keys.join("\n") : null;
}

const PLACES = new WeakMap<Instance, string>();
let places = 0;

/** Return a text that tells an object from all others. */
function placeOf(object: Instance): string {
  const known = PLACES.get(object);
  if (known !== undefined) {
    return known;
  }
  places += 1;
  PLACES.set(object, `object ${places}`);
  return `object ${places}`;
}

/** A function, or a class, of which some arguments are given already. */
export class Partial implements Callable {
  readonly callable = "function";
  readonly name = "functools.partial";
  readonly run: Value;
  readonly given: readonly Value[];
  readonly keywords: Keywords;

  constructor(run: Value, given: readonly Value[], keywords: Keywords) {
    this.run = run;
    this.given = given;
    this.keywords = keywords;
  }

  call(given: readonly Value[], keywords: Keywords | null): Value {
    const all = new Map([...this.keywords, ...(keywords ?? [])]);
    return call(this.run, [...this.given, ...given], all.size === 0 ? null : all);
  }
}

/** Put the arguments of a call into the first of `slots`, one per parameter, in the order and with the messages of Python 3.10. */
export function bind(
  name: string,
  parameters: readonly Parameter[],
  given: readonly Value[],
  keywords: Keywords | null,
  slots: (Value | undefined)[],
): void {
  const placed = parameters.findIndex((one) => one.stars !== undefined || one.named === true);
  const places = placed < 0 ? parameters.length : placed;
  const count = Math.min(given.length, places);
  for (let at = 0; at < count; at += 1) {
    slots[at] = given[at];
  }
  if (placed >= 0) {
    gather(parameters, given.slice(count), slots);
  }
  if (keywords !== null) {
    bindKeywords(name, parameters, keywords, slots);
  }
  if (given.length > places && parameters[places]?.stars !== "*") {
    throw typeError(tooMany(name, parameters.slice(0, places), given.length));
  }
  for (let at = count; at < parameters.length; at += 1) {
    if (slots[at] === undefined) {
      slots[at] = parameters[at]?.default;
    }
  }
  demand(
    name,
    parameters.filter((one, at) => one.named !== true && slots[at] === undefined),
    "positional",
  );
  demand(
    name,
    parameters.filter((one, at) => one.named === true && slots[at] === undefined),
    "keyword-only",
  );
}

/** Fill the parameters with stars. */
function gather(parameters: readonly Parameter[], rest: readonly Value[], slots: (Value | undefined)[]): void {
  for (const [at, { stars }] of parameters.entries()) {
    if (stars !== undefined) {
      slots[at] = stars === "*" ? new Sequence([...rest], "tuple") : new Map();
    }
  }
}

function demand(name: string, missing: readonly Parameter[], kind: string): void {
  if (missing.length > 0) {
    const names = missing.map((one) => `'${one.name}'`);
    const plural = missing.length === 1 ? "" : "s";
    throw typeError(`${name}() missing ${missing.length} required ${kind} argument${plural}: ${listed(names)}`);
  }
}

function bindKeywords(
  name: string,
  parameters: readonly Parameter[],
  keywords: Keywords,
  slots: (Value | undefined)[],
): void {
  const rest = slots[parameters.findIndex((one) => one.stars === "**")];
  for (const [keyword, value] of keywords) {
    const at = parameters.findIndex((one) => one.name === keyword && one.stars === undefined && one.placed !== true);
    if (at < 0 && rest instanceof Map) {
      rest.set(keyword, value);
      continue;
    }
    if (at < 0 && parameters.some((one) => one.name === keyword)) {
      throw typeError(`${name}() got some positional-only arguments passed as keyword arguments: '${keyword}'`);
    }
    if (at < 0) {
      throw typeError(`${name}() got an unexpected keyword argument '${keyword}'`);
    }
    if (slots[at] !== undefined) {
      throw typeError(`${name}() got multiple values for argument '${keyword}'`);
    }
    slots[at] = value;
  }
}

function tooMany(name: string, parameters: readonly Parameter[], got: number): string {
  const known = parameters.filter((one) => one.hidden !== true);
  const given = got - parameters.length + known.length;
  const most = known.length;
  const least = known.filter((one) => one.default === undefined).length;
  const range = least === most ? String(most) : `from ${least} to ${most}`;
  const plural = least === most && most === 1 ? "" : "s";
  return `${name}() takes ${range} positional argument${plural} but ${given} ${given === 1 ? "was" : "were"} given`;
}

function listed(names: readonly string[]): string {
  if (names.length < 3) {
    return names.join(" and ");
  }
  return `${names.slice(0, -1).join(", ")}, and ${names.at(-1)}`;
}

/** Call anything that can be called. */
export function call(callee: Value, given: readonly Value[], keywords: Keywords | null): Value {
  if (callee instanceof Bound) {
    return callee.method.call([callee.self, ...given], keywords);
  }
  if (callee instanceof Class) {
    return instantiate(callee, given, keywords);
  }
  if (isCallable(callee)) {
    return callee.call(given, keywords);
  }
  if (callee instanceof Unknown) {
    const why = new Unknown(null, new Puzzle("changed"));
    for (const one of [...given, ...callee.held]) {
      spoil(one, why, (inner) => inner instanceof Instance); // something of Python's own calls it, such as `map`
    }
    return new Unknown(null, ...callee.whys);
  }
  const method = callee instanceof Instance ? callee.cls.method("__call__") : undefined;
  if (method !== undefined) {
    return method.call([callee, ...given], keywords);
  }
  const gap = callee instanceof Instance ? callee.cls.gap() : null;
  if (gap !== null) {
    return new Unknown(null, ...gap.whys);
  }
  throw typeError(`'${typeName(callee)}' object is not callable`);
}

/** Make an object of a class without a constructor of its own from arguments. */
function withArguments(cls: Class, gap: Unknown | null, given: readonly Value[]): Unknown {
  if (gap === null) {
    throw typeError(`${cls.name}() takes no arguments`);
  }
  const unknown = new Unknown(null, ...gap.whys); // the unknown class makes of them what it likes
  unknown.held = containersIn(given);
  return unknown;
}

export function instantiate(
  cls: Class,
  given: readonly Value[],
  keywords: Keywords | null,
  made: Instance = new Instance(cls),
): Value {
  if (cls.convert !== null) {
    return cls.convert(given, keywords);
  }
  const [init, gap, riddle] = [cls.method("__init__"), cls.gap(), cls.riddle()];
  if (riddle !== null) {
    const unknown = new Unknown(null, ...riddle.whys);
    unknown.keeps = false;
    return unknown;
  }
  if (init === undefined && (given.length > 0 || (keywords?.size ?? 0) > 0)) {
    return withArguments(cls, gap, [...given, ...(keywords?.values() ?? [])]);
  }
  const lacking = cls.lacking();
  if (lacking.length > 0) {
    const methods = `abstract method${lacking.length === 1 ? "" : "s"} ${lacking.join(", ")}`;
    throw typeError(`Can't instantiate abstract class ${cls.name} with ${methods}`);
  }
  const returned = init?.call([made, ...given], keywords) ?? null;
  if (returned !== null && !(returned instanceof Unknown)) {
    throw typeError(`__init__() should return None, not '${typeName(returned)}'`);
  }
  return made;
}

/** Return the attribute called `name` of an instance, or throw Python's AttributeError. */
export function attributeOf(instance: Instance, name: string): Value {
  const { attributes, cls } = instance;
  const own = attributes.get(name);
  if (own !== undefined) {
    return own;
  }
  const property = cls.property(name);
  if (property !== undefined) {
    return property.call([instance], null);
  }
  if (name === "__class__") {
    return cls;
  }
  if (name === "__dict__") {
    return attributes as Dict;
  }
  const method = cls.method(name);
  if (method !== undefined) {
    return new Bound(instance, method);
  }
  const shared = cls.attribute(name);
  if (shared !== undefined && cls.isForeignField(name)) {
    return new Unknown(null, ...(cls.gap()?.whys ?? []));
  }
  if (shared !== undefined) {
    return shared instanceof Func ? new Bound(instance, shared) : shared;
  }
  const otherwise = cls.method("__getattr__");
  if (otherwise !== undefined) {
    return otherwise.call([instance, name], null);
  }
  throw noAttribute(instance, name);
}

/** Tell whether an object or its class, as far as that is known, says what a name is. */
export function hasAttribute({ attributes, cls }: Instance, name: string): boolean {
  return attributes.has(name) || cls.above(name, 0) !== null;
}

export function noAttribute(value: Value, name: string): PythonError {
  const type = value instanceof Instance ? value.cls.name : typeName(value);
  const whose = value instanceof Namespace ? `module '${value.name}'` : `'${type}' object`;
  return new PythonError("AttributeError", `${whose} has no attribute '${name}'`);
}
