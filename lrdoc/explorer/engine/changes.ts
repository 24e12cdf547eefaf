/** What a statement that is not carried out may have changed. */

import { TEXTUAL } from "./python/compile.ts";
import { spend } from "./python/effort.ts";
import { inside } from "./python/scope.ts";
import { type Definition, type Expression, type Statement, walk } from "./python/syntax.ts";

/** Something whose content may be another afterwards: it is assigned to, or one of its items is, or a method of it is called, or it is handed to a function. */
export interface Mutation {
  readonly object: Expression;
  readonly how: "bound" | "item" | "called" | "handed";
}

/** Tell whether something is assigned, rather than a function called that may change it. */
export function isWritten(how: Mutation["how"]): boolean {
  return how === "bound" || how === "item";
}

export interface Changes {
  /** What is assigned to: names, and attributes. */
  readonly bound: readonly Expression[];
  /** Lists, dicts and objects. */
  readonly mutated: readonly Mutation[];
}

/** What is known of the functions that code calls. */
export interface Known {
  /** The functions and methods that the code defines, by their names. */
  readonly definitions: ReadonlyMap<string, readonly Definition[]>;
  /** Whether a name is one of Python's own functions, which change nothing that they are given. */
  isBuiltin(name: string): boolean;
}

/** Methods of lists, dicts and modules that leave their object as it is, and the beginnings of what functions of other libraries are called that do, as far as their names tell. */
const READING =
  /^((keys|values|items|index|copy|clone|(named_)?parameters|state_dict)$|[A-Z]|build|get|make|create|train|test|eval|valid|log|p?print|info|debug|warn|error|write|save|show|plot|draw|dump|freeze|defrost|compute|calc|count|add_scalar|is_|has_|num_|run|tensor|to|wrap|prepare_model|(set_|manual_)?seed)/;

/** Tell whether a function or method of this name, which the code does not define, leaves its object and what it is given as they are. */
export function isReading(name: string): boolean {
  return TEXTUAL.has(name) || READING.test(name);
}

/** The beginnings of what those of these functions are called that may call what they are given, and use what their object holds. */
const BUSY = /^(build|make|create|test|valid|run|wrap|compute|calc)/;
const TOLD = /^([A-Z]|get|train|eval|prepare_model)/;
/** Tell whether a function of this name may change what its object was made with, although it leaves the object as it is. */
export function isBusy(name: string): boolean {
  return !isReading(name) || BUSY.test(name);
}

/** Tell whether a reader is to know that a function of this name is taken to leave what it is given as it is. */
export function isTold(name: string): boolean {
  return isBusy(name) || TOLD.test(name);
}

/** Functions of Python's own that change the attributes of what they are given first. */
export const SETTING: ReadonlySet<string> = new Set(["setattr", "delattr"]);

/** The methods of lists, dicts and the like that change them, whoever calls them. */
const CHANGING = /^(append|extend|insert|pop|remove|clear|sort|reverse|add|discard|update|setdefault)/;

/** The work of looking through the body of a function. */
export const OF_BODY = 400;

const NOTHING: Changes = { bound: [], mutated: [] };

/** Return what a statement may change. */
export function changesOf(statement: Statement, known: Known): Changes {
  return new Search(known).statement(statement);
}

class Search {
  readonly #known: Known;
  /** The functions whose bodies are being looked through. */
  readonly #entered = new Set<Definition>();
  /** What calling a function changes, as its body names it; not of those that call one of which the body is being looked through. */
  readonly #bodies = new Map<Definition, Changes>();
  /** The functions that were left out, as their bodies are being looked through. */
  #left = new Set<Definition>();

  constructor(known: Known) {
    this.#known = known;
  }

  statement(statement: Statement): Changes {
    const whole = joined([this.#own(statement), ...inside(statement).map((one) => this.statement(one))]);
    return { bound: whole.bound, mutated: aliased(whole.mutated, statement) };
  }

  #own(statement: Statement): Changes {
    if (statement.type === "def" || statement.type === "class") {
      return { bound: [{ ...statement, type: "name", name: statement.name }], mutated: [] };
    }
    return joined([ofTargets(targetsOf(statement)), ...expressionsOf(statement).map((one) => this.#expression(one))]);
  }

  #expression(expression: Expression): Changes {
    const found: Changes[] = [];
    walk(expression, (node) => {
      if (node.type === "walrus") {
        found.push(ofTargets([node.target]));
      }
      if (node.type === "call") {
        found.push(this.#call(node));
      }
      if (node.type === "attribute" && CHANGING.test(node.name)) {
        found.push({ bound: [], mutated: [{ object: node.object, how: "called" }] });
      }
    });
    return joined(found);
  }

  #call({ callee, given }: Extract<Expression, { type: "call" }>): Changes {
    const actuals = given.map(({ value }) => (value.type === "starred" ? value.value : value));
    const handed = { bound: [], mutated: actuals.filter(isPath).map((object) => ({ object, how: "handed" as const })) };
    const name = callee.type === "name" ? callee.name : callee.type === "attribute" ? callee.name : "";
    const definitions = this.#known.definitions.get(name) ?? [];
    if (definitions.length > 0) {
      const own = callee.type === "attribute" ? callee.object : null;
      return joined([handed, ...definitions.map((one) => this.#definition(one, own))]);
    }
    if (name === "") {
      return handed;
    }
    if (SETTING.has(name)) {
      return { bound: [], mutated: actuals.slice(0, 1).map((object) => ({ object, how: "item" as const })) };
    }
    if (callee.type === "attribute" && !isReading(name) && holder(callee.object) !== callee.object) {
      return { bound: [], mutated: [{ object: holder(callee.object), how: "item" }] };
    }
    if (isReading(name)) {
      return NOTHING;
    }
    if (callee.type !== "attribute") {
      return this.#known.isBuiltin(name) ? NOTHING : handed;
    }
    return joined([handed, { bound: [], mutated: [{ object: callee.object, how: "called" }] }]);
  }

  /** Return what the body of a function may change, as it names it. */
  #body(definition: Definition): Changes {
    spend(OF_BODY);
    const before = this.#left;
    this.#left = new Set();
    this.#entered.add(definition);
    const found = single(joined(definition.body.map((one) => this.statement(one))));
    this.#entered.delete(definition);
    this.#left.delete(definition);
    if (this.#left.size === 0) {
      this.#bodies.set(definition, found);
    }
    this.#left = new Set([...before, ...this.#left]);
    return found;
  }

  /** Return what calling a function of the code may change outside of it; `own` is the object whose method it is. */
  #definition(definition: Definition, own: Expression | null): Changes {
    if (this.#entered.has(definition)) {
      this.#left.add(definition);
      return NOTHING;
    }
    const { bound, mutated } = this.#bodies.get(definition) ?? this.#body(definition);
    const [self] = definition.parameters;
    const outer = (object: Expression): Expression[] => {
      const root = rootOf(object);
      if (own !== null && self !== undefined && root?.name === self.name) {
        return [rebased(object, own)];
      }
      return definition.parameters.some((one) => one.name === root?.name) ? [] : [object];
    };
    const names = globalsOf(definition.body);
    return {
      bound: bound.flatMap((one) => (one.type === "name" ? (names.has(one.name) ? [one] : []) : outer(one))),
      mutated: mutated.flatMap(({ object, how }) => outer(object).map((one) => ({ object: one, how }))),
    };
  }
}

/** Return changes without those that are the same. */
function single({ bound, mutated }: Changes): Changes {
  const targets = new Map(bound.map((one) => [pathOf(one), one]));
  const objects = new Map(mutated.map((one) => [`${one.how} ${pathOf(one.object)}`, one]));
  return { bound: [...targets.values()], mutated: [...objects.values()] };
}

/** Return what identifies an object by its path, or by its place in the code. */
function pathOf(object: Expression): string {
  switch (object.type) {
    case "name":
      return object.name;
    case "attribute":
      return `${pathOf(object.object)}.${object.name}`;
    case "subscript":
      return `${pathOf(object.object)}[${object.index.from}]`;
    default:
      return `${object.from}-${object.to}`;
  }
}

function globalsOf(body: readonly Statement[]): Set<string> {
  return new Set(body.flatMap((one) => (one.type === "scope" ? one.names : Array.from(globalsOf(inside(one))))));
}

function joined(parts: readonly Changes[]): Changes {
  return { bound: parts.flatMap(({ bound }) => bound), mutated: parts.flatMap(({ mutated }) => mutated) };
}

function targetsOf(statement: Statement): readonly Expression[] {
  switch (statement.type) {
    case "assign":
    case "delete":
      return statement.targets;
    case "augment":
    case "for":
      return [statement.target];
    case "with":
      return statement.items.flatMap(({ target }) => target ?? []);
    case "try":
      return statement.handlers.flatMap(({ name }) => (name === null ? [] : [{ ...statement, type: "name", name }]));
    case "import":
      return statement.bindings.map(({ as }) => ({ ...statement, type: "name", name: as }));
    default:
      return [];
  }
}

/** Return the expressions that a statement itself computes, not those of the statements in it. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.type) {
    case "assign":
      return [statement.value, ...statement.targets];
    case "augment":
      return [statement.value, statement.target];
    case "expression":
      return [statement.value];
    case "return":
    case "raise":
      return statement.value === null ? [] : [statement.value];
    case "if":
    case "while":
    case "assert":
      return [statement.test];
    case "for":
      return [statement.iterable];
    case "with":
      return statement.items.map(({ value }) => value);
    default:
      return [];
  }
}

/** Return the object whose attributes `vars(object)` are; any other expression as it is. */
function holder(node: Expression): Expression {
  const isVars = node.type === "call" && node.callee.type === "name" && node.callee.name === "vars";
  return (isVars ? node.given[0]?.value : null) ?? node;
}

function ofTargets(targets: readonly Expression[]): Changes {
  return joined(
    targets.map((target): Changes => {
      switch (target.type) {
        case "sequence":
          return ofTargets(target.items);
        case "starred":
          return ofTargets([target.value]);
        case "subscript":
          return { bound: [], mutated: [{ object: holder(target.object), how: "item" }] };
        case "attribute":
          return { bound: [target], mutated: [{ object: target, how: "bound" }] };
        default:
          return { bound: [target], mutated: [{ object: target, how: "bound" }] };
      }
    }),
  );
}

/** Add what the changed names may stand for: `g` in `for g in groups` is a part of `groups`. */
function aliased(mutated: readonly Mutation[], statement: Statement): Mutation[] {
  const found = [...mutated];
  const sources = new Map<string, Expression[]>();
  const look = (one: Statement): void => {
    const from = one.type === "for" ? one.iterable : one.type === "assign" ? one.value : null;
    for (const target of from === null ? [] : targetsOf(one)) {
      walk(target, (node) => {
        if (node.type === "name") {
          sources.set(node.name, [...(sources.get(node.name) ?? []), ...pathsIn(from)]);
        }
      });
    }
    inside(one).forEach(look);
  };
  if (statement.type !== "assign") {
    look(statement);
  }
  for (const { object, how } of found.slice()) {
    const name = rootOf(object)?.name ?? "";
    const isPlain = object.type === "name" && how === "bound";
    for (const source of isPlain ? [] : (sources.get(name) ?? [])) {
      found.push({ object: source, how });
    }
  }
  return found;
}

/** Return the paths such as `a.b` in an expression, the longest ones. */
function pathsIn(expression: Expression | null): Expression[] {
  if (expression === null) {
    return [];
  }
  if (isPath(expression)) {
    return [expression];
  }
  const found: Expression[] = [];
  walk(expression, (node) => {
    if (node !== expression && isPath(node)) {
      found.push(node);
    }
  });
  return found;
}

function isPath(node: Expression): boolean {
  return node.type === "name" || ((node.type === "attribute" || node.type === "subscript") && isPath(node.object));
}

/** Return the name with which a path begins. */
export function rootOf(node: Expression): Extract<Expression, { type: "name" }> | null {
  if (node.type === "name") {
    return node;
  }
  return node.type === "attribute" || node.type === "subscript" ? rootOf(node.object) : null;
}

/** Return a path with another beginning. */
function rebased(node: Expression, root: Expression): Expression {
  if (node.type === "name") {
    return root;
  }
  return node.type === "attribute" || node.type === "subscript"
    ? { ...node, object: rebased(node.object, root) }
    : node;
}
