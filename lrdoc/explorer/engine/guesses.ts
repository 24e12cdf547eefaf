/** What is made of code that something unknown has a part in, on a page that reads whole scripts; others ask for what is unknown, or refuse it. */

import type { Translation } from "./dialect.ts";
import type { Library } from "./library.ts";
import type { Natures } from "./nature.ts";
import type { User } from "./python/compile.ts";
import { Lost } from "./python/errors.ts";
import { spoilWhole } from "./python/spoil.ts";
import type { Actual, Call, Expression } from "./python/syntax.ts";
import { type Class, Instance, Sequence, type Unknown, type Value } from "./python/values.ts";
import type { Script } from "./script.ts";
import type { Span } from "./types.ts";

type Names = ReadonlyMap<string, Value>;

export const guesses: {
  /** Let an unknown function be given values. */
  handed(script: Script, callee: Unknown, node: Call, given: readonly Value[], name: string): void;
  /** Let an object have kept the value of an attribute, whatever an unknown class above its own makes of it. */
  kept(script: Script, gap: Unknown, value: Value, node: Expression): void;
  /** Return what one of Python's functions finds among values that are not all known: one of them, or a part of theirs. */
  chosen(found: Unknown, among: readonly Value[]): Unknown;
  /** Return what a method may change or call that an unknown class above an object's own has. */
  held(object: Instance, method: string): readonly Value[];
  /** Yield the names that importing all from an unknown module may have given other values, out of all and those before the first statement. */
  rebound(all: Names, first: Names): Iterable<string>;
  /** Let what a call returns stand for the one optimizer that it is given. */
  carried(user: User, carrier: readonly Expression[]): void;
  /** Let all be imported from an unknown module. */
  joined(script: Script, module: string, at: Span): void;
  /** Tell whether it is certain, without another run, that no scheduler changes what another's functions return. */
  computesAlone(script: Script): boolean;
  /** Raise OneFlow's exception where an optimizer cannot be made of what it is given. */
  parameters(given: Value): void;
  /** Let it be told where the code itself gives metrics to its schedulers. */
  metrics(script: Script): void;
  /** Tell whether a name has a part in what is drawn. */
  matters(script: Script): (name: string) => boolean;
  /** Return what stands for a class that is not known, where the call gives it parameters and a learning rate; null for any other call. */
  stranger(
    called: Value,
    node: Call,
    given: readonly Actual[],
    library: Library,
    natures: Natures,
  ): { readonly cls: Class; readonly translation: Translation } | null;
} = {
  handed(script, callee, _node, given) {
    for (const one of given) {
      if (one instanceof Instance && script.isKept(one)) {
        throw new Lost("forPlayground");
      }
      if (one instanceof Instance) {
        spoilWhole(one, callee);
      }
    }
  },
  kept: (_script, gap) => gap.demand(),
  chosen: (found) => found.demand(),
  held: ({ held }) => held,
  rebound() {
    throw new Lost("lost", { name: "import *" });
  },
  carried: () => {},
  joined: () => {},
  computesAlone: () => false,
  parameters(given) {
    const [first = null] = given instanceof Sequence ? given.items : [given];
    if (typeof first !== "object" || first instanceof Map) {
      throw new Lost("forPlayground");
    }
  },
  metrics(script) {
    const [, metric = ""] = /Plateau.*?\.step\(([^)]+)/s.exec(script.text) ?? [];
    if (/\W|\d/.test(metric) || script.valueOf(metric) !== undefined) {
      script.troubles.add(new Lost("forPlayground"));
    }
  },
  matters: () => () => true,
  stranger: () => null,
};
