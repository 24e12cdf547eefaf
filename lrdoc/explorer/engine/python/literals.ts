/** Numbers and strings as Python writes them. */

import type { Span } from "../types.ts";
import type { Expression } from "./syntax.ts";

/** A literal with more digits is refused: converting it takes long. */
const MOST_DIGITS = 5000;

export function number(source: string, { from, to }: Span): Expression {
  const plain = source.replaceAll("_", "");
  if (plain.length > MOST_DIGITS) {
    return { from, to, type: "odd", key: "manyDigits", filling: { most: MOST_DIGITS }, parts: [] };
  }
  if (/^(0[xob][\da-f]+|\d+)$/i.test(plain)) {
    return { from, to, type: "constant", value: BigInt(plain) };
  }
  if (/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) {
    return { from, to, type: "constant", value: Number(plain) };
  }
  return { from, to, type: "odd", key: "notUnderstood", filling: {}, parts: [] };
}

export function string(source: string, { from, to }: Span): Expression {
  const value = stringText(source);
  return value === null
    ? { from, to, type: "odd", key: "notUnderstood", filling: {}, parts: [] }
    : { from, to, type: "constant", value };
}

/** Return the characters that a string literal stands for; null for bytes, and where a rare escape stands in it. */
export function stringText(source: string): string | null {
  const [, prefix = "", , body = ""] = /^(\w*)("""|'''|"|')([\s\S]*)\2$/.exec(source) ?? [];
  if (/b/i.test(prefix)) {
    return null;
  }
  if (/r/i.test(prefix)) {
    return body;
  }
  let isOdd = false;
  const text = body.replace(ESCAPE, (whole, code: string) => {
    isOdd ||= /^[abfvxuUN1-7]$/.test(code);
    return unescaped(whole, code);
  });
  return isOdd ? null : text;
}

const ESCAPE = /\\(\n|x[\da-fA-F]{2}|u[\da-fA-F]{4}|[\s\S])/g;
const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ["\n", ""],
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["0", "\0"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
]);

function unescaped(whole: string, code: string): string {
  if (code.length > 1) {
    return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  }
  return CHARACTERS.get(code) ?? whole;
}
