/** From the words of Python to the tree, as Python's own grammar has it: what Python refuses is refused. */

import type { Key } from "../generated/messages.ts";
import type { Span } from "../types.ts";
import { beyond } from "./beyond.ts";
import type { Filling } from "./errors.ts";
import { type Field, partsOf } from "./fields.ts";
import { number, string, stringText } from "./literals.ts";
import type { Comparison, Operator } from "./operators.ts";
import {
  type Actual,
  type Binding,
  type Clause,
  type Comparand,
  type Comparator,
  type Definition,
  type Expression,
  type Formal,
  type Handler,
  type Odd,
  type Replacement,
  type Statement,
  walk,
} from "./syntax.ts";
import { type Mistake, Refusal, type Token, tokens } from "./tokens.ts";
import { Class } from "./values.ts";

/** The name that holds what `match` compares. */
export const MATCHED = "_match";

/** The deepest nesting of expressions and statements. */
const DEEPEST = 150;

export interface Parsed {
  readonly statements: readonly Statement[];
  /** Where the text is not Python; there are no statements then, as Python would run none. */
  readonly errors: readonly Mistake[];
}

/** What is refused although each statement is understood: on a page that reads whole scripts, what Python refuses where it stands. */
export const places: { refused(statements: readonly Statement[], words: readonly Token[]): Mistake | null } = {
  refused: beyond,
};

/** What tells whether a value matches a pattern of `match`, on a page that reads whole scripts. */
export const patterns: {
  test(value: Expression, pattern: Expression): Expression;
  /** Tell whether every value does. */
  isAny(pattern: Expression): boolean;
} = {
  test: (_value, pattern) => unmatched(pattern),
  isAny: () => false,
};

/** Return a test of which nothing is known, and that may give the names in a pattern other values. */
export function unmatched(pattern: Expression): Expression {
  const { from, to } = pattern;
  const value = odd(pattern, "notUnderstood");
  const items: Expression[] = [value];
  walk(pattern, (target) => {
    if (target.type === "name") {
      items.push({ from, to, type: "walrus", target, value });
    }
  });
  return { from, to, type: "sequence", kind: "list", items };
}

/** Return the statements of code that Python has taken already, as that of OneFlow: what only Python refuses is not looked for. */
export function statementsOf(code: string): readonly Statement[] {
  return new Parser(code, tokens(code)).module();
}

export function parse(code: string): Parsed {
  try {
    const words = tokens(code);
    const statements = new Parser(code, words).module();
    const wrong = places.refused(statements, words);
    if (wrong !== null) {
      return { statements: [], errors: [wrong] };
    }
    return { statements, errors: [] };
  } catch (error) {
    if (error instanceof Refusal) {
      return { statements: [], errors: [error.mistake] };
    }
    throw error;
  }
}

/** The value of `...`. */
const ELLIPSIS = new Class("ellipsis", "ellipsis", null);
/** The operators between two values, the loosest first. */
const LEVELS: readonly (readonly string[])[] = [
  ["|"],
  ["^"],
  ["&"],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "//", "%", "@"],
];
const COMPARATORS: ReadonlySet<string> = new Set<Comparator>([
  ...(["<", "<=", ">", ">=", "==", "!="] satisfies Comparison[]),
  "in",
  "not in",
  "is",
  "is not",
]);
const KEYWORDS = new Set(
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield".split(
    " ",
  ),
);
const ASSIGNABLE = new Set(["name", "attribute", "subscript", "sequence", "starred"]);

/** A case of a `match`: the test of the value, and what is done. */
interface Case {
  readonly test: Expression;
  readonly body: readonly Statement[];
}

class Parser {
  /** The names of the classes whose bodies are being parsed. */
  readonly #classes: string[] = [];
  readonly #code: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  /** Whether a pattern is read, in which `as` stands for `:=`. */
  #inPattern = false;
  /** Whether the function that is read yields. */
  #yields = false;

  constructor(code: string, found: readonly Token[]) {
    this.#code = code;
    this.#tokens = found;
  }

  module(): Statement[] {
    const statements: Statement[] = [];
    while (this.#token.type !== "end") {
      statements.push(...this.#statement());
    }
    return statements;
  }

  /** Read one expression that is all there is. */
  whole(): Expression {
    const value = this.#yieldOr(() => this.#tuple(() => this.#starredOr(() => this.#named())));
    this.#expect("end");
    return value;
  }

  get #token(): Token {
    return this.#tokens[this.#at] as Token;
  }

  get #before(): Token | undefined {
    return this.#tokens[this.#at - 1];
  }

  #is(text: string): boolean {
    const { type, text: own } = this.#token;
    return own === text && (type === "sign" || type === "name");
  }

  #stands(type: Token["type"]): boolean {
    return this.#token.type === type;
  }

  #accept(text: string): boolean {
    if (!this.#is(text)) {
      return false;
    }
    this.#at += 1;
    return true;
  }

  #expect(what: string): Token {
    const token = this.#token;
    if (token.type !== what && !this.#is(what)) {
      throw new Refusal(visible(token, this.#code.length));
    }
    this.#at += token.type === "end" ? 0 : 1;
    return token;
  }

  #name(): Token {
    const token = this.#token;
    if (token.type !== "name" || KEYWORDS.has(token.text)) {
      throw new Refusal(visible(token, this.#code.length));
    }
    this.#at += 1;
    return { ...token, text: this.#private(token.text.normalize("NFKC")) }; // Python takes names that look alike for the same
  }

  /** Return a name as Python keeps it: in a class, one that begins with two underscores is the class's own. */
  #private(name: string): string {
    const cls = this.#classes.at(-1)?.replace(/^_+/, "") ?? "";
    return cls !== "" && name.startsWith("__") && !name.endsWith("__") ? `_${cls}${name}` : name;
  }

  /** Return where the last word ends. */
  get #end(): number {
    return this.#before?.to ?? 0;
  }

  #deeper<T>(read: () => T): T {
    this.#deepen();
    const result = read();
    this.#depth -= 1;
    return result;
  }

  #deepen(): void {
    this.#depth += 1;
    if (this.#depth > DEEPEST) {
      throw new Refusal(this.#token, "levelsDeep", { most: DEEPEST });
    }
  }

  // statements

  #statement(): Statement[] {
    const { from, type, text } = this.#token;
    const compound = type === "name" ? this.#compound(text, from) : this.#is("@") ? this.#decorated(from) : null;
    if (compound !== null) {
      return [compound];
    }
    const found = [this.#simple()];
    while (this.#accept(";")) {
      if (this.#token.type !== "newline") {
        found.push(this.#simple());
      }
    }
    this.#expect("newline");
    return found;
  }

  #compound(word: string, from: number): Statement | null {
    switch (word) {
      case "if":
        return this.#if(from);
      case "for":
        return this.#for(from);
      case "while":
        return this.#while(from);
      case "try":
        return this.#try(from);
      case "with":
        return this.#with(from);
      case "def":
        return this.#definition(from, [], false);
      case "class":
        return this.#class(from, []);
      case "async":
        return this.#async(from);
      case "match":
        return this.#match(from);
      default:
        return null;
    }
  }

  #async(from: number): Statement {
    this.#at += 1;
    switch (this.#token.text) {
      case "def":
        return this.#definition(from, [], true);
      case "for":
        return this.#for(from);
      default:
        return this.#with(from);
    }
  }

  /** `match` is a name like any other, unless a block of cases follows. */
  #match(from: number): Statement | null {
    let at = this.#at;
    while (this.#tokens[at]?.type !== "newline" && this.#tokens[at]?.type !== "end") {
      at += 1;
    }
    if (
      this.#tokens[at - 1]?.text !== ":" ||
      this.#tokens[at + 1]?.type !== "indent" ||
      this.#tokens[at + 2]?.text !== "case"
    ) {
      return null;
    }
    this.#at += 1;
    const subject = this.#tuple(() => this.#starredOr(() => this.#named()));
    this.#at += 3;
    const value: Expression = { from: subject.from, to: subject.to, type: "name", name: MATCHED };
    const cases: Case[] = [];
    while (!this.#stands("dedent")) {
      this.#deepen(); // each becomes an alternative of the one before
      cases.push(this.#case(value));
    }
    this.#at += 1;
    const to = this.#blockEnd();
    this.#depth -= cases.length;
    const chain = cases.reduceRight<Statement[]>(
      // biome-ignore lint/suspicious/noThenProperty: as above
      (otherwise, { test, body }) => [{ from: test.from, to, type: "if", test, then: body, otherwise }],
      [],
    );
    const first: Statement = { from, to: subject.to, type: "assign", targets: [value], value: subject };
    const always: Expression = { from, to, type: "constant", value: true };
    // biome-ignore lint/suspicious/noThenProperty: as above
    return { from, to, type: "if", test: always, then: [first, ...chain], otherwise: [] };
  }

  #case(value: Expression): Case {
    this.#expect("case");
    this.#inPattern = true;
    const pattern = this.#tuple(() => this.#starredOr(() => this.#aliased(this.#binary(0))));
    this.#inPattern = false;
    const left = patterns.test(value, pattern);
    const right = this.#accept("if") ? this.#named() : null;
    const isAny = right === null && patterns.isAny(pattern);
    const { from, to } = pattern;
    const test = right === null ? left : ({ from, to, type: "logic", sign: "and", left, right } as const);
    const body = this.#block();
    if (isAny && this.#is("case")) {
      throw new Refusal(pattern); // none of the others would ever match
    }
    return { test, body };
  }

  /** Read the name that a pattern gives to what it matches. */
  #aliased(pattern: Expression): Expression {
    if (!(this.#inPattern && this.#accept("as"))) {
      return pattern;
    }
    const { from, to, text: name } = this.#name();
    return { from: pattern.from, to, type: "walrus", target: { from, to, type: "name", name }, value: pattern };
  }

  #block(): Statement[] {
    this.#expect(":");
    if (this.#token.type !== "newline") {
      return this.#deeper(() => this.#line());
    }
    this.#at += 1;
    this.#expect("indent");
    const body: Statement[] = [];
    this.#deepen();
    while (!this.#stands("dedent")) {
      if (this.#stands("indent") || this.#stands("end")) {
        throw new Refusal(visible(this.#token, this.#code.length));
      }
      body.push(...this.#statement());
    }
    this.#depth -= 1;
    this.#at += 1;
    return body;
  }

  /** Read the statements of a block that stands in the line of its head. */
  #line(): Statement[] {
    const { text, type } = this.#token;
    if (type !== "string" && /^(if|for|while|try|with|def|class|async|@)$/.test(text)) {
      throw new Refusal(this.#token);
    }
    return this.#statement();
  }

  #if(from: number): Statement {
    this.#at += 1;
    const test = this.#named();
    const yes = this.#block();
    const { from: next } = this.#token;
    const otherwise = this.#is("elif")
      ? [this.#deeper(() => this.#if(next))]
      : this.#accept("else")
        ? this.#block()
        : [];
    // biome-ignore lint/suspicious/noThenProperty: the branch that a true test leads to; the tree is never awaited
    return { from, to: this.#blockEnd(), type: "if", test, then: yes, otherwise };
  }

  /** Return where the last word of the last block ends. */
  #blockEnd(): number {
    let at = this.#at - 1;
    while (["newline", "dedent", "indent"].includes(this.#tokens[at]?.type ?? "")) {
      at -= 1;
    }
    return this.#tokens[at]?.to ?? 0;
  }

  #for(from: number): Statement {
    this.#at += 1;
    const target = this.#target();
    this.#expect("in");
    const iterable = this.#value();
    const body = this.#block();
    const otherwise = this.#accept("else") ? this.#block() : [];
    return { from, to: this.#blockEnd(), type: "for", target, iterable, body, otherwise };
  }

  #target(): Expression {
    return this.#assignable(this.#tuple(() => this.#starredOr(() => this.#binary(0))));
  }

  #while(from: number): Statement {
    this.#at += 1;
    const test = this.#named();
    const body = this.#block();
    const otherwise = this.#accept("else") ? this.#block() : [];
    return { from, to: this.#blockEnd(), type: "while", test, body, otherwise };
  }

  #try(from: number): Statement {
    this.#at += 1;
    const body = this.#block();
    const handlers: Handler[] = [];
    while (this.#accept("except")) {
      handlers.push(this.#handler());
    }
    const otherwise = handlers.length > 0 && this.#accept("else") ? this.#block() : [];
    const hasLast = this.#accept("finally");
    if (handlers.length === 0 && !hasLast) {
      throw new Refusal(visible(this.#token, this.#code.length));
    }
    const last = hasLast ? this.#block() : [];
    return { from, to: this.#blockEnd(), type: "try", body, handlers, otherwise, last };
  }

  #handler(): Handler {
    const kinds = this.#is(":") ? null : this.#ternary();
    const name = kinds !== null && this.#accept("as") ? this.#name().text : null;
    return { kinds, name, body: this.#block() };
  }

  #with(from: number): Statement {
    this.#expect("with");
    const items = (this.#is("(") ? this.#attempt(() => this.#managers(true)) : null) ?? this.#managers(false);
    const body = this.#block();
    return { from, to: this.#blockEnd(), type: "with", items, body };
  }

  /** Read something; go back where it is not there. */
  #attempt<T>(read: () => T): T | null {
    const [at, depth] = [this.#at, this.#depth];
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      [this.#at, this.#depth] = [at, depth];
      return null;
    }
  }

  #managers(bracketed: boolean): Extract<Statement, { type: "with" }>["items"] {
    this.#at += bracketed ? 1 : 0;
    const items: { value: Expression; target: Expression | null }[] = [];
    do {
      if (bracketed && this.#is(")")) {
        break;
      }
      const value = this.#ternary();
      const target = this.#accept("as") ? this.#assignable(this.#binary(0)) : null;
      items.push({ value, target });
    } while (this.#accept(","));
    if (bracketed) {
      this.#expect(")");
      if (!this.#is(":")) {
        throw new Refusal(this.#token);
      }
    }
    return items;
  }

  #definition(from: number, decorators: readonly Expression[], isAsync: boolean): Definition {
    this.#expect("def");
    const name = this.#name().text;
    this.#expect("(");
    const parameters = this.#formals(")", true);
    this.#expect(")");
    if (this.#accept("->")) {
      this.#named();
    }
    const before = this.#yields;
    this.#yields = false;
    const body = this.#block();
    const yields = this.#yields;
    this.#yields = before;
    return { from, to: this.#blockEnd(), type: "def", name, parameters, body, decorators, yields, isAsync };
  }

  #formals(end: string, annotated: boolean): Formal[] {
    let found: Formal[] = [];
    let named = false;
    while (!this.#is(end)) {
      this.#refuseSign(named, found);
      const stars = this.#accept("**") ? "**" : this.#accept("*") ? "*" : null;
      if (stars === null && this.#accept("/")) {
        found = found.map((one) => ({ ...one, placed: true }));
      } else if (stars === "*" && (this.#is(",") || this.#is(end))) {
        named = true;
      } else {
        found.push(this.#formal(stars, named, annotated, found));
        named ||= stars === "*";
      }
      if (!this.#accept(",")) {
        break;
      }
    }
    return found;
  }

  /** Refuse a sign among parameters that stands there twice, or too late, or too early. */
  #refuseSign(named: boolean, [first]: readonly Formal[]): void {
    if ((named && this.#is("*")) || (this.#is("/") && (named || first === undefined || first.placed === true))) {
      throw new Refusal(this.#token);
    }
  }

  #formal(stars: "*" | "**" | null, named: boolean, annotated: boolean, others: readonly Formal[]): Formal {
    const { from, to, text: name } = this.#name();
    if (annotated && this.#accept(":")) {
      this.#ternary();
    }
    const value = stars === null && this.#accept("=") ? this.#ternary() : null;
    const last = others.at(-1);
    const isLate = value === null && stars === null && !named && last !== undefined && last.default !== null;
    if (isLate || others.some((one) => one.name === name || one.stars === "**")) {
      throw new Refusal({ from, to });
    }
    return { from, to, name, default: value, ...(stars === null ? { named } : { stars }) };
  }

  #decorated(from: number): Statement {
    const decorators: Expression[] = [];
    while (this.#accept("@")) {
      decorators.push(this.#named());
      this.#expect("newline");
    }
    const { from: start } = this.#token;
    if (this.#is("class")) {
      return this.#class(start, decorators);
    }
    const isAsync = this.#accept("async");
    return { ...this.#definition(start, decorators, isAsync), from: decorators.length > 0 ? start : from };
  }

  #class(from: number, decorators: readonly Expression[]): Statement {
    this.#at += 1;
    const name = this.#name().text;
    const given = this.#accept("(") ? this.#arguments() : [];
    const bare = given.find(isBare);
    if (bare !== undefined) {
      throw new Refusal(bare.value);
    }
    const bases = given.flatMap(({ keyword, value }) => (keyword === null ? [value] : []));
    const keywords = given.filter(({ keyword }) => keyword !== null);
    this.#classes.push(name);
    const body = this.#block();
    this.#classes.pop();
    return { from, to: this.#blockEnd(), type: "class", name, bases, keywords, body, decorators };
  }

  #simple(): Statement {
    const { from, type, text } = this.#token;
    return (type === "name" ? this.#keyword(text, from) : null) ?? this.#expressionStatement(from);
  }

  #keyword(word: string, from: number): Statement | null {
    switch (word) {
      case "pass":
      case "break":
      case "continue":
        this.#at += 1;
        return { from, to: this.#end, type: word };
      case "return":
      case "raise":
        return this.#leaving(from, word);
      case "import":
      case "from":
        return this.#import(from, word);
      case "assert": {
        this.#at += 1;
        const test = this.#ternary();
        const message = this.#accept(",") ? this.#ternary() : null;
        return { from, to: this.#end, type: "assert", test, message };
      }
      case "global":
      case "nonlocal":
        return this.#scope(from, word);
      case "del": {
        this.#at += 1;
        const target = this.#target();
        const targets = target.type === "sequence" ? target.items : [target];
        return { from, to: this.#end, type: "delete", targets };
      }
      default:
        return null;
    }
  }

  #leaving(from: number, type: "return" | "raise"): Statement {
    this.#at += 1;
    const isBare = this.#token.type === "newline" || this.#is(";");
    const value = isBare ? null : type === "raise" ? this.#ternary() : this.#value();
    if (type === "raise" && this.#accept("from")) {
      this.#ternary();
    }
    return { from, to: this.#end, type, value };
  }

  #scope(from: number, word: string): Statement {
    const names: string[] = [];
    do {
      this.#at += 1;
      names.push(this.#name().text);
    } while (this.#is(","));
    return { from, to: this.#end, type: "scope", isGlobal: word === "global", names };
  }

  #import(from: number, word: string): Statement {
    this.#at += 1;
    const bindings: Binding[] = word === "import" ? this.#modules() : this.#members();
    return { from, to: this.#end, type: "import", bindings };
  }

  #modules(): Binding[] {
    const found: Binding[] = [];
    do {
      const path = this.#path();
      const as = this.#accept("as") ? this.#name().text : null;
      const [first = ""] = path.split(".");
      found.push(as === null ? { module: first, path, name: null, as: first } : { module: path, name: null, as });
    } while (this.#accept(","));
    return found;
  }

  #path(): string {
    let path = this.#name().text;
    while (this.#accept(".")) {
      path += `.${this.#name().text}`;
    }
    return path;
  }

  #members(): Binding[] {
    let dots = "";
    while (this.#is(".") || this.#is("...")) {
      dots += this.#token.text;
      this.#at += 1;
    }
    const module = dots + (dots !== "" && this.#is("import") ? "" : this.#path());
    this.#expect("import");
    if (this.#accept("*")) {
      return [{ module, name: "*", as: "*" }];
    }
    const bracketed = this.#accept("(");
    const found: Binding[] = [];
    do {
      if (bracketed && this.#is(")")) {
        break;
      }
      const name = this.#name().text;
      found.push({ module, name, as: this.#accept("as") ? this.#name().text : name });
    } while (this.#accept(","));
    if (bracketed) {
      this.#expect(")");
    }
    return found;
  }

  #expressionStatement(from: number): Statement {
    const first = this.#given();
    const sign = this.#token.type === "sign" ? this.#token.text : "";
    if (/^(\*\*|\/\/|>>|<<|[-+*/%&|^@])=$/.test(sign)) {
      return this.#augment(from, first, sign.slice(0, -1));
    }
    if (sign === ":") {
      return this.#annotated(from, first);
    }
    if (sign !== "=") {
      return { from, to: this.#end, type: "expression", value: first };
    }
    const targets: Expression[] = [];
    let value = first;
    while (this.#accept("=")) {
      targets.push(this.#assignable(value));
      value = this.#given();
    }
    return { from, to: this.#end, type: "assign", targets, value, annotated: false };
  }

  #value(): Expression {
    return this.#tuple(() => this.#starredOr(() => this.#ternary()));
  }

  #given(): Expression {
    return this.#yieldOr(() => this.#value());
  }

  #augment(from: number, target: Expression, sign: string): Statement {
    this.#at += 1;
    if (!["name", "attribute", "subscript"].includes(target.type)) {
      throw new Refusal(target);
    }
    const value = this.#given();
    return sign === "@"
      ? odd({ from, to: this.#end }, "operator", { sign: "@=" }, [target, value])
      : { from, to: this.#end, type: "augment", target, sign: sign as Operator, value };
  }

  #annotated(from: number, target: Expression): Statement {
    this.#at += 1;
    this.#assignable(target);
    if (target.type === "sequence") {
      throw new Refusal(target);
    }
    this.#ternary();
    if (this.#accept("=")) {
      const value = this.#given();
      return { from, to: this.#end, type: "assign", targets: [target], value, annotated: true };
    }
    const to = this.#end;
    return target.type === "name" ? { from, to, type: "declare", name: target.name } : { from, to, type: "pass" };
  }

  /** Refuse a target to which Python cannot assign. */
  #assignable(target: Expression): Expression {
    const inner = target.type === "sequence" ? target.items : target.type === "starred" ? [target.value] : [];
    for (const one of inner) {
      this.#assignable(one);
    }
    const isTwice = inner.filter(({ type }) => type === "starred").length > 1;
    if (isTwice || !ASSIGNABLE.has(target.type) || (target.type === "sequence" && target.kind === "set")) {
      throw new Refusal(target);
    }
    return target;
  }

  // expressions

  /** Read expressions between commas: a tuple, unless there is but one. */
  #tuple(read: () => Expression): Expression {
    const { from } = this.#token;
    const first = read();
    if (!this.#is(",")) {
      if (first.type === "starred") {
        throw new Refusal(first);
      }
      return first;
    }
    const items = [first];
    while (this.#accept(",")) {
      if (this.#endsTuple()) {
        break;
      }
      items.push(read());
    }
    return { from, to: items.at(-1)?.to ?? from, type: "sequence", kind: "tuple", items };
  }

  #endsTuple(): boolean {
    const { type, text } = this.#token;
    return (
      type === "newline" ||
      type === "end" ||
      (type === "sign" && /^([)\]}:;=]|[-+*/%&|^@]=|\*\*=|\/\/=)$/.test(text)) ||
      this.#is("in") ||
      (this.#inPattern && this.#is("if"))
    );
  }

  #starredOr(read: () => Expression): Expression {
    const { from } = this.#token;
    if (!this.#accept("*")) {
      return read();
    }
    const value = this.#binary(0);
    return { from, to: value.to, type: "starred", stars: "*", value };
  }

  #named(): Expression {
    const target = this.#aliased(this.#ternary());
    if (this.#inPattern || !this.#is(":=") || target.type !== "name") {
      return target;
    }
    this.#at += 1;
    const value = this.#ternary();
    return { from: target.from, to: value.to, type: "walrus", target, value };
  }

  #ternary(): Expression {
    return this.#deeper(() => {
      if (this.#is("lambda")) {
        return this.#lambda();
      }
      const yes = this.#or();
      if (!this.#accept("if")) {
        return yes;
      }
      const test = this.#or();
      this.#expect("else");
      const otherwise = this.#ternary();
      // biome-ignore lint/suspicious/noThenProperty: as above
      return { from: yes.from, to: otherwise.to, type: "conditional", test, then: yes, otherwise };
    });
  }

  #yieldOr(read: () => Expression): Expression {
    const { from } = this.#token;
    if (!this.#accept("yield")) {
      return read();
    }
    this.#yields = true;
    const isFrom = this.#accept("from");
    const value = isFrom ? this.#ternary() : this.#endsTuple() ? null : this.#value();
    return { from, to: this.#end, type: "yield", value, isFrom };
  }

  #lambda(): Expression {
    const { from } = this.#token;
    this.#at += 1;
    const parameters = this.#formals(":", false);
    this.#expect(":");
    const body = this.#ternary();
    return { from, to: body.to, type: "lambda", parameters, body };
  }

  #or(): Expression {
    return this.#logic("or", () => this.#logic("and", () => this.#not()));
  }

  #logic(sign: "and" | "or", read: () => Expression): Expression {
    const depth = this.#depth;
    let left = read();
    while (this.#accept(sign)) {
      this.#deepen();
      const right = read();
      left = { from: left.from, to: right.to, type: "logic", sign, left, right };
    }
    this.#depth = depth;
    return left;
  }

  #not(): Expression {
    const { from } = this.#token;
    if (!this.#accept("not")) {
      return this.#comparison();
    }
    const operand = this.#deeper(() => this.#not());
    return { from, to: operand.to, type: "unary", sign: "not", operand };
  }

  #comparison(): Expression {
    const first = this.#binary(0);
    const rest: Comparand[] = [];
    for (let sign = this.#comparator(); sign !== null; sign = this.#comparator()) {
      rest.push({ sign, operand: this.#binary(0) });
    }
    return rest.length === 0
      ? first
      : { from: first.from, to: rest.at(-1)?.operand.to ?? first.to, type: "compare", first, rest };
  }

  #comparator(): Comparator | null {
    const { text } = this.#token;
    const next = this.#tokens[this.#at + 1]?.text ?? "";
    const two = `${text} ${next}`;
    const sign = COMPARATORS.has(two) ? two : COMPARATORS.has(text) && this.#token.type !== "string" ? text : null;
    this.#at += sign === null ? 0 : sign === two ? 2 : 1;
    return sign as Comparator | null;
  }

  #binary(level: number): Expression {
    const signs = LEVELS[level];
    if (signs === undefined) {
      return this.#unary();
    }
    const depth = this.#depth;
    let left = this.#binary(level + 1);
    while (this.#token.type === "sign" && signs.includes(this.#token.text)) {
      const sign = this.#token.text;
      this.#at += 1;
      this.#deepen();
      const right = this.#binary(level + 1);
      const at = { from: left.from, to: right.to };
      left =
        sign === "@"
          ? odd(at, "operator", { sign }, [left, right])
          : { ...at, type: "binary", sign: sign as Operator, left, right };
    }
    this.#depth = depth;
    return left;
  }

  #unary(): Expression {
    const { from, text, type } = this.#token;
    if (type !== "sign" || !/^[-+~]$/.test(text)) {
      return this.#power();
    }
    this.#at += 1;
    const operand = this.#deeper(() => this.#unary());
    return { from, to: operand.to, type: "unary", sign: text as "-" | "+" | "~", operand };
  }

  #power(): Expression {
    const { from } = this.#token;
    if (this.#accept("await")) {
      const value = this.#primary();
      return odd({ from, to: this.#end }, "notUnderstood", {}, [value]);
    }
    const left = this.#primary();
    if (!this.#accept("**")) {
      return left;
    }
    const right = this.#deeper(() => this.#unary());
    return { from: left.from, to: right.to, type: "binary", sign: "**", left, right };
  }

  #primary(): Expression {
    const depth = this.#depth;
    let value = this.#atom();
    for (;;) {
      if (this.#accept(".")) {
        const { to, text } = this.#name();
        value = { from: value.from, to, type: "attribute", object: value, name: text };
      } else if (this.#accept("(")) {
        value = this.#called(value);
      } else if (this.#accept("[")) {
        const index = this.#index();
        const { to } = this.#expect("]");
        value = { from: value.from, to, type: "subscript", object: value, index };
      } else {
        break;
      }
      this.#deepen();
    }
    this.#depth = depth;
    return value;
  }

  #called(callee: Expression): Expression {
    const given = this.#arguments();
    return { from: callee.from, to: this.#end, type: "call", callee, given, end: this.#end - 1 };
  }

  /** Read the arguments of a call, and the bracket after them. */
  #arguments(): Actual[] {
    const found: Actual[] = [];
    while (!this.#is(")")) {
      const one = this.#argument();
      const message = misplaced(one, found);
      if (message !== null) {
        throw new Refusal(one.value, "notPython", {}, message);
      }
      if (isBare(one) && (found.length > 0 || this.#is(","))) {
        throw new Refusal(one.value); // it needs brackets of its own
      }
      found.push(one);
      if (!this.#accept(",")) {
        break;
      }
    }
    this.#expect(")");
    return found;
  }

  #argument(): Actual {
    const { from, type } = this.#token;
    const stars = this.#accept("**") ? "**" : this.#accept("*") ? "*" : null;
    if (stars !== null) {
      const value = this.#ternary();
      return { keyword: null, value: { from, to: value.to, type: "starred", stars, value } };
    }
    if (type === "name" && this.#tokens[this.#at + 1]?.text === "=" && this.#tokens[this.#at + 1]?.type === "sign") {
      const keyword = this.#name().text;
      this.#at += 1;
      return { keyword, value: this.#ternary() };
    }
    const value = this.#named();
    if (!this.#isClause()) {
      return { keyword: null, value };
    }
    const clauses = this.#clauses();
    return {
      keyword: null,
      value: { from, to: this.#end, type: "comprehension", kind: "generator", element: value, clauses },
    };
  }

  #index(): Expression {
    const { from } = this.#token;
    const items = [this.#sliceOr()];
    const [only] = items;
    if (!this.#is(",") && only !== undefined) {
      return only;
    }
    while (this.#accept(",") && !this.#is("]")) {
      items.push(this.#sliceOr());
    }
    const index: Expression = { from, to: this.#end, type: "sequence", kind: "tuple", items };
    return items.some(({ type }) => type === "slice") ? odd(index, "slices", {}, [index]) : index;
  }

  #sliceOr(): Expression {
    const { from } = this.#token;
    const parts: (Expression | null)[] = [];
    let isSlice = false;
    for (;;) {
      parts.push(this.#is(":") || this.#is("]") || this.#is(",") ? null : this.#named());
      if (parts.length === 3 || !this.#accept(":")) {
        break;
      }
      isSlice = true;
    }
    const [only] = parts;
    if (!isSlice) {
      if (only === undefined || only === null) {
        throw new Refusal(visible(this.#token, this.#code.length));
      }
      return only;
    }
    return { from, to: this.#end, type: "slice", parts };
  }

  #atom(): Expression {
    const { from, to, type, text } = this.#token;
    if (type === "string") {
      return this.#strings();
    }
    if (type === "number") {
      this.#at += 1;
      return number(text, { from, to });
    }
    if (type === "sign") {
      return this.#bracketed(from, text);
    }
    if (type === "name" && ["True", "False", "None"].includes(text)) {
      this.#at += 1;
      return { from, to, type: "constant", value: text === "None" ? null : text === "True" };
    }
    return { from, to, type: "name", name: this.#name().text };
  }

  #bracketed(from: number, sign: string): Expression {
    this.#at += 1;
    switch (sign) {
      case "(":
        return this.#parenthesized(from);
      case "[":
        return this.#list(from);
      case "{":
        return this.#braces(from);
      case "...":
        return { from, to: this.#end, type: "constant", value: ELLIPSIS };
      default:
        this.#at -= 1;
        throw new Refusal(visible(this.#token, this.#code.length));
    }
  }

  #parenthesized(from: number): Expression {
    if (this.#accept(")")) {
      return { from, to: this.#end, type: "sequence", kind: "tuple", items: [] };
    }
    const inner = this.#deeper(() => this.#yieldOr(() => this.#tuple(() => this.#starredOr(() => this.#named()))));
    if (this.#isClause()) {
      const clauses = this.#clauses();
      const { to } = this.#expect(")");
      return { from, to, type: "comprehension", kind: "generator", element: inner, clauses };
    }
    const { to } = this.#expect(")");
    return { ...inner, from, to };
  }

  #isClause(): boolean {
    return this.#is("for") || (this.#is("async") && this.#tokens[this.#at + 1]?.text === "for");
  }

  #list(from: number): Expression {
    const items = this.#items("]");
    const [only] = items;
    if (items.length === 1 && only !== undefined && this.#isClause()) {
      const clauses = this.#clauses();
      const { to } = this.#expect("]");
      return { from, to, type: "comprehension", kind: "list", element: only, clauses };
    }
    const { to } = this.#expect("]");
    return { from, to, type: "sequence", kind: "list", items };
  }

  #items(end: string): Expression[] {
    return this.#deeper(() => {
      const items: Expression[] = [];
      while (!this.#is(end)) {
        items.push(this.#starredOr(() => this.#named()));
        if (!this.#accept(",")) {
          break;
        }
      }
      return items;
    });
  }

  #braces(from: number): Expression {
    if (this.#accept("}")) {
      return { from, to: this.#end, type: "dict", items: [] };
    }
    const start = this.#at;
    if (!this.#is("**")) {
      this.#deeper(() => this.#starredOr(() => this.#named()));
    }
    const isDict = this.#is(":") || this.#is("**");
    this.#at = start;
    return isDict ? this.#dict(from) : this.#set(from);
  }

  #set(from: number): Expression {
    const items = this.#items("}");
    const [only] = items;
    if (items.length === 1 && only !== undefined && this.#isClause()) {
      const clauses = this.#clauses();
      const { to } = this.#expect("}");
      return { from, to, type: "comprehension", kind: "set", element: only, clauses };
    }
    const { to } = this.#expect("}");
    return { from, to, type: "sequence", kind: "set", items };
  }

  #dict(from: number): Expression {
    const items: (readonly [Expression, Expression])[] = [];
    while (!this.#is("}")) {
      items.push(this.#deeper(() => this.#pair()));
      const [pair] = items;
      if (items.length === 1 && pair !== undefined && this.#isClause()) {
        const clauses = this.#clauses();
        const { to } = this.#expect("}");
        return { from, to, type: "mapping", key: pair[0], element: pair[1], clauses };
      }
      if (!this.#accept(",")) {
        break;
      }
    }
    const { to } = this.#expect("}");
    return { from, to, type: "dict", items };
  }

  #pair(): readonly [Expression, Expression] {
    const { from } = this.#token;
    if (this.#accept("**")) {
      const value = this.#binary(0);
      const starred: Expression = { from, to: value.to, type: "starred", stars: "**", value };
      return [starred, starred];
    }
    const key = this.#ternary();
    this.#expect(":");
    return [key, this.#ternary()];
  }

  #clauses(): Clause[] {
    const found: Clause[] = [];
    while (this.#isClause()) {
      this.#accept("async");
      this.#expect("for");
      const target = this.#target();
      this.#expect("in");
      const iterable = this.#or();
      const conditions: Expression[] = [];
      while (this.#accept("if")) {
        conditions.push(this.#condition());
      }
      found.push({ target, iterable, conditions });
    }
    return found;
  }

  #condition(): Expression {
    const test = this.#is("lambda") ? this.#lambda() : this.#or();
    if (!this.#is(":=") || test.type !== "name") {
      return test;
    }
    this.#at += 1;
    const value = this.#or();
    return { from: test.from, to: value.to, type: "walrus", target: test, value };
  }

  // texts

  /** Read texts that stand side by side, which are one. */
  #strings(): Expression {
    const found: Token[] = [];
    while (this.#token.type === "string") {
      found.push(this.#token);
      this.#at += 1;
    }
    const [first] = found;
    const at = { from: first?.from ?? 0, to: found.at(-1)?.to ?? 0 };
    if (found.length === 1 && first !== undefined && !isFormat(first)) {
      return string(first.text, at);
    }
    const parts = found.flatMap((one) => (isFormat(one) ? this.#formatted(one) : (stringText(one.text) ?? [])));
    if (parts.every((part) => typeof part === "string")) {
      return { ...at, type: "constant", value: parts.join("") };
    }
    return { ...at, type: "format", parts };
  }

  #formatted({ from, text }: Token): (string | Replacement)[] {
    const [start = "", , quote = ""] = /^(\w*)("""|'''|"|')/.exec(text) ?? [];
    const isRaw = /r/i.test(start);
    const body = text.slice(start.length, text.length - quote.length);
    return partsOf(body, from + start.length, isRaw).map((part) =>
      typeof part !== "string" ? this.#replacement(part) : isRaw ? part : (stringText(`"""${part}"""`) ?? part),
    );
  }

  #replacement({ from, to, shows, conversion, format, inner }: Field): Replacement {
    const value = new Parser(this.#code, tokens(this.#code.slice(from, to), from, true)).whole();
    for (const one of inner) {
      this.#replacement(one);
    }
    return {
      value: shows ? odd({ from, to }, "format", {}, [value]) : value,
      shown: /[ra]/.test(conversion) || shows ? "repr" : "str",
      format,
    };
  }
}

function isFormat({ text }: Token): boolean {
  return /^\w*f\w*["']/i.test(text);
}

export function odd({ from, to }: Span, key: Key, filling: Filling = {}, parts: readonly Expression[] = []): Odd {
  return { from, to, type: "odd", key, filling, parts };
}

/** Tell whether an argument is a generator without brackets of its own. */
function isBare({ keyword, value }: Actual): boolean {
  return (
    keyword === null &&
    value.type === "comprehension" &&
    value.kind === "generator" &&
    value.element.from === value.from
  );
}

/** Return a span of one character, as an empty one could not be underlined. */
function visible({ from, to }: Span, end: number): Span {
  if (to > from) {
    return { from, to };
  }
  return from < end ? { from, to: from + 1 } : { from: Math.max(0, end - 1), to: end };
}

/** Return what Python says to an argument that cannot stand after the others. */
function misplaced({ keyword, value }: Actual, others: readonly Actual[]): string | null {
  if (keyword !== null) {
    return others.some((other) => other.keyword === keyword) ? `keyword argument repeated: ${keyword}` : null;
  }
  const isPlain = value.type !== "starred";
  if (isPlain && others.some((other) => other.keyword !== null)) {
    return "positional argument follows keyword argument";
  }
  return value.type !== "starred" || value.stars === "*"
    ? others.some((other) => other.value.type === "starred" && other.value.stars === "**")
      ? "positional argument follows keyword argument unpacking"
      : null
    : null;
}
