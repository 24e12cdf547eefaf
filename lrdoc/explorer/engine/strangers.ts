/** Optimizers that are neither OneFlow's nor PyTorch's: only their learning rates count. */

import type { Translation } from "./dialect.ts";
import type { Library } from "./library.ts";
import type { Natures } from "./nature.ts";
import { note } from "./notes.ts";
import type { Actual, Call } from "./python/syntax.ts";
import { Class, Unknown, type Value } from "./python/values.ts";

const STAND_IN = "SGD";

/** Return what stands for a class that is not known, where the call gives it parameters and a learning rate; null for any other call. */
export function stranger(
  called: Value,
  node: Call,
  given: readonly Actual[],
  { optimizers }: Library,
  natures: Natures,
): { readonly cls: Class; readonly translation: Translation } | null {
  const name = called instanceof Unknown ? called.path?.split(".").at(-1) : undefined;
  const standIn = optimizers.get(STAND_IN);
  const placed = given.filter(({ keyword }) => keyword === null);
  const names = given.map((one) => nameOf(one.keyword, placed.indexOf(one)));
  const params = given[names.indexOf("params")]?.value;
  if (name === undefined || standIn === undefined || params === undefined || !names.includes("lr")) {
    return null;
  }
  if (!/^[A-Z]/.test(name) || natures.of(params) === "unknown") {
    return null;
  }
  const told = note("torchStandIn", node, { name, other: STAND_IN });
  const translation = { names, more: new Map<string, Value>(), notes: [told], isStranger: true };
  return { cls: new Class(name, standIn.qualified, standIn), translation };
}

function nameOf(keyword: string | null, at: number): string | null {
  const name = keyword ?? (at === 0 ? "params" : null);
  return name === "params" || name === "lr" ? name : null;
}
