/** What the engine keeps of a constructor call in the user's code. */

import type { Translation } from "./dialect.ts";
import type { Actual, Call } from "./python/syntax.ts";
import type { Class, Instance, Value } from "./python/values.ts";
import type { Span } from "./types.ts";

/** A constructor call of a scheduler or an optimizer. */
export interface Construction {
  readonly cls: Class;
  readonly node: Call;
  /** The argument that the code gives to each parameter, as far as one is given. */
  readonly actuals: ReadonlyMap<string, Actual>;
  /** What could be evaluated: the arguments, and the defaults of the rest. */
  readonly values: Map<string, Value>;
  /** `null` where the constructor raised an exception. */
  instance: Instance | null;
  label: string | null;
  /** Whether the code calls its `step` with arguments that it does not take, so that no step comes about. */
  stuck: boolean;
  /** Whether it is an argument of another scheduler. */
  inner: boolean;
  /** How the call is read, if the class is another library's. */
  readonly translation: Translation | null;
  /** Of a scheduler: the learning rate that each param group of the optimizer holds after the constructor. */
  lrs: readonly Value[];
  /** The attributes of a scheduler as the constructor leaves them. */
  left: ReadonlyMap<string, Value>;
}

/** Return the span in which a further argument would be written. */
export function insertion(node: Call): Span {
  const at = node.given.at(-1)?.value.to ?? node.end;
  return { from: at, to: at };
}

/** Return the schedulers that have a curve: those that are made, stand in no other and can be stepped. */
export function drawn(schedulers: readonly Construction[]): Construction[] {
  return schedulers.filter((made) => !made.inner && !made.stuck && made.instance !== null);
}

/** Return the label of each curve: the variable or, without one, the class; equal names get numbers. */
export function labelled(schedulers: readonly Construction[]): Map<Construction, string> {
  const seen = new Map<string, number>();
  return new Map(
    drawn(schedulers).map((made) => {
      const name = nameOf(made);
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return [made, count === 1 ? name : `${name} ${count}`];
    }),
  );
}

/** Return the variable of a scheduler, or its class. */
export function nameOf(made: Construction): string {
  return made.label ?? made.cls.name;
}
