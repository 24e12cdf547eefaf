/** What is made of whole scripts that something unknown has a part in. */

import { guesses } from "../guesses.ts";
import {
  Bound,
  Class,
  ClassMethod,
  Instance,
  isCallable,
  Namespace,
  Sequence,
  Unknown,
  type Value,
} from "../python/values.ts";

/** Classes of libraries that leave the attributes of what derives from them as they are. */
const COMMON = /(Module|Dataset|Thread|Process|Callback)$/;

/** Let unknown things be taken as they usually are, and the reader be told so. */
export function installGuesses(): void {
  guesses.chosen = chosen;
  guesses.isKept = (gap, value) => isData(value) && !COMMON.test(gap.path ?? "");
  guesses.rebound = rebound;
}

function isData(value: Value): boolean {
  return !(value instanceof Unknown || value instanceof Bound || isCallable(value));
}

function chosen(found: Unknown, among: readonly Value[]): Unknown {
  const parts = among.flatMap((value) => (value instanceof Sequence ? value.items : []));
  const objects = [...among, ...parts].filter(
    (value) => typeof value === "object" && !(value instanceof Unknown || value instanceof Namespace),
  );
  found.choices = [...found.choices, ...objects];
  found.held = [...found.held, ...objects.flatMap(methodsOf)];
  return found;
}

/** Return the methods of an object or a class of the code's own. */
function methodsOf(value: Value): Value[] {
  const cls = value instanceof Instance ? value.cls : value;
  const all = cls instanceof Class ? cls.order.filter(({ isUsers }) => isUsers) : [];
  return all.flatMap(({ methods, attributes }) => [
    ...Array.from(methods.values(), (one) => new Bound(value, one)),
    ...Array.from(attributes.values(), (one) => (one instanceof ClassMethod ? new Bound(value, one.method) : one)),
  ]);
}

function* rebound(all: ReadonlyMap<string, Value>, first: ReadonlyMap<string, Value>): Iterable<string> {
  for (const [name, value] of all) {
    if (value !== first.get(name) && !(value instanceof Unknown || value instanceof Namespace)) {
      yield name;
    }
  }
}
