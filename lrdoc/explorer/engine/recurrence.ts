/**
 * What the generated recurrences are made of: Python's arithmetic on ints and floats.
 *
 * Sums, differences and products of floats never raise an exception in Python, and an infinity or NaN goes on as in JavaScript; ints are exact up to 2 ** 53.
 */

import { Uncovered } from "./forms.ts";

/** The attributes of a scheduler; reading one that is of another kind throws `Uncovered`. */
export interface Attributes {
  number(name: string): number;
  numbers(name: string): readonly number[];
  text(name: string): string;
  truth(name: string): boolean;
  /** The dicts in the list `name` of what the attribute `owner` holds, with these keys, as copies that a step may change. */
  groups<K extends string>(owner: string, name: string, keys: readonly K[]): readonly Record<K, number>[];
}

/** The state of a scheduler between steps. */
export interface Recurrence {
  step(metrics: number): void;
}

export interface Recurring {
  /** The methods and properties of Python's class that are translated. */
  readonly methods: readonly string[];
  new (self: Attributes): Recurrence;
}

/** By the class's name. */
export type Recurrences = Readonly<Record<string, Recurring>>;

/** Return a sum that may be an int; throw where an int would not be exact. */
export function exact(value: number): number {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new Uncovered();
  }
  return value;
}

/** Python's `max`: the first of what is equal or, being NaN, not comparable. */
export function max(first: number, second: number): number {
  if (second > first) {
    return second;
  }
  return first;
}

/** Return an item of a list; Python raises an exception where there is none. */
export function at(items: readonly number[], index: number): number {
  const item = items[index];
  if (item === undefined) {
    throw new Uncovered();
  }
  return item;
}

/** Nothing is printed here. */
export function print(..._shown: readonly number[]): void {}
