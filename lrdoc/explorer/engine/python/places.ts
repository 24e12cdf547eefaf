/** What Python refuses where it stands, although each line is Python. A `return` outside of functions is let pass: a part of a function may be pasted. */

import { expressionsOf } from "../changes.ts";
import { everyStatement } from "../nature.ts";
import type { Span } from "../types.ts";
import { bound, inside, targetNames, variables } from "./scope.ts";
import { type Definition, type Expression, isExpression, partsOf, type Statement, walk } from "./syntax.ts";

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
    misdeclared({ parameters: [], body: statements }, [], true) ??
    outOfPlace(statements, MODULE) ??
    renamed(statements)
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

/** Return the first place in statements that Python refuses; null where there is none. */
function outOfPlace(statements: readonly Statement[], around: Around): Span | null {
  for (const statement of statements) {
    const after = statement.type === "for" || statement.type === "while" ? statement.otherwise : [];
    const body = bodyOf(statement).filter((one) => !after.includes(one));
    const found =
      refused(statement, around) ?? outOfPlace(body, surrounding(statement, around)) ?? outOfPlace(after, around);
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
  const isWithin = within === "function";
  const around = { isWithin, isLooping: false, isAsync: isWithin && functions.at(-1)?.isAsync === true };
  const misplaced = yielding(statement, around, true) ?? misnamed(statement, within);
  if (misplaced !== null) {
    return misplaced;
  }
  switch (statement.type) {
    case "break":
    case "continue":
      return isInLoop ? null : statement;
    case "delete":
      return statement.targets.flatMap(partsOf).find(({ type }) => type === "starred") ?? null;
    case "return":
      return within === "class" ? statement : null;
    case "def":
      return misdeclared(statement, functions) ?? unfit(statement);
    case "class":
      return misdeclared({ parameters: [], body: statement.body }, functions);
    case "scope":
    case "import":
    case "try":
      return isRefused(statement, within, functions) ? statement : null;
    default:
      return starred(statement);
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

/** What surrounds an expression. */
interface Surroundings {
  readonly isWithin: boolean;
  readonly isAsync: boolean;
  /** Whether it is part of a comprehension, which is a function of its own. */
  readonly isLooping: boolean;
}

/** Return a `yield` in a part of the tree that stands in no function, in a comprehension, or that goes through something in an asynchronous function. */
function yielding(part: unknown, around: Surroundings, isWhole = false): Expression | null {
  if (Array.isArray(part)) {
    return firstOf(part, (one) => yielding(one, around));
  }
  if (typeof part !== "object" || part === null || Object.getPrototypeOf(part) !== Object.prototype) {
    return null;
  }
  const node = part as Statement | Expression;
  if (!isWhole && "type" in node && !isExpression(node)) {
    return null; // a statement in another
  }
  switch (node.type) {
    case "yield":
      return !around.isWithin || around.isLooping || (node.isFrom && around.isAsync)
        ? node
        : yielding(node.value, around);
    case "lambda":
      return (
        yielding(node.parameters, around) ?? yielding(node.body, { isWithin: true, isAsync: false, isLooping: false })
      );
    case "comprehension":
    case "mapping": {
      const { clauses, ...rest } = node;
      const [first, ...others] = clauses;
      const inside = { ...around, isLooping: true };
      const parts = [first?.target, first?.conditions, ...others, "key" in rest ? rest.key : null, rest.element];
      return yielding(first?.iterable, around) ?? yielding(parts, inside);
    }
    default:
      return firstOf(Object.values(node), (one) => yielding(one, around));
  }
}

function firstOf<T>(all: readonly T[], look: (one: T) => Expression | null): Expression | null {
  for (const one of all) {
    const found = look(one);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

/** Return a statement that gives Python's `__debug__` another value. */
function renamed(statements: readonly Statement[]): Statement | null {
  return Array.from(everyStatement(statements)).find((one) => names(one).includes("__debug__")) ?? null;
}

/** Return the names to which a statement gives values, those of parameters, arguments and attributes included. */
function names(statement: Statement): string[] {
  const formals = statement.type === "def" ? statement.parameters : [];
  const parts = partsOfItself(statement);
  const targets = statement.type === "assign" || statement.type === "delete" ? statement.targets : [];
  return [
    ...bound(statement),
    ...formals.map(({ name }) => name),
    ...targets.flatMap((one) => (one.type === "attribute" ? [one.name] : [])),
    ...parts.flatMap((one) => {
      switch (one.type) {
        case "walrus":
          return targetNames(one.target);
        case "lambda":
          return one.parameters.map(({ name }) => name);
        case "call":
          return one.given.flatMap(({ keyword }) => keyword ?? []);
        default:
          return loopNames(one);
      }
    }),
  ];
}

/** Return a target that takes the rest where nothing tells of what. */
function starred(statement: Statement): Expression | null {
  const targets = statement.type === "assign" ? statement.targets : [];
  return targets.find(({ type }) => type === "starred") ?? null;
}

/** Return a `global` or a `nonlocal` in a function that comes after a use of its name, names a parameter, or a variable that no function around has. */
function misdeclared(
  { parameters, body }: Pick<Definition, "parameters" | "body">,
  around: readonly Definition[],
  isModule = false,
): Statement | null {
  const outer = around.flatMap((one) => variables(one.parameters, one.body));
  const used = new Set(parameters.map(({ name }) => name));
  const declared = new Map<string, boolean>();
  for (const one of body.flatMap(flattened)) {
    const isGlobal = one.type === "scope" && one.isGlobal;
    const names = one.type === "scope" ? one.names : [];
    const typed = isModule ? [] : annotated(one);
    const isWrong = (name: string): boolean =>
      used.has(name) || (declared.get(name) ?? isGlobal) !== isGlobal || !(isGlobal || outer.includes(name));
    if (typed.some((name) => declared.has(name)) || names.some(isWrong)) {
      return one;
    }
    for (const name of names) {
      declared.set(name, isGlobal);
    }
    for (const name of [...usedBy(one), ...typed]) {
      used.add(name);
    }
  }
  return null;
}

/** Return the name of which a statement tells the type. */
function annotated(statement: Statement): string[] {
  if (statement.type === "declare") {
    return [statement.name];
  }
  return statement.type === "assign" && statement.annotated === true ? statement.targets.flatMap(targetNames) : [];
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

/** Return a definition that does what asynchronous ones can't. */
function unfit({ isAsync, yields, body, ...span }: Definition): Span | null {
  const isReturning = (one: Statement): boolean =>
    one.type === "return"
      ? one.value !== null
      : one.type !== "def" && one.type !== "class" && inside(one).some(isReturning);
  return isAsync && yields && body.some(isReturning) ? span : null;
}

type Loop = Extract<Expression, { type: "comprehension" | "mapping" }>;

/** Return what Python refuses of a comprehension in a statement itself; null where there is nothing. */
function misnamed(statement: Statement, within: Around["within"]): Expression | null {
  const loops = partsOfItself(statement).filter(
    (one): one is Loop => one.type === "comprehension" || one.type === "mapping",
  );
  return firstOf(loops, (one) => misnamedIn(one, within));
}

/** Return all expressions in a statement that are in no other statement. */
function partsOfItself(statement: Statement): Expression[] {
  return Object.values(statement).flatMap(headsOf).flatMap(partsOf);
}

/** Return the expressions in a part of a statement that are in no other statement. */
function headsOf(part: unknown): Expression[] {
  if (Array.isArray(part)) {
    return part.flatMap(headsOf);
  }
  if (typeof part !== "object" || part === null || Object.getPrototypeOf(part) !== Object.prototype) {
    return [];
  }
  if (!("type" in part)) {
    return Object.values(part).flatMap(headsOf);
  }
  return isExpression(part as Expression | Statement) ? [part as Expression] : [];
}

/** Return a star at what a comprehension collects, or a `:=` in what it goes through, in a class, or that gives one of its variables another value; what a lambda in it does is its own. */
function misnamedIn(loop: Loop, within: Around["within"]): Expression | null {
  const element = loop.type === "mapping" ? loop.key : loop.element;
  const names = loopNames(loop);
  const own = (node: Expression): Expression[] => {
    const parts = partsOf(node);
    const lambdas = parts.flatMap((one) => (one.type === "lambda" ? partsOf(one.body) : []));
    return parts.filter((one) => one.type === "walrus" && !lambdas.includes(one));
  };
  const isNaming = (one: Expression): boolean =>
    one.type === "walrus" && (within === "class" || targetNames(one.target).some((name) => names.includes(name)));
  return element.type === "starred"
    ? element
    : (loop.clauses.flatMap(({ iterable }) => own(iterable))[0] ?? own(loop).find(isNaming) ?? null);
}
