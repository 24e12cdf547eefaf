/** What the generated closed forms are made of. */

export { log } from "./python/logarithm.ts";

/** A learning rate as a function of the base learning rate and the step. */
export type Rate = (base_lr: number, step: number) => number;

/** The arguments of a constructor, each as its closed form needs it. */
export interface Given {
  number(name: string): number;
  numbers(name: string): readonly number[];
  flag(name: string): boolean;
  flags(name: string): boolean | readonly boolean[];
  word(name: string): string;
  /** A function of the step that is itself a parameter. */
  rule(name: string): (step: number) => number;
  /** The closed form of a scheduler inside; of an optimizer, its own learning rate. */
  rate(name: string): Rate;
  rates(name: string): readonly Rate[];
}

/** By the class's name: from the arguments to the closed form. */
export type Forms = Readonly<Record<string, (given: Given) => Rate>>;

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

/** Return one element of a list; a single truth value stands for a list of equal ones. */
export function element<T>(sequence: readonly T[] | (T & boolean), index: number): T {
  const found = Array.isArray(sequence) ? sequence[index] : sequence;
  if (found === undefined) {
    throw new RangeError(`no element ${index}`);
  }
  return found as T;
}

/** Return the result of all schedulers, each of which takes that of the one before it as its base. */
export function folded(schedulers: readonly Rate[], base_lr: number, step: number): number {
  let lr = base_lr;
  for (const scheduler of schedulers) {
    lr = scheduler(lr, step);
  }
  return lr;
}
