/** What Python refuses where it stands, although each line is Python. A `return` outside of functions is let pass: a part of a function may be pasted. */

import { expressionsOf } from "../changes.ts";
import type { Span } from "../types.ts";
import { inside, targetNames, variables } from "./scope.ts";
import { type Definition, type Expression, type Statement, walk } from "./syntax.ts";

/** What surrounds a statement. */
interface Around {
  readonly isInLoop: boolean;
  readonly within: "module" | "class" | "function";
  /** The functions around it. */
  readonly functions: readonly Definition[];
}

const MODULE: Around = { isInLoop: false, within: "module", functions: [] };

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
      return { isInLoop: false, within: "function", functions: [...around.functions, statement] };
    case "class":
      return { ...around, isInLoop: false, within: "class" };
    case "for":
    case "while":
      return { ...around, isInLoop: true };
    default:
      return around;
  }
}

function refused(statement: Statement, { isInLoop, within, functions }: Around): Span | null {
  switch (statement.type) {
    case "break":
    case "continue":
      return isInLoop ? null : statement;
    case "return":
      return within === "class" ? statement : null;
    case "def":
      return misdeclared(statement, functions);
    case "scope":
    case "import":
    case "try":
      return isRefused(statement, within, functions) ? statement : null;
    case "assign":
    case "expression":
      return (within === "function" ? null : yielding(statement)) ?? starred(statement) ?? misnamed(statement);
    default:
      return null;
  }
}

function isRefused(
  statement: Extract<Statement, { type: "scope" | "import" | "try" }>,
  within: Around["within"],
  functions: readonly Definition[],
): boolean {
  switch (statement.type) {
    case "scope":
      return !statement.isGlobal && functions.length === 0;
    case "import":
      return within !== "module" && statement.bindings.some(({ name }) => name === "*");
    default:
      return statement.handlers.slice(0, -1).some(({ kinds }) => kinds === null);
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

/** Return a `global` or a `nonlocal` in a function that comes after a use of its name, names a parameter, or a variable that no function around has. */
function misdeclared({ parameters, body }: Definition, around: readonly Definition[]): Statement | null {
  const outer = around.flatMap((one) => variables(one.parameters, one.body));
  const used = new Set(parameters.map(({ name }) => name));
  const declared = new Map<string, boolean>();
  for (const one of body.flatMap(flattened)) {
    for (const name of one.type === "scope" ? one.names : []) {
      const isGlobal = one.type === "scope" && one.isGlobal;
      if (used.has(name) || (declared.get(name) ?? isGlobal) !== isGlobal || !(isGlobal || outer.includes(name))) {
        return one;
      }
      declared.set(name, isGlobal);
    }
    for (const name of usedBy(one)) {
      used.add(name);
    }
  }
  return null;
}

/** Return a statement and those in it that share its variables, in their order. */
function flattened(statement: Statement): Statement[] {
  return [statement, ...inside(statement).flatMap(flattened)];
}

/** Return the names that a statement itself uses or binds, those of the variables of its comprehensions and lambdas aside. */
function usedBy(statement: Statement): string[] {
  if (statement.type === "def" || statement.type === "class") {
    return [statement.name];
  }
  if (statement.type === "import") {
    return statement.bindings.map(({ as }) => as);
  }
  const targets =
    statement.type === "for"
      ? [statement.target]
      : statement.type === "with"
        ? statement.items.flatMap(({ target }) => target ?? [])
        : [];
  return [...expressionsOf(statement), ...targets].flatMap(freeNames);
}

function freeNames(expression: Expression): string[] {
  const found: string[] = [];
  const own = new Set<string>();
  walk(expression, (one) => {
    if (one.type === "name") {
      found.push(one.name);
    }
    for (const name of one.type === "lambda" ? one.parameters.map((formal) => formal.name) : loopNames(one)) {
      own.add(name);
    }
  });
  return found.filter((name) => !own.has(name));
}

/** Return the variables of a comprehension; none for other expressions. */
function loopNames(one: Expression): string[] {
  return one.type === "comprehension" || one.type === "mapping"
    ? one.clauses.flatMap(({ target }) => targetNames(target))
    : [];
}

/** Return a `:=` in what a comprehension goes through, or that gives one of its variables another value. */
function misnamed(statement: Statement): Expression | null {
  let found: Expression | null = null;
  walk(statement, (one) => {
    const clauses = one.type === "comprehension" || one.type === "mapping" ? one.clauses : [];
    const names = loopNames(one);
    for (const { iterable } of clauses) {
      walk(iterable, (inner) => {
        found ??= inner.type === "walrus" ? inner : null;
      });
    }
    if (names.length > 0) {
      walk(one, (inner) => {
        found ??=
          inner.type === "walrus" && targetNames(inner.target).some((name) => names.includes(name)) ? inner : null;
      });
    }
  });
  return found;
}
