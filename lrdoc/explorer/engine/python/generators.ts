/** The bodies of functions that yield: they go on when they are asked for the next value. */

import { type Evaluate, inOrder } from "./compile.ts";
import { Puzzle } from "./errors.ts";
import type { Frame } from "./functions.ts";
import type { End, Exec } from "./statements.ts";
import { type Expression, type Statement, walk } from "./syntax.ts";
import type { Value } from "./values.ts";

/** What compiles the statements of the body. */
export interface Parts {
  statement(node: Statement): Exec;
  expression(node: Expression): Evaluate;
  store(node: Expression): (frame: Frame, value: Value) => void;
  /** Compile a condition. */
  test(node: Expression): (frame: Frame) => boolean;
  /** Compile the head of a loop: what makes a function that begins the next round, if there is one. */
  rounds(node: Loop): (frame: Frame) => () => boolean;
}

export type Loop = Extract<Statement, { type: "for" | "while" }>;
type Yield = Extract<Expression, { type: "yield" }>;
export type Flow = (frame: Frame) => Generator<Value, End>;

/** Compile a body that yields; return null where it yields in the middle of an expression, or where its way out is more than that of a loop. */
export function flowOf(statements: readonly Statement[], parts: Parts): Flow | null {
  return statements.every(fits) ? body(statements, parts) : null;
}

/** Tell whether a statement yields where `flow` lets it. */
function fits(node: Statement): boolean {
  switch (node.type) {
    case "expression":
      return !yields(plain(node.value));
    case "assign":
      return node.targets.every((one) => !yields(one)) && !yields(sent(node.value));
    case "if":
      return !yields(node.test) && [...node.then, ...node.otherwise].every(fits);
    case "for":
      return !yields(node.iterable) && [...node.body, ...node.otherwise].every(fits);
    case "while":
      return !yields(node.test) && [...node.body, ...node.otherwise].every(fits);
    default:
      return node.type === "def" || !yields(node);
  }
}

/** Return what is left of an expression without the `yield` that it may begin with. */
function plain(node: Expression): Expression | null {
  return node.type === "yield" ? node.value : node;
}

/** The same for a value that is assigned: what `yield from` gives is not known. */
function sent(node: Expression): Expression | null {
  return node.type === "yield" && node.isFrom ? node : plain(node);
}

function yields(node: Expression | Statement | null): boolean {
  let found = false;
  if (node !== null) {
    walk(node, (one) => {
      found ||= one.type === "yield";
    });
  }
  return found;
}

function body(statements: readonly Statement[], parts: Parts): Flow {
  const flows = statements.map((one) => flow(one, parts));
  return function* run(frame) {
    for (const one of flows) {
      const end = yield* one(frame);
      if (end !== "next") {
        return end;
      }
    }
    return "next";
  };
}

function flow(node: Statement, parts: Parts): Flow {
  if (node.type === "def" || !yields(node)) {
    const run = parts.statement(node);
    // biome-ignore lint/correctness/useYield: one of the statements between those that yield
    return function* go(frame) {
      return run(frame);
    };
  }
  switch (node.type) {
    case "if":
      return branches(parts.test(node.test), body(node.then, parts), body(node.otherwise, parts));
    case "for":
    case "while":
      return loop(parts.rounds(node), body(node.body, parts), body(node.otherwise, parts));
    case "expression":
      return giving(node.value as Yield, [], parts);
    case "assign":
      return giving(
        node.value as Yield,
        node.targets.map((one) => parts.store(one)),
        parts,
      );
    default:
      throw new Puzzle("generators");
  }
}

function branches(test: (frame: Frame) => boolean, yes: Flow, no: Flow): Flow {
  return function* run(frame) {
    return yield* (test(frame) ? yes : no)(frame);
  };
}

function loop(rounds: (frame: Frame) => () => boolean, inner: Flow, otherwise: Flow): Flow {
  return function* run(frame) {
    const more = rounds(frame);
    while (more()) {
      const end = yield* inner(frame);
      if (end === "break") {
        return "next";
      }
      if (end !== "next" && end !== "continue") {
        return end;
      }
    }
    return yield* otherwise(frame);
  };
}

/** Yield a value, or all of an iterable; nothing is sent back into the generator. */
function giving(
  { value, isFrom }: Yield,
  stores: readonly ((frame: Frame, value: Value) => void)[],
  parts: Parts,
): Flow {
  const run = value === null ? null : parts.expression(value);
  return function* give(frame) {
    const given = run?.(frame) ?? null;
    if (isFrom) {
      yield* inOrder(given);
    } else {
      yield given;
    }
    for (const store of stores) {
      store(frame, null);
    }
    return "next";
  };
}
