/** Lists, dicts and objects that a statement may have changed which was not carried out: what they hold is not known any more. */

import { Puzzle } from "./errors.ts";
import { Instance, Sequence, Steps, Unknown, type Value } from "./values.ts";

let spoiled = new WeakMap<object, Unknown>();
let any = false;
let stale = new WeakSet<object>();

/** Whether the code is being gone through; afterwards its schedulers make their steps. */
export const program = { runs: true };

/** Arrays and their parts, which share what they hold. */
export const shared = new WeakMap<object, Value[]>();

/** Whether floats, and integers, may be NumPy's, which raise no exception where Python's do. */
export const numpy = { floats: false, integers: false };

/** Forget everything; each run of a script begins with this. */
export function restore(): void {
  spoiled = new WeakMap();
  stale = new WeakSet();
  program.runs = true;
  any = false;
  numpy.floats = false;
  numpy.integers = false;
}

/** Return a value as it is to be read now: unknown, if it is spoiled. */
export function current(value: Value): Value {
  return any && typeof value === "object" && value !== null ? (spoiled.get(value) ?? value) : value;
}

/** Make unknown what a value holds, and what can be reached from it; `keeps` tells what is left as it is. */
export function spoil(value: Value, as: Unknown, keeps: (value: Value) => boolean): void {
  if (typeof value !== "object" || value === null || spoiled.has(value) || keeps(value)) {
    return;
  }
  const inner =
    value instanceof Sequence
      ? value.items
      : value instanceof Map
        ? value.values()
        : value instanceof Instance
          ? value.attributes.values()
          : value instanceof Steps
            ? value.held
            : null;
  if (inner === null) {
    return;
  }
  spoiled.set(value, as);
  any = true;
  for (const one of [...inner, ...(shared.get(value) ?? [])]) {
    spoil(one, new Unknown(null, ...as.whys), keeps);
  }
}

/** Make unknown what a value may be that is changed, or that it may be a part of. */
export function spoilChoices(value: Unknown | null): void {
  for (let part = value; part !== null; part = part.owner) {
    for (const one of part.choices) {
      if (typeof one === "object" && one !== null) {
        spoilWhole(one, new Unknown(null, new Puzzle("changed")));
      }
    }
  }
}

/** Make unknown a function or an object of which something was changed. */
export function spoilWhole(value: object, as: Unknown): void {
  spoiled.set(value, as);
  any = true;
}

/** Note that an object has been stepped, which is not carried out: its learning rates are not those that it holds. */
export function markStale(object: object | null): void {
  if (object !== null) {
    stale.add(object);
  }
}

export function isStale(object: object): boolean {
  return stale.has(object);
}
