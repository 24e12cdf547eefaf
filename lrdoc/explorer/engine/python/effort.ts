/** A bound on the work that one piece of code can ask for: the page stays responsive whatever the code says. */

import { TooMuch } from "./errors.ts";

/** Takes about a second. */
const MOST = 8_000_000;
/** Deep enough for any schedule, and far from the end of the browser's stack. */
const DEEPEST = 100;

let left = MOST;
let depth = 0;

/** Start counting anew. */
export function begin(): void {
  left = MOST;
  depth = 0;
}

/** Count `amount` of work; an operation on two floats is about 1. */
export function spend(amount: number): void {
  left -= amount;
  if (left < 0) {
    throw new TooMuch("takesLong");
  }
}

/** Return the depth of calls. */
export function depthNow(): number {
  return depth;
}

/** Set the depth of calls back, after an exception. */
export function surface(to = 0): void {
  depth = to;
}

export function enter(): void {
  depth += 1;
  if (depth > DEEPEST) {
    depth = 0;
    throw new TooMuch("callsDeep", { most: DEEPEST });
  }
}

export function leave(): void {
  depth -= 1;
}
