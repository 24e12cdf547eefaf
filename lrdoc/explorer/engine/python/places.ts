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

/** Return the first place in a module that Python refuses; null where there is none. */
export function refusedIn(statements: readonly Statement[]): Span | null {
  return (
    late(statements) ??
    misdeclared({ parameters: [], body: statements }, []) ??
    outOfPlace(statements, MODULE) ??
    unbracketed(statements)
  );
}

/** Return an import of what Python will do later that does not come first. */
function late(statements: readonly Statement[]): Statement | null {
  const isOf = (one: Statement): boolean =>
    one.type === "import" && one.bindings.some(({ module }) => module === "__future__");
  const isText = (one: Statement): boolean =>
    one.type === "expression" && one.value.type === "constant" && typeof one.value.value === "string";
  const first = statements.findIndex((one) => !isOf(one) && !isText(one));
  return statements.find((one, at) => first >= 0 && at > first && isOf(one)) ?? null;
}

/** Return a generator that is an argument among others, without brackets of its own. */
function unbracketed(statements: readonly Statement[]): Expression | null {
  const given = statements
    .flatMap(partsOf)
    .flatMap((one) => (one.type === "call" && one.given.length > 1 ? one.given : []));
  const isBare = (one: Expression): boolean =>
    one.type === "comprehension" && one.kind === "generator" && one.element.from === one.from;
  return given.find(({ keyword, value }) => keyword === null && isBare(value))?.value ?? null;
}

/** Return all expressions in a statement or an expression. */
function partsOf(node: Statement | Expression): Expression[] {
  const found: Expression[] = [];
  walk(node, (one) => found.push(one));
  return found;
}

/** Return the first place in statements that Python refuses; null where there is none. */
function outOfPlace(statements: readonly Statement[], around: Around): Span | null {
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
      return within === "class" || statement.value?.type === "starred" ? statement : null;
    case "def":
      return misdeclared(statement, functions) ?? unfit(statement);
    case "class":
      return misdeclared({ parameters: [], body: statement.body }, functions);
    case "scope":
    case "import":
    case "try":
      return isRefused(statement, within, functions) ? statement : null;
    case "assign":
    case "expression":
      return (within === "function" ? null : yielding(statement)) ?? starred(statement) ?? misnamed(statement, within);
    default:
      return (
        expressionsOf(statement)
          .map((one) => misnamed(one, within))
          .find((one) => one !== null) ?? null
      );
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
  const isAssigned = statement.type === "assign";
  const targets = isAssigned ? statement.targets : [];
  if ((isAssigned || statement.type === "expression") && statement.value.type === "starred") {
    return statement.value;
  }
  if (isAssigned && statement.annotated === true && targets[0]?.type === "sequence") {
    return targets[0];
  }
  const isWrong = (one: Expression): boolean =>
    one.type === "starred" ||
    (one.type === "sequence" && one.items.filter(({ type }) => type === "starred").length > 1);
  return targets.find(isWrong) ?? null;
}

/** Return a `global` or a `nonlocal` in a function that comes after a use of its name, names a parameter, or a variable that no function around has. */
function misdeclared(
  { parameters, body }: Pick<Definition, "parameters" | "body">,
  around: readonly Definition[],
): Statement | null {
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

/** Return a definition that has two parameters for the rest, or does what asynchronous ones can't. */
function unfit({ parameters, isAsync, yields, body, ...span }: Definition): Span | null {
  const isReturning = (one: Statement): boolean =>
    one.type === "return"
      ? one.value !== null
      : one.type !== "def" && one.type !== "class" && inside(one).some(isReturning);
  return parameters.filter(({ stars }) => stars === "*").length > 1 || (isAsync && yields && body.some(isReturning))
    ? span
    : null;
}

type Loop = Extract<Expression, { type: "comprehension" | "mapping" }>;

/** Return what Python refuses of a comprehension in a statement or an expression; null where there is nothing. */
function misnamed(node: Statement | Expression, within: Around["within"]): Expression | null {
  const loops = partsOf(node).filter((one): one is Loop => one.type === "comprehension" || one.type === "mapping");
  return loops.map((one) => misnamedIn(one, within)).find((one) => one !== null) ?? null;
}

/** Return a star at what a comprehension collects, or a `:=` in what it goes through, in a class, or that gives one of its variables another value. */
function misnamedIn(loop: Loop, within: Around["within"]): Expression | null {
  const element = loop.type === "mapping" ? loop.key : loop.element;
  const names = loopNames(loop);
  const isNaming = (one: Expression): boolean =>
    one.type === "walrus" && (within === "class" || targetNames(one.target).some((name) => names.includes(name)));
  const through = loop.clauses.flatMap(({ iterable }) => partsOf(iterable));
  return element.type === "starred"
    ? element
    : (through.find(({ type }) => type === "walrus") ?? partsOf(loop).find(isNaming) ?? null);
}
