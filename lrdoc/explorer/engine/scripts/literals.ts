/** Values that a text writes down, as `ast.literal_eval` and `json.loads` read them. */

import { setOf } from "../python/compile.ts";
import { Puzzle } from "../python/errors.ts";
import { negate } from "../python/operators.ts";
import { parse } from "../python/parse.ts";
import type { Expression } from "../python/syntax.ts";
import { type Dict, keyOf, Sequence, type Value } from "../python/values.ts";

const JSON_NAMES: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** Return the value that a text of JSON writes down. */
export function ofJson(text: Value): Value {
  if (typeof text !== "string" || text.includes("\\") || !isJson(text)) {
    throw new Puzzle("notUnderstood");
  }
  return read(text.trim().replace(/[\r\n\t]/g, " "), JSON_NAMES);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Return the value that a text writes down as a literal of Python. */
export function ofLiteral(text: Value): Value {
  if (typeof text !== "string") {
    throw new Puzzle("notUnderstood");
  }
  return read(text.trim(), new Map());
}

function read(text: string, names: ReadonlyMap<string, Value>): Value {
  const { statements, errors } = parse(text);
  const [only, ...others] = statements;
  if (errors.length > 0 || only?.type !== "expression" || others.length > 0) {
    throw new Puzzle("notUnderstood");
  }
  return valueIn(only.value, names);
}

function valueIn(node: Expression, names: ReadonlyMap<string, Value>): Value {
  const inner = (one: Expression): Value => valueIn(one, names);
  switch (node.type) {
    case "constant":
      return node.value;
    case "sequence":
      return node.kind === "set" ? setOf(node.items.map(inner)) : new Sequence(node.items.map(inner), node.kind);
    case "dict": {
      const made: Dict = new Map();
      for (const [key, value] of node.items) {
        made.set(keyOf(made, inner(key)), inner(value));
      }
      return made;
    }
    case "unary": {
      const value = inner(node.operand);
      if (node.sign === "-" && (typeof value === "number" || typeof value === "bigint")) {
        return negate(value);
      }
      break;
    }
    case "name": {
      const value = names.get(node.name);
      if (value !== undefined) {
        return value;
      }
    }
  }
  throw new Puzzle("notUnderstood");
}
