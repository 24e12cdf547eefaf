/** Compile the tree of an expression to a function that computes it. No part of the code is run as JavaScript. */

import type { Span } from "../types.ts";
import { attribute } from "./attributes.ts";
import { spend } from "./effort.ts";
import { locate, Puzzle, PythonError, typeError } from "./errors.ts";
import { call, type Frame, Func, type Parameter } from "./functions.ts";
import { builtin } from "./mathematics.ts";
import { originate } from "./origins.ts";
import { compare, contains, equal, negate, operator, plus, toFloat } from "./operators.ts";
import { Scope, targetNames, variables } from "./scope.ts";
import type { Call, Clause, Comparator, Definition, Expression, Formal, Replacement } from "./syntax.ts";
import {
  Complex,
  type Dict,
  Instance,
  item,
  iterate,
  repr,
  Sequence,
  text,
  truth,
  typeName,
  type Value,
} from "./values.ts";

export type Evaluate = (frame: Frame) => Value;

/** What surrounds code: its globals, and what differs between the user's code and OneFlow's own. */
export interface Surroundings {
  readonly globals: Map<string, Value>;
  /** Return the name of a class with that of its module. */
  qualify(name: string): string;
  /** Return the value of a name that is not among the globals, or of `a.b` where `a` is not. */
  missing(name: string, at: Span): Value;
  /** Whether the code is the user's, so that exceptions are located in it. */
  readonly located: boolean;
  /** Compile a call that needs special treatment; return `null` for any other. */
  special(node: Call, compiler: Compiler): Evaluate | null;
  /** Compile an item of a dict whose value needs special treatment; return `null` for any other. */
  item(key: Expression, value: Expression, compiler: Compiler): Evaluate | null;
}

export class Compiler {
  readonly around: Surroundings;
  readonly scope: Scope;

  constructor(around: Surroundings, scope: Scope = new Scope(null, [])) {
    this.around = around;
    this.scope = scope;
  }

  /** Return a compiler for the body of a function. */
  inside(names: Iterable<string>): Compiler {
    return new Compiler(this.around, new Scope(this.scope, names));
  }

  /** Return about how much work a piece of code is, as `spend` counts it: estimated by its length; OneFlow's own is short. */
  cost({ from, to }: Span): number {
    return this.around.located ? 3 + (to - from) / 8 : 4;
  }

  expression(node: Expression): Evaluate {
    const run = this.#expression(node);
    if (!this.around.located || node.type === "constant" || node.type === "lambda") {
      return run;
    }
    const span = { from: node.from, to: node.to };
    return (frame) => {
      try {
        return run(frame);
      } catch (error) {
        throw locate(error, span);
      }
    };
  }

  #expression(node: Expression): Evaluate {
    switch (node.type) {
      case "constant": {
        const value = node.value;
        return () => value;
      }
      case "name":
        return this.#name(node.name, node);
      case "unary":
        return this.#unary(node.sign, this.expression(node.operand));
      case "binary":
        return binary(operator(node.sign), this.expression(node.left), this.expression(node.right));
      case "call":
        return this.around.special(node, this) ?? this.#call(node);
      case "attribute":
        return this.#attribute(node, node.object, node.name);
      case "odd":
        return () => {
          throw node.syntaxError === undefined
            ? new Puzzle(node.key, node.filling)
            : new PythonError("SyntaxError", node.syntaxError);
        };
      default:
        return this.#compound(node);
    }
  }

  #compound(
    node: Exclude<Expression, { type: "constant" | "name" | "unary" | "binary" | "call" | "attribute" | "odd" }>,
  ): Evaluate {
    switch (node.type) {
      case "compare":
        return this.#comparison(
          this.expression(node.first),
          node.rest.map((one) => [COMPARATORS[one.sign], this.expression(one.operand)] as const),
        );
      case "logic":
        return logic(node.sign, this.expression(node.left), this.expression(node.right));
      case "conditional":
        return choose(this.expression(node.test), this.expression(node.then), this.expression(node.otherwise));
      case "lambda":
        return this.originating(node, this.lambda("<lambda>", node.parameters, node.body));
      case "subscript":
        return binary(item, this.expression(node.object), this.expression(node.index));
      default:
        return this.#collection(node);
    }
  }

  #collection(node: Extract<Expression, { type: "format" | "sequence" | "dict" | "comprehension" }>): Evaluate {
    switch (node.type) {
      case "sequence": {
        const items = node.items.map((one) => this.expression(one));
        return (frame) =>
          new Sequence(
            items.map((run) => run(frame)),
            node.kind,
          );
      }
      case "dict": {
        const items = node.items.map(
          ([key, value]) =>
            [this.expression(key), this.around.item(key, value, this) ?? this.expression(value)] as const,
        );
        return (frame) => new Map(items.map(([key, value]) => [key(frame), value(frame)] as const)) satisfies Dict;
      }
      case "comprehension":
        return this.#comprehension(node.kind, node.element, node.clauses);
      case "format": {
        const parts = node.parts.map((part) => (typeof part === "string" ? part : this.#shown(part)));
        return (frame) => parts.map((part) => (typeof part === "string" ? part : part(frame))).join("");
      }
    }
  }

  #shown({ value, shown, format }: Replacement): (frame: Frame) => string {
    const run = this.expression(value);
    if (format !== "") {
      return (frame) => formatted(this.around.located ? refuseFormat() : run(frame), format);
    }
    return shown === "str" ? (frame) => text(run(frame)) : (frame) => repr(run(frame));
  }

  #name(name: string, { from, to }: Span): Evaluate {
    const variable = this.scope.find(name);
    if (variable === null) {
      const { globals } = this.around;
      return () => {
        const value = globals.get(name);
        return value === undefined ? this.around.missing(name, { from, to }) : value;
      };
    }
    const { depth, slot } = variable;
    if (depth === 0) {
      return (frame) => assigned(frame.slots[slot], name);
    }
    return (frame) => {
      let outer: Frame | null = frame;
      for (let at = depth; at > 0 && outer !== null; at -= 1) {
        outer = outer.parent;
      }
      return assigned(outer?.slots[slot], name);
    };
  }

  #unary(sign: "-" | "+" | "not", operand: Evaluate): Evaluate {
    switch (sign) {
      case "-":
        return (frame) => negate(operand(frame));
      case "+":
        return (frame) => plus(operand(frame));
      default:
        return (frame) => !truth(operand(frame));
    }
  }

  #comparison(first: Evaluate, rest: readonly (readonly [(a: Value, b: Value) => boolean, Evaluate])[]): Evaluate {
    const [only] = rest;
    if (rest.length === 1 && only !== undefined) {
      return binary(only[0], first, only[1]);
    }
    return (frame) => {
      let left = first(frame);
      for (const [holds, operand] of rest) {
        const right = operand(frame);
        if (!holds(left, right)) {
          return false;
        }
        left = right;
      }
      return true;
    };
  }

  /** Let the functions of the user's code know where they come from. */
  originating(node: Expression | Definition, make: Evaluate): Evaluate {
    return this.around.located ? (frame) => originate(make(frame), { node, scope: this.scope, frame }) : make;
  }

  /** Compile a lambda to what makes the function, with the present frame as its closure. */
  lambda(name: string, formals: readonly Formal[], body: Expression): Evaluate {
    const inner = this.inside(variables(formals, []));
    const run = inner.expression(body);
    return this.functionOf(name, formals, inner.scope, this.cost(body), run);
  }

  functionOf(name: string, formals: readonly Formal[], scope: Scope, cost: number, run: Evaluate): Evaluate {
    const defaults = formals.map((one) => (one.default === null ? null : this.expression(one.default)));
    return (frame) => {
      const parameters: Parameter[] = formals.map((one, at) => ({ name: one.name, default: defaults[at]?.(frame) }));
      return new Func(name, parameters, { size: scope.size, cost }, run, frame);
    };
  }

  #attribute(node: Expression, object: Expression, name: string): Evaluate {
    const path = this.around.located ? dotted(node) : null;
    const run = this.#expression(object);
    return (frame) => {
      let value: Value;
      try {
        value = run(frame);
      } catch (error) {
        if (path !== null && error instanceof Puzzle && error.wanted !== null && path.startsWith(`${error.wanted}.`)) {
          return this.around.missing(path, node);
        }
        throw error;
      }
      return this.around.located ? known(value, name) : attribute(value, name);
    };
  }

  #call(node: Call): Evaluate {
    const given = node.given.filter((one) => one.keyword === null).map((one) => this.expression(one.value));
    const keywords = this.keywords(node);
    if (node.callee.type === "attribute") {
      return this.#methodCall(node.callee, given, keywords);
    }
    const callee = this.expression(node.callee);
    return (frame) =>
      call(
        callee(frame),
        given.map((run) => run(frame)),
        keywords?.(frame) ?? null,
      );
  }

  keywords(node: Call): ((frame: Frame) => Map<string, Value>) | null {
    const named = node.given.flatMap((one) =>
      one.keyword === null ? [] : [[one.keyword, this.expression(one.value)] as const],
    );
    return named.length === 0 ? null : (frame) => new Map(named.map(([name, run]) => [name, run(frame)]));
  }

  /** Compile the call of a method without making a bound method first. */
  #methodCall(
    callee: Extract<Expression, { type: "attribute" }>,
    given: readonly Evaluate[],
    keywords: ((frame: Frame) => Map<string, Value>) | null,
  ): Evaluate {
    const object = this.expression(callee.object);
    const whole = this.expression(callee);
    const { name } = callee;
    return (frame) => {
      const self = this.around.located ? null : object(frame);
      const method = self instanceof Instance && !self.attributes.has(name) ? self.cls.method(name) : undefined;
      if (method !== undefined && self !== null) {
        return method.call([self, ...given.map((run) => run(frame))], keywords?.(frame) ?? null);
      }
      const found = self === null ? whole(frame) : attribute(self, name);
      return call(
        found,
        given.map((run) => run(frame)),
        keywords?.(frame) ?? null,
      );
    };
  }

  #comprehension(kind: "list" | "set", element: Expression, clauses: readonly Clause[]): Evaluate {
    const names = clauses.flatMap((clause) => targetNames(clause.target));
    return this.scope.shadowed(names, () => {
      const inner = this.expression(element);
      const collect = clauses.reduceRight<(frame: Frame, into: Value[]) => void>(
        (next, clause) => this.#clause(clause, this.cost(element), next),
        (frame, into) => {
          into.push(inner(frame));
        },
      );
      return (frame) => {
        const into: Value[] = [];
        collect(frame, into);
        return new Sequence(into, kind);
      };
    });
  }

  #clause(
    clause: Clause,
    each: number,
    next: (frame: Frame, into: Value[]) => void,
  ): (frame: Frame, into: Value[]) => void {
    const iterable = this.expression(clause.iterable);
    const store = this.store(clause.target);
    const conditions = clause.conditions.map((one) => this.expression(one));
    return (frame, into) => {
      for (const value of iterate(iterable(frame))) {
        spend(each);
        store(frame, value);
        if (conditions.every((run) => truth(run(frame)))) {
          next(frame, into);
        }
      }
    };
  }

  /** Compile an assignment target to what assigns a value to it. */
  store(target: Expression): (frame: Frame, value: Value) => void {
    if (target.type === "name") {
      return this.#storeName(target.name);
    }
    if (target.type === "sequence") {
      const stores = target.items.map((one) => this.store(one));
      return (frame, value) => unpack(stores, frame, value);
    }
    if (target.type === "attribute") {
      const object = this.expression(target.object);
      return (frame, value) => setAttribute(object(frame), target.name, value);
    }
    if (target.type === "subscript") {
      const [object, index] = [this.expression(target.object), this.expression(target.index)];
      const { located } = this.around;
      return (frame, value) => setItem(object(frame), index(frame), located ? flat(value) : value);
    }
    return () => {
      throw new Puzzle("assigning");
    };
  }

  #storeName(name: string): (frame: Frame, value: Value) => void {
    const variable = this.scope.find(name);
    if (variable === null || variable.depth > 0) {
      const { globals } = this.around;
      return (_frame, value) => {
        globals.set(name, value);
      };
    }
    const { slot } = variable;
    return (frame, value) => {
      frame.slots[slot] = value;
    };
  }
}

function binary(run: (a: Value, b: Value) => Value, left: Evaluate, right: Evaluate): Evaluate {
  return (frame) => run(left(frame), right(frame));
}

function logic(sign: "and" | "or", left: Evaluate, right: Evaluate): Evaluate {
  return sign === "and"
    ? (frame) => {
        const value = left(frame);
        return truth(value) ? right(frame) : value;
      }
    : (frame) => {
        const value = left(frame);
        return truth(value) ? value : right(frame);
      };
}

function choose(test: Evaluate, yes: Evaluate, no: Evaluate): Evaluate {
  return (frame) => (truth(test(frame)) ? yes(frame) : no(frame));
}

/** Return an attribute that the user's code asks for; one that the engine does not know is not understood, rather than missing. */
function known(value: Value, name: string): Value {
  try {
    const found = attribute(value, name);
    return name === "append" ? builtin(name, 1, 1, (one = null) => call(found, [flat(one)], null)) : found;
  } catch (error) {
    throw error instanceof PythonError && error.kind === "AttributeError" ? new Puzzle("attribute", { name }) : error;
  }
}

function refuseFormat(): never {
  throw new Puzzle("format");
}

/** Return a number in a format such as `.5f`, roughly: the text is only printed; it matters that other values raise an exception. */
function formatted(value: Value, format: string): string {
  if (typeof value === "string") {
    throw new PythonError("ValueError", `Unknown format code '${format.at(-1)}' for object of type 'str'`);
  }
  if (typeof value === "number" || typeof value === "bigint") {
    return String(toFloat(value));
  }
  if (typeof value === "boolean" || value instanceof Complex) {
    return text(value);
  }
  throw typeError(`unsupported format string passed to ${typeName(value)}.__format__`);
}

function assigned(value: Value | undefined, name: string): Value {
  if (value === undefined) {
    throw new PythonError("UnboundLocalError", `local variable '${name}' referenced before assignment`);
  }
  return value;
}

function unpack(stores: readonly ((frame: Frame, value: Value) => void)[], frame: Frame, value: Value): void {
  const values = Array.from(iterate(value));
  if (values.length !== stores.length) {
    const few = `not enough values to unpack (expected ${stores.length}, got ${values.length})`;
    const many = `too many values to unpack (expected ${stores.length})`;
    throw new PythonError("ValueError", values.length < stores.length ? few : many);
  }
  for (const [at, store] of stores.entries()) {
    store(frame, values[at] ?? null);
  }
}

function setAttribute(object: Value, name: string, value: Value): void {
  if (!(object instanceof Instance)) {
    throw new Puzzle("assigning");
  }
  object.attributes.set(name, value);
}

/** Refuse to put a list into a list, which could then hold itself: comparing or showing it would not end. */
function flat(value: Value): Value {
  if (value instanceof Sequence || value instanceof Map) {
    throw new Puzzle("nestedList");
  }
  return value;
}

function setItem(object: Value, index: Value, value: Value): void {
  if (object instanceof Map) {
    object.set(index, value);
  } else if (object instanceof Sequence && object.kind === "list" && typeof index === "bigint") {
    item(object, index); // raises an exception where there is none
    object.items[Number(index < 0n ? BigInt(object.items.length) + index : index)] = value;
  } else {
    throw new Puzzle("assigning");
  }
}

/** Return the path of an expression such as `a.b.c`; null for any other. */
export function dotted(node: Expression): string | null {
  if (node.type === "name") {
    return node.name;
  }
  const object = node.type === "attribute" ? dotted(node.object) : null;
  return node.type === "attribute" && object !== null ? `${object}.${node.name}` : null;
}

function identical(a: Value, b: Value): boolean {
  return a === b;
}

const COMPARATORS: Readonly<Record<Comparator, (a: Value, b: Value) => boolean>> = {
  "<": (a, b) => (typeof a === "number" && typeof b === "number" ? a < b : compare("<", a, b)),
  "<=": (a, b) => compare("<=", a, b),
  ">": (a, b) => (typeof a === "number" && typeof b === "number" ? a > b : compare(">", a, b)),
  ">=": (a, b) => compare(">=", a, b),
  "==": equal,
  "!=": (a, b) => !equal(a, b),
  in: (a, b) => contains(b, a),
  "not in": (a, b) => !contains(b, a),
  is: identical,
  "is not": (a, b) => !identical(a, b),
};
