/** Functions of Python's of which no arguments by name are understood, although there are some. */

import type { Key } from "../generated/messages.ts";
import { Puzzle } from "../python/errors.ts";
import type { Callable } from "../python/values.ts";

/** Return a function that is not understood where it is given arguments by name; `key` is that of the message. */
export function positional(run: Callable, key: Key): Callable {
  return {
    ...run,
    call(given, keywords) {
      if (keywords !== null && keywords.size > 0) {
        throw new Puzzle(key);
      }
      return run.call(given, null);
    },
  };
}
