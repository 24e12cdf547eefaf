/** What code that is not understood is about, as far as its text shows. */

import { dotted } from "./python/compile.ts";
import { type Expression, type Statement, walk } from "./python/syntax.ts";

/** Whether an optimizer is given the parameters of a model, or param groups, which may have learning rates of their own. */
export type Nature = "model" | "groups" | "unknown";

/** How far names are followed that stand in what other names stand for. */
const FAR = 4;

/** Return what an optimizer's first argument is, by its text, that of what is assigned to its names, and that of the functions that make it. */
export function natureOf(node: Expression, code: readonly Statement[]): Nature {
  const texts = new Set<Expression | Statement>([node]);
  for (let round = 0; round < FAR; round += 1) {
    for (const text of Array.from(texts)) {
      for (const path of namesIn(text)) {
        for (const more of about(path, code)) {
          texts.add(more);
        }
      }
    }
  }
  const natures = Array.from(texts, natureOfText);
  return natures.find((one) => one === "groups") ?? natures.find((one) => one === "model") ?? "unknown";
}

function namesIn(node: Expression | Statement): Set<string> {
  const found = new Set<string>();
  walk(node, (one) => {
    const path = dotted(one);
    if (path !== null) {
      found.add(path);
    }
  });
  return found;
}

function natureOfText(text: Expression | Statement): Nature {
  let nature: Nature = "unknown";
  walk(text, (one) => {
    if (isGroup(one)) {
      nature = "groups";
    } else if (nature === "unknown" && isOfModel(one)) {
      nature = "model";
    }
  });
  return nature;
}

function isGroup(node: Expression): boolean {
  if (node.type === "dict") {
    return node.items.some(([key]) => key.type === "constant" && key.value === "params");
  }
  return node.type === "call" && node.given.some(({ keyword }) => keyword === "params");
}

function isOfModel(node: Expression): boolean {
  return node.type === "call" && node.callee.type === "attribute" && /^(named_)?parameters$/.test(node.callee.name);
}

/** Yield what tells about a name: the statements that change it, and the function that it is called. */
function* about(path: string, code: readonly Statement[]): Iterable<Expression | Statement> {
  const name = path.split(".").at(-1);
  for (const statement of everyStatement(code)) {
    if (statement.type === "assign" && statement.targets.some((target) => dotted(target) === path)) {
      yield statement.value;
    } else if (statement.type === "augment" && dotted(statement.target) === path) {
      yield statement.value;
    } else if (statement.type === "expression" && isMethodOf(path, statement.value)) {
      yield statement.value;
    } else if (statement.type === "def" && statement.name === name) {
      yield statement;
    }
  }
}

function isMethodOf(path: string, node: Expression): boolean {
  return node.type === "call" && node.callee.type === "attribute" && dotted(node.callee.object) === path;
}

/** Yield statements with all that stand in them. */
export function* everyStatement(statements: readonly Statement[]): Iterable<Statement> {
  for (const statement of statements) {
    yield statement;
    for (const part of Object.values(statement)) {
      if (Array.isArray(part) && part.every(isStatement)) {
        yield* everyStatement(part);
      }
    }
  }
}

function isStatement(value: unknown): value is Statement {
  return typeof value === "object" && value !== null && "type" in value && !("keyword" in value);
}
