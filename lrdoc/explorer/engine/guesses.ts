/** What is made of code that something unknown has a part in, on a page that reads whole scripts; others ask for what is unknown, or refuse it. */

import { Lost } from "./python/errors.ts";
import type { Unknown, Value } from "./python/values.ts";

type Names = ReadonlyMap<string, Value>;

export const guesses: {
  /** Return what one of Python's functions finds among values that are not all known: one of them, or a part of theirs. */
  chosen(found: Unknown, among: readonly Value[]): Unknown;
  /** Tell whether a reader should know that an object has kept a value, whatever an unknown class above its own makes of it. */
  isKept(gap: Unknown, value: Value): boolean;
  /** Yield the names that importing all from an unknown module may have given other values, out of all and those before the first statement. */
  rebound(all: Names, first: Names): Iterable<string>;
} = {
  chosen: (found) => found.demand(),
  isKept: (gap) => gap.demand(),
  rebound() {
    throw new Lost("lost", { name: "import *" });
  },
};
