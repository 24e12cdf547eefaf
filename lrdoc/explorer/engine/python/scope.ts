/** Where a name stands: in a numbered slot of a function's frame, or among the globals of its module. */

import { type Definition, type Expression, type Formal, type Statement, walk } from "./syntax.ts";

export interface Variable {
  /** How many functions lie between: 0 is the function itself. */
  readonly depth: number;
  readonly slot: number;
}

export class Scope {
  readonly #slots = new Map<string, number>();
  readonly #parent: Scope | null;
  /** The names that a function declares to be globals. */
  readonly #globals: ReadonlySet<string>;
  /** Whether it is that of a class, whose body sees the variables around it until it assigns to them. */
  readonly isClass: boolean;
  readonly size: number;

  constructor(
    parent: Scope | null,
    names: Iterable<string>,
    globals: ReadonlySet<string> = new Set(),
    isClass: boolean = false,
  ) {
    this.#parent = parent;
    this.#globals = globals;
    this.isClass = isClass;
    for (const name of names) {
      if (!this.#slots.has(name)) {
        this.#slots.set(name, this.#slots.size);
      }
    }
    this.size = this.#slots.size;
  }

  /** Return the variables around it. */
  get parent(): Scope | null {
    return this.#parent;
  }

  /** Return where a variable stands; null for a global. */
  find(name: string): Variable | null {
    const slot = this.#slots.get(name);
    if (slot !== undefined) {
      return { depth: 0, slot };
    }
    let [depth, around] = [1, this.#parent];
    while (around?.isClass === true) {
      [depth, around] = [depth + 1, around.#parent]; // what stands in a class does not see its names
    }
    const outer = this.#globals.has(name) ? null : (around?.find(name) ?? null);
    return outer === null ? null : { depth: outer.depth + depth, slot: outer.slot };
  }
}

/** Return the names of a function's variables, its parameters first. */
export function variables(parameters: readonly Formal[], body: readonly Statement[]): string[] {
  const others = declared(body);
  const names = body.flatMap(assigned).filter((name) => !others.globals.has(name) && !others.outer.has(name));
  return [...parameters.map((one) => one.name), ...names];
}

/** Return the names that a function declares to be those of the module, or of a function around it. */
export function declared(body: readonly Statement[]): { globals: ReadonlySet<string>; outer: ReadonlySet<string> } {
  const found = { globals: new Set<string>(), outer: new Set<string>() };
  const look = (statement: Statement): void => {
    if (statement.type === "scope") {
      for (const name of statement.names) {
        found[statement.isGlobal ? "globals" : "outer"].add(name);
      }
    }
    inside(statement).forEach(look);
  };
  body.forEach(look);
  return found;
}

/** Return the statements that stand in another and share its variables. */
export function inside(statement: Statement): readonly Statement[] {
  switch (statement.type) {
    case "for":
    case "while":
      return [...statement.body, ...statement.otherwise];
    case "if":
      return [...statement.then, ...statement.otherwise];
    case "with":
      return statement.body;
    case "try":
      return [
        ...statement.body,
        ...statement.handlers.flatMap(({ body }) => body),
        ...statement.otherwise,
        ...statement.last,
      ];
    default:
      return [];
  }
}

/** Return the names that a statement binds, those of the statements in it included. */
export function assigned(statement: Statement): string[] {
  return [...bound(statement), ...walruses(statement), ...inside(statement).flatMap(assigned)];
}

export function bound(statement: Statement): string[] {
  switch (statement.type) {
    case "assign":
    case "delete":
      return statement.targets.flatMap(targetNames);
    case "augment":
    case "for":
      return targetNames(statement.target);
    case "with":
      return statement.items.flatMap(({ target }) => (target === null ? [] : targetNames(target)));
    case "try":
      return statement.handlers.flatMap(({ name }) => name ?? []);
    case "declare":
    case "def":
    case "class":
      return [statement.name];
    case "import":
      return statement.bindings.map((binding) => binding.as);
    default:
      return [];
  }
}

/** Return the names that `:=` binds in a piece of code, those in its lambdas aside. */
function walruses(code: Statement | Expression): string[] {
  let found: Expression[] = [];
  if (code.type !== "def" && code.type !== "class") {
    walk(code, (node) => {
      if (node.type === "walrus") {
        found.push(node.target);
      } else if (node.type === "lambda") {
        found = found.filter(({ from }) => from < node.from); // what stands in it comes first
      }
    });
  }
  return found.flatMap(targetNames);
}

/** Return the names of a lambda's variables, its parameters first. */
export function lambdaNames(parameters: readonly Formal[], body: Expression): string[] {
  return [...variables(parameters, []), ...walruses(body)];
}

export function targetNames(target: Expression): string[] {
  if (target.type === "name") {
    return [target.name];
  }
  if (target.type === "starred") {
    return targetNames(target.value);
  }
  return target.type === "sequence" ? target.items.flatMap(targetNames) : [];
}

export function isMethod(statement: Statement): statement is Definition {
  return statement.type === "def";
}
