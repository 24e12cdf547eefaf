/** Methods of texts, and how values are shown in a format. */

import { isTie } from "../python/builtins.ts";
import { formats } from "../python/compile.ts";
import { spend } from "../python/effort.ts";
import { Puzzle, PythonError, typeError } from "../python/errors.ts";
import { builtin, toInteger } from "../python/mathematics.ts";
import { type Callable, floatText, iterate, Sequence, text, typeName, Unknown, type Value } from "../python/values.ts";
import { positional } from "./positional.ts";

type Method = (self: string, ...given: readonly Value[]) => Value;

const METHODS: Readonly<Record<string, readonly [least: number, most: number, run: Method]>> = {
  capitalize: [0, 0, (self) => self.slice(0, 1).toUpperCase() + self.slice(1).toLowerCase()],
  count: [1, 1, (self, part) => BigInt(self.split(plain(part)).length - 1)],
  endswith: [1, 1, (self, end) => several(end).some((one) => self.endsWith(one))],
  find: [1, 1, (self, part) => BigInt(self.indexOf(plain(part)))],
  format: [0, 99, (self, ...given) => filled(self, given)],
  index: [1, 1, (self, part) => placed(self.indexOf(plain(part)))],
  isdigit: [0, 0, (self) => /^\d+$/.test(self)],
  isnumeric: [0, 0, (self) => /^\d+$/.test(self)],
  join: [1, 1, (self, parts = null) => joined(self, Array.from(iterate(parts)))],
  lower: [0, 0, (self) => self.toLowerCase()],
  lstrip: [0, 1, (self, set) => stripped(self, set, true, false)],
  partition: [1, 1, (self, part) => parted(self, plain(part))],
  rpartition: [1, 1, (self, part) => partedLast(self, plain(part))],
  removeprefix: [1, 1, (self, part) => (self.startsWith(plain(part)) ? self.slice(plain(part).length) : self)],
  removesuffix: [1, 1, (self, part) => (self.endsWith(plain(part)) ? self.slice(0, -plain(part).length) : self)],
  replace: [2, 3, (self, from, to, count) => replaced(self, plain(from), plain(to), count)],
  rstrip: [0, 1, (self, set) => stripped(self, set, false, true)],
  split: [0, 2, (self, separator = null, most = -1n) => list(parts(self, separator, most))],
  splitlines: [0, 0, (self) => list(self.replace(/\n$/, "").split("\n"))],
  startswith: [1, 1, (self, start) => several(start).some((one) => self.startsWith(one))],
  strip: [0, 1, (self, set) => stripped(self, set, true, true)],
  title: [
    0,
    0,
    (self) => self.toLowerCase().replace(/[a-z]+/g, (word) => word.slice(0, 1).toUpperCase() + word.slice(1)),
  ],
  upper: [0, 0, (self) => self.toUpperCase()],
  zfill: [1, 1, (self, width) => filledUp(self, Number(width))],
};

/** Return a method of a text. */
export function textMethod(self: string, name: string): Callable | undefined {
  const found = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (found === undefined) {
    return undefined;
  }
  const [least, most, run] = found;
  const method = builtin(
    name,
    least,
    most,
    (...given) => {
      spend(self.length / 10);
      return run(self, ...given);
    },
    { takes: "text" },
  );
  return name === "format" ? positional(method, "format") : method;
}

function placed(at: number): bigint {
  if (at < 0) {
    throw new PythonError("ValueError", "substring not found");
  }
  return BigInt(at);
}

/** Return what stands before the first place of a part, the part, and what stands after it. */
function parted(self: string, part: string): Sequence {
  const at = self.indexOf(part);
  const parts = at < 0 ? [self, "", ""] : [self.slice(0, at), part, self.slice(at + part.length)];
  return new Sequence(parts, "tuple");
}

function partedLast(self: string, part: string): Sequence {
  const at = self.lastIndexOf(part);
  const parts = at < 0 ? ["", "", self] : [self.slice(0, at), part, self.slice(at + part.length)];
  return new Sequence(parts, "tuple");
}

/** Return a text with zeros after its sign, if it has one. */
function filledUp(self: string, width: number): string {
  const [sign = ""] = /^[+-]?/.exec(self) ?? [];
  return sign + self.slice(sign.length).padStart(width - sign.length, "0");
}

function plain(value: Value | undefined): string {
  if (typeof value !== "string") {
    throw typeError(`must be str, not ${typeName(value ?? null)}`);
  }
  if (value === "") {
    throw new Puzzle("notUnderstood");
  }
  return value;
}

function several(value: Value | undefined): string[] {
  return value instanceof Sequence && value.kind === "tuple" ? value.items.map(plain) : [plain(value)];
}

function list(texts: readonly string[]): Sequence {
  return new Sequence([...texts]);
}

function joined(separator: string, values: readonly Value[]): string {
  const wrong = values.findIndex((one) => typeof one !== "string");
  if (wrong >= 0) {
    throw typeError(`sequence item ${wrong}: expected str instance, ${typeName(values[wrong] ?? null)} found`);
  }
  spend(values.length * (1 + separator.length / 10));
  return values.join(separator);
}

function stripped(self: string, set: Value | undefined, start: boolean, end: boolean): string {
  const characters = set === undefined || set === null ? " \t\n\r\f\v" : plain(set);
  let [from, to] = [0, self.length];
  while (start && from < to && characters.includes(self[from] ?? "\0")) {
    from += 1;
  }
  while (end && to > from && characters.includes(self[to - 1] ?? "\0")) {
    to -= 1;
  }
  return self.slice(from, to);
}

function parts(self: string, separator: Value, most: Value): string[] {
  if (separator === null) {
    if (most !== -1n) {
      throw new Puzzle("notUnderstood");
    }
    return self.trim() === "" ? [] : self.trim().split(/\s+/);
  }
  const pieces = self.split(plain(separator));
  const count = Number(most);
  if (count < 0 || pieces.length <= count + 1) {
    return pieces;
  }
  return [...pieces.slice(0, count), pieces.slice(count).join(plain(separator))];
}

/** Replace a text by another, at most so many times. */
function replaced(text: string, from: string, to: string, count: Value | undefined): string {
  let left = count === undefined || Number(count) < 0 ? Number.POSITIVE_INFINITY : Number(count);
  return text.replaceAll(from, () => {
    left -= 1;
    return left < 0 ? from : to;
  });
}

/** Fill the places in braces of a text, as `format` does. */
function filled(template: string, given: readonly Value[]): string {
  let at = 0;
  return template.replace(/\{\{|\}\}|\{(\d*)(?::([^{}]*))?\}|[{}]/g, (whole, place: string | undefined, spec = "") => {
    if (whole === "{{" || whole === "}}") {
      return whole.slice(1);
    }
    if (place === undefined) {
      throw new Puzzle("format");
    }
    const value = given[place === "" ? at : Number(place)];
    at += 1;
    if (value === undefined) {
      throw new PythonError("IndexError", "Replacement index out of range for positional args tuple");
    }
    return formatted(value, spec);
  });
}

/** Fill the places of a text that begin with `%`. */
export function percent(template: string, given: Value): string {
  const values = given instanceof Sequence && given.kind === "tuple" ? given.items : [given];
  let at = 0;
  const result = template.replace(/%(%|[-0]?\d*(?:\.\d+)?[sdifgeFGE]|.?)/g, (_whole, spec: string) => {
    if (spec === "%") {
      return "%";
    }
    const value = values[at];
    at += 1;
    if (value instanceof Unknown) {
      value.demand("text");
    }
    if (value === undefined || !/[sdifgeFGE]$/.test(spec) || spec.startsWith("-")) {
      throw new Puzzle("format");
    }
    if (/[di]$/.test(spec)) {
      return formatted(toInteger(value, Math.trunc), `${spec.slice(0, -1)}d`);
    }
    return spec.endsWith("s") ? formatted(text(value), `>${spec.slice(0, -1)}`) : formatted(value, spec);
  });
  if (at !== values.length) {
    throw typeError("not all arguments converted during string formatting");
  }
  return result;
}

const SPEC = /^(?:(.)?([<>^=]))?([+ -])?(0)?(\d*)(,)?(?:\.(\d+))?([a-zA-Z%])?$/u;

/** Return a value in a format such as `>8.3f`. */
export function formatted(value: Value, spec: string): string {
  if (spec === "") {
    return text(value);
  }
  const found = SPEC.exec(spec);
  if (found === null) {
    throw new Puzzle("format");
  }
  const [, fill, align, sign, zero, width = "", comma, digits, type = ""] = found;
  if (comma !== undefined || sign === " " || Number(width) > 1000 || Number(digits ?? 0) > 100) {
    throw new Puzzle("format");
  }
  const isText = typeof value === "string";
  const body = isText ? ofText(value, digits, type) : ofNumber(value, digits, type);
  const signed = sign === "+" && !isText && !body.startsWith("-") ? `+${body}` : body;
  const filler = fill ?? zero ?? " ";
  return padded(signed, filler, align ?? (zero !== undefined && !isText ? "=" : isText ? "<" : ">"), Number(width));
}

function padded(body: string, fill: string, align: string, width: number): string {
  const missing = Math.max(0, width - body.length);
  switch (align) {
    case "<":
      return body + fill.repeat(missing);
    case "^":
      return fill.repeat(Math.floor(missing / 2)) + body + fill.repeat(Math.ceil(missing / 2));
    case "=": {
      const sign = /^[+-]/.exec(body)?.[0] ?? "";
      return sign + fill.repeat(missing) + body.slice(sign.length);
    }
    default:
      return fill.repeat(missing) + body;
  }
}

function ofText(value: string, digits: string | undefined, type: string): string {
  if (type !== "" && type !== "s") {
    throw new PythonError("ValueError", `Unknown format code '${type}' for object of type 'str'`);
  }
  return digits === undefined ? value : value.slice(0, Number(digits));
}

function ofNumber(value: Value, digits: string | undefined, type: string): string {
  const number = typeof value === "boolean" ? BigInt(value) : value;
  if (typeof number === "bigint" && (type === "d" || type === "") && digits === undefined) {
    return String(number);
  }
  if (typeof number !== "number" && typeof number !== "bigint") {
    throw new Puzzle("format");
  }
  if (type === "d" && typeof number === "number") {
    throw new PythonError("ValueError", "Unknown format code 'd' for object of type 'float'");
  }
  if (type === "d" || (typeof number === "number" && !Number.isFinite(number))) {
    throw new Puzzle("format");
  }
  return ofFloat(Number(number), digits === undefined ? null : Number(digits), type);
}

function ofFloat(value: number, digits: number | null, type: string): string {
  switch (type) {
    case "f":
    case "F":
      return fixed(value, digits ?? 6);
    case "%":
      return `${fixed(value * 100, digits ?? 6)}%`;
    case "e":
      return exponential(value, digits ?? 6);
    case "g":
      return general(value, digits ?? 6);
    case "":
      if (digits === null) {
        return floatText(value);
      }
      throw new Puzzle("format");
    default:
      throw new Puzzle("format");
  }
}

/** Python rounds a tie to the even digit, where JavaScript goes away from zero. */
function fixed(value: number, digits: number): string {
  if (Math.abs(value) >= 1e21) {
    throw new Puzzle("format");
  }
  const scaled = Math.abs(value) * 10 ** digits;
  const rounded = value.toFixed(digits);
  if (isTie(value, digits) && Math.floor(scaled) % 2 === 0) {
    const down = (Math.floor(scaled) / 10 ** digits).toFixed(digits);
    return value < 0 ? `-${down}` : down;
  }
  return Object.is(value, -0) ? `-${rounded}` : rounded;
}

function exponential(value: number, digits: number): string {
  const [mantissa = "", power = "+0"] = value.toExponential(digits).split("e");
  return `${mantissa}e${power.slice(0, 1)}${power.slice(1).padStart(2, "0")}`;
}

function general(value: number, digits: number): string {
  const most = Math.max(1, digits);
  const exponent = value === 0 ? 0 : Number(value.toExponential(most - 1).split("e")[1]);
  if (exponent < -4 || exponent >= most) {
    const [mantissa = "", power = ""] = exponential(value, most - 1).split("e");
    return `${trimmed(mantissa)}e${power}`;
  }
  return trimmed(fixed(value, most - 1 - exponent));
}

function trimmed(digits: string): string {
  return digits.includes(".") ? digits.replace(/0+$/, "").replace(/\.$/, "") : digits;
}

/** Let f-strings show values in formats. */
export function installFormats(): void {
  formats.format = formatted;
}
