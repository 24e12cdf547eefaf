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
  Handler,
  Odd,
  Replacement,
  Statement,
} from "./syntax.ts";
import { Class } from "./values.ts";

/** The deepest nesting of expressions and statements that is parsed. */
const DEEPEST = 150;
/** How many of the places where the text is not Python are reported. */
const SHOWN = 5;

export interface Mistake extends Span {
  readonly key: Key;
  readonly filling: Filling;
}

export interface Parsed {
  readonly statements: readonly Statement[];
  /** Where the text is not Python; there are no statements then, as Python would run none. */
  readonly errors: readonly Mistake[];
}

export function parse(code: string): Parsed {
  const tree = parser.parse(code);
  const odd = characters(code, tree);
  const errors = odd.length > 0 ? odd : mistakes(tree, code.length);
  if (errors.length > 0) {
    return { statements: [], errors: errors.slice(0, SHOWN) };
  }
  const converter = new Converter(code);
  const statements = children(tree.topNode).flatMap((node) => converter.statement(node));
  return { statements: converter.refused.length > 0 ? [] : statements, errors: converter.refused };
}

/** What a keyboard for Chinese puts in the place of Python's punctuation. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ..."“”＂".split("").map((one) => [one, '"'] as const),
  ..."‘’＇".split("").map((one) => [one, "'"] as const),
  ["。", "."],
  ["、", ","],
  ["—", "-"],
  ["–", "-"],
  ["−", "-"],
  ["×", "*"],
  ["÷", "/"],
  ["【", "["],
  ["】", "]"],
]);
const TEXTS = new Set(["String", "FormatString", "Comment"]);
const NAMES = new Set(["VariableName", "PropertyName"]);

/** Return the characters outside of texts and comments that Python does not take. */
function characters(code: string, tree: Tree): Mistake[] {
  const found: Mistake[] = [];
  const foreign = /[^\0-\x7f]/gu;
  for (let match = foreign.exec(code); match !== null && found.length < SHOWN; match = foreign.exec(code)) {
    const [character] = match;
    const { index: from } = match;
    const node = tree.resolveInner(from, 1);
    const isName = NAMES.has(node.name) && /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(code.slice(node.from, node.to));
    if (isName || TEXTS.has(node.name)) {
      foreign.lastIndex = node.to;
    } else if (!(from === 0 && character === "\uFEFF")) {
      found.push({ from, to: from + character.length, ...strange(character) });
    }
  }
  return found;
}

function strange(character: string): { key: Key; filling: Filling } {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  const plain = PLAIN.get(character) ?? character.normalize("NFKC");
  const isPlain = /^[!-~]$/.test(plain);
  if (isPlain) {
    return { key: "fullWidth", filling: { character, code, plain } };
  }
  return /\p{Z}|\p{C}/u.test(character)
    ? { key: "strangeSpace", filling: { code } }
    : { key: "strangeCharacter", filling: { character, code } };
}

function mistakes(tree: Tree, end: number): Mistake[] {
  const found: Mistake[] = [];
  tree.iterate({
    enter(node) {
      if (node.type.isError && found.length <= SHOWN && !isAfterPoint(node.node) && !isBareYield(node.node)) {
        const at = node.to > node.from ? { from: node.from, to: node.to } : visible(node.from, end);
        found.push({ ...at, key: "notPython", filling: {} });
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

/** Tell whether an error is the missing value that the grammar sees in a bare `yield`, which needs none. */
function isBareYield(error: SyntaxNode): boolean {
  return error.from === error.to && error.parent?.name === "YieldExpression";
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
  /** What the grammar lets through and Python does not. */
  readonly refused: Mistake[] = [];
  readonly #expressions: ReadonlyMap<string, Convert> = new Map<string, Convert>([
    ["Number", (node) => number(this.#text(node), node)],
    ["String", (node) => string(this.#text(node), node)],
    ["ContinuedString", (node, parts) => this.#joined(node, parts)],
    ["FormatString", (node) => this.#joined(node, [node])],
    ["Boolean", (node) => ({ ...span(node), type: "constant", value: this.#text(node) === "True" })],
    ["None", (node) => ({ ...span(node), type: "constant", value: null })],
    ["VariableName", (node) => ({ ...span(node), type: "name", name: this.#name(node) })],
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
    ["ComprehensionExpression", (node, parts) => this.#comprehension(node, "generator", parts.slice(1, -1))],
    ["DictionaryComprehensionExpression", (node, parts) => this.#mapping(node, parts.slice(1, -1))],
    ["NamedExpression", (node, [target, , value]) => this.#walrus(node, target, value)],
    ["Ellipsis", (node) => ({ ...span(node), type: "constant", value: ELLIPSIS })],
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
    ["FunctionDefinition", (node, parts) => this.#definition(node, parts, [])],
    ["DecoratedStatement", (node, parts) => this.#decorated(node, parts)],
    ["ClassDefinition", (node, parts) => this.#class(node, parts, [])],
    ["ScopeStatement", (node, parts) => this.#scope(node, parts)],
    ["DeleteStatement", (node, parts) => this.#delete(node, parts)],
    ["ImportStatement", (node, parts) => ({ ...span(node), type: "import", bindings: this.#bindings(parts) })],
    ["WithStatement", (node, parts) => this.#with(node, parts)],
    ["TryStatement", (node, parts) => this.#try(node, parts)],
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

  /** Python takes names that look alike for the same. */
  #name(node: SyntaxNode): string {
    return this.#text(node).normalize("NFKC");
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
    const items = split(parts).flatMap((words) => this.#item(words));
    return { ...span(at), type: "sequence", kind, items };
  }

  /** Return what stands between two commas: an expression, or one with stars before it. */
  #item(words: readonly SyntaxNode[]): Expression[] {
    const [first, second] = words;
    if (first === undefined) {
      return [];
    }
    if (first.name !== "*" && first.name !== "**") {
      return [this.expression(first)];
    }
    return [
      {
        from: first.from,
        to: second?.to ?? first.to,
        type: "starred",
        stars: first.name,
        value: this.expression(second),
      },
    ];
  }

  #dict(node: SyntaxNode, parts: readonly SyntaxNode[]): Expression {
    const items = split(parts.slice(1, -1)).flatMap((words): (readonly [Expression, Expression])[] => {
      const [first, , value] = words;
      if (first === undefined) {
        return [];
      }
      if (first.name === "**") {
        const [starred] = this.#item(words);
        return starred === undefined ? [] : [[starred, starred]];
      }
      return [[this.expression(first), this.expression(value)]];
    });
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
      if (/^\w*["']$/.test(quotes) && !isQuotable(this.#text(part), quotes)) {
        this.refused.push({ ...span(part), key: "notPython", filling: {} }); // until Python 3.12
      }
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
    if (text !== "-" && text !== "+" && text !== "~") {
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
    return { ...span(node), type: "lambda", parameters, body: this.expression(parts.at(-1)) };
  }

  #formals(list: SyntaxNode): Formal[] {
    const found: Formal[] = [];
    let named = false;
    for (const words of split(children(list).filter((part) => part.name !== "(" && part.name !== ")"))) {
      const [first, second] = words;
      const sign = words.findIndex((part) => part.name === "AssignOp");
      const stars = first?.name === "*" || first?.name === "**" ? first.name : null;
      if (stars !== null && second?.name === "VariableName") {
        found.push({ ...span(second), name: this.#name(second), default: null, stars });
      } else if (first?.name === "VariableName") {
        const value = sign < 0 ? null : this.expression(words[sign + 1]);
        found.push({ ...span(first), name: this.#name(first), default: value, named });
      }
      named ||= stars === "*";
    }
    return found;
  }

  #call(node: SyntaxNode, [callee, list]: readonly SyntaxNode[]): Expression {
    return this.#called(node, this.expression(callee), list);
  }

  #called(node: SyntaxNode, callee: Expression, list: SyntaxNode | undefined): Expression {
    const parts = list === undefined ? [] : children(list);
    const inner = parts.slice(1, -1);
    const given = inner.some((part) => part.name === "for")
      ? [{ keyword: null, value: this.#comprehension(list ?? node, "generator", inner) }]
      : this.#actuals(inner);
    if (isOdd(given)) {
      return given;
    }
    const end = parts.at(-1)?.from ?? node.to;
    return { ...span(node), type: "call", callee, given, end };
  }

  #actuals(parts: readonly SyntaxNode[]): Actual[] | Odd {
    const found: Actual[] = [];
    for (const words of split(parts)) {
      const [first, sign, value] = words;
      if (first?.name === "*" || first?.name === "**") {
        found.push(...this.#item(words).map((one) => ({ keyword: null, value: one })));
        continue;
      }
      if (first !== undefined) {
        const keyword = sign?.name === "AssignOp" ? this.#name(first) : null;
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
      return { ...span(node), type: "attribute", object: this.expression(object), name: this.#name(index) };
    }
    const inner = parts.slice(2, -1);
    if (inner.some((part) => part.name === ",")) {
      const items = inner.some((part) => part.name === ":") ? odd(node, "slices") : this.#items(node, "tuple", inner);
      return { ...span(node), type: "subscript", object: this.expression(object), index: items };
    }
    const at = inner.some((part) => part.name === ":") ? this.#slice(node, inner) : this.expression(index);
    return { ...span(node), type: "subscript", object: this.expression(object), index: at };
  }

  #slice(node: SyntaxNode, parts: readonly SyntaxNode[]): Expression {
    const ends = split(parts, ":").map(([end]) => (end === undefined ? null : this.expression(end)));
    return { ...span(node), type: "slice", parts: ends };
  }

  #walrus(node: SyntaxNode, target: SyntaxNode | undefined, value: SyntaxNode | undefined): Expression {
    return { ...span(node), type: "walrus", target: this.expression(target), value: this.expression(value) };
  }

  /** A dict comprehension. */
  #mapping(node: SyntaxNode, parts: readonly SyntaxNode[]): Expression {
    const [key, , element] = parts;
    const made = this.#comprehension(node, "list", parts);
    const clauses = made.type === "comprehension" ? made.clauses : [];
    return { ...span(node), type: "mapping", key: this.expression(key), element: this.expression(element), clauses };
  }

  #comprehension(node: Span, kind: "list" | "set" | "generator", parts: readonly SyntaxNode[]): Expression {
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
      const [only] = value;
      return only?.name === "VariableName"
        ? { ...span(node), type: "declare", name: this.#name(only) }
        : { ...span(node), type: "pass" };
    }
    const targets = groups.slice(0, -1).map((group) => this.#assignable(this.#list(node, group)));
    const annotated = parts.some((part) => part.name === "TypeDef");
    return { ...span(node), type: "assign", targets, value: this.#list(node, value), annotated };
  }

  /** Note a target to which Python cannot assign. */
  #assignable(target: Expression): Expression {
    const inner = target.type === "sequence" ? target.items : target.type === "starred" ? [target.value] : [];
    for (const one of inner) {
      this.#assignable(one);
    }
    if (!["name", "attribute", "subscript", "sequence", "starred", "odd"].includes(target.type)) {
      this.refused.push({ ...span(target), key: "notPython", filling: {} });
    }
    return target;
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
      target: this.#assignable(this.expression(target)),
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
    const first = parts.findIndex((part) => part.name === "Body");
    const start = parts[0]?.name === "async" ? 2 : 1;
    const target = this.#assignable(this.#target(node, parts.slice(start, at)));
    const iterable = this.#list(node, parts.slice(at + 1, first));
    const otherwise = this.#body(parts[first + 2]);
    return { ...span(node), type: "for", target, iterable, body: this.#body(parts[first]), otherwise };
  }

  #while(node: SyntaxNode, [, test, body, , otherwise]: readonly SyntaxNode[]): Statement {
    const rest = this.#body(otherwise);
    return { ...span(node), type: "while", test: this.expression(test), body: this.#body(body), otherwise: rest };
  }

  #scope(node: SyntaxNode, [word, ...names]: readonly SyntaxNode[]): Statement {
    const listed = names.filter((part) => part.name === "VariableName").map((part) => this.#name(part));
    return { ...span(node), type: "scope", isGlobal: word?.name === "global", names: listed };
  }

  #delete(node: SyntaxNode, parts: readonly SyntaxNode[]): Statement {
    return { ...span(node), type: "delete", targets: split(parts.slice(1)).flatMap((words) => this.#item(words)) };
  }

  #leaving(node: SyntaxNode, type: "return" | "raise", words: readonly SyntaxNode[]): Statement {
    const from = words.findIndex((part) => part.name === "from");
    const value = from < 0 ? words : words.slice(0, from);
    return { ...span(node), type, value: value.length === 0 ? null : this.#list(node, value) };
  }

  #assert(node: SyntaxNode, [, test, , message]: readonly SyntaxNode[]): Statement {
    const shown = message === undefined ? null : this.expression(message);
    return { ...span(node), type: "assert", test: this.expression(test), message: shown };
  }

  #definition(node: SyntaxNode, parts: readonly SyntaxNode[], decorators: readonly Expression[]): Definition | Odd {
    const name = parts.find((part) => part.name === "VariableName");
    const list = parts.find((part) => part.name === "ParamList");
    const last = parts.at(-1);
    if (name === undefined || last === undefined) {
      return odd(node, "notUnderstood");
    }
    const parameters = list === undefined ? [] : this.#formals(list);
    const yields = parts[0]?.name === "async" || isGenerator(last);
    const body = this.#body(last);
    return { ...span(node), type: "def", name: this.#name(name), parameters, body, decorators, yields };
  }

  #decorated(node: SyntaxNode, parts: readonly SyntaxNode[]): Statement | Statement[] {
    const last = parts.at(-1);
    const decorators = parts.filter((part) => part.name === "Decorator").map((part) => this.#decorator(part));
    if (last?.name === "FunctionDefinition") {
      return this.#definition(last, children(last), decorators);
    }
    return last?.name === "ClassDefinition"
      ? this.#class(last, children(last), decorators)
      : odd(node, "notUnderstood");
  }

  /** A decorator stands in the tree in pieces: a path, and perhaps arguments. */
  #decorator(node: SyntaxNode): Expression {
    const [, ...parts] = children(node);
    const list = parts.find((part) => part.name === "ArgList");
    const names = parts.filter((part) => part.name === "VariableName" || part.name === "PropertyName");
    const [first, ...rest] = names;
    if (first === undefined) {
      return this.expression(parts[0]);
    }
    let path: Expression = this.expression(first);
    for (const one of rest) {
      path = { from: first.from, to: one.to, type: "attribute", object: path, name: this.#name(one) };
    }
    return list === undefined ? path : this.#called(node, path, list);
  }

  #class(node: SyntaxNode, parts: readonly SyntaxNode[], decorators: readonly Expression[]): Statement {
    const name = parts.find((part) => part.name === "VariableName");
    const list = parts.find((part) => part.name === "ArgList");
    const given = list === undefined ? [] : this.#actuals(children(list).slice(1, -1));
    const bases = isOdd(given) ? [given] : given.map((one) => one.value);
    const label = name === undefined ? "" : this.#name(name);
    return { ...span(node), type: "class", name: label, bases, body: this.#body(parts.at(-1)), decorators };
  }

  #with(node: SyntaxNode, parts: readonly SyntaxNode[]): Statement {
    const inner = parts.slice(parts.findIndex((part) => part.name === "with") + 1, -1);
    const items = split(inner.filter((part) => part.name !== "(" && part.name !== ")")).map(([value, , target]) => ({
      value: this.expression(value),
      target: target === undefined ? null : this.expression(target),
    }));
    return { ...span(node), type: "with", items, body: this.#body(parts.at(-1)) };
  }

  #try(node: SyntaxNode, parts: readonly SyntaxNode[]): Statement {
    const bodies = parts.flatMap((part, at) => (part.name === "Body" ? [at] : []));
    const pieces = bodies.map((at, nth) => parts.slice(nth === 0 ? 0 : (bodies[nth - 1] ?? 0) + 1, at + 1));
    const of = (word: string): Statement[] =>
      pieces.flatMap((piece) => (piece[0]?.name === word ? this.#body(piece.at(-1)) : []));
    const handlers = pieces.filter((piece) => piece[0]?.name === "except").map((piece) => this.#handler(piece));
    return { ...span(node), type: "try", body: of("try"), handlers, otherwise: of("else"), last: of("finally") };
  }

  #handler(piece: readonly SyntaxNode[]): Handler {
    const [, kinds, as, name] = piece;
    return {
      kinds: kinds === undefined || kinds.name === "Body" ? null : this.expression(kinds),
      name: as?.name === "as" && name !== undefined ? this.#name(name) : null,
      body: this.#body(piece.at(-1)),
    };
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

/** The value of `...`. */
const ELLIPSIS = new Class("ellipsis", "ellipsis", null);
const OPERATORS: ReadonlySet<string> = new Set<Operator>([
  "+",
  "-",
  "*",
  "/",
  "//",
  "%",
  "**",
  "&",
  "|",
  "^",
  "<<",
  ">>",
]);
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

function isDouble(value: Expression): boolean {
  return value.type === "starred" && value.stars === "**";
}

/** Tell whether what stands in the braces of an f-string holds neither its quote nor a backslash. */
function isQuotable(text: string, quotes: string): boolean {
  return !text.includes(quotes.at(-1) ?? "") && !text.includes("\\");
}

/** Tell whether the body of a function yields. */
function isGenerator(body: SyntaxNode): boolean {
  return children(body).some(
    (node) =>
      node.name.startsWith("Yield") ||
      (!["FunctionDefinition", "ClassDefinition", "LambdaExpression"].includes(node.name) && isGenerator(node)),
  );
}

/** Return what Python says to an argument that cannot stand after the others. */
function misplaced(keyword: string | null, others: readonly Actual[]): string | null {
  if (keyword === null) {
    return others.some((other) => other.keyword !== null || isDouble(other.value))
      ? "positional argument follows keyword argument"
      : null;
  }
  return others.some((other) => other.keyword === keyword) ? `keyword argument repeated: ${keyword}` : null;
}
