/** What Python refuses where it stands, although each line is Python. A `return` outside of functions is let pass: a part of a function may be pasted. */

import type { Span } from "../types.ts";
import { inside } from "./scope.ts";
import { type Expression, type Statement, walk } from "./syntax.ts";

/** What surrounds a statement. */
interface Around {
  readonly isInLoop: boolean;
  readonly within: "module" | "class" | "function";
  /** Whether a function is anywhere around. */
  readonly isNested: boolean;
}

const MODULE: Around = { isInLoop: false, within: "module", isNested: false };

/** Return the first place that Python refuses; null where there is none. */
export function outOfPlace(statements: readonly Statement[], around: Around = MODULE): Span | null {
  for (const statement of statements) {
    const found = refused(statement, around) ?? outOfPlace(bodyOf(statement), surrounding(statement, around));
    if (found !== null) {
      return found;
    }
  }
  return null;
}

function bodyOf(statement: Statement): readonly Statement[] {
  return statement.type === "def" || statement.type === "class" ? statement.body : inside(statement);
}

function surrounding(statement: Statement, around: Around): Around {
  switch (statement.type) {
    case "def":
      return { isInLoop: false, within: "function", isNested: true };
    case "class":
      return { ...around, isInLoop: false, within: "class" };
    case "for":
    case "while":
      return { ...around, isInLoop: true };
    default:
      return around;
  }
}

function refused(statement: Statement, { isInLoop, within, isNested }: Around): Span | null {
  switch (statement.type) {
    case "break":
    case "continue":
      return isInLoop ? null : statement;
    case "return":
      return within === "class" ? statement : null;
    case "scope":
      return statement.isGlobal || isNested ? null : statement;
    case "try":
      return statement.handlers.slice(0, -1).some(({ kinds }) => kinds === null) ? statement : null;
    case "assign":
    case "expression":
      return (within === "function" ? null : yielding(statement)) ?? starred(statement);
    default:
      return null;
  }
}

/** Return a `yield` that stands in no function. */
function yielding(statement: Statement): Expression | null {
  let [found, isLambda]: [Expression | null, boolean] = [null, false];
  walk(statement, (one) => {
    isLambda ||= one.type === "lambda";
    found ??= one.type === "yield" ? one : null;
  });
  return isLambda ? null : found;
}

/** Return a target that takes the rest where nothing tells of what, or that is not the only one. */
function starred(statement: Statement): Expression | null {
  const targets = statement.type === "assign" ? statement.targets : [];
  const isWrong = (one: Expression): boolean =>
    one.type === "starred" ||
    (one.type === "sequence" && one.items.filter(({ type }) => type === "starred").length > 1);
  return targets.find(isWrong) ?? null;
}
