/** Python's `match`: what tells whether a value matches a pattern, as an expression of the language itself. */

import { BUILTINS } from "../python/builtins.ts";
import { dotted } from "../python/compile.ts";
import { builtin } from "../python/mathematics.ts";
import { unmatched } from "../python/parse.ts";
import { targetNames } from "../python/scope.ts";
import type { Expression } from "../python/syntax.ts";
import { Refusal } from "../python/tokens.ts";
import { Class, Range, Sequence, type Value } from "../python/values.ts";

/** How the names of the functions begin that tell whether a value matches. */
const HELPER = "match ";

/** These functions. */
export const HELPERS: ReadonlyMap<string, Value> = new Map([
  ...["dict", "hasattr", "isinstance", "len", "list"].map(
    (name) => [HELPER + name, BUILTINS.get(name) ?? null] as const,
  ),
  [
    `${HELPER}sequence`,
    builtin("sequence", 1, 1, (value = null) =>
      value instanceof Sequence ? /^(list|tuple|deque)$/.test(value.kind) : value instanceof Range,
    ),
  ],
]);

type Of<T extends Expression["type"]> = Extract<Expression, { type: T }>;

/** Thrown for a pattern that is not understood. */
class Strange extends Error {}

/** Types that a pattern such as `int(n)` takes as a whole. */
const WHOLE: ReadonlySet<string> = new Set(["bool", "dict", "float", "int", "list", "set", "str", "tuple"]);

/** Return the test whether a value matches a pattern, which gives the names in it their values. */
export function matching(value: Expression, pattern: Expression): Expression {
  const wrong = misfit(pattern, []);
  if (wrong !== null) {
    throw new Refusal(wrong);
  }
  try {
    return new Pattern(pattern).whole(value, pattern);
  } catch (error) {
    if (error instanceof Strange) {
      return unmatched(pattern);
    }
    throw error;
  }
}

/** Return the part of a pattern that is none, null where there is none such; the names that it gives to values are added to `names`. */
function misfit(pattern: Expression, names: string[]): Expression | null {
  switch (pattern.type) {
    case "odd":
    case "constant":
    case "unary":
    case "attribute":
      return isLiteral(pattern) ? null : pattern;
    case "name":
      return captured(pattern, pattern.name, names);
    case "walrus":
      return misfit(pattern.value, names) ?? captured(pattern, targetNames(pattern.target)[0] ?? "_", names, true);
    case "binary":
      return misfitBinary(pattern, names);
    case "sequence":
      return isSequence(pattern) ? misfitIn(pattern.items, names) : pattern;
    case "starred":
      return pattern.value.type === "name" ? misfit(pattern.value, names) : pattern;
    case "dict":
      return misfitMapping(pattern, names);
    case "call":
      return misfitObject(pattern, names);
    default:
      return pattern;
  }
}

/** Tell whether something is a value that is compared: a number, a text, or an attribute of a module. */
function isLiteral(node: Expression): boolean {
  switch (node.type) {
    case "odd":
      return node.parts.length === 0; // bytes, or a number
    case "constant":
      return !(node.value instanceof Class); // an ellipsis
    case "unary":
      return node.sign === "-" && isNumber(node.operand);
    case "attribute":
      return dotted(node)?.startsWith("_.") === false;
    default:
      return false;
  }
}

function isSequence({ kind, items }: Of<"sequence">): boolean {
  return kind !== "set" && items.filter(({ type }) => type === "starred").length < 2;
}

function misfitObject(pattern: Of<"call">, names: string[]): Expression | null {
  const isWrong = pattern.given.some(({ keyword, value }) => keyword === "_" || value.type === "starred");
  const values = pattern.given.map(({ value }) => value);
  return isWrong || /^(_$|_\.)/.test(dotted(pattern.callee) ?? "_") ? pattern : misfitIn(values, names);
}

function misfitIn(patterns: readonly Expression[], names: string[]): Expression | null {
  for (const one of patterns) {
    const found = misfit(one, names);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

/** Return a pattern whose name another has already; note the name otherwise. */
function captured(pattern: Expression, name: string, names: string[], isAlias = false): Expression | null {
  const isTwice = names.includes(name) || (isAlias && name === "_");
  if (name !== "_") {
    names.push(name);
  }
  return isTwice ? pattern : null;
}

function misfitBinary(pattern: Of<"binary">, names: string[]): Expression | null {
  return pattern.sign === "|" ? misfitEither(pattern, names) : isComplex(pattern) ? null : pattern;
}

/** Both sides must give the same names to values, and the first may not match everything. */
function misfitEither(pattern: Of<"binary">, names: string[]): Expression | null {
  const [left, right]: [string[], string[]] = [[], []];
  const found = misfit(pattern.left, left) ?? misfit(pattern.right, right);
  if (found !== null || isAny(pattern.left) || left.toSorted().join() !== right.toSorted().join()) {
    return found ?? pattern;
  }
  return left.map((name) => captured(pattern, name, names)).find((one) => one !== null) ?? null;
}

function misfitMapping({ items }: Of<"dict">, names: string[]): Expression | null {
  const keys = items.map(([key]) => key);
  const values = keys.flatMap((key) => (key.type === "constant" ? [key.value] : []));
  const wrong = keys.find((key, at) => (key.type === "starred" ? at < keys.length - 1 || isBlank(key) : !isKey(key)));
  return values.length > new Set(values).size
    ? (keys[0] ?? null)
    : (wrong ??
        misfitIn(
          items.map(([key, pattern]) => (key.type === "starred" ? key.value : pattern)),
          names,
        ));
}

/** Tell whether what takes the rest of a mapping gives it to no name. */
function isBlank({ value }: Of<"starred">): boolean {
  return value.type !== "name" || value.name === "_";
}

function isKey(key: Expression): boolean {
  return isLiteral(key) || (key.type === "binary" && isComplex(key));
}

/** Tell whether a pattern matches everything. */
export function isAny(pattern: Expression): boolean {
  switch (pattern.type) {
    case "name":
      return true;
    case "walrus":
      return isAny(pattern.value);
    case "binary":
      return isAny(pattern.right);
    default:
      return false;
  }
}

function isNumber(node: Expression): boolean {
  return node.type === "odd" || (node.type === "constant" && /^(number|bigint)$/.test(typeof node.value));
}

/** Tell whether a sum is a complex number. */
function isComplex({ sign, left, right }: Of<"binary">): boolean {
  const isReal = left.type === "unary" ? left.sign === "-" && isNumber(left.operand) : isNumber(left);
  return /^[+-]$/.test(sign) && isReal && right.type === "odd";
}

class Pattern {
  readonly #from: number;
  readonly #to: number;

  constructor({ from, to }: Expression) {
    this.#from = from;
    this.#to = to;
  }

  /** Return the test of a pattern, whose names get their values once all else holds. */
  whole(value: Expression, pattern: Expression): Expression {
    const tests = this.#tests(value, pattern);
    const isName = ({ type }: Expression): boolean => type === "sequence";
    return [...tests.filter((one) => !isName(one)), ...tests.filter(isName)].reduce((left, right) =>
      this.#node({ type: "logic", sign: "and", left, right }),
    );
  }

  /** Return what must hold, each by itself. */
  #tests(value: Expression, pattern: Expression): Expression[] {
    switch (pattern.type) {
      case "constant":
        return [this.#compared(value, isSingle(pattern.value) ? "is" : "==", pattern)];
      case "unary":
      case "attribute":
        return [this.#compared(value, "==", pattern)];
      case "name":
        return [pattern.name === "_" ? this.#constant(true) : this.#named(pattern, value)];
      case "walrus":
        return [...this.#tests(value, pattern.value), this.#named(pattern.target, value)];
      case "binary":
        return [this.#either(value, pattern)];
      case "sequence":
        return this.#sequence(value, pattern);
      case "dict":
        return this.#mapping(value, pattern);
      case "call":
        return this.#object(value, pattern);
      default:
        throw new Strange();
    }
  }

  #either(value: Expression, { sign, left, right }: Of<"binary">): Expression {
    if (sign !== "|") {
      throw new Strange();
    }
    return this.#node({ type: "logic", sign: "or", left: this.whole(value, left), right: this.whole(value, right) });
  }

  #sequence(value: Expression, { kind, items }: Of<"sequence">): Expression[] {
    const star = items.findIndex(({ type }) => type === "starred");
    if (kind === "set") {
      throw new Strange();
    }
    const most = items.length - (star < 0 ? 0 : 1);
    const length = this.#call("len", value);
    const parts = items.flatMap((one, at) => {
      const place = star >= 0 && at > star ? at - items.length : at;
      return one.type === "starred"
        ? this.#rest(value, one, at, items.length)
        : this.#tests(this.#item(value, place), one);
    });
    return [
      this.#call("sequence", value),
      this.#compared(length, star < 0 ? "==" : ">=", this.#constant(BigInt(most))),
      ...parts,
    ];
  }

  /** Give a name the items of a sequence that no other pattern takes, as a list. */
  #rest(value: Expression, { value: name }: Of<"starred">, at: number, count: number): Expression[] {
    const after = count - at - 1;
    const parts = [this.#constant(BigInt(at)), after === 0 ? null : this.#constant(BigInt(-after))];
    const part = this.#node({ type: "subscript", object: value, index: this.#node({ type: "slice", parts }) });
    return this.#tests(this.#call("list", part), name);
  }

  #mapping(value: Expression, { items }: Of<"dict">): Expression[] {
    const keys = items.flatMap(([key]) => (key.type === "starred" ? [] : [key]));
    const parts = items.flatMap(([key, pattern]) =>
      key.type === "starred"
        ? [this.#named(key.value, this.#without(value, keys))]
        : [
            this.#compared(key, "in", value),
            ...this.#tests(this.#node({ type: "subscript", object: value, index: key }), pattern),
          ],
    );
    return [this.#call("isinstance", value, this.#helper("dict")), ...parts];
  }

  /** Return a dict without some of its items. */
  #without(value: Expression, keys: readonly Expression[]): Expression {
    const [key, element] = [this.#name("_key"), this.#name("_value")];
    const items = this.#node({ type: "attribute", object: value, name: "items" });
    const iterable = this.#node({ type: "call", callee: items, given: [], end: this.#to });
    const conditions = [this.#compared(key, "not in", this.#tuple(...keys))];
    return this.#node({
      type: "mapping",
      key,
      element,
      clauses: [{ target: this.#tuple(key, element), iterable, conditions }],
    });
  }

  #object(value: Expression, { callee, given }: Of<"call">): Expression[] {
    const isWhole = callee.type === "name" && WHOLE.has(callee.name);
    const parts = given.flatMap(({ keyword, value: pattern }) => {
      if (keyword === null && !(isWhole && given.length === 1)) {
        throw new Strange(); // the class says which attributes it means
      }
      const part = this.#node({ type: "attribute", object: value, name: keyword ?? "" });
      return keyword === null
        ? this.#tests(value, pattern)
        : [this.#call("hasattr", value, this.#constant(keyword)), ...this.#tests(part, pattern)];
    });
    return [this.#call("isinstance", value, callee), ...parts];
  }

  /** Give a name a value, and go on: a list of one value holds. */
  #named(target: Expression, value: Expression): Expression {
    if (target.type !== "name") {
      throw new Strange();
    }
    return this.#node({ type: "sequence", kind: "list", items: [this.#node({ type: "walrus", target, value })] });
  }

  #compared(first: Expression, sign: Of<"compare">["rest"][number]["sign"], operand: Expression): Expression {
    return this.#node({ type: "compare", first, rest: [{ sign, operand }] });
  }

  #item(object: Expression, at: number): Expression {
    return this.#node({ type: "subscript", object, index: this.#constant(BigInt(at)) });
  }

  #call(name: string, ...given: readonly Expression[]): Expression {
    const actuals = given.map((value) => ({ keyword: null, value }));
    return this.#node({ type: "call", callee: this.#helper(name), given: actuals, end: this.#to });
  }

  #tuple(...items: readonly Expression[]): Expression {
    return this.#node({ type: "sequence", kind: "tuple", items });
  }

  /** One of the functions that no code can give another meaning. */
  #helper(name: string): Expression {
    return this.#name(HELPER + name);
  }

  #name(name: string): Expression {
    return this.#node({ type: "name", name });
  }

  #constant(value: Of<"constant">["value"]): Expression {
    return this.#node({ type: "constant", value });
  }

  #node<const T extends object>(node: T): T & { readonly from: number; readonly to: number } {
    return { from: this.#from, to: this.#to, ...node };
  }
}

/** Tell whether Python compares a constant by being the same. */
function isSingle(value: Of<"constant">["value"]): boolean {
  return typeof value === "boolean" || value === null;
}
