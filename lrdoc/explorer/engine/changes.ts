/** What a statement that is not carried out may have changed. */

import { dotted } from "./python/compile.ts";
import type { Expression, Statement } from "./python/syntax.ts";

/** Names, and attributes such as `args.lr`, as they are written. */
export interface Changes {
  /** Those that are assigned to. */
  readonly bound: readonly string[];
  /** Those whose methods are called or whose items are assigned to: a list or a dict may hold something else then. */
  readonly mutated: readonly string[];
}

/** Return what a statement may change. */
export function changesOf(statement: Statement): Changes {
  switch (statement.type) {
    case "assign":
      return joined(statement.targets.map(ofTarget));
    case "augment":
      return joined([ofTarget(statement.target), { bound: [], mutated: paths(statement.target) }]);
    case "for":
      return joined([ofTarget(statement.target), ...statement.body.map(changesOf)]);
    case "while":
    case "block":
      return joined(statement.body.map(changesOf));
    case "if":
      return joined([...statement.then, ...statement.otherwise].map(changesOf));
    case "def":
    case "class":
      return { bound: [statement.name], mutated: [] };
    case "expression":
      return { bound: [], mutated: ofCall(statement.value) };
    default:
      return { bound: [], mutated: [] };
  }
}

function joined(parts: readonly Changes[]): Changes {
  return { bound: parts.flatMap(({ bound }) => bound), mutated: parts.flatMap(({ mutated }) => mutated) };
}

function ofTarget(target: Expression): Changes {
  switch (target.type) {
    case "sequence":
      return joined(target.items.map(ofTarget));
    case "subscript":
      return { bound: [], mutated: paths(target.object) };
    default:
      return { bound: paths(target), mutated: [] };
  }
}

function ofCall(node: Expression): string[] {
  return node.type === "call" && node.callee.type === "attribute" ? paths(node.callee.object) : [];
}

function paths(node: Expression): string[] {
  return [dotted(node) ?? []].flat();
}
