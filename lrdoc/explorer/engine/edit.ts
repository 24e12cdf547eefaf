/** Change one thing in the code and leave the rest of its text as it is. */

import type { Call, Span, Value } from "./types.ts";

/** Return `code` with the text of `span` replaced. */
export function replace(code: string, span: Span, text: string): string {
  return code.slice(0, span.from) + text + code.slice(span.to);
}

/** Return `code` with one argument of `call` written as `source`; a keyword argument is added where it was not given. */
export function setArgument(code: string, call: Call, parameter: string, source: string): string {
  const argument = call.arguments.find((one) => one.parameter === parameter);
  if (argument === undefined) {
    throw new RangeError(`${call.className} has no parameter ${parameter}`);
  }
  if (argument.given) {
    return replace(code, argument.span, source);
  }
  const before = code.slice(call.from, argument.span.from).trimEnd();
  const comma = before.endsWith("(") ? "" : before.endsWith(",") ? " " : ", ";
  return replace(code, argument.span, `${comma}${parameter}=${source}`);
}

/** Return `value` as Python code; `real` tells that a whole number is meant as a float. */
export function literal(value: Value, real = false): string {
  if (value === null) {
    return "None";
  }
  switch (typeof value) {
    case "boolean":
      return value ? "True" : "False";
    case "string":
      return JSON.stringify(value);
    case "number":
      return number(value, real);
    default:
      return Array.isArray(value) ? `[${value.map((item) => literal(item, real)).join(", ")}]` : written(value);
  }
}

function number(value: number, real: boolean): string {
  if (!Number.isFinite(value)) {
    return `float("${Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf"}")`;
  }
  const text = String(value).replace("e+", "e");
  return real && Number.isInteger(value) && !text.includes("e") ? `${text}.0` : text;
}

function written(value: Value): string {
  if (typeof value === "object" && value !== null && "source" in value) {
    return value.source;
  }
  throw new TypeError("a scheduler is written where its own code stands");
}
