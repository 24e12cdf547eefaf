/** From the text to the words of Python: names, numbers, texts, signs, and the lines and blocks that they stand in. */

import type { Key } from "../generated/messages.ts";
import type { Span } from "../types.ts";
import type { Filling } from "./errors.ts";

export interface Token extends Span {
  readonly type: "name" | "number" | "string" | "sign" | "newline" | "indent" | "dedent" | "end";
  readonly text: string;
}

/** Where the text is not Python, and what is wrong there. */
export interface Mistake extends Span {
  readonly key: Key;
  readonly filling: Filling;
  /** Python's own message. */
  readonly error?: string;
}

/** Thrown at the first place at which Python would refuse the text. */
export class Refusal extends Error {
  readonly mistake: Mistake;

  constructor({ from, to }: Span, key: Key = "notPython", filling: Filling = {}, error?: string) {
    super(key);
    this.mistake = { from, to, key, filling, ...(error === undefined ? {} : { error }) };
  }
}

const NAME = /[\p{XID_Start}_]\p{XID_Continue}*/uy;
const NUMBER =
  /(?:0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|(?:\d(?:_?\d)*)?\.\d(?:_?\d)*(?:[eE][+-]?\d(?:_?\d)*)?|\d(?:_?\d)*\.?(?:[eE][+-]?\d(?:_?\d)*)?)[jJ]?/y;
const STRING = /(?:[rRuUbBfF]|[rR][bBfF]|[bBfF][rR])?("""|'''|"|')/y;
const SIGN = /\*\*=|\/\/=|>>=|<<=|\.\.\.|->|:=|\*\*|\/\/|<<|>>|<=|>=|==|!=|[-+*/%&|^@]=|[-+*/%&|^~@<>()[\]{},:.;=]/y;
const BLANK = /[ \t\f]*/y;

/** Return the words of a text; `base` is where it begins in the whole, and `inBrackets` tells that lines do not count. */
export function tokens(code: string, base = 0, inBrackets = false): Token[] {
  return new Tokenizer(code, base, inBrackets).all();
}

class Tokenizer {
  readonly #code: string;
  readonly #base: number;
  readonly #found: Token[] = [];
  readonly #indents: number[] = [];
  readonly #blanks: number[] = [];
  readonly #brackets: string[];
  #at = 0;

  constructor(code: string, base: number, inBrackets: boolean) {
    this.#code = code;
    this.#base = base;
    this.#brackets = inBrackets ? ["("] : [];
    this.#at = code.startsWith("\uFEFF") ? 1 : 0;
  }

  all(): Token[] {
    const isPart = this.#brackets.length > 0;
    while (this.#at < this.#code.length) {
      if (this.#brackets.length === 0 && this.#isLineStart()) {
        this.#lineStart();
      } else {
        this.#word();
      }
    }
    if (!isPart) {
      this.#end();
    }
    this.#push("end", this.#code.length, this.#code.length);
    return this.#found;
  }

  #isLineStart(): boolean {
    const last = this.#found.at(-1);
    return last === undefined || last.type === "newline";
  }

  #end(): void {
    const { length } = this.#code;
    if (this.#brackets.length > 0) {
      throw this.#refuse(Math.max(0, length - 1), length);
    }
    if (!this.#isLineStart()) {
      this.#push("newline", length, length);
    }
    while (this.#indents.length > 1) {
      this.#indents.pop();
      this.#push("dedent", length, length);
    }
  }

  #push(type: Token["type"], from: number, to: number): void {
    this.#found.push({ type, from: this.#base + from, to: this.#base + to, text: this.#code.slice(from, to) });
  }

  #refuse(from: number, to: number, key: Key = "notPython", filling: Filling = {}): Refusal {
    return new Refusal({ from: this.#base + from, to: this.#base + to }, key, filling);
  }

  /** Take the blanks before a line; an empty line counts for nothing. */
  #lineStart(): void {
    const blanks = this.#match(BLANK) ?? "";
    const start = this.#at + blanks.length;
    const next = this.#code[start];
    if (next === "#" || next === "\n" || next === "\r" || next === undefined) {
      const end = this.#code.indexOf("\n", start);
      this.#at = end < 0 ? this.#code.length : end + 1;
      return;
    }
    this.#indent(width(blanks), blanks.length, start);
    this.#at = start;
    this.#word();
  }

  /** A text that is indented as a whole is a piece of a longer one. The depth must not depend on how wide a tab is: `blanks` is that with tabs as wide as a blank. */
  #indent(depth: number, blanks: number, at: number): void {
    const now = this.#indents.at(-1);
    if (now === undefined) {
      this.#indents.push(depth);
      this.#blanks.push(blanks);
    } else if (depth > now) {
      if (blanks <= (this.#blanks.at(-1) ?? 0)) {
        throw this.#refuse(at, at + 1, "tabs");
      }
      this.#indents.push(depth);
      this.#blanks.push(blanks);
      this.#push("indent", at, at);
    }
    while (depth < (this.#indents.at(-1) ?? 0)) {
      this.#indents.pop();
      this.#blanks.pop();
      if (depth > (this.#indents.at(-1) ?? Number.POSITIVE_INFINITY) || this.#indents.length === 0) {
        throw this.#refuse(at, at + 1);
      }
      this.#push("dedent", at, at);
    }
    if (blanks !== this.#blanks.at(-1)) {
      throw this.#refuse(at, at + 1, "tabs");
    }
  }

  #word(): void {
    const character = this.#code[this.#at] ?? "";
    if (character === "\n" || character === "\r") {
      this.#newline();
    } else if (character === "#") {
      const end = this.#code.indexOf("\n", this.#at);
      this.#at = end < 0 ? this.#code.length : end;
    } else if (/[ \t\f]/.test(character)) {
      this.#at += (this.#match(BLANK) ?? " ").length;
    } else if (/^\\\r?\n[\s\S]/.test(this.#code.slice(this.#at, this.#at + 4))) {
      this.#at = this.#code.indexOf("\n", this.#at) + 1;
    } else {
      this.#visible();
    }
  }

  #newline(): void {
    if (this.#brackets.length === 0) {
      this.#push("newline", this.#at, this.#at + 1);
    }
    this.#at += this.#code.startsWith("\r\n", this.#at) ? 2 : 1;
  }

  #visible(): void {
    const string = this.#match(STRING);
    if (string !== null) {
      this.#string(string);
      return;
    }
    for (const [type, pattern] of [
      ["name", NAME],
      ["number", NUMBER],
      ["sign", SIGN],
    ] as const) {
      const text = this.#match(pattern);
      if (text !== null && text !== "") {
        this.#take(type, text);
        return;
      }
    }
    const character = String.fromCodePoint(this.#code.codePointAt(this.#at) ?? 0);
    const { key, filling } = strange(character);
    throw this.#refuse(this.#at, this.#at + character.length, key, filling);
  }

  #take(type: "name" | "number" | "sign", text: string): void {
    const [from, to] = [this.#at, this.#at + text.length];
    const next = this.#code.slice(to, to + 2);
    if (
      type === "number" &&
      !/^(and|else|for|i[fns]|not|or)/.test(this.#code.slice(to, to + 4)) &&
      (/^[\p{XID_Continue}]/u.test(next) || (/^0\d*[1-9]/.test(text.replaceAll("_", "")) && /^[\d_]+$/.test(text)))
    ) {
      const odd = String.fromCodePoint(this.#code.codePointAt(to) ?? 0);
      const isOdd = odd > "\x7f";
      throw isOdd ? this.#refuse(to, to + odd.length, strange(odd).key, strange(odd).filling) : this.#refuse(from, to);
    }
    if (type === "sign") {
      this.#bracket(text, from);
    }
    this.#push(type, from, to);
    this.#at = to;
  }

  #bracket(text: string, at: number): void {
    if ("([{".includes(text)) {
      this.#brackets.push(text);
    } else if (")]}".includes(text) && this.#brackets.pop() !== "([{"[")]}".indexOf(text)]) {
      throw this.#refuse(at, at + 1);
    }
  }

  #string(start: string): void {
    const quote = /"""|'''|"|'/.exec(start)?.[0] ?? '"';
    let to = this.#at + start.length;
    while (!this.#code.startsWith(quote, to)) {
      const character = this.#code[to];
      if (character === undefined || (character === "\n" && quote.length === 1)) {
        throw this.#refuse(this.#at, Math.min(to, this.#at + start.length + 1));
      }
      to += character === "\\" ? 2 : 1;
    }
    this.#push("string", this.#at, to + quote.length);
    this.#at = to + quote.length;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#code)?.[0] ?? null;
  }
}

/** Return how far blanks indent a line. */
function width(blanks: string): number {
  let columns = 0;
  for (const one of blanks) {
    columns = one === "\t" ? columns - (columns % 8) + 8 : columns + 1;
  }
  return columns;
}

/** What a keyboard for Chinese puts in the place of Python's punctuation. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ..."“”＂".split("").map((one) => [one, '"'] as const),
  ..."‘’＇".split("").map((one) => [one, "'"] as const),
  ...["。.", "、,", "—-", "–-", "−-", "×*", "÷/", "【[", "】]"].map(
    (pair) => [pair.slice(0, 1), pair.slice(1)] as const,
  ),
]);

/** Return what is to be said of a character that Python does not take outside of texts and comments. */
function strange(character: string): { key: Key; filling: Filling } {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  const plain = PLAIN.get(character) ?? character.normalize("NFKC");
  if (/^[!-~]$/.test(plain) && character > "\x7f") {
    return { key: "fullWidth", filling: { character, code, plain } };
  }
  return /\p{Z}|\p{C}/u.test(character)
    ? { key: "strangeSpace", filling: { code } }
    : { key: "strangeCharacter", filling: { character, code } };
}
