/** Learning rates that code sets by hand, such as `group["lr"] = …`. */

import { everyStatement } from "./nature.ts";
import { dotted } from "./python/compile.ts";
import type { Definition, Expression, Statement } from "./python/syntax.ts";
import { walk } from "./python/syntax.ts";

/** Return where a statement sets a learning rate by hand, itself or in a function that it calls; null where it does not. */
export function setByHand(node: Statement, definitions: ReadonlyMap<string, readonly Definition[]>): Expression | null {
  const called = new Set<Definition>();
  walk(node, (one) => {
    const path = one.type === "call" ? dotted(one.callee) : null;
    for (const definition of definitions.get(path?.split(".").at(-1) ?? "") ?? []) {
      called.add(definition);
    }
  });
  for (const statement of everyStatement([node, ...called])) {
    const targets =
      statement.type === "assign" ? statement.targets : statement.type === "augment" ? [statement.target] : [];
    const rate = targets.find(isRate);
    if (rate !== undefined) {
      return rate;
    }
  }
  return null;
}

function isRate(target: Expression): boolean {
  return target.type === "subscript" && target.index.type === "constant" && target.index.value === "lr";
}
