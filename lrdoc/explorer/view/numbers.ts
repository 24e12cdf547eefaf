/** Numbers and lists as readers see and type them. */

import type { Given } from "../engine/index.ts";

/** Return a learning rate as the site prints it: up to six significant digits, no trailing zeros. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) {
    return String(value);
  }
  const rounded = Number(value.toPrecision(6));
  return rounded !== 0 && (Math.abs(rounded) < 1e-4 || Math.abs(rounded) >= 1e7)
    ? rounded.toExponential().replace("e+", "e")
    : String(rounded);
}

/** Return numbers as the marks of one axis: all with as many digits after the point, or all with an exponent; `null` stays empty. */
export function shownAlike(marks: readonly (number | null)[]): string[] {
  const values = marks.map((mark) => (mark === null ? null : Number(mark.toPrecision(12))));
  const sizes = values.flatMap((value) => (value === null || value === 0 ? [] : [Math.abs(value)]));
  const withPowers = Math.min(...sizes) < LEAST_PLAIN || Math.max(...sizes) >= LARGEST_PLAIN;
  const written = (digits: number) => (value: number | null) =>
    value === null ? "" : withPowers ? scientific(value, digits) : value.toFixed(digits);
  for (let digits = 0; digits < MOST_DIGITS; digits += 1) {
    const words = values.map(written(digits));
    // The fewest digits with which each mark is told from the others, and is what it says.
    if (values.every((value, at) => value === null || isNear(Number(words[at]), value))) {
      return words;
    }
  }
  return values.map(written(MOST_DIGITS));
}

const [LEAST_PLAIN, LARGEST_PLAIN] = [1e-3, 1e8];
const MOST_DIGITS = 8;

function scientific(value: number, digits: number): string {
  return value === 0 ? "0" : value.toExponential(digits).replace("e+", "e");
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.abs(other);
}

/** Return a list as it is typed: `3, 8, 12`. */
export function listed(values: readonly Given[]): string {
  const items = values.map((value) => (typeof value === "object" ? JSON.stringify(value) : String(value))).join(", ");
  return values.length === 1 && typeof values[0] === "object" ? `[${items}]` : items;
}

/** Read numbers that are separated by commas, semicolons or white space; `null` if a part is not a finite number. */
export function readNumbers(source: string): number[] | null {
  const parts = source.split(/[\s,;]+/).filter((part) => part !== "");
  const values = parts.map(Number);
  return values.every(Number.isFinite) ? values : null;
}

/** Read a list of numbers, flags, words and lists, with or without brackets around it; `null` if its brackets do not match. */
export function readList(source: string): Given[] | null {
  const whole = readGiven(`[${source}]`);
  if (Array.isArray(whole)) {
    const [first] = whole;
    return Array.isArray(first) && whole.length === 1 ? [...first] : [...whole];
  }
  const inner = source.trim().replace(/^(?:\[(.*)\]|\((.*)\))$/s, "$1$2");
  if (/[[\](){}]/.test(inner)) {
    return null;
  }
  return inner
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(item);
}

function item(word: string): Given {
  if (word === "True" || word === "False") {
    return word === "True";
  }
  const value = Number(word);
  return Number.isFinite(value) ? value : word.replace(/^(["'])(.*)\1$/, "$2");
}

/** Read a value as JSON writes it; `null` if it is none that a name can have. */
export function readGiven(source: string): Given | null {
  try {
    const value: unknown = JSON.parse(source);
    return isGiven(value) ? value : null;
  } catch {
    return null;
  }
}

function isGiven(value: unknown): value is Given {
  return Array.isArray(value)
    ? value.every(isGiven)
    : typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
}
