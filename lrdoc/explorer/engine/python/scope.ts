/** Where a name stands: in a numbered slot of a function's frame, or among the globals of its module. */

import type { Definition, Expression, Formal, Statement } from "./syntax.ts";

export interface Variable {
  /** How many functions lie between: 0 is the function itself. */
  readonly depth: number;
  readonly slot: number;
}

export class Scope {
  readonly #slots = new Map<string, number>();
  readonly #parent: Scope | null;
  /** The module's own scope holds only the variables of comprehensions; its names are globals. */
  readonly isModule: boolean;
  size = 0;

  constructor(parent: Scope | null, names: Iterable<string>) {
    this.#parent = parent;
    this.isModule = parent === null;
    for (const name of names) {
      this.declare(name);
    }
  }

  declare(name: string): number {
    const known = this.#slots.get(name);
    if (known !== undefined) {
      return known;
    }
    this.#slots.set(name, this.size);
    this.size += 1;
    return this.size - 1;
  }

  /** Run `within` with new variables that hide others of the same name, as those of a comprehension do. */
  shadowed<T>(names: readonly string[], within: () => T): T {
    const before = names.map((name) => [name, this.#slots.get(name)] as const);
    for (const name of names) {
      this.#slots.set(name, this.size);
      this.size += 1;
    }
    const result = within();
    for (const [name, slot] of before) {
      if (slot === undefined) {
        this.#slots.delete(name);
      } else {
        this.#slots.set(name, slot);
      }
    }
    return result;
  }

  find(name: string): Variable | null {
    const slot = this.#slots.get(name);
    if (slot !== undefined) {
      return { depth: 0, slot };
    }
    const outer = this.#parent?.find(name) ?? null;
    return outer === null ? null : { depth: outer.depth + 1, slot: outer.slot };
  }
}

/** Return the names of a function's variables, its parameters first. */
export function variables(parameters: readonly Formal[], body: readonly Statement[]): string[] {
  return [...parameters.map((one) => one.name), ...body.flatMap(assigned)];
}

function assigned(statement: Statement): string[] {
  switch (statement.type) {
    case "assign":
      return statement.targets.flatMap(targetNames);
    case "augment":
      return targetNames(statement.target);
    case "for":
      return [...targetNames(statement.target), ...statement.body.flatMap(assigned)];
    case "while":
    case "block":
      return statement.body.flatMap(assigned);
    case "if":
      return [...statement.then, ...statement.otherwise].flatMap(assigned);
    case "def":
    case "class":
      return [statement.name];
    case "import":
      return statement.bindings.map((binding) => binding.as);
    default:
      return [];
  }
}

export function targetNames(target: Expression): string[] {
  if (target.type === "name") {
    return [target.name];
  }
  return target.type === "sequence" ? target.items.flatMap(targetNames) : [];
}

export function isMethod(statement: Statement): statement is Definition {
  return statement.type === "def";
}
