/**
 * What the generated closed forms are made of: Python's arithmetic on floats that are finite.
 *
 * Integers are floats too, exact up to 2 ** 53.
 */

import { log as logarithm } from "./python/logarithm.ts";
import { floorDivide as quotient } from "./python/operators.ts";

/** A learning rate as a function of the base learning rate and the step. */
export type Rate = (base_lr: number, step: number) => number;

/** The attributes of a scheduler; reading one that is of another kind throws `Uncovered`. */
export interface Attributes {
  number(name: string): number;
  numbers(name: string): readonly number[];
  /** Python's truth value of the attribute. */
  truth(name: string): boolean;
}

/** By the class's name: from the attributes of a scheduler to what its `get_lr` returns. */
export type Forms = Readonly<Record<string, (self: Attributes) => Rate>>;

/** Thrown where a closed form has no answer: Python raises an exception there, or gives a complex or infinite number. */
export class Uncovered extends Error {}

function finite(value: number): number {
  if (!Number.isFinite(value)) {
    throw new Uncovered();
  }
  return value;
}

export function divide(a: number, b: number): number {
  return finite(a / b);
}

export function floorDivide(a: number, b: number): number {
  return b === 0 ? finite(Number.NaN) : quotient(a, b);
}

export function power(a: number, b: number): number {
  return finite(a ** b);
}

export function floor(value: number): number {
  return finite(Math.floor(value));
}

export function ceil(value: number): number {
  return finite(Math.ceil(value));
}

export function cos(value: number): number {
  return finite(Math.cos(value));
}

export function log(value: number): number {
  return value > 0 ? finite(logarithm(value)) : finite(Number.NaN);
}

/** Return how many of the milestones, which increase, are at or before `step`. */
export function reached(milestones: readonly number[], step: number): number {
  let [low, high] = [0, milestones.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (step < (milestones[middle] ?? Number.NaN)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
