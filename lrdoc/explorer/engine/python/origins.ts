/** Where in the code a function comes from, and what its names stand for. */

import type { Frame } from "./functions.ts";
import type { Scope } from "./scope.ts";
import type { Expression, Statement } from "./syntax.ts";
import type { Value } from "./values.ts";

export interface Origin {
  /** The lambda or the definition. */
  readonly node: Expression | Statement;
  /** Where it stands, and the variables there. */
  readonly scope: Scope;
  readonly frame: Frame;
}

const ORIGINS = new WeakMap<object, Origin>();

/** Note where a function comes from. */
export function originate(made: Value, origin: Origin): Value {
  if (typeof made === "object" && made !== null) {
    ORIGINS.set(made, origin);
  }
  return made;
}

export function originOf(made: Value): Origin | undefined {
  return typeof made === "object" && made !== null ? ORIGINS.get(made) : undefined;
}

/** Return what a name of an enclosing function stands for where `origin` is; `undefined` for a global. */
export function enclosed({ scope, frame }: Origin, name: string): Value | undefined {
  const variable = scope.find(name);
  let found: Frame | null = frame;
  for (let at = variable?.depth ?? 0; at > 0 && found !== null; at -= 1) {
    found = found.parent;
  }
  return variable === null ? undefined : found?.slots[variable.slot];
}
