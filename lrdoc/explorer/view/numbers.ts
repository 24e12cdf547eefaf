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
