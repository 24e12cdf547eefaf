/** The syntax tree of Python code. What the engine does not understand is a node of the type `odd`. */

import type { Key } from "../generated/messages.ts";
import type { Span } from "../types.ts";
import type { Filling } from "./errors.ts";
import type { Comparison, Operator } from "./operators.ts";
import type { Value } from "./values.ts";

export type Expression = Span &
  (
    | { readonly type: "constant"; readonly value: Value }
    | { readonly type: "format"; readonly parts: readonly (string | Replacement)[] }
    | { readonly type: "name"; readonly name: string }
    | { readonly type: "sequence"; readonly kind: "list" | "tuple" | "set"; readonly items: readonly Expression[] }
    | { readonly type: "dict"; readonly items: readonly (readonly [Expression, Expression])[] }
    | { readonly type: "unary"; readonly sign: "-" | "+" | "~" | "not"; readonly operand: Expression }
    | { readonly type: "binary"; readonly sign: Operator; readonly left: Expression; readonly right: Expression }
    | { readonly type: "compare"; readonly first: Expression; readonly rest: readonly Comparand[] }
    | { readonly type: "logic"; readonly sign: "and" | "or"; readonly left: Expression; readonly right: Expression }
    | {
        readonly type: "conditional";
        readonly test: Expression;
        readonly then: Expression;
        readonly otherwise: Expression;
      }
    | { readonly type: "lambda"; readonly parameters: readonly Formal[]; readonly body: Expression }
    | Call
    | { readonly type: "attribute"; readonly object: Expression; readonly name: string }
    | { readonly type: "subscript"; readonly object: Expression; readonly index: Expression }
    | {
        readonly type: "comprehension";
        readonly kind: "list" | "set" | "generator";
        readonly element: Expression;
        readonly clauses: readonly Clause[];
      }
    | {
        readonly type: "mapping";
        readonly key: Expression;
        readonly element: Expression;
        readonly clauses: readonly Clause[];
      }
    | { readonly type: "starred"; readonly stars: "*" | "**"; readonly value: Expression }
    | { readonly type: "slice"; readonly parts: readonly (Expression | null)[] }
    | { readonly type: "walrus"; readonly target: Expression; readonly value: Expression }
    | { readonly type: "yield"; readonly value: Expression | null; readonly isFrom: boolean }
    | Odd
  );

export interface Call extends Span {
  readonly type: "call";
  readonly callee: Expression;
  readonly given: readonly Actual[];
  /** Where a further argument would be written: before the closing bracket. */
  readonly end: number;
}

/** What the engine does not understand, and why. */
export interface Odd extends Span {
  readonly type: "odd";
  readonly key: Key;
  readonly filling: Filling;
  /** What it is made of. */
  readonly parts: readonly Expression[];
}

export type Comparator = Comparison | "in" | "not in" | "is" | "is not";

export interface Comparand {
  readonly sign: Comparator;
  readonly operand: Expression;
}

export interface Replacement {
  readonly value: Expression;
  readonly shown: "str" | "repr";
  /** What stands after the colon. */
  readonly format: string;
}

/** An argument of a call; `span` is that of its value. */
export interface Actual {
  readonly keyword: string | null;
  readonly value: Expression;
}

/** A parameter of a function; `stars` tells that it takes the rest of the arguments, `named` that it is given by name alone. */
export interface Formal extends Span {
  readonly name: string;
  readonly default: Expression | null;
  readonly stars?: "*" | "**";
  readonly named?: boolean;
  /** Whether it is given by position alone. */
  readonly placed?: boolean;
}

export interface Clause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}

export type Statement = Span &
  (
    | {
        readonly type: "assign";
        readonly targets: readonly Expression[];
        readonly value: Expression;
        readonly annotated?: boolean;
      }
    | { readonly type: "augment"; readonly target: Expression; readonly sign: Operator; readonly value: Expression }
    | { readonly type: "expression"; readonly value: Expression }
    | {
        readonly type: "if";
        readonly test: Expression;
        readonly then: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | {
        readonly type: "for";
        readonly target: Expression;
        readonly iterable: Expression;
        readonly body: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | {
        readonly type: "while";
        readonly test: Expression;
        readonly body: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | { readonly type: "scope"; readonly isGlobal: boolean; readonly names: readonly string[] }
    | { readonly type: "delete"; readonly targets: readonly Expression[] }
    | { readonly type: "declare"; readonly name: string }
    | {
        readonly type: "try";
        readonly body: readonly Statement[];
        readonly handlers: readonly Handler[];
        readonly otherwise: readonly Statement[];
        readonly last: readonly Statement[];
      }
    | {
        readonly type: "with";
        readonly items: readonly { readonly value: Expression; readonly target: Expression | null }[];
        readonly body: readonly Statement[];
      }
    | { readonly type: "return"; readonly value: Expression | null }
    | { readonly type: "raise"; readonly value: Expression | null }
    | { readonly type: "assert"; readonly test: Expression; readonly message: Expression | null }
    | { readonly type: "pass" | "break" | "continue" }
    | Definition
    | {
        readonly type: "class";
        readonly name: string;
        readonly bases: readonly Expression[];
        /** What is given beside the classes, such as `metaclass`. */
        readonly keywords: readonly Actual[];
        readonly body: readonly Statement[];
        readonly decorators: readonly Expression[];
      }
    | { readonly type: "import"; readonly bindings: readonly Binding[] }
    | Odd
  );

export interface Definition extends Span {
  readonly type: "def";
  readonly name: string;
  readonly parameters: readonly Formal[];
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
  /** Whether it yields, so that calling it makes a generator. */
  readonly yields: boolean;
  readonly isAsync: boolean;
}

/** A branch `except`; `kinds` is null where it takes every exception. */
export interface Handler {
  readonly kinds: Expression | null;
  readonly name: string | null;
  readonly body: readonly Statement[];
}

/** What an import statement binds: `name` of `module`, or the module itself where `name` is null. */
export interface Binding {
  readonly module: string;
  /** The path of the module that is loaded, where that is one in `module`. */
  readonly path?: string;
  readonly name: string | null;
  readonly as: string;
}

/** Visit every expression below `node`, itself included. */
export function walk(node: Expression | Statement, visit: (expression: Expression) => void): void {
  for (const value of Object.values(node)) {
    visitAll(value, visit);
  }
  if (isExpression(node)) {
    visit(node);
  }
}

/** Return every expression below `node`, itself included. */
export function partsOf(node: Expression | Statement): Expression[] {
  const found: Expression[] = [];
  walk(node, (one) => found.push(one));
  return found;
}

/** Return a name, or the last part of a path; an empty text for anything else. */
export function lastName(node: Expression): string {
  return node.type === "name" || node.type === "attribute" ? node.name : "";
}

function visitAll(value: unknown, visit: (expression: Expression) => void): void {
  if (Array.isArray(value)) {
    for (const one of value) {
      visitAll(one, visit);
    }
  } else if (typeof value === "object" && value !== null) {
    if ("type" in value && "from" in value) {
      walk(value as Expression | Statement, visit);
    } else if (Object.getPrototypeOf(value) === Object.prototype) {
      visitAll(Object.values(value), visit);
    }
  }
}

const STATEMENTS = new Set(
  "assign augment expression if for while return raise assert pass break continue def class import scope delete declare try with".split(
    " ",
  ),
);

export function isExpression(node: Expression | Statement): node is Expression {
  return !STATEMENTS.has(node.type);
}
