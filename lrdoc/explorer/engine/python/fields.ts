/** The parts of an f-string: its text, and what stands in braces, told apart as Python 3.10 does. */

import { Refusal } from "./tokens.ts";

/** What stands in braces: an expression, and what follows it. */
export interface Field {
  readonly from: number;
  readonly to: number;
  /** Whether the expression itself is to be shown before its value. */
  readonly shows: boolean;
  /** `s`, `r`, `a`, or nothing. */
  readonly conversion: string;
  /** What stands after the colon. */
  readonly format: string;
  /** What stands in braces there. */
  readonly inner: readonly Field[];
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Return the parts of what stands between the quotes of an f-string; places are counted from `base`. */
export function partsOf(body: string, base: number, isRaw: boolean): (string | Field)[] {
  return new Splitter(body, base, isRaw).parts(0);
}

class Splitter {
  readonly #body: string;
  readonly #base: number;
  readonly #isRaw: boolean;
  #at = 0;

  constructor(body: string, base: number, isRaw: boolean) {
    this.#body = body;
    this.#base = base;
    this.#isRaw = isRaw;
  }

  /** Read up to the end, or to what ends a format. */
  parts(level: number): (string | Field)[] {
    const found: (string | Field)[] = [this.#text(level)];
    while (this.#body[this.#at] === "{") {
      found.push(this.#field(level), this.#text(level));
    }
    if (level === 0 && this.#at < this.#body.length) {
      throw this.#refuse();
    }
    return found;
  }

  #text(level: number): string {
    let found = "";
    const next = (): string => this.#body.slice(this.#at, this.#at + 2);
    while (this.#at < this.#body.length) {
      const [named = ""] = (this.#isRaw ? null : /^\\N\{[^}]*\}|^\\[^{}]/s.exec(this.#body.slice(this.#at))) ?? [];
      const doubled = level === 0 && /^(\{\{|\}\})/.test(next());
      if (!doubled && /[{}]/.test(this.#body[this.#at] ?? "")) {
        break;
      }
      found += named || next()[0];
      this.#at += named.length || (doubled ? 2 : 1);
    }
    return found;
  }

  #field(level: number): Field {
    if (level > 1) {
      throw this.#refuse();
    }
    this.#at += 1;
    const from = this.#at;
    this.#expression();
    const to = this.#at;
    const [tail = "", equals = "", conversion = ""] = /^(=[ \t\f\r\n]*)?(?:!([sra]))?/.exec(this.#body.slice(to)) ?? [];
    this.#at += tail.length;
    const start = this.#at + 1;
    const inner = this.#body[this.#at] === ":" ? this.#format(level + 1) : [];
    if (this.#body[this.#at] !== "}") {
      throw this.#refuse();
    }
    const format = this.#body.slice(start, this.#at);
    this.#at += 1;
    return { from: this.#base + from, to: this.#base + to, shows: equals !== "", conversion, format, inner };
  }

  #format(level: number): Field[] {
    this.#at += 1;
    return this.parts(level).filter((one) => typeof one !== "string");
  }

  /** Go to the end of an expression. */
  #expression(): void {
    const open: string[] = [];
    for (; this.#at < this.#body.length; this.#at += 1) {
      const rest = this.#body.slice(this.#at);
      const [word = ""] = /^("""|''')[\s\S]*?\1|^(["'])[\s\S]*?\2|^[!=<>]=|^[\s\S]/.exec(rest) ?? [];
      if (/^["'\\#]$/.test(word)) {
        throw this.#refuse();
      }
      if (open.length === 0 && /^[!:}=]$/.test(word)) {
        return;
      }
      if (word in CLOSING) {
        open.push(CLOSING[word] ?? "");
      } else if (/^[)\]}]$/.test(word) && open.pop() !== word) {
        throw this.#refuse();
      }
      if (word.includes("\\")) {
        throw this.#refuse();
      }
      this.#at += word.length - 1;
    }
  }

  #refuse(): Refusal {
    const from = this.#base + this.#at;
    return new Refusal({ from, to: from + 1 });
  }
}
