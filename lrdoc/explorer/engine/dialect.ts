/** How code of another library is read as OneFlow's; the playground alone installs it. */

import type { Construction } from "./construction.ts";
import type { Func } from "./python/functions.ts";
import type { Actual, Call } from "./python/syntax.ts";
import type { Class, Value } from "./python/values.ts";
import type { Note } from "./types.ts";

/** How a call of another library's class is to be read. */
export interface Translation {
  /** The name of each argument of the call, in its order: null where OneFlow's class has no such argument, `undefined` where it stands as it is. */
  readonly names: readonly (string | null | undefined)[];
  /** What is to be given as well. */
  readonly more: ReadonlyMap<string, Value>;
  readonly notes: readonly Note[];
  /** Whether nothing is known of the library that the class comes from. */
  readonly isStranger?: boolean;
}

/** A class as code for OneFlow. */
export interface Original {
  readonly name: string;
  readonly definitions: readonly string[];
}

export interface Dialect {
  /** The modules that an import may name. */
  readonly modules: ReadonlyMap<string, Value>;
  /** Return what names stand for that the code uses without an import. */
  names(code: string): ReadonlyMap<string, Value>;
  /** Return how a call of a class is to be read; null for OneFlow's own classes and for the code's. */
  translation(cls: Class, node: Call, given: readonly Actual[]): Translation | null;
  /** Return where the original of a scheduler has other learning rates with the same arguments. */
  differences(made: Construction): readonly Note[];
  /** Return the definition of a class that is ported, as code for OneFlow with all that it needs; null for any other. */
  source(cls: Class): readonly string[] | null;
  /** Return what a class of the code's own can derive from instead of the other library's; null for any other. */
  above(cls: Class): Original | null;
  /** Return a scheduler's method that makes a step as the original takes its arguments; null where these are those of its class here. */
  stepping(cls: Class, method: string): Func | null;
  /** What is ported of the class that the library's schedulers derive from. */
  readonly base: Class;
}

let spoken: (() => Dialect) | null = null;

/** Install a dialect; it is made when code first needs it. */
export function speak(dialect: () => Dialect): void {
  let made: Dialect | null = null;
  spoken = () => {
    made ??= dialect();
    return made;
  };
}

/** Return the dialect that is installed. */
export function dialect(): Dialect | null {
  return spoken?.() ?? null;
}
