/** Numbers as readers see and type them. */

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

/** Return a short list of steps in words of the page: `3, 8, 12`. */
export function listed(values: readonly number[]): string {
  return values.join(", ");
}

/** Read numbers that are separated by commas, semicolons or white space; `null` if a part is not a finite number. */
export function readNumbers(source: string): number[] | null {
  const parts = source.split(/[\s,;]+/).filter((part) => part !== "");
  const values = parts.map(Number);
  return values.every(Number.isFinite) ? values : null;
}
