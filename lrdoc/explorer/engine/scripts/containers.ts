/** Methods, slices and operators of lists, tuples, sets, dicts and ranges. */

import { inSequence, type Keyed, named } from "../python/builtins.ts";
import { addAll, inOrder, setOf } from "../python/compile.ts";
import { spend } from "../python/effort.ts";
import { Puzzle, PythonError, typeError } from "../python/errors.ts";
import { builtin, toInteger } from "../python/mathematics.ts";
import { compare, contains, type Operator, same } from "../python/operators.ts";
import { shared } from "../python/spoil.ts";
import {
  type Callable,
  type Dict,
  Instance,
  isDict,
  item,
  iterate,
  keyOf,
  length,
  natures,
  Range,
  repr,
  Sequence,
  Slice,
  truth,
  typeName,
  Unknown,
  unknownOf,
  type Value,
} from "../python/values.ts";

type Run = (...given: readonly Value[]) => Value;

function method(name: string, least: number, most: number, run: Run): Callable {
  return builtin(name, least, most, run, { takes: "any" });
}

/** Return a method of a list, a tuple or a set. */
export function sequenceMethod(self: Sequence, name: string): Callable | undefined {
  spend(self.items.length * 4);
  if (name === "index") {
    return method(name, 1, 1, (value = null) => indexOf(self, value));
  }
  if (name === "count") {
    return method(name, 1, 1, (value = null) => BigInt(self.items.filter((one) => same(one, value)).length));
  }
  return self.kind === "list" ? listMethod(self.items, name) : self.kind === "set" ? setMethod(self, name) : undefined;
}

/** Return a method of a list that holds these items. */
export function listMethod(items: Value[], name: string): Callable | undefined {
  switch (name) {
    case "extend":
      return method(name, 1, 1, (more = null) => extend(items, more));
    case "insert":
      return method(name, 2, 2, (at = null, value = null) => insert(items, at, value));
    case "pop":
      return method(name, 0, 1, (at = -1n) => pop(items, at));
    case "remove":
      return method(name, 1, 1, (value = null) => remove(items, value));
    case "clear":
      return method(name, 0, 0, () => nothing(items.splice(0)));
    case "reverse":
      return method(name, 0, 0, () => nothing(items.reverse()));
    case "sort":
      return sorting(items);
    default:
      return undefined;
  }
}

/** The number of values from which on Python sorts parts of them, and merges these. */
const MANY = 64;

/** Sort values with Python's comparisons: a run at the beginning, into which each of the others is put by halving. */
export function sortAsPython(given: readonly Keyed[]): readonly Keyed[] {
  const precedes = (a: Keyed | undefined, b: Keyed | undefined): boolean =>
    compare("<", a?.[1] ?? null, b?.[1] ?? null);
  const isOdd = ([, key]: Keyed): boolean => key instanceof Instance || Number.isNaN(key);
  if (given.length >= MANY && given.some(isOdd)) {
    throw new Puzzle("notUnderstood");
  }
  if (given.length >= MANY) {
    return [...given].sort((a, b) => (precedes(a, b) ? -1 : precedes(b, a) ? 1 : 0));
  }
  const isFalling = given.length > 1 && precedes(given[1], given[0]);
  let run = Math.min(given.length, 2);
  while (run < given.length && precedes(given[run], given[run - 1]) === isFalling) {
    run += 1;
  }
  const items = isFalling ? given.slice(0, run).reverse() : given.slice(0, run);
  for (const one of given.slice(run)) {
    let [low, high] = [0, items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      [low, high] = precedes(one, items[middle]) ? [low, middle] : [middle + 1, high];
    }
    items.splice(low, 0, one);
  }
  return items;
}

function sorting(items: Value[]): Callable {
  const sort = named("sort", 0, 0, ["key", "reverse"], (_given, keywords) => {
    const [key, reverse] = [keywords?.get("key") ?? null, truth(keywords?.get("reverse") ?? false)];
    return nothing(items.splice(0, items.length, ...inSequence(new Sequence(items), key, reverse)));
  });
  return {
    ...sort,
    call(given, keywords) {
      unknownOf([...(keywords?.values() ?? [])])?.demand("flag"); // the order may be any
      return sort.call(given, keywords);
    },
  };
}

function nothing(_done: unknown): null {
  return null;
}

function extend(items: Value[], more: Value): null {
  for (const one of more instanceof Sequence ? [...more.items] : iterate(more)) {
    spend(1);
    items.push(one);
  }
  return null;
}

function place(at: Value): number {
  if (at instanceof Unknown) {
    at.demand();
  }
  if (typeof at !== "bigint" && typeof at !== "boolean") {
    throw typeError(`'${typeName(at)}' object cannot be interpreted as an integer`);
  }
  return Number(at);
}

function insert(items: Value[], at: Value, value: Value): null {
  spend(items.length / 10);
  items.splice(place(at), 0, value);
  return null;
}

function pop(items: Value[], at: Value): Value {
  if (items.length === 0) {
    throw new PythonError("IndexError", "pop from empty list");
  }
  const from = place(at);
  const index = from < 0 ? items.length + from : from;
  if (index < 0 || index >= items.length) {
    throw new PythonError("IndexError", "pop index out of range");
  }
  spend(items.length / 10);
  return items.splice(index, 1)[0] ?? null;
}

function remove(items: Value[], value: Value): null {
  const at = items.findIndex((one) => same(one, value));
  if (at < 0) {
    throw new PythonError("ValueError", "list.remove(x): x not in list");
  }
  items.splice(at, 1);
  return null;
}

function indexOf({ items, kind }: Sequence, value: Value): bigint {
  const at = items.findIndex((one) => same(one, value));
  if (at < 0) {
    throw new PythonError(
      "ValueError",
      kind === "list" ? `${repr(value)} is not in list` : "tuple.index(x): x not in tuple",
    );
  }
  return BigInt(at);
}

function setMethod(self: Sequence, name: string): Callable | undefined {
  const { items } = self;
  switch (name) {
    case "add":
      return method(name, 1, 1, (value = null) =>
        nothing(items.splice(0, items.length, ...setOf([...items, value]).items)),
      );
    case "update":
      return method(name, 1, 1, (more = null) =>
        nothing(items.splice(0, items.length, ...setOf([...items, ...iterate(more)]).items)),
      );
    case "discard":
      return method(name, 1, 1, (value = null) =>
        nothing(items.splice(0, items.length, ...items.filter((one) => !same(one, value)))),
      );
    case "union":
      return method(name, 1, 1, (more = null) => setOf([...items, ...iterate(more)]));
    case "intersection":
      return method(name, 1, 1, (more = null) =>
        setOf(items.filter((one) => contains(setOf(Array.from(iterate(more))), one))),
      );
    case "difference":
      return method(name, 1, 1, (more = null) =>
        setOf(items.filter((one) => !contains(setOf(Array.from(iterate(more))), one))),
      );
    case "copy":
      return method(name, 0, 0, () => setOf(items));
    default:
      return undefined;
  }
}

/** Put pairs of keys and values into a dict. */
function pairs(dict: Dict, more: Value): void {
  for (const pair of inOrder(more)) {
    spend(2);
    const [key, value, ...others] = inOrder(pair);
    if (key === undefined || value === undefined || others.length > 0) {
      throw new Puzzle("notUnderstood");
    }
    dict.set(keyOf(dict, key), value);
  }
}

/** Return a method of a dict. */
export function dictMethod(self: Dict, name: string): Callable | undefined {
  spend(self.size / 5);
  switch (name) {
    case "update":
      return {
        callable: "builtin_function_or_method",
        name,
        call([more], keywords) {
          if (isDict(more)) {
            addAll(self, more);
          } else if (more !== undefined) {
            pairs(self, more);
          }
          for (const [key, value] of keywords ?? []) {
            self.set(key, value);
          }
          return null;
        },
      };
    case "pop":
      return method(name, 1, 2, (key = null, otherwise) => taken(self, key, otherwise));
    case "copy":
      return method(name, 0, 0, () => copyOf(self));
    case "clear":
      return method(name, 0, 0, () => nothing(self.clear()));
    case "popitem":
      return method(name, 0, 0, () => lastOf(self));
    default:
      return undefined;
  }
}

/** Return the item that came last, which is taken out. */
function lastOf(dict: Dict): Value {
  const last = Array.from(dict).at(-1);
  if (last === undefined) {
    throw new PythonError("KeyError", "'popitem(): dictionary is empty'");
  }
  dict.delete(last[0]);
  return new Sequence([...last], "tuple");
}

function copyOf(dict: Dict): Dict {
  if (natures.has(dict)) {
    throw new Puzzle("notUnderstood");
  }
  return new Map(dict);
}

function taken(self: Dict, key: Value, otherwise: Value | undefined): Value {
  const at = keyOf(self, key);
  if (!self.has(at)) {
    if (otherwise === undefined) {
      throw new PythonError("KeyError", repr(key));
    }
    return otherwise;
  }
  const found = item(self, at);
  self.delete(at);
  return found;
}

/** Return a part of a sequence. */
export function slice(container: Value, at: Slice): Value {
  const items =
    typeof container === "string"
      ? Array.from(container)
      : container instanceof Range
        ? Array.from(iterate(limited(container)))
        : container instanceof Sequence
          ? container.items
          : null;
  if (container instanceof Unknown) {
    return new Unknown(null, ...container.whys);
  }
  if (items === null || (container instanceof Sequence && /^(set|dict|deque)/.test(container.kind))) {
    throw typeError(`'${typeName(container)}' object is not subscriptable`);
  }
  spend(items.length / 10);
  const found = places(at, items.length).map((one) => items[one] ?? null);
  if (typeof container === "string") {
    return found.join("");
  }
  if (container instanceof Sequence && container.kind === "array") {
    return sharing(container, places(at, items.length));
  }
  return container instanceof Range ? new Sequence(found, "tuple") : new Sequence(found, (container as Sequence).kind);
}

/** Return a part of an array, which shares with it what it holds. */
function sharing(whole: Sequence, at: readonly number[]): Sequence {
  const { items } = whole;
  const placeOf = (key: string | symbol): number | undefined =>
    typeof key === "string" && /^\d+$/.test(key) ? at[Number(key)] : undefined;
  const held = new Proxy(
    at.map((one) => items[one] ?? null),
    {
      get: (own, key) => (placeOf(key) === undefined ? Reflect.get(own, key) : items[placeOf(key) ?? 0]),
      set(own, key, value) {
        const place = placeOf(key);
        if (place !== undefined) {
          items[place] = value;
        }
        return Reflect.set(own, key, value);
      },
    },
  );
  const part = new Sequence(held, "array");
  shared.set(part, [whole]);
  shared.set(whole, [...(shared.get(whole) ?? []), part]);
  return part;
}

/** Put a number, or a row of as many, in the place of an item or a part of an array, whose numbers stay of one kind. */
function setInArray({ items }: Sequence, at: Value, values: Value): void {
  const index = typeof at === "bigint" ? Number(at < 0n ? BigInt(items.length) + at : at) : -1;
  const found = at instanceof Slice ? places(at, items.length) : [index];
  const row = values instanceof Sequence && at instanceof Slice ? [...values.items] : found.map(() => values);
  if (row.length !== found.length || found.some((one) => one < 0 || one >= items.length)) {
    throw new Puzzle("assigning");
  }
  const isFloat = items.some((one) => typeof one === "number");
  for (const [place, one] of found.entries()) {
    const value = row[place];
    if (typeof value !== "number" && typeof value !== "bigint") {
      throw new Puzzle("assigning");
    }
    items[one] = isFloat ? Number(value) : toInteger(value, Math.trunc);
  }
}

/** Put values in the place of a part of a list; null removes it. */
export function setSlice(container: Value, at: Value, values: Value): void {
  if (container instanceof Sequence && container.kind === "array") {
    setInArray(container, at, values);
    return;
  }
  if (!(at instanceof Slice && container instanceof Sequence && container.kind === "list") || at.step !== null) {
    throw new Puzzle("slices");
  }
  const { items } = container;
  spend(items.length);
  const [from, to] = ends(at, items.length);
  items.splice(from, Math.max(to - from, 0), ...(values === null ? [] : inOrder(values)));
}

function limited(range: Range): Range {
  spend(Number(length(range)));
  return range;
}

/** Return the places that a slice picks of `size`. */
function places(slice: Slice, size: number): number[] {
  const by = slice.step === null ? 1 : place(slice.step);
  if (by === 0) {
    throw new PythonError("ValueError", "slice step cannot be zero");
  }
  const [from, to] = ends(slice, size, by);
  const found: number[] = [];
  for (let at = from; by > 0 ? at < to : at > to; at += by) {
    found.push(at);
  }
  return found;
}

/** Return the place at which a slice of `size` begins, and that before which it ends. */
function ends({ start, stop }: Slice, size: number, by = 1): [number, number] {
  const clamp = (value: Value, otherwise: number): number => {
    if (value === null) {
      return otherwise;
    }
    const from = place(value);
    const at = from < 0 ? from + size : from;
    return by > 0 ? Math.min(Math.max(at, 0), size) : Math.min(Math.max(at, -1), size - 1);
  };
  return [clamp(start, by > 0 ? 0 : size - 1), clamp(stop, by > 0 ? size : -1)];
}

function isSetLike(value: Value): value is Sequence {
  return value instanceof Sequence && /^(set|dict_keys|dict_items)$/.test(value.kind);
}

/** Return the result of an operator on sets or dicts, or of `%` on a text. */
export function combined(sign: Operator, a: Value, b: Value): Value | undefined {
  if ([a, b].some((one) => one instanceof Map && natures.has(one))) {
    throw new Puzzle("operator", { sign }); // a Counter, for example
  }
  if (isDict(a) && isDict(b) && sign === "|") {
    const made: Dict = new Map(a);
    addAll(made, b);
    return made;
  }
  if (!(isSetLike(a) && isSetLike(b))) {
    return undefined;
  }
  const [left, right] = [setOf(a.items), setOf(b.items)];
  switch (sign) {
    case "|":
      return setOf([...left.items, ...right.items]);
    case "&":
      return setOf(left.items.filter((one) => contains(right, one)));
    case "-":
      return setOf(left.items.filter((one) => !contains(right, one)));
    case "^":
      return setOf([
        ...left.items.filter((one) => !contains(right, one)),
        ...right.items.filter((one) => !contains(left, one)),
      ]);
    default:
      return undefined;
  }
}
