/** Which names of the code have a part in what its schedulers and optimizers are given; told by the text alone, and rather too many than too few. */

import { expressionsOf } from "./changes.ts";
import { inside } from "./python/scope.ts";
import { type Expression, type Statement, walk } from "./python/syntax.ts";

/** A piece of the code that gives something to names: what is in `from` counts as soon as one of `to` does. */
interface Flow {
  readonly to: ReadonlySet<string>;
  readonly from: ReadonlySet<string>;
}

/** Return the names, and the names of attributes and keys, that matter; `makes` tells which calls make schedulers and optimizers. */
export function relevant(
  statements: readonly Statement[],
  makes: (callee: Expression) => boolean,
): ReadonlySet<string> {
  const flows: Flow[] = [];
  const found = new Set<string>();
  new Collector(flows, found, makes).all(statements, new Set());
  for (let size = -1; size < found.size; ) {
    size = found.size;
    for (const { to, from } of flows) {
      if (Array.from(to).some((name) => found.has(name))) {
        add(found, from);
      }
    }
  }
  return found;
}

class Collector {
  readonly #flows: Flow[];
  readonly #seeds: Set<string>;
  readonly #makes: (callee: Expression) => boolean;

  constructor(flows: Flow[], seeds: Set<string>, makes: (callee: Expression) => boolean) {
    this.#flows = flows;
    this.#seeds = seeds;
    this.#makes = makes;
  }

  /** `conditions` are the names on which it depends whether the statements are carried out. */
  all(statements: readonly Statement[], conditions: ReadonlySet<string>): void {
    for (const statement of statements) {
      this.#one(statement, conditions);
    }
  }

  #one(statement: Statement, conditions: ReadonlySet<string>): void {
    if (statement.type === "def" || statement.type === "class") {
      this.#flows.push({ to: new Set([statement.name]), from: namesIn(statement) });
      this.all(statement.body, conditions);
      return;
    }
    const nested = inside(statement);
    // Whether, and on what, the statements in another are carried out depends on what that one computes.
    const heads = nested.length > 0 ? expressionsOf(statement) : [];
    const within = new Set([...conditions, ...heads.flatMap((one) => Array.from(namesIn(one)))]);
    if (nested.length > 0) {
      this.all(nested, within);
    }
    this.#flow(statement, nested.length > 0 ? heads : [statement], within);
  }

  #flow(statement: Statement, parts: readonly (Expression | Statement)[], from: Set<string>): void {
    const names = new Set([...from, ...parts.flatMap((part) => Array.from(namesIn(part)))]);
    const targets = statement.type === "assign" ? statement.targets : "target" in statement ? [statement.target] : [];
    const to = new Set(targets.flatMap((target) => Array.from(namesIn(target))));
    for (const part of parts) {
      walk(part, (node) => {
        if (node.type === "call") {
          add(to, namesIn(node.callee)); // a method may change its object, and a function what it is given
          if (this.#makes(node.callee)) {
            add(this.#seeds, names);
          }
        }
      });
    }
    this.#flows.push({ to, from: names });
  }
}

function namesIn(node: Expression | Statement): Set<string> {
  const found = new Set<string>();
  walk(node, (one) => {
    if (one.type === "name" || one.type === "attribute") {
      found.add(one.name);
    } else if (one.type === "constant" && typeof one.value === "string") {
      found.add(one.value);
    }
  });
  return found;
}

function add(into: Set<string>, more: ReadonlySet<string>): void {
  for (const one of more) {
    into.add(one);
  }
}
