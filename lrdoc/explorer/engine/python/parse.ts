/** From the text to the tree. The grammar is Lezer's; this leaves out what only an editor needs. */

import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@lezer/python";
import type { Key } from "../generated/messages.ts";
import type { Span } from "../types.ts";
import type { Filling } from "./errors.ts";
import { number, string, stringText } from "./literals.ts";
import type { Comparison, Operator } from "./operators.ts";
import type {
  Actual,
  Binding,
  Clause,
  Comparand,
  Comparator,
  Definition,
  Expression,
  Formal,
  Odd,
  Replacement,
  Statement,
} from "./syntax.ts";

/** The deepest nesting of expressions and statements that is parsed. */
const DEEPEST = 150;
/** How many of the places where the text is not Python are reported. */
const SHOWN = 5;
/** A text with more such places is not parsed at all. */
const MOST_ERRORS = 100;

export interface Parsed {
  readonly statements: readonly Statement[];
  /** Where the text is not Python; the statements around these places are left out. */
  readonly errors: readonly Span[];
}

export function parse(code: string): Parsed {
  const tree = parser.parse(code);
  const errors = mistakes(tree, code.length);
  const shown = errors.slice(0, SHOWN);
  if (errors.length > MOST_ERRORS) {
    return { statements: [], errors: shown };
  }
  const converter = new Converter(code);
  const statements = children(tree.topNode).filter((node) => !errors.some((one) => within(one, node)));
  return { statements: statements.flatMap((node) => converter.statement(node)), errors: shown };
}

function within(error: Span, node: SyntaxNode): boolean {
  return error.from >= node.from && error.from <= node.to && error.to <= node.to + 1;
}

function mistakes(tree: Tree, end: number): Span[] {
  const found: Span[] = [];
  tree.iterate({
    enter(node) {
      if (node.type.isError && found.length <= MOST_ERRORS && !isAfterPoint(node.node)) {
        found.push(node.to > node.from ? { from: node.from, to: node.to } : visible(node.from, end));
      }
    },
  });
  return found;
}

/** Tell whether an error is the missing name after a dot that the grammar sees in `5.`, which is a number. */
function isAfterPoint(error: SyntaxNode): boolean {
  const { parent, prevSibling } = error;
  return error.from === error.to && parent?.firstChild?.name === "Number" && prevSibling?.name === ".";
}

/** Return a span of one character, as an empty one could not be underlined. */
function visible(at: number, end: number): Span {
  return at < end ? { from: at, to: at + 1 } : { from: Math.max(0, end - 1), to: end };
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== "Comment") {
      found.push(child);
    }
  }
  return found;
}

type Convert = (node: SyntaxNode, parts: readonly SyntaxNode[]) => Expression;
type ConvertStatement = (node: SyntaxNode, parts: readonly SyntaxNode[]) => Statement | Statement[];

class Converter {
  readonly #code: string;
  #depth = 0;
  readonly #expressions: ReadonlyMap<string, Convert> = new Map<string, Convert>([
    ["Number", (node) => number(this.#text(node), node)],
    ["String", (node) => string(this.#text(node), node)],
    ["ContinuedString", (node, parts) => this.#joined(node, parts)],
    ["FormatString", (node) => this.#joined(node, [node])],
    ["Boolean", (node) => ({ ...span(node), type: "constant", value: this.#text(node) === "True" })],
    ["None", (node) => ({ ...span(node), type: "constant", value: null })],
    ["VariableName", (node) => ({ ...span(node), type: "name", name: this.#text(node) })],
    ["ParenthesizedExpression", (node, parts) => this.#parenthesized(node, parts)],
    ["ArrayExpression", (node, parts) => this.#sequence(node, "list", parts)],
    ["TupleExpression", (node, parts) => this.#sequence(node, "tuple", parts)],
    ["SetExpression", (node, parts) => this.#sequence(node, "set", parts)],
    ["DictionaryExpression", (node, parts) => this.#dict(node, parts)],
    ["UnaryExpression", (node, parts) => this.#unary(node, parts)],
    ["BinaryExpression", (node, parts) => this.#binary(node, parts)],
    ["ConditionalExpression", (node, parts) => this.#conditional(node, parts)],
    ["LambdaExpression", (node, parts) => this.#lambda(node, parts)],
    ["CallExpression", (node, parts) => this.#call(node, parts)],
    ["MemberExpression", (node, parts) => this.#member(node, parts)],
    ["ArrayComprehensionExpression", (node, parts) => this.#comprehension(node, "list", parts.slice(1, -1))],
    ["ComprehensionExpression", (node, parts) => this.#comprehension(node, "list", parts.slice(1, -1))],
    ["SetComprehensionExpression", (node, parts) => this.#comprehension(node, "set", parts.slice(1, -1))],
  ]);
  readonly #statements: ReadonlyMap<string, ConvertStatement> = new Map<string, ConvertStatement>([
    ["AssignStatement", (node, parts) => this.#assign(node, parts)],
    ["UpdateStatement", (node, parts) => this.#augment(node, parts)],
    ["ExpressionStatement", (node, parts) => ({ ...span(node), type: "expression", value: this.#list(node, parts) })],
    ["IfStatement", (node, parts) => this.#if(node, parts)],
    ["ForStatement", (node, parts) => this.#for(node, parts)],
    ["WhileStatement", (node, parts) => this.#while(node, parts)],
    ["ReturnStatement", (node, parts) => this.#leaving(node, "return", parts.slice(1))],
    ["RaiseStatement", (node, parts) => this.#leaving(node, "raise", parts.slice(1))],
    ["AssertStatement", (node, parts) => this.#assert(node, parts)],
    ["PassStatement", (node) => ({ ...span(node), type: "pass" })],
    ["BreakStatement", (node) => ({ ...span(node), type: "break" })],
    ["ContinueStatement", (node) => ({ ...span(node), type: "continue" })],
    ["FunctionDefinition", (node, parts) => this.#definition(node, parts, false)],
    ["DecoratedStatement", (node, parts) => this.#decorated(node, parts)],
    ["ClassDefinition", (node, parts) => this.#class(node, parts)],
    ["ImportStatement", (node, parts) => ({ ...span(node), type: "import", bindings: this.#bindings(parts) })],
    ["WithStatement", (node, parts) => this.#block(node, parts)],
    ["TryStatement", (node, parts) => this.#block(node, parts.slice(0, 2))],
    ["StatementGroup", (_node, parts) => parts.flatMap((part) => (part.name === ";" ? [] : this.statement(part)))],
  ]);

  constructor(code: string) {
    this.#code = code;
  }

  statement(node: SyntaxNode): Statement[] {
    const convert = this.#statements.get(node.name);
    if (convert === undefined) {
      return [odd(node, "notUnderstood")];
    }
    const converted = this.#nested(node, () => convert(node, children(node)));
    return Array.isArray(converted) ? converted : [converted];
  }

  expression(node: SyntaxNode | undefined): Expression {
    if (node === undefined) {
      return odd({ from: 0, to: 0 }, "notUnderstood");
    }
    const convert = this.#expressions.get(node.name);
    if (convert === undefined) {
      return odd(node, "notUnderstood");
    }
    return this.#nested(node, () => convert(node, children(node)));
  }

  #nested<T>(node: SyntaxNode, convert: () => T): T | Odd {
    if (this.#depth >= DEEPEST) {
      return odd(node, "levelsDeep", { most: DEEPEST });
    }
    this.#depth += 1;
    try {
      return convert();
    } finally {
      this.#depth -= 1;
    }
  }

  #text(node: SyntaxNode): string {
    return this.#code.slice(node.from, node.to);
  }

  /** Expressions between commas, without brackets, are a tuple. */
  #list(node: SyntaxNode, parts: readonly SyntaxNode[]): Expression {
    const [only] = parts;
    return parts.length === 1 ? this.expression(only) : this.#items(between(node, parts), "tuple", parts);
  }

  #sequence(node: SyntaxNode, kind: "list" | "tuple" | "set", parts: readonly SyntaxNode[]): Expression {
    return this.#items(node, kind, parts.slice(1, -1));
  }

  #items(at: Span, kind: "list" | "tuple" | "set", parts: readonly SyntaxNode[]): Expression {
    const star = parts.find((part) => part.name === "*");
    if (star !== undefined) {
      return odd(star, "unpacking");
    }
    const items = parts.filter((part) => part.name !== ",").map((part) => this.expression(part));
    return { ...span(at), type: "sequence", kind, items };
  }

  #dict(node: SyntaxNode, parts: readonly SyntaxNode[]): Expression {
    const inner = parts.slice(1, -1).filter((part) => part.name !== "," && part.name !== ":");
    if (inner.some((part) => part.name === "**")) {
      return odd(node, "unpacking");
    }
    const items = inner.flatMap((key, at) =>
      at % 2 === 0 ? [[this.expression(key), this.expression(inner[at + 1])] as const] : [],
    );
    return { ...span(node), type: "dict", items };
  }

  #parenthesized(node: SyntaxNode, parts: readonly SyntaxNode[]): Expression {
    const inner = parts[1];
    if (parts.length !== 3 || inner === undefined) {
      return odd(node, "notUnderstood");
    }
    return { ...this.expression(inner), ...span(node) };
  }

  #joined(node: SyntaxNode, strings: readonly SyntaxNode[]): Expression {
    const parts = strings.flatMap((part) => (part.name === "FormatString" ? this.#formatted(part) : this.#plain(part)));
    if (parts.every((part) => typeof part === "string")) {
      return { ...span(node), type: "constant", value: parts.join("") };
    }
    return { ...span(node), type: "format", parts };
  }

  #plain(node: SyntaxNode): string[] {
    const value = stringText(this.#text(node));
    return value === null ? [] : [value];
  }

  #formatted(node: SyntaxNode): (string | Replacement)[] {
    const text = this.#text(node);
    const quotes = /^\w*("""|'''|"|')/.exec(text)?.[0] ?? "";
    const end = node.to - quotes.replace(/^\w*/, "").length;
    const found: (string | Replacement)[] = [];
    let at = node.from + quotes.length;
    for (const part of children(node).filter((child) => child.name === "FormatReplacement")) {
      found.push(this.#unescaped(at, part.from), this.#replacement(part));
      at = part.to;
    }
    found.push(this.#unescaped(at, end));
    return found;
  }

  #unescaped(from: number, to: number): string {
    return this.#code.slice(from, to).replaceAll("{{", "{").replaceAll("}}", "}");
  }

  #replacement(node: SyntaxNode): Replacement {
    const parts = children(node);
    const spec = parts.find((part) => part.name === "FormatSpec");
    const conversion = parts.find((part) => part.name === "FormatConversion");
    const value = this.expression(parts[1]);
    const format = spec === undefined ? "" : this.#text(spec).slice(1);
    return { value, format, shown: conversion !== undefined && this.#text(conversion) !== "!s" ? "repr" : "str" };
  }

  #unary(node: SyntaxNode, [sign, operand]: readonly SyntaxNode[]): Expression {
    const text = sign === undefined ? "" : this.#text(sign);
    if (text === "not") {
      return this.#logic(node);
    }
    if (text !== "-" && text !== "+") {
      return odd(node, "operator", { sign: text });
    }
    return { ...span(node), type: "unary", sign: text, operand: this.expression(operand) };
  }

  #binary(node: SyntaxNode, parts: readonly SyntaxNode[]): Expression {
    const [left, ...others] = parts;
    const right = parts.at(-1);
    const sign = others
      .slice(0, -1)
      .map((part) => this.#text(part))
      .join(" ");
    if (sign === "and" || sign === "or") {
      return this.#logic(node);
    }
    if (COMPARATORS.has(sign)) {
      return this.#comparison(node, left, { sign: sign as Comparator, operand: this.expression(right) });
    }
    if (!OPERATORS.has(sign)) {
      return odd(node, "operator", { sign });
    }
    const type = "binary";
    return { ...span(node), type, sign: sign as Operator, left: this.expression(left), right: this.expression(right) };
  }

  /** Lezer's tree puts all that follows below `not`; in Python `not` binds closer than `and`, and `and` closer than `or`. */
  #logic(node: SyntaxNode): Expression {
    const words = this.#flat(node, 0);
    return words === null ? odd(node, "levelsDeep", { most: DEEPEST }) : this.#either(words, "or");
  }

  /** Return `and`, `or`, `not` and what stands between them, in the order of the text; null where they are too many. */
  #flat(node: SyntaxNode, depth: number): (SyntaxNode | "and" | "or" | "not")[] | null {
    const [first, second, third] = children(node);
    if (depth > DEEPEST || first === undefined || second === undefined) {
      return depth > DEEPEST ? null : [node];
    }
    if (node.name === "UnaryExpression" && first.name === "not") {
      const rest = this.#flat(second, depth + 1);
      return rest === null ? null : ["not", ...rest];
    }
    if (node.name === "BinaryExpression" && (second.name === "and" || second.name === "or") && third !== undefined) {
      const [left, right] = [this.#flat(first, depth + 1), this.#flat(third, depth + 1)];
      return left === null || right === null ? null : [...left, second.name, ...right];
    }
    return [node];
  }

  #either(words: readonly (SyntaxNode | "and" | "or" | "not")[], sign: "and" | "or"): Expression {
    const at = words.lastIndexOf(sign);
    if (at >= 0) {
      const left = this.#either(words.slice(0, at), sign);
      const right = this.#either(words.slice(at + 1), sign);
      return { from: left.from, to: right.to, type: "logic", sign, left, right };
    }
    return sign === "or" ? this.#either(words, "and") : this.#negated(words);
  }

  #negated([first, ...rest]: readonly (SyntaxNode | "and" | "or" | "not")[]): Expression {
    if (first === "not") {
      const operand = this.#negated(rest);
      return { from: operand.from, to: operand.to, type: "unary", sign: "not", operand };
    }
    return this.expression(typeof first === "string" ? undefined : first);
  }

  /** Lezer's tree nests comparisons; Python chains them. */
  #comparison(node: SyntaxNode, left: SyntaxNode | undefined, last: Comparand): Expression {
    const first = this.expression(left);
    if (left?.name === "BinaryExpression" && first.type === "compare") {
      return { ...span(node), type: "compare", first: first.first, rest: [...first.rest, last] };
    }
    return { ...span(node), type: "compare", first, rest: [last] };
  }

  #conditional(node: SyntaxNode, parts: readonly SyntaxNode[]): Expression {
    const [then, , test, , otherwise] = parts.map((part) => (part.name === "if" || part.name === "else" ? null : part));
    return {
      ...span(node),
      type: "conditional",
      test: this.expression(test ?? undefined),
      // biome-ignore lint/suspicious/noThenProperty: the branch that a true test leads to; the tree is never awaited
      then: this.expression(then ?? undefined),
      otherwise: this.expression(otherwise ?? undefined),
    };
  }

  #lambda(node: SyntaxNode, parts: readonly SyntaxNode[]): Expression {
    const list = parts.find((part) => part.name === "ParamList");
    const parameters = list === undefined ? [] : this.#formals(list);
    return isOdd(parameters)
      ? parameters
      : { ...span(node), type: "lambda", parameters, body: this.expression(parts.at(-1)) };
  }

  #formals(list: SyntaxNode): Formal[] | Odd {
    const found: Formal[] = [];
    let awaited = false;
    for (const part of children(list)) {
      if (part.name === "**" || (part.name === "*" && part.nextSibling?.name === "VariableName")) {
        return odd(list, "parameters");
      }
      if (awaited) {
        const last = found.pop();
        found.push({ name: last?.name ?? "", default: this.expression(part) });
        awaited = false;
      } else if (part.name === "VariableName") {
        found.push({ name: this.#text(part), default: null });
      }
      awaited = part.name === "AssignOp";
    }
    return found;
  }

  #call(node: SyntaxNode, [callee, list]: readonly SyntaxNode[]): Expression {
    const parts = list === undefined ? [] : children(list);
    const inner = parts.slice(1, -1);
    const given = inner.some((part) => part.name === "for")
      ? [{ keyword: null, value: this.#comprehension(list ?? node, "list", inner) }]
      : this.#actuals(inner);
    if (isOdd(given)) {
      return given;
    }
    const end = parts.at(-1)?.from ?? node.to;
    return { ...span(node), type: "call", callee: this.expression(callee), given, end };
  }

  #actuals(parts: readonly SyntaxNode[]): Actual[] | Odd {
    const found: Actual[] = [];
    const star = parts.find((part) => part.name === "*" || part.name === "**");
    if (star !== undefined) {
      return [{ keyword: null, value: odd(star, "unpacking") }]; // what is called may be a scheduler, so the call is kept
    }
    for (const words of split(parts)) {
      const [first, sign, value] = words;
      if (first !== undefined) {
        const keyword = sign?.name === "AssignOp" ? this.#text(first) : null;
        const wrong = misplaced(keyword, found);
        if (wrong !== null) {
          return { ...odd(first, "notPython"), syntaxError: wrong };
        }
        found.push({ keyword, value: this.expression(keyword === null ? first : value) });
      }
    }
    return found;
  }

  #member(node: SyntaxNode, parts: readonly SyntaxNode[]): Expression {
    const [object, sign, index] = parts;
    if (object?.name === "Number" && sign?.name === ".") {
      const at = { from: object.from, to: index !== undefined && index.to > index.from ? index.to : sign.to };
      return number(this.#code.slice(at.from, at.to), at);
    }
    if (sign?.name === "." && index !== undefined) {
      return { ...span(node), type: "attribute", object: this.expression(object), name: this.#text(index) };
    }
    if (parts.length !== 4 || index === undefined || index.name === ":") {
      return odd(node, "slices");
    }
    return { ...span(node), type: "subscript", object: this.expression(object), index: this.expression(index) };
  }

  #comprehension(node: Span, kind: "list" | "set", parts: readonly SyntaxNode[]): Expression {
    const [element] = parts;
    const starts = parts.flatMap((part, at) => (part.name === "for" ? [at] : []));
    const clauses = starts.map((start, nth) => this.#clause(node, parts.slice(start + 1, starts[nth + 1])));
    return { ...span(node), type: "comprehension", kind, element: this.expression(element), clauses };
  }

  #clause(node: Span, parts: readonly SyntaxNode[]): Clause {
    const at = parts.findIndex((part) => part.name === "in");
    const conditions = parts.flatMap((part, index) => (part.name === "if" ? [this.expression(parts[index + 1])] : []));
    return { target: this.#target(node, parts.slice(0, at)), iterable: this.expression(parts[at + 1]), conditions };
  }

  #target(node: Span, parts: readonly SyntaxNode[]): Expression {
    const [only] = parts;
    return parts.length === 1 ? this.expression(only) : this.#items(node, "tuple", parts);
  }

  #assign(node: SyntaxNode, parts: readonly SyntaxNode[]): Statement {
    const groups = split(
      parts.filter((part) => part.name !== "TypeDef"),
      "AssignOp",
    );
    const value = groups.at(-1) ?? [];
    if (groups.length < 2) {
      return { ...span(node), type: "pass" };
    }
    const targets = groups.slice(0, -1).map((group) => this.#list(node, group));
    return { ...span(node), type: "assign", targets, value: this.#list(node, value) };
  }

  #augment(node: SyntaxNode, [target, sign, ...value]: readonly SyntaxNode[]): Statement {
    const text = sign === undefined ? "" : this.#text(sign).slice(0, -1);
    if (!OPERATORS.has(text)) {
      return odd(node, "operator", { sign: `${text}=` });
    }
    const type = "augment";
    return {
      ...span(node),
      type,
      target: this.expression(target),
      sign: text as Operator,
      value: this.#list(node, value),
    };
  }

  #if(node: SyntaxNode, parts: readonly SyntaxNode[]): Statement {
    const [word, test, body, ...others] = parts;
    if (word === undefined || test === undefined || body === undefined) {
      return odd(node, "notUnderstood");
    }
    return {
      from: word.from,
      to: node.to,
      type: "if",
      test: this.expression(test),
      // biome-ignore lint/suspicious/noThenProperty: as above
      then: this.#body(body),
      otherwise: this.#otherwise(node, others),
    };
  }

  #otherwise(node: SyntaxNode, parts: readonly SyntaxNode[]): Statement[] {
    const [word, body] = parts;
    if (word === undefined) {
      return [];
    }
    return word.name === "elif" ? [this.#nested(node, () => this.#if(node, parts))] : this.#body(body);
  }

  #body(node: SyntaxNode | undefined): Statement[] {
    return node === undefined ? [] : children(node).flatMap((part) => (part.name === ":" ? [] : this.statement(part)));
  }

  #for(node: SyntaxNode, parts: readonly SyntaxNode[]): Statement {
    const at = parts.findIndex((part) => part.name === "in");
    const body = parts.find((part) => part.name === "Body");
    const target = this.#target(node, parts.slice(1, at));
    return { ...span(node), type: "for", target, iterable: this.expression(parts[at + 1]), body: this.#body(body) };
  }

  #while(node: SyntaxNode, [, test, body]: readonly SyntaxNode[]): Statement {
    return { ...span(node), type: "while", test: this.expression(test), body: this.#body(body) };
  }

  #leaving(node: SyntaxNode, type: "return" | "raise", value: readonly SyntaxNode[]): Statement {
    return { ...span(node), type, value: value.length === 0 ? null : this.#list(node, value) };
  }

  #assert(node: SyntaxNode, [, test, , message]: readonly SyntaxNode[]): Statement {
    const shown = message === undefined ? null : this.expression(message);
    return { ...span(node), type: "assert", test: this.expression(test), message: shown };
  }

  #definition(node: SyntaxNode, parts: readonly SyntaxNode[], property: boolean): Definition | Odd {
    const name = parts.find((part) => part.name === "VariableName");
    const list = parts.find((part) => part.name === "ParamList");
    const parameters = list === undefined ? [] : this.#formals(list);
    if (isOdd(parameters) || name === undefined) {
      return isOdd(parameters) ? parameters : odd(node, "notUnderstood");
    }
    return { ...span(node), type: "def", name: this.#text(name), parameters, body: this.#body(parts.at(-1)), property };
  }

  #decorated(node: SyntaxNode, parts: readonly SyntaxNode[]): Statement | Statement[] {
    const last = parts.at(-1);
    const property = parts.some((part) => part.name === "Decorator" && this.#text(part).trim() === "@property");
    if (last?.name === "FunctionDefinition" && property) {
      return this.#definition(last, children(last), true);
    }
    return last === undefined ? odd(node, "notUnderstood") : this.statement(last);
  }

  #class(node: SyntaxNode, parts: readonly SyntaxNode[]): Statement {
    const name = parts.find((part) => part.name === "VariableName");
    const list = parts.find((part) => part.name === "ArgList");
    const [base] = list === undefined ? [] : children(list).slice(1, -1);
    return {
      ...span(node),
      type: "class",
      name: name === undefined ? "" : this.#text(name),
      base: base === undefined ? null : this.expression(base),
      body: this.#body(parts.at(-1)),
    };
  }

  #block(node: SyntaxNode, parts: readonly SyntaxNode[]): Statement {
    return { ...span(node), type: "block", body: this.#body(parts.find((part) => part.name === "Body")) };
  }

  #bindings(parts: readonly SyntaxNode[]): Binding[] {
    const [word] = parts;
    const at = parts.findIndex((part) => part.name === "import");
    const path = parts
      .slice(1, at)
      .map((part) => this.#text(part))
      .join("");
    return split(parts.slice(at + 1).filter((part) => part.name !== "(" && part.name !== ")")).map((words) => {
      const renamed = words.findIndex((part) => part.name === "as");
      const names = words
        .slice(0, renamed < 0 ? undefined : renamed)
        .map((part) => this.#text(part))
        .join("");
      const last = words.at(-1);
      const as = renamed < 0 || last === undefined ? names : this.#text(last);
      if (word?.name === "from") {
        return { module: path, name: names, as };
      }
      return renamed < 0
        ? { module: names.split(".")[0] ?? "", name: null, as: names.split(".")[0] ?? "" }
        : { module: names, name: null, as };
    });
  }
}

const OPERATORS: ReadonlySet<string> = new Set<Operator>(["+", "-", "*", "/", "//", "%", "**"]);
const COMPARATORS: ReadonlySet<string> = new Set<Comparator>([
  ...(["<", "<=", ">", ">=", "==", "!="] satisfies Comparison[]),
  "in",
  "not in",
  "is",
  "is not",
]);

function span({ from, to }: Span): Span {
  return { from, to };
}

function between(node: SyntaxNode, parts: readonly SyntaxNode[]): Span {
  return { from: parts[0]?.from ?? node.from, to: parts.at(-1)?.to ?? node.to };
}

function odd(at: Span, key: Key, filling: Filling = {}): Odd {
  return { ...span(at), type: "odd", key, filling };
}

function isOdd(value: object): value is Odd {
  return "type" in value && value.type === "odd";
}

/** Return what stands between the separators. */
function split(parts: readonly SyntaxNode[], separator = ","): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const part of parts) {
    if (part.name === separator) {
      groups.push([]);
    } else {
      groups.at(-1)?.push(part);
    }
  }
  return groups;
}

/** Return what Python says to an argument that cannot stand after the others. */
function misplaced(keyword: string | null, others: readonly Actual[]): string | null {
  if (keyword === null) {
    return others.some((other) => other.keyword !== null) ? "positional argument follows keyword argument" : null;
  }
  return others.some((other) => other.keyword === keyword) ? `keyword argument repeated: ${keyword}` : null;
}
