/** What code that is not understood is about, as far as its text shows. */

import { dotted } from "./python/compile.ts";
import { type Expression, type Statement, walk } from "./python/syntax.ts";

/** Whether an optimizer is given the parameters of a model, or param groups, which may have learning rates of their own. */
export type Nature = "model" | "groups" | "unknown";

/** Tells what optimizers are given. */
export class Natures {
  readonly #code: readonly Statement[];
  #index: ReadonlyMap<string, readonly (Expression | Statement)[]> | null = null;
  readonly #known = new Map<Expression, Nature>();

  constructor(code: readonly Statement[]) {
    this.#code = code;
  }

  /** Return what an optimizer's first argument is, by its text, that of what is assigned to its names, and that of the functions that make it. */
  of(node: Expression): Nature {
    const known = this.#known.get(node);
    if (known !== undefined) {
      return known;
    }
    const nature = this.#found(node);
    this.#known.set(node, nature);
    return nature;
  }

  #found(node: Expression): Nature {
    this.#index ??= indexed(this.#code);
    const texts: (Expression | Statement)[] = [node];
    const seen = new Set<string>();
    // The list grows while it is gone through.
    for (const text of texts) {
      for (const path of namesIn(text)) {
        if (!seen.has(path)) {
          seen.add(path);
          texts.push(...(this.#index.get(path) ?? []));
        }
      }
    }
    const natures = texts.map(natureOfText);
    return natures.find((one) => one === "groups") ?? natures.find((one) => one === "model") ?? "unknown";
  }
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

/** Return what tells about each name: what is assigned to it, what its methods are given, and the function that it is called. */
function indexed(code: readonly Statement[]): Map<string, (Expression | Statement)[]> {
  const index = new Map<string, (Expression | Statement)[]>();
  for (const statement of everyStatement(code)) {
    for (const [path, text] of tellsOf(statement)) {
      index.set(path, [...(index.get(path) ?? []), text]);
    }
  }
  return index;
}

function tellsOf(statement: Statement): (readonly [string, Expression | Statement])[] {
  switch (statement.type) {
    case "assign":
      return statement.targets.map((target) => [dotted(target) ?? "", statement.value] as const);
    case "augment":
      return [[dotted(statement.target) ?? "", statement.value]];
    case "def":
      return [[statement.name, statement]];
    case "expression": {
      const { value } = statement;
      return value.type === "call" && value.callee.type === "attribute"
        ? [[dotted(value.callee.object) ?? "", value]]
        : [];
    }
    default:
      return [];
  }
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
